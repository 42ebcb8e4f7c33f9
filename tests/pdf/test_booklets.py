"""Sheets as they are in the finished file: every page in its place, exactly, and as it was."""

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from brochure.diagnostics import BrochureError
from brochure.measures import Size, mm_to_pt, pt_to_mm
from brochure.pdf.imposition import (
    Binding,
    FlipEdge,
    Layout,
)
from brochure.pdf.original import read_original
from brochure.production.booklets import Arrangement, bind_back_to_back, make_booklet
from pdf import originals
from pdf.originals import A5_PT, corners

SPREAD = Size(width_mm=pt_to_mm(800), height_mm=pt_to_mm(600))
SRA3 = Size(width_mm=320, height_mm=450)
A4 = Size(width_mm=210, height_mm=297)


def booklet(data: bytes, paper: Size, **wish):
    return make_booklet(read_original(data, "p.pdf"), Arrangement(**wish), paper)[0]


def pictures(data: bytes):
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=1).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def boxes(page, *names):
    return [[float(edge) for edge in page[f"/{name}Box"]] for name in names]


def points(*lengths_mm):
    return pytest.approx([mm_to_pt(length) for length in lengths_mm], abs=0.01)


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"Rotate": 90, "width_pt": 600, "height_pt": 400},
        {"Rotate": 180},
        {"Rotate": 270, "width_pt": 600, "height_pt": 400},
        {"origin": (-30, 70)},
        {"bleed_mm": 3, "slug_mm": 8},
    ],
    ids=str,
)
def test_a_placed_page_looks_as_it_did(shape):
    source = originals.pdf(4, **shape)
    alone = pictures(trimmed(source))
    sheets = pictures(booklet(source, SPREAD).data)

    assert [sheet.size for sheet in sheets] == [(800, 600)] * 2
    for sheet, (left, right) in zip(sheets, [(3, 0), (1, 2)], strict=True):
        for page, x in ((left, 0), (right, 400)):
            half = sheet.crop((x, 0, x + 400, 600))
            assert alone[page].size == half.size
            assert ImageChops.difference(alone[page], half).getbbox() is None


def test_a_page_in_larger_units_is_as_large_as_it_says():
    source = originals.pdf(4, UserUnit=2, width_pt=200, height_pt=300)
    x, y = corners(source)[0]["p1."]  # which PDFium gives in the page's own units
    made = booklet(source, SPREAD)

    assert made.fit.scale == 1
    assert corners(made.data)[0]["p1."] == pytest.approx((400 + 2 * x, 2 * y), abs=0.01)


def trimmed(data: bytes) -> bytes:
    """The pages as they are once they are cut."""
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            page.obj.MediaBox = page.trimbox
        output = io.BytesIO()
        file.save(output)
    return output.getvalue()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("creep", [0, 2.5])
@pytest.mark.parametrize("paper", [SRA3, A4, Size(width_mm=215.9, height_mm=279.4)], ids=str)
def test_every_page_lies_where_the_plan_says(language, creep, paper):
    source = originals.pdf(10, language=language, **A5_PT)
    made = booklet(source, paper, creep_mm=creep)
    (start_x, start_y), *_ = (box["p1."] for box in corners(source) if "p1." in box)
    found = corners(made.data)

    assert len(found) == len(made.faces) == 6
    for face, labels in zip(made.faces, found, strict=True):
        pages = [page for page in face.rows[0] if page is not None]
        assert sorted(labels) == sorted(f"p{page + 1}." for page in pages)
        for column, page in enumerate(face.rows[0]):
            if page is not None:
                x, y = labels[f"p{page + 1}."]
                left, foot = made.fit.origin_mm(column, 0, face.creep_mm)
                assert x == pytest.approx(mm_to_pt(left) + start_x * made.fit.scale, abs=0.01)
                assert y == pytest.approx(mm_to_pt(foot) + start_y * made.fit.scale, abs=0.01)


