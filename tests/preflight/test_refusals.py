"""What is no PDF, damaged, locked or a trap ends in words, at once and without much memory."""

import contextlib
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from brochure.cli import main
from brochure.diagnostics import BrochureError
from brochure.pdf.preflight import preflight
from brochure.pdf.preflight.streams import MOST_BYTES, Unreadable, decoded
from brochure.pdf.preflight.syntax import operations
from preflight.base import good, printer, saved
from preflight.cases import form, paint, resource


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04 a spreadsheet", "The file is not a PDF"),
        (b"%PDF-1.7\n", "The file is damaged"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj trailer << /Root 1 0 R >>", "damaged"),
    ],
)
def test_what_cannot_be_opened_is_refused(data, words):
    with pytest.raises(BrochureError, match=words):
        preflight(data, printer(), "x.pdf")


def test_a_password_is_asked_for_by_nobody():
    lock = pikepdf.Encryption(owner="owner", user="user")

    with pytest.raises(BrochureError, match="locked with a password"):
        preflight(saved(good(), encryption=lock), printer(), "x.pdf")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_half_a_file_is_judged_or_refused(share):
    data = saved(good())
    try:
        found = preflight(data[: int(len(data) * share)], printer(), "x.pdf")
    except BrochureError as error:
        found = error.diagnostics
    assert found
    assert all(fault.is_error for fault in found)


def bomb(pdf: pikepdf.Pdf, layers: int) -> pikepdf.Stream:
    """400 MB of blanks, packed once or twice."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 10**6) for _ in range(400)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data)
    stream = pdf.make_stream(b"")
    stream.write(data, filter=Array([Name.FlateDecode] * layers))
    return stream


@pytest.mark.parametrize("layers", [1, 2])
def test_a_stream_that_unfolds_without_end_is_not_read(layers):
    pdf = good()
    pdf.pages[0].obj.Contents = bomb(pdf, layers)
    data = saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    found = preflight(data, printer(), "x.pdf")

    assert [fault.code for fault in found] == ["preflight-damaged"]
    assert MOST_BYTES < 400 * 10**6


def test_forms_that_call_each_other_end():
    pdf = good()
    first, second = (pdf.make_indirect(form(pdf, f"/{name} Do")) for name in ("Two", "One"))
    resource(pdf, "XObject", "One", first)
    resource(pdf, "XObject", "Two", second)
    paint(pdf, "/One Do")

    found = preflight(saved(pdf), printer(), "x.pdf")

    assert [fault.evidence.found for fault in found] == ["a form contains itself"]


def test_forms_that_multiply_each_other_end():
    pdf = good()
    for level in range(12):
        stream = pdf.make_indirect(form(pdf, f"/Level{level + 1} Do " * 40))
        resource(pdf, "XObject", f"Level{level}", stream)
    paint(pdf, "/Level0 Do")

    found = preflight(saved(pdf), printer(), "x.pdf")

    assert {fault.code for fault in found} == {"preflight-damaged"}
    assert "more than 2,080,000 operators" in found[0].problem


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"(" * 100_000, b"<<" * 100_000, b"\x80\xff)]>>", b"BI /W 1", b"1 " * 10**6],
)
def test_content_that_makes_no_sense_ends(content):
    with contextlib.suppress(Unreadable):
        assert len(list(operations(content))) <= 1


def test_an_outline_and_page_labels_that_make_no_sense_are_passed_over():
    pdf = good()
    pdf.Root.Outlines = Dictionary(First=Dictionary(Title="x", Dest=Array([17])), Count=1)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, 1, 2]))

    found = preflight(saved(pdf), printer(), "x.pdf")

    assert found == ()


def test_an_entry_of_the_wrong_kind_is_a_fault_and_no_crash():
    pdf = good()
    pdf.pages[0].obj.Rotate = Name.Upright
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, RegistryName=Array([]))])

    found = preflight(saved(pdf), printer(), "x.pdf")

    assert "preflight-damaged" in {fault.code for fault in found}


def test_a_stream_of_no_filter_is_as_it_is():
    pdf = pikepdf.new()

    assert decoded(pdf.make_stream(b"abc")) == b"abc"


def test_files_that_are_not_there_are_named_and_the_others_judged(tmp_path, capsys):
    (tmp_path / "good.pdf").write_bytes(saved(good()))

    code = main(["preflight", str(tmp_path / "none.pdf"), str(tmp_path / "good.pdf")])

    printed = capsys.readouterr()
    assert code == 2
    assert "none.pdf: error: The file cannot be read" in printed.err
    assert "2 files judged, 1 without a fault." in printed.out


def test_a_tree_of_pages_that_counts_wrongly_is_damage():
    data = saved(good(), object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    broken = data.replace(b"/Count 4", b"/Count -", 1)
    assert broken != data

    with pytest.raises(BrochureError, match="The file is damaged"):
        preflight(broken, printer(), "x.pdf")


@pytest.mark.parametrize("contents", [17, True, Name.Im1, Dictionary()])
def test_content_that_is_no_stream_is_damage(contents):
    pdf = good()
    pdf.pages[0].obj.Contents = contents

    found = preflight(saved(pdf), printer(), "x.pdf")

    assert [fault.code for fault in found] == ["preflight-damaged"]
    assert "what should be a content stream is something else" in found[0].problem


@pytest.mark.parametrize("size", [2**31, 10**12])
def test_a_picture_of_an_impossible_size_is_no_crash(size):
    pdf = good()
    pdf.pages[0].obj.Resources.XObject.Im1.Width = size

    assert {fault.code for fault in preflight(saved(pdf), printer(), "x.pdf")} <= {
        "preflight-damaged",
        "preflight-resolution",
    }
