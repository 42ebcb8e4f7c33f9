"""The pieces in which a line is shown, and the marks without ink in them.

U+200E and U+200F tell the readers where a direction begins or ends. Where one stands matters:
Poppler takes signs in one place for one that is printed twice, and then begins words and lines in
the wrong places; PDFium asks the first and last sign of a text object which way a line runs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from brochure.pdf.reading_order import Glyph

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
HAIR, INSIDE = 0.001, 0.02
"""Ems: the least by which places can differ, and what Poppler neither takes for a space between
two words nor for a place to begin another line."""
SHADOW = 0.12
"""Ems: of two like signs that stand nearer, Poppler takes one for the other's shadow."""
_WIDTH_OF_SPACE = 0.15
PARTS = 8
"""How many parts a run in a chain may have."""
_WEAK = ("EN", "AN", "NSM", "CS", "ES", "ET", "BN")
_QUOTES = "“”‘’®"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Glyphs as they are shown in one text object; `says` where they do not say it themselves."""

    glyphs: tuple[Glyph, ...]
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The place of a run in a chain of them, which go on against the direction of their page.

    `begin` is where it begins to be shown, so that PDFium finds the chain's runs from the last to
    the first, or on a left-to-right page from the first to the last; None for the last, which
    begins in its place. `end` is the chain's right edge. Numbers count from 0.
    """

    number: int
    begin: float | None
    end: float


def adjoin(before: str, after: str) -> bool:
    """Whether one text goes on where another ends, without a space."""
    return bool(before and after) and not (before[-1].isspace() or after[0].isspace())


def moved(glyph: Glyph, ems: float) -> Glyph:
    """A glyph so far to the right."""
    return glyph._replace(x=glyph.x + ems * glyph.size)


def mark_at(glyph: Glyph, mark: str = RIGHT_TO_LEFT) -> Glyph:
    """A mark in the place of a glyph."""
    return glyph._replace(text=mark, width=0.0, rise=0.0, has_ink=False)


def mark_behind(glyph: Glyph, mark: str) -> Glyph:
    """A mark at the right edge of a glyph."""
    return mark_at(glyph._replace(x=glyph.x + glyph.width - INSIDE * glyph.size), mark)


def wide(mark: Glyph) -> Glyph:
    """A mark that takes so much room that PDFium does not compare places to the last digit."""
    return mark._replace(width=INSIDE * mark.size)


def space_at(place: Glyph) -> Glyph:
    """A space without ink; what is half as wide, PDFium takes for a gap within a word."""
    return mark_at(place, " ")._replace(width=_WIDTH_OF_SPACE * place.size)


def twice(space: Glyph) -> list[Glyph]:
    """A text object that has some width, without which PDFium would pass it over."""
    return [space, moved(space, -INSIDE)]


def spread(shown: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Glyphs of which the first does not stand where the last does, if either has no ink.

    PDFium asks the two where a line runs to, and between lines that run nowhere it sees no break.
    """
    if len(shown) == 1 or shown[0].x != shown[-1].x:
        return shown
    at = next((at for at in (0, -1) if not shown[at].has_ink), None)
    moved = list(shown)
    if at is not None:
        moved[at] = shown[at]._replace(x=shown[at].x - HAIR * shown[at].size)
    return tuple(moved)


def by_kind(run: Sequence[Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    """Neighbours of one kind, and the kind."""
    return ((kind, list(found)) for kind, found in groupby(run, key=kind_at))


def is_mark(glyph: Glyph) -> bool:
    """Whether a glyph is a vowel mark or the like."""
    return unicodedata.category(glyph.text[-1]) == "Mn"


def is_changed(glyph: Glyph) -> bool:
    """Whether PDFium makes another sign of one that it reads from right to left."""
    return _has_another(glyph.text[0])


@cache
def _has_another(sign: str) -> bool:
    is_plain = kind_of(sign) != "N" or unicodedata.normalize("NFKC", sign) == sign
    return bool(unicodedata.mirrored(sign)) or sign in _QUOTES or not is_plain


@cache
def kind_of(sign: str) -> str:
    """What a sign is to PDFium: `L` or `R` by its direction, weak (`w`) or none (`N`)."""
    bidi = unicodedata.bidirectional(sign)
    if bidi in ("R", "AL"):
        return "R"
    return "L" if bidi == "L" else "w" if bidi in _WEAK else "N"


def kind_at(glyph: Glyph) -> str:
    """What a glyph is to PDFium, by its first sign."""
    return kind_of(glyph.text[0])