def test_the_boxes_are_the_papers_the_bleeds_and_the_blocks():
    source = originals.pdf(8, bleed_mm=3, slug_mm=7, **A5_PT)
    made = booklet(source, SRA3, has_marks=True, creep_mm=2)

    with pikepdf.open(io.BytesIO(made.data)) as file:
        for page, creep in zip(file.pages, (0, 0, 2, 2), strict=True):
            media, bleed, trim = boxes(page, "Media", "Bleed", "Trim")
            assert media == points(0, 0, 450, 320)
            assert trim == points(77 + creep, 55, 373 - creep, 265)
            assert bleed == points(74 + creep, 52, 376 - creep, 268)


def test_pages_bleed_outwards_and_are_cut_at_the_fold():
    """Beyond the outer edges there is the background, and at the spine the neighbour's."""
    source = originals.pdf(4, bleed_mm=3, slug_mm=7)
    paper = Size(width_mm=SPREAD.width_mm + 20, height_mm=SPREAD.height_mm + 20)
    (front, _) = pictures(booklet(source, paper).data)
    (edge, end) = (round(mm_to_pt(mm)) for mm in (10, 7))

    left, right = (front.getpixel((x, 300)) for x in (edge + 398 - 8, edge + 402 + 8))
    assert left != right
    assert [front.getpixel((x, 300)) for x in (end + 2, edge + 398 - 8)] == [left] * 2
    assert front.getpixel((edge + 420, end + 2)) == right
    assert front.getpixel((end - 2, 300)) == front.getpixel((edge + 420, end - 3)) == (255,) * 3


def test_a_face_for_the_long_edge_is_the_same_upside_down():
    source = originals.pdf(8)
    short, long = (pictures(booklet(source, SPREAD, flip_edge=edge).data) for edge in FlipEdge)

    for number, (one, other) in enumerate(zip(short, long, strict=True)):
        expected = one.rotate(180) if number % 2 else one
        differences = (
            ImageChops.difference(expected, other)
            .convert("L")
            .point(lambda level: 255 if level > 64 else 0)
        )
        area = sum(differences.histogram()[255:])
        assert area < 40  # a pixel here and there: edges fall on the other side of its middle


def test_marks_stand_outside_the_bleed_at_the_cut_and_the_fold():
    source = originals.pdf(8, bleed_mm=3)
    paper = Size(width_mm=SPREAD.width_mm + 40, height_mm=SPREAD.height_mm + 40)
    made = booklet(source, paper, has_marks=True, creep_mm=2)
    bare = booklet(source, paper, creep_mm=2)

    for face, marked, plain in zip(
        made.faces, pictures(made.data), pictures(bare.data), strict=True
    ):
        difference = ImageChops.difference(marked, plain)
        edge, bleed, creep = (mm_to_pt(mm) for mm in (20, 3, face.creep_mm))
        sides, ends = edge + creep - bleed, edge - bleed
        inside = (sides, ends, 800 + 2 * edge - sides, 600 + 2 * edge - ends)
        assert difference.crop([round(side) for side in inside]).getbbox() is None
        head = difference.crop((0, 0, marked.width, round(edge - bleed))).convert("L")
        marks = sorted(
            {
                x
                for x in range(head.width)
                if any(head.getpixel((x, y)) > 60 for y in range(head.height))
            }
        )
        centres = [sum(run) / len(run) + 0.5 for run in runs(marks)]
        assert centres == pytest.approx([edge + creep, edge + 400, edge + 800 - creep], abs=1)


def runs(numbers: list[int]) -> list[list[int]]:
    """Neighbours together."""
    found = [[numbers[0]]]
    for one, other in pairwise(numbers):
        if other - one > 1:
            found.append([])
        found[-1].append(other)
    return found


def test_without_marks_nothing_stands_beyond_the_pages():
    made = booklet(originals.pdf(4, **A5_PT), SRA3)
    (front, _) = pictures(made.data)

    assert front.crop((0, 0, front.width, round(mm_to_pt(54)))).getextrema() == ((255, 255),) * 3


