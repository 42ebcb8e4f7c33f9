"""A page on its sheet: moved as a whole, patterns and bookmarks too, and cut at the bleed."""

import io
from dataclasses import replace

import pikepdf
import pymupdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name

from brochure.assets import assets_of
from brochure.measures import mm_to_pt
from brochure.pdf.lettering import lettering_font
from brochure.pdf.sheets import Slug, place_pages
from brochure.printer_files import load_printers
from brochure.printers import Marks, Printer
from brochure.typefaces import load_typefaces

HTML = """<style>@page { size: 60mm 80mm; margin: 0; bleed: 3mm; background: #cde }
svg { position: absolute; left: -9mm; top: 5mm; width: 90mm; height: 40mm }</style>
<svg viewBox='0 0 90 40'><defs>
<pattern id='p' width='7' height='5' patternUnits='userSpaceOnUse'>
<rect width='4' height='2' fill='#a33'/></pattern>
<linearGradient id='g'><stop stop-color='#fa0'/><stop offset='1' stop-color='#05a'/>
</linearGradient></defs>
<rect width='90' height='20' fill='url(#p)'/><rect y='20' width='90' height='20' fill='url(#g)'/>
</svg>"""


@pytest.fixture(scope="module")
def assets(tmp_path_factory):
    return assets_of(tmp_path_factory.mktemp("clinic"))


@pytest.fixture(scope="module")
def printer(assets) -> Printer:
    printers, _ = load_printers(assets)
    return next(printer for printer in printers if printer.name == "generic-coated")


@pytest.fixture(scope="module")
def slug(assets) -> Slug:
    font = lettering_font(load_typefaces(assets).available)
    return Slug(before=("clinic.pdf", "عيادة"), after=("2026-11-21", ""), font=font)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return weasyprint.HTML(string=HTML).write_pdf()


def placed(drawn: bytes, printer: Printer, slug: Slug) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as file:
        place_pages(file, printer, slug)
        output = io.BytesIO()
        file.save(output)
    return output.getvalue()


def seen(pdf: bytes, clip: pymupdf.Rect | None = None) -> bytes:
    with pymupdf.open(stream=pdf) as view:
        return view[0].get_pixmap(dpi=72, clip=clip).samples


def test_the_page_looks_the_same_on_its_sheet(drawn, printer, slug):
    plain = placed(drawn, replace(printer, marks=Marks.NONE), slug)

    assert seen(plain) == seen(drawn)


def test_nothing_is_painted_beyond_the_bleed(drawn, printer, slug):
    page = placed(drawn, replace(printer, bleed_mm=1, marks=Marks.CROP), slug)
    edge = int(mm_to_pt(7))
    beside = pymupdf.Rect(0, mm_to_pt(20), edge, mm_to_pt(60))

    assert set(seen(page, beside)) == {255}


def test_bookmarks_move_with_the_page(printer, slug):
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, 300))
        page.TrimBox, page.Contents = page.MediaBox, file.make_stream(b"")
        item = file.make_indirect(Dictionary(Dest=Array([page.obj, Name.XYZ, 5, 7, 0])))
        file.Root.Outlines = file.make_indirect(Dictionary(First=item, Last=item))
        place_pages(file, printer, slug)
        shift = mm_to_pt(3 + 7)

        assert [float(edge) for edge in item.Dest[2:4]] == pytest.approx([5 + shift, 7 + shift])


def test_the_slug_line_leaves_out_what_its_font_cannot_set(slug):
    assert slug.line(3, 12) == "clinic.pdf · 3/12 · 2026-11-21"
