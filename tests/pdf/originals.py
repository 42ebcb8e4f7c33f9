"""PDFs of a few plain pages, made here, to be arranged on sheets: every page says its number."""

import io
import re
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from brochure.measures import mm_to_pt

A5_PT = {"width_pt": mm_to_pt(148), "height_pt": mm_to_pt(210)}


def pdf(
    pages: int,
    *,
    width_pt: float = 400,
    height_pt: float = 600,
    bleed_mm: float = 0,
    slug_mm: float = 0,
    origin: tuple[float, float] = (0, 0),
    name: str = "p",
    language: str = "",
    direction: str = "",
    title: str = "",
    press: str = "",
    **entries: Any,
) -> bytes:
    """A file whose pages show `name` and their number, a frame along the trim, and a background.

    `entries` are put into every page, such as `Rotate`.
    """
    file = pikepdf.new()
    bleed, edge = mm_to_pt(bleed_mm), mm_to_pt(bleed_mm + slug_mm)
    left, bottom = origin[0] + edge, origin[1] + edge
    trim = [left, bottom, left + width_pt, bottom + height_pt]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number in range(1, pages + 1):
        shade = 1 - number / (4 * pages)
        content = (
            f"{shade:.3f} 0.2 0.1 0 k {left - edge} {bottom - edge} "
            f"{width_pt + 2 * edge} {height_pt + 2 * edge} re f 0 0 0 1 k "
            f"BT /F 40 Tf {left + 30} {bottom + 50} Td ({name}{number}.) Tj ET "
            f"0 0 0 1 K {left + 1} {bottom + 1} {width_pt - 2} {height_pt - 2} re S"
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=grown(trim, edge),
            TrimBox=Array(trim),
            Resources=Dictionary(Font=Dictionary(F=font)),
            Contents=file.make_stream(content.encode()),
            **entries,
        )
        if bleed:
            page.BleedBox = grown(trim, bleed)
        file.pages.append(pikepdf.Page(page))
    root = file.Root
    if language:
        root.Lang = String(language)
    if direction:
        root.ViewerPreferences = Dictionary(Direction=Name(f"/{direction}"))
    if title:
        file.docinfo[Name.Title] = String(title)
    if press:
        intent = Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier=String(press))
        root.OutputIntents = Array([file.make_indirect(intent)])
    output = io.BytesIO()
    file.save(output, static_id=True)
    return output.getvalue()


def grown(box: list[float], by: float) -> Array:
    return Array([box[0] - by, box[1] - by, box[2] + by, box[3] + by])


def corners(data: bytes) -> list[dict[str, tuple[float, float]]]:
    """Page by page, where the first letter of each label begins, from the lower left."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text = page.get_textpage()
        words = text.get_text_range()
        found.append(
            {
                match[0]: text.get_charbox(match.start())[:2]
                for match in re.finditer(r"[a-z]+\d+\.", words)
            }
        )
    document.close()
    return found