def test_the_file_says_how_to_print_it():
    for edge, name in (
        (FlipEdge.SHORT, "/DuplexFlipShortEdge"),
        (FlipEdge.LONG, "/DuplexFlipLongEdge"),
    ):
        data = booklet(originals.pdf(4), SPREAD, flip_edge=edge).data
        with pikepdf.open(io.BytesIO(data)) as file:
            preferences = file.Root.ViewerPreferences
            assert preferences.Duplex == name
            assert preferences.PrintScaling == "/None"


def test_title_inks_and_output_intent_stay_and_links_and_tags_go():
    source = originals.pdf(
        4,
        title="Rest",
        language="ar",
        press="FOGRA39",
        Annots=Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])]),
        StructParents=0,
    )
    with pikepdf.open(io.BytesIO(source)) as file:
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.Root.Outlines = Dictionary(Count=0)
        output = io.BytesIO()
        file.save(output)

    data = booklet(output.getvalue(), SPREAD).data

    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.docinfo.Title) == "Rest"
        assert str(file.Root.Lang) == "ar"
        assert str(file.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
        assert not {"/MarkInfo", "/Outlines", "/StructTreeRoot", "/PageLabels"} & set(file.Root)
        assert not [page for page in file.pages if "/Annots" in page]
        forms = [item for item in file.objects if isinstance(item, pikepdf.Stream)]
        drawn = b"".join(
            item.read_bytes() for item in forms if item.get(Name.Subtype) == Name.Form
        )
    assert drawn.count(b" 0.2 0.1 0 k ") == 4
    assert b" rg" not in drawn


def test_a_claim_to_be_an_archive_is_not_kept():
    source = pikepdf.open(io.BytesIO(originals.pdf(4)))
    with source.open_metadata() as metadata:
        metadata["pdfaid:part"], metadata["pdfuaid:part"] = "2", "1"
        metadata["dc:title"] = "Rest"
    output = io.BytesIO()
    source.save(output)
    source.close()

    data = booklet(output.getvalue(), SPREAD).data

    with pikepdf.open(io.BytesIO(data)) as file, file.open_metadata() as metadata:
        assert metadata["dc:title"] == "Rest"
        assert "pdfaid:part" not in metadata
        assert "pdfuaid:part" not in metadata


def test_what_a_note_shows_is_printed():
    look = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
    file = pikepdf.open(io.BytesIO(originals.pdf(4)))
    stamp = file.make_stream(b"0 g 0 0 100 100 re f", look)
    file.pages[0].obj.Annots = Array(
        [
            file.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Stamp,
                    Rect=[100, 300, 200, 400],
                    F=4,
                    AP=Dictionary(N=stamp),
                )
            )
        ]
    )
    output = io.BytesIO()
    file.save(output)
    file.close()

    front, _ = pictures(booklet(output.getvalue(), SPREAD).data)

    assert front.getpixel((550, 250)) == (0, 0, 0)


@pytest.mark.parametrize("layout", Layout)
def test_the_same_file_gives_the_same_bytes(layout):
    source = originals.pdf(5, bleed_mm=3)

    made = [booklet(source, SRA3, layout=layout, has_marks=True).data for _ in range(2)]

    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("said", "binding"),
    [
        ({}, Binding.LEFT),
        ({"language": "en"}, Binding.LEFT),
        ({"language": "ar-CY"}, Binding.RIGHT),
        ({"language": "no such"}, Binding.LEFT),
        ({"direction": "R2L"}, Binding.RIGHT),
        ({"language": "he", "direction": "L2R"}, Binding.LEFT),
    ],
)
def test_a_file_is_bound_as_it_says_or_as_its_language_runs(said, binding):
    assert read_original(originals.pdf(1, **said), "p.pdf").binding is binding


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:100],
        lambda data: data.replace(b"/TrimBox [ 0 0 400", b"/TrimBox [ 0 0 /no"),
        lambda data: data.replace(b"/TrimBox [ 0 0 400", b"/TrimBox [ 0 0 0.0"),
        lambda data: b"",
    ],
)
def test_a_damaged_file_is_refused_and_nothing_else_happens(harm):
    with pytest.raises(BrochureError) as raised:
        read_original(harm(originals.pdf(3)), "p.pdf")

    assert [fault.code for fault in raised.value.diagnostics] == ["pdf-unreadable"]


