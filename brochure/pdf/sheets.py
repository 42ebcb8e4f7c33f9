"""Pages onto their sheets: boxes, the bleed cut clean, and the printer's marks round it.

The engine draws a page with its trim at 0 0 and its bleed at negative places; here it moves to
where the trim lies on the sheet. Patterns lie in the page's own space, not in that of the content
(ISO 32000-1, 8.7.3.1), and bookmarks lead into it, so that both move along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.measures import mm_to_pt, pt_to_mm
from brochure.pdf.boxes import Box, Sheet, set_boxes, sheet_of
from brochure.pdf.content_stream import read_content
from brochure.pdf.lettering import legible, lettering
from brochure.pdf.marks import (
    REGISTRATION,
    SLUG_MM,
    as_artifact,
    crop_marks,
    full_marks,
    numbers,
    registration_space,
)
from brochure.pdf.sequence import bookmarks
from brochure.printers import Marks, Printer

_LETTER_PT = 5.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """The line beyond the bleed that says what a sheet is: parts of it, and the font."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    font: Path

    def line(self, number: int, count: int) -> str:
        """The line for one page, without what its font cannot set."""
        parts = (*self.before, f"{number}/{count}", *self.after)
        return " · ".join(part for part in parts if part and legible(part, self.font))


def place_pages(file: pikepdf.Pdf, printer: Printer, slug: Slug) -> None:
    """Give every page its boxes and marks, its trim where the sheet has it."""
    moved: set[tuple[int, int]] = set()
    shifts: dict[Any, tuple[float, float]] = {}
    count = len(file.pages)
    for number, page in enumerate(file.pages, start=1):
        left, bottom, right, top = (float(edge) for edge in page.TrimBox)
        sheet = sheet_of(
            pt_to_mm(right - left),
            pt_to_mm(top - bottom),
            bleed_mm=printer.bleed_mm,
            slug_mm=SLUG_MM[printer.marks],
        )
        shift = sheet.trim.left - left, sheet.trim.bottom - bottom
        _move_patterns(page, shift, moved)
        shifts[page.objgen] = shift
        marks = _marks(sheet, printer, slug.line(number, count), slug.font)
        page.Contents = _framed(file, page, sheet, shift, marks)
        if marks:
            _give_registration(page.Resources)
        set_boxes(page, sheet)
    _move_bookmarks(file, shifts)


def _framed(
    file: pikepdf.Pdf, page: Any, sheet: Sheet, shift: tuple[float, float], marks: bytes
) -> Array:
    """The content on its place inside the bleed, then the marks."""
    across, up = shift
    before = f"q {_rectangle(sheet.bleed)} W n 1 0 0 1 {across:.6f} {up:.6f} cm\n".encode()
    after = b"\nQ\n" + as_artifact(marks)
    return Array([file.make_stream(before), page.Contents, file.make_stream(after)])


def _rectangle(box: Box) -> str:
    return f"{numbers(box.left, box.bottom, box.width, box.height)} re"


def _marks(sheet: Sheet, printer: Printer, line: str, font: Path) -> bytes:
    if printer.marks is Marks.NONE:
        return b""
    marks = crop_marks(sheet.trim, bleed_pt=mm_to_pt(printer.bleed_mm))
    if printer.marks is Marks.FULL:
        marks += full_marks(sheet)
        half = (sheet.media.top - sheet.bleed.top) / 2
        marks += f"/{REGISTRATION} cs 1 scn\n".encode() + lettering(
            line,
            font,
            x=sheet.trim.left + mm_to_pt(1),
            y=sheet.media.top - half,
            size_pt=_LETTER_PT,
        )
    return marks


def _give_registration(resources: Any) -> None:
    """The marks' colour space; several pages may share their resources."""
    spaces = resources.get(Name.ColorSpace, Dictionary())
    spaces["/" + REGISTRATION] = registration_space()
    resources.ColorSpace = spaces


def _move_patterns(page: Any, shift: tuple[float, float], moved: set[tuple[int, int]]) -> None:
    """Move the patterns of a page; several pages may share their resources."""
    patterns = page.Resources.get(Name.Pattern, Dictionary())
    for pattern in [patterns[name] for name in _colours_in(page)] if len(patterns) else ():
        if pattern.objgen not in moved:
            moved.add(pattern.objgen)
            a, b, c, d, e, f = (float(x) for x in pattern.get(Name.Matrix, (1, 0, 0, 1, 0, 0)))
            pattern.Matrix = Array([a, b, c, d, e + shift[0], f + shift[1]])


def _colours_in(page: Any) -> set[str]:
    """The names of what a page paints with (8.6.6.2)."""
    painting = (steps for steps, operator in read_content(page) if operator in ("scn", "SCN"))
    return {str(step[-1]) for step in painting if step and isinstance(step[-1], Name)}


def _move_bookmarks(file: pikepdf.Pdf, shifts: Mapping[Any, tuple[float, float]]) -> None:
    for item in bookmarks(file):
        page, kind, x, y, zoom = item.Dest
        across, up = shifts[page.objgen]
        item.Dest = Array([page, kind, float(x) + across, float(y) + up, zoom])
