"""The text of a finished page as PDFium reads it: what is marked as one piece, from left to right.

The engine marks each line's part in one element as a piece of its own (ISO 32000-2, 14.6). Signs
are ordered by where they stand and not as PDFium hands them out, because it guesses the order of
lines that run from right to left. Spaces that it drops there are where the paper has room for one.
Positions are in points from the page's lower left corner.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from brochure.pdf.reading_order import is_right_to_left
from brochure.pdf.visibility import Box, Drawn, drawn_on, why_hidden

_DIVIDING_HYPHEN = "\x02"
"""What PDFium makes of a hyphen at a line's end."""
_SPACE = 0.08
"""Of a line's height: what is more between two signs is a space."""
_HAIR_PT = 0.02
"""What is more is not the same place."""


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


class _Sign(NamedTuple):
    """A sign, where it begins, and its number on the page."""

    x: float
    sign: str
    number: int


@dataclass(slots=True, kw_only=True)
class _Signs:
    """The signs of one text object with their places and numbers, in PDFium's order."""

    places: list[_Sign] = field(default_factory=list)
    has_unmapped: bool = False


def printed_pieces(page: Any) -> list[PrintedPiece]:
    """Every piece of text of a page in the order in which it is drawn."""
    import pypdfium2.raw as pdfium

    drawn = list(drawn_on(page))
    textpage = page.get_textpage()  # it closes when nobody holds it
    signs, trim = _signs(textpage.raw), page.get_trimbox()
    planes = [(at, item) for at, item in enumerate(drawn) if item.is_plane]
    found: list[tuple[Drawn, _Signs, str]] = []
    for at, item in enumerate(drawn):
        said = signs.get(_address(item.item))
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and said:
            before = [plane for place, plane in planes if place < at]
            later = [plane for place, plane in planes if place > at]
            found.append((item, said, why_hidden(item, trim, before, later)))
    groups = (list(group) for _, group in groupby(found, key=lambda each: _mark(each[0])))
    return [
        _piece(group, textpage.raw)
        for group in groups
        if any(_has_ink(said) for _, said, _ in group)
    ]


def _signs(text: Any) -> dict[int, _Signs]:
    """The signs of each text object, by its address."""
    import pypdfium2.raw as pdfium

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
        signs.places.append(_Sign(x.value, "-" if sign == _DIVIDING_HYPHEN else sign, at))
    return found


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _has_ink(signs: _Signs) -> bool:
    return any(_has_room(place.sign) for place in signs.places)


def _mark(item: Drawn) -> tuple[int, int | None, int]:
    """What tells pieces apart: the page's own form, the number, without one the object itself."""
    import pypdfium2.raw as pdfium

    number = pdfium.FPDFPageObj_GetMarkedContentID(item.item)
    return (item.form, number, 0) if number >= 0 else (item.form, None, _address(item.item))


def _piece(parts: list[tuple[Drawn, _Signs, str]], text: Any) -> PrintedPiece:
    """A piece of its text objects; those with spaces alone are neither hidden nor seen."""
    items, _, reasons = zip(*(part for part in parts if _has_ink(part[1])), strict=True)
    signs = [said for _, said, _ in parts]
    read = [place for said in signs for place in said.places]
    words = "".join(place.sign for place in read)
    places = sorted(read, key=lambda each: each.x)
    if is_right_to_left(words):
        places = list(_spaced(places, text))
    _, bottoms, _, tops = zip(*(item.box for item in items), strict=True)
    inked = [place.x for place in places if _has_room(place.sign)]
    form, mcid, _ = _mark(items[0])
    return PrintedPiece(
        form=form,
        mcid=mcid,
        clusters=tuple(_clusters(places)),
        text=words,
        box=(min(inked), min(bottoms), max(inked), max(tops)),
        why_hidden=next(filter(None, reasons), ""),
        has_unmapped=any(said.has_unmapped for said in signs),
    )


@cache
def _has_room(sign: str) -> bool:
    """Whether a sign takes part in where a piece stands: marks of direction may be elsewhere."""
    return not sign.isspace() and unicodedata.category(sign) != "Cf"


def _spaced(places: list[_Sign], text: Any) -> Iterator[_Sign]:
    """Signs from left to right, with the spaces between them that PDFium has dropped or moved."""
    ends, heights = zip(*(_extent(text, place.number) for place in places), strict=True)
    least, end = _SPACE * max(heights), places[0].x
    for place, its_end, height in zip(places, ends, heights, strict=True):
        if place.sign.isspace() and not height:
            continue
        if place.x - end > least:
            yield _Sign(end + _HAIR_PT, " ", place.number)
        yield place
        end = max(end, its_end)


def _extent(text: Any, number: int) -> tuple[float, float]:
    """Where a sign ends, by its ink if it takes no room, and how high its line is."""
    import pypdfium2.raw as pdfium

    room = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, number, room)
    ink = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, number, *ink)
    has_room = room.right - room.left > _HAIR_PT
    return room.right if has_room else max(room.right, ink[1].value), room.top - room.bottom


def _clusters(places: list[_Sign]) -> Iterator[str]:
    for _, group in groupby(places, key=lambda each: round(each.x, 2)):
        yield "".join(place.sign for place in group)