def test_whoever_asks_may_overrule_it():
    data = originals.pdf(1, direction="R2L")

    assert read_original(data, "p.pdf", Binding.LEFT).binding is Binding.LEFT


def test_the_bleed_is_what_every_page_has():
    assert read_original(originals.pdf(2), "p.pdf").bleed_mm == 0
    assert read_original(originals.pdf(2, bleed_mm=3), "p.pdf").bleed_mm == pytest.approx(3)


ENGLISH = {"name": "en", "language": "en", "title": "Rest"}
ARABIC = {"name": "ar", "language": "ar", "title": "راحة", "direction": "R2L"}


@pytest.fixture
def both():
    return [
        read_original(originals.pdf(pages, **said), f"{said['name']}.pdf")
        for pages, said in ((5, ENGLISH), (6, ARABIC))
    ]


def test_a_flip_book_in_one_file_reads_from_both_ends(both):
    bound = bind_back_to_back(*both)
    labels = [list(page) for page in corners(bound.data)]

    assert bind_back_to_back(*both[::-1]).data == bound.data
    assert labels == [
        *([f"en{number}."] for number in range(1, 6)),
        [],
        *([f"ar{number}."] for number in range(6, 0, -1)),
    ]
    assert (bound.binding, bound.count) == (Binding.LEFT, 12)
    with pikepdf.open(io.BytesIO(bound.data)) as file:
        assert [page.label for page in file.pages] == [
            *("en 1", "en 2", "en 3", "en 4", "en 5", "–"),
            *("ar 6", "ar 5", "ar 4", "ar 3", "ar 2", "ar 1"),
        ]
        assert str(file.docinfo.Title) == "Rest · راحة"


def test_a_flip_book_keeps_the_boxes_and_the_press():
    both = [
        read_original(originals.pdf(3, bleed_mm=3, slug_mm=7, press="FOGRA39", **said), "p.pdf")
        for said in (ENGLISH, ARABIC)
    ]
    bound = bind_back_to_back(*both, multiple=8)

    assert (bound.press, bound.count) == ("FOGRA39", 8)
    assert bound.bleed_mm == pytest.approx(3)
    with pikepdf.open(io.BytesIO(bound.data)) as file:
        assert len(file.Root.OutputIntents) == 1
        shapes = {str(boxes(page, "Media", "Bleed", "Trim")) for page in file.pages}
    assert len(shapes) == 1


def test_a_flip_book_folds_into_one_book(both):
    made, _ = make_booklet(bind_back_to_back(*both), Arrangement(), SPREAD)
    sides = [
        [page for _, page in sorted((x, p) for p, (x, _) in face.items())]
        for face in corners(made.data)
    ]

    assert sides[0] == ["ar1.", "en1."]
    assert sides[1] == ["en2.", "ar2."]
    assert sides[-1] == ["ar6."]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"language": "el", "direction": "L2R"}, "Both brochures are bound on the left"),
        ({"width_pt": 300}, "pages are 105.8 × 211.7 mm"),
        ({"press": "FOGRA39"}, "made for “FOGRA39”"),
    ],
)
def test_two_brochures_that_do_not_fit_are_refused_with_the_reason(both, changes, words):
    other = read_original(originals.pdf(4, **(ARABIC | changes)), "other.pdf")

    with pytest.raises(BrochureError, match=words):
        bind_back_to_back(both[0], other)
