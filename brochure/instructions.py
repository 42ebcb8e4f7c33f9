"""How to print, fold and bind a booklet, in words for whoever stands at the printer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brochure.pdf.imposition import Binding, Layout

if TYPE_CHECKING:
    from brochure.api.booklets import BookletReport
    from brochure.production.booklets import Booklet

UNPRINTABLE_MM = 5.0
"""What office printers leave white at the paper's edges, at most."""
_MARK_MM = 3.0
"""A crop mark begins 1 mm beyond the bleed; less than 2 mm of it is no help."""


def printing_instructions(report: BookletReport) -> tuple[str, ...]:
    """One line for each thing to know or to do, in the order of doing it."""
    return tuple(_lines(report))


def _lines(report: BookletReport) -> Iterator[str]:
    booklet = report.booklet
    sheets, *pages = report.files
    yield f"{sheets.as_posix()}: {_amount(booklet)}"
    for path in pages:
        count = booklet.original.count
        yield f"{path.as_posix()}: its {count} pages, for a print shop that arranges them."
    yield from _scale(booklet)
    yield _printing(booklet)
    yield _folding(booklet)
    yield from _edges(booklet)
    yield "It is for paper only: links, bookmarks and tags are left out."


def _amount(booklet: Booklet) -> str:
    """“2 sheets of A4 for 7 pages and 1 blank.”"""
    sheets = (len(booklet.faces) + 1) // 2 if _is_duplex(booklet) else len(booklet.faces)
    blanks = f" and {_counted(booklet.blanks, 'blank')}" if booklet.blanks else ""
    pages = _counted(booklet.original.count, "page")
    return f"{_counted(sheets, 'sheet')} of {booklet.arrangement.paper} for {pages}{blanks}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _scale(booklet: Booklet) -> Iterator[str]:
    scale = booklet.fit.scale
    if scale < 1:
        yield (
            f"The pages are made smaller, to {scale * 100:.1f} % of {booklet.original.page}: "
            f"{booklet.arrangement.paper} is too small for them."
        )


def _printing(booklet: Booklet) -> str:
    if not _is_duplex(booklet):
        return "Print at actual size (100 %, not “fit to page”)."
    edge = booklet.flip_edge
    turned = " The backs are upside-down on purpose." if booklet.faces[1].is_turned else ""
    return (
        f"Print double-sided, turned on the {edge.value} edge, at actual size "
        f"(100 %, not “fit to page”).{turned}"
    )


def _is_duplex(booklet: Booklet) -> bool:
    return booklet.arrangement.layout.is_folded or booklet.arrangement.flip_edge is not None


def _folding(booklet: Booklet) -> str:
    layout = booklet.arrangement.layout
    if layout is Layout.SADDLE:
        return _stapling(booklet)
    if layout is Layout.TRIFOLD:
        return (
            "Fold the flap in first, then the cover over it. Cut 1 to 2 mm off the flap's edge "
            "beforehand, so that it lies flat."
        )
    parts = booklet.fit.columns * booklet.fit.rows
    if booklet.arrangement.is_repeated:
        return f"Cut each sheet into {parts} copies."
    return f"Each side shows {parts} pages in reading order."


def _stapling(booklet: Booklet) -> str:
    side = booklet.original.binding
    spine = "" if side is Binding.LEFT else " The spine is at the right."
    if len(booklet.signatures) == 1:
        return (
            "Leave the sheets in their order, fold them in the middle, the first one outside, "
            f"and staple through the fold.{spine}"
        )
    sheets = ", ".join(str(pages // 4) for pages in booklet.signatures)
    return (
        f"Fold them in {len(booklet.signatures)} lots of {sheets} sheets, the first of each "
        f"outside; lay the lots on each other, and have them sewn or glued.{spine}"
    )


def _edges(booklet: Booklet) -> Iterator[str]:
    """What the paper has no room for."""
    margins, paper = booklet.fit.margins, booklet.arrangement.paper
    room_mm = min(margins.width_mm, margins.height_mm)
    needed_mm = booklet.original.bleed_mm * booklet.fit.scale + _MARK_MM
    if booklet.arrangement.has_marks and room_mm < needed_mm:
        yield (
            f"{paper} leaves {max(room_mm, 0):.1f} mm around the pages, too little for all of "
            "the marks; a larger paper, such as SRA3, has room for them."
        )
    if room_mm < UNPRINTABLE_MM:
        yield (
            "The pages reach the edge of the paper, where most office printers leave "
            f"{UNPRINTABLE_MM:g} mm white."
        )
