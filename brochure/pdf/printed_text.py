"""The text of a finished page as PDFium reads it: what is marked as one piece, from left to right.

The engine marks each line's part in one element as a piece of its own (ISO 32000-2, 14.6). Signs
are ordered by where they stand and not as PDFium hands them out, because it guesses the order of
lines that run from right to left. Positions are in points from the page's lower left corner.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from brochure.pdf.visibility import Box, Drawn, drawn_on, why_hidden

_DIVIDING_HYPHEN = "\x02"
"""What PDFium makes of a hyphen at a line's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPiece:
    """A piece of text on a page; `clusters` are its signs from left to right.

    Signs that have one place, as a ligature's letters have, are one cluster. `text` is as PDFium
    hands it out. `box` goes from where the first sign with ink begins to where the last one does.
    `mcid` numbers the marked content, None for what is marked as furniture; `form` counts the
    page's own forms, -1 outside. `why_hidden` is empty for what can be seen.
    """

    form: int
    mcid: int | None
    clusters: tuple[str, ...]
    text: str
    box: Box
    why_hidden: str
    has_unmapped: bool


@dataclass(slots=True, kw_only=True)
class _Signs:
    """The signs of one text object with their places, in PDFium's order."""

    places: list[tuple[float, str]] = field(default_factory=list)
    has_unmapped: bool = False


def printed_pieces(page: Any) -> list[PrintedPiece]:
    """Every piece of text of a page in the order in which it is drawn."""
    import pypdfium2.raw as pdfium

    drawn = list(drawn_on(page))
    signs, trim = _signs(page), page.get_trimbox()
    planes = [(at, item) for at, item in enumerate(drawn) if item.is_plane]
    found: list[tuple[Drawn, _Signs, str]] = []
    for at, item in enumerate(drawn):
        said = signs.get(_address(item.item))
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and said:
            before = [plane for place, plane in planes if place < at]
            later = [plane for place, plane in planes if place > at]
            found.append((item, said, why_hidden(item, trim, before, later)))
    groups = (list(group) for _, group in groupby(found, key=lambda each: _mark(each[0])))
    return [_piece(group) for group in groups if any(_has_ink(said) for _, said, _ in group)]


def _signs(page: Any) -> dict[int, _Signs]:
    """The signs of each text object, by its address."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()  # it closes when nobody holds it
    text = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[int, _Signs] = {}
    for at in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        signs = found.setdefault(_address(pdfium.FPDFText_GetTextObject(text, at)), _Signs())
        code = pdfium.FPDFText_GetUnicode(text, at)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        is_mapped = code and pdfium.FPDFText_HasUnicodeMapError(text, at) != 1
        signs.has_unmapped |= not is_mapped or code == 0xFFFD
        sign = chr(code)
        signs.places.append((x.value, "-" if sign == _DIVIDING_HYPHEN else sign))
    return found


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _has_ink(signs: _Signs) -> bool:
    return any(_has_room(sign) for _, sign in signs.places)


def _mark(item: Drawn) -> tuple[int, int | None, int]:
    """What tells pieces apart: the page's own form, the number, without one the object itself."""
    import pypdfium2.raw as pdfium

    number = pdfium.FPDFPageObj_GetMarkedContentID(item.item)
    return (item.form, number, 0) if number >= 0 else (item.form, None, _address(item.item))


def _piece(parts: list[tuple[Drawn, _Signs, str]]) -> PrintedPiece:
    """A piece of its text objects; those with spaces alone are neither hidden nor seen."""
    items, _, reasons = zip(*(part for part in parts if _has_ink(part[1])), strict=True)
    signs = [said for _, said, _ in parts]
    places = sorted((place for said in signs for place in said.places), key=lambda each: each[0])
    _, bottoms, _, tops = zip(*(item.box for item in items), strict=True)
    inked = [x for x, sign in places if _has_room(sign)]
    form, mcid, _ = _mark(items[0])
    return PrintedPiece(
        form=form,
        mcid=mcid,
        clusters=tuple(_clusters(places)),
        text="".join(sign for said in signs for _, sign in said.places),
        box=(min(inked), min(bottoms), max(inked), max(tops)),
        why_hidden=next(filter(None, reasons), ""),
        has_unmapped=any(said.has_unmapped for said in signs),
    )


@cache
def _has_room(sign: str) -> bool:
    """Whether a sign takes part in where a piece stands: marks of direction may be elsewhere."""
    return not sign.isspace() and unicodedata.category(sign) != "Cf"


def _clusters(places: list[tuple[float, str]]) -> Iterator[str]:
    for _, group in groupby(places, key=lambda each: round(each[0], 2)):
        yield "".join(sign for _, sign in group)
