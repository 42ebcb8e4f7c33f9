"""Runs that are read from right to left, in a line that PDFium reads from its left end.

It turns the letters of a segment round and takes the segments as they are shown: so a run is
shown in the order of reading, segment by segment, and each of them from left to right. What is in
several fonts or elements are text objects of their own, which it sorts by where they begin: each
begins with a mark at the run's right edge, a hair behind the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from brochure.pdf.pieces import (
    HAIR,
    INSIDE,
    LEFT_TO_RIGHT,
    PARTS,
    RIGHT_TO_LEFT,
    SHADOW,
    Link,
    Piece,
    adjoin,
    by_kind,
    is_changed,
    is_mark,
    kind_at,
    mark_at,
    mark_behind,
    moved,
    space_at,
    twice,
    wide,
)
from brochure.pdf.reading_order import Glyph

_NOTHING = "\u2066\u2069"
"""An isolate of nothing (UAX #9, BD8), which to PDFium parts two marks."""


def right_to_left(
    run: Sequence[Glyph],
    touches: tuple[bool, bool],
    *,
    goes_on: bool,
    is_apart: bool,
    link: Link | None = None,
) -> list[Piece]:
    """A run that is read from right to left, with the marks that Poppler wants at its ends.

    `touches` tells whether what comes before and after it stands without a space. It `goes_on`
    from what stands to the left of it, or `is_apart` from that, as in the next cell of a table.
    """
    last = max(run, key=lambda glyph: glyph.x + glyph.width)
    end = mark_behind(last._replace(x=link.end - last.width) if link else last, LEFT_TO_RIGHT)
    is_one_object = len(list(_stretches(run))) == 1
    if is_one_object and len(list(by_kind(run))) == 1 and not (link or is_apart):
        return [Piece(glyphs=(*run[::-1], moved(end, HAIR)._replace(text=_outweighing(run))))]
    text = "".join(glyph.text for glyph in run)
    pieces = [
        Piece(glyphs=(end,), says=text),
        *(Piece(glyphs=tuple(item), says="") for item in _objects(run, touches, end, link)),
    ]
    if goes_on:
        # MuPDF begins a line where text jumps, unless its direction changes.
        pieces.insert(0, Piece(glyphs=(end._replace(text=RIGHT_TO_LEFT),)))
    return pieces


def _outweighing(run: Sequence[Glyph]) -> str:
    """Signs without ink that are more parts read from left to right than a run has others.

    PDFium turns a line round that has no more of them than of those read from right to left.
    """
    parts = [kind for kind, _ in by_kind(run)].count("R") + 1
    return _NOTHING.join([LEFT_TO_RIGHT] * (parts + 1))


def _objects(
    run: Sequence[Glyph], touches: tuple[bool, bool], end: Glyph, link: Link | None
) -> list[list[Glyph]]:
    """The text objects of a run, none of which goes to the right, where PDFium puts a space."""
    is_last = link is None or link.begin is None
    begin = end if link is None or link.begin is None else end._replace(x=link.begin)
    number = PARTS * link.number if link else 0
    stretches = list(_stretches(run))
    joints = (adjoin(one[-1].text, other[0].text) for one, other in pairwise(stretches))
    mark = _outweighing(run)
    objects: list[list[Glyph]] = []
    for stretch, is_joint in zip(stretches, (touches[0], *joints), strict=True):
        number += 1
        begin = moved(begin, HAIR)._replace(font=stretch[0].font)
        objects += _no_space(begin, number) if is_joint else [[]]
        own = begin._replace(text=mark, width=number * HAIR * begin.size)
        objects[-1] += [own, *_in_segments(stretch)]
        mark = LEFT_TO_RIGHT
    if not (kind_at(run[-1]) == "R" or run[-1].text.isspace()):
        left = min(run, key=lambda glyph: glyph.x)
        objects[-1].append(moved(mark_at(left), -INSIDE))
    if is_last:
        objects += _no_space(moved(begin, HAIR), number + 1)
        objects[-1].append(wide(moved(begin, INSIDE + HAIR)))
    return objects


def _no_space(place: Glyph, number: int) -> list[list[Glyph]]:
    """Text objects that PDFium drops, with the space that it puts before what is far away.

    It drops a code that is shown again near its place: each has a width of its own.
    """
    space = space_at(place)
    space = space._replace(width=space.width + number * HAIR * place.size)
    return [twice(space), [space]]


def _stretches(run: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """What can be in one text object: of one font, with a bracket or the like only as the first.

    PDFium makes a bracket its partner that comes after letters which are read from right to left.
    """
    stretch: list[Glyph] = []
    for glyph in run:
        if stretch and (glyph.font != stretch[0].font or is_changed(glyph)):
            yield stretch
            stretch = []
        stretch.append(glyph)
    yield stretch


def _in_segments(stretch: Sequence[Glyph]) -> Iterator[Glyph]:
    """Glyphs as PDFium has to be shown them: it turns letters round, and signs behind them."""
    goes_left = False
    for kind, segment in by_kind(list(_aside(stretch))):
        goes_left = kind == "R" or (goes_left and kind != "L")
        if is_mark(segment[0]):
            yield from _before_its_base(segment)
        elif goes_left and kind != "w":
            yield from reversed(segment)
        else:
            yield from segment


def _aside(stretch: Sequence[Glyph]) -> Iterator[Glyph]:
    """Glyphs; a letter that the next one draws (lam of lam-alef) stands within that, and its mark.

    Poppler takes a mark for the shadow of one that is like it, at the letter before.
    """
    into = 0.0
    for glyph in stretch:
        width = glyph.width
        if not is_mark(glyph):
            into = 0.0 if glyph.has_ink else SHADOW
            width = width or into * glyph.size
        yield moved(glyph, -into)._replace(width=width, shift=glyph.shift + into)


def _before_its_base(segment: Sequence[Glyph]) -> Iterator[Glyph]:
    """Marks as far to the left of their base as can be.

    Poppler would take a mark in the same place for another line's.
    """
    for number, glyph in enumerate(segment, start=1):
        hair = number * HAIR
        yield glyph._replace(x=glyph.x - hair * glyph.size, shift=glyph.shift + hair)
