"""What a fault is called: a picture by its description, a page by its section."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from brochure.pdf.preflight import preflight
from preflight.base import LEFT, good, image_stream, printer, ramp, saved
from preflight.cases import paint, placed, resource


def coarse(pdf: pikepdf.Pdf, before: str = "", after: str = "") -> str:
    """What is found where the first page has a picture of too few pixels."""
    resource(pdf, "XObject", "Im2", image_stream(pdf, ramp(100), Name.DeviceCMYK))
    paint(pdf, f"{before} q {placed('Im2')} Q {after}")
    (fault,) = preflight(saved(pdf), printer(), "x.pdf")
    assert fault.code == "preflight-resolution"
    return fault.evidence.found


def tagged(pdf: pikepdf.Pdf, elements: list[object]) -> None:
    pdf.pages[0].obj.StructParents = 0
    pdf.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array([0, Array(elements)]))
    )


def figure(alt: str) -> Dictionary:
    return Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(alt))


def test_a_picture_is_called_by_its_description():
    pdf = good()
    tagged(pdf, [Dictionary(S=Name.P), figure("An olive branch")])

    found = coarse(pdf, "/Figure <</MCID 1>> BDC /Span <</Lang (en)>> BDC", "EMC EMC")

    assert found.startswith(
        "picture “An olive branch” of 100 × 100 pixels, 20 × 20 mm on the page"
    )


def test_the_description_may_be_that_of_what_the_mark_lies_in():
    pdf = good()
    inner = Dictionary(Type=Name.StructElem, S=Name.Span, P=figure("A jar of honey"))
    tagged(pdf, [inner])

    assert "“A jar of honey”" in coarse(pdf, "/Span <</MCID 0>> BDC", "EMC")


@pytest.mark.parametrize("mark", ["/Figure <</MCID 7>> BDC", "/Artifact BMC", "EMC EMC"])
def test_a_picture_without_one_is_called_by_its_name(mark):
    pdf = good()
    tagged(pdf, [figure("Another one")])

    assert coarse(pdf, mark).startswith("picture Im2 ")


def test_the_slug_line_of_an_empty_page_is_no_text_in_outlines():
    pdf = good()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"")
    loops = f"{LEFT} 2 m {LEFT} 4 {LEFT + 2} 4 {LEFT + 2} 2 c f "
    paint(pdf, f"/All cs 1 scn {loops * 50}")

    assert preflight(saved(pdf), printer(), "x.pdf") == ()
