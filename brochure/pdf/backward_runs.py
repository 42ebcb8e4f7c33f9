"""Runs that are read from left to right, in a line that PDFium reads from its right end.

It cuts what it was shown where the kind of sign changes, and reads the segments from the last to
the first: so a run like “30–45 min” is shown it backwards, segment by segment. Runs that follow
each other from left to right are shown it backwards too, by where each begins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from brochure.pdf.pieces import (
    HAIR,
    INSIDE,
    LEFT_TO_RIGHT,
    PARTS,
    Link,
    Piece,
    adjoin,
    by_kind,
    is_changed,
    kind_at,
    mark_at,
    mark_behind,
    moved,
    space_at,
    twice,
    wide,
)
from brochure.pdf.reading_order import Glyph

_BEHIND_A_CHAIN = 1.6 * INSIDE
"""Ems; the second from the mark at a chain's end to what its first run is shown with last."""


def left_to_right(
    run: list[Glyph], touches: tuple[bool, bool], *, with_marks: bool, link: Link | None = None
) -> list[Piece]:
    """A run that is read from left to right, as PDFium reads it backwards, segment by segment.

    `touches` tells whether what comes before and after it stands without a space. What is in
    several fonts PDFium sorts by its place: it is a chain of its own.
    """
    parts = [list(part) for _, part in groupby(run, key=lambda glyph: glyph.font)]
    if len(parts) == 1 or len(list(by_kind(run))) == 1:
        return _in_one_font(run, touches, with_marks=with_marks, link=link)
    joints = (adjoin(one[-1].text, other[0].text) for one, other in pairwise(parts))
    sides = pairwise([touches[0], *joints, touches[1]])
    return [
        piece
        for part, side, place in zip(parts, sides, _links(run, len(parts), link), strict=True)
        for piece in _in_one_font(part, side, with_marks=with_marks, link=place)
    ]


def _links(run: Sequence[Glyph], parts: int, link: Link | None) -> Iterator[Link]:
    """The places of the parts of a run, which may itself be in a chain."""
    size = run[0].size
    end = link.end if link else max(glyph.x + glyph.width for glyph in run)
    first = link.begin if link and link.begin is not None else end - 0.5 * INSIDE * size
    is_last = link is None or link.begin is None
    for at in range(parts):
        begin = None if is_last and at == parts - 1 else first - at * HAIR * size
        yield Link(number=PARTS * link.number + at if link else at, begin=begin, end=end)


def _in_one_font(
    run: list[Glyph], touches: tuple[bool, bool], *, with_marks: bool, link: Link | None
) -> list[Piece]:
    begin = link.begin if link else None
    has_space = begin is not None and len(run) > 1 and run[-1].text.isspace()
    segments = list(_segments(run[:-1] if has_space else run, is_end=begin is None))
    shown = [glyph for segment in reversed(segments) for glyph in segment]
    is_first = link is None or link.number == 0
    if with_marks and is_first:
        at = shown.index(run[0])
        edge = run[0]._replace(x=run[0].x - HAIR * run[0].size * (len(run) == 1))
        shown[at:at] = [mark_at(edge, LEFT_TO_RIGHT)] * (len(segments) > 1) + [mark_at(edge)]
    if len(segments) == 1 and not (link or any(map(_is_arabic_digit, run))):
        return [Piece(glyphs=tuple(shown))]
    if link and begin is not None:
        shown[:0] = _entry(shown[0]._replace(x=begin), link.number, is_space=has_space)
    elif kind_at(shown[0]) == "N" or touches[1]:
        shown.insert(0, mark_at(moved(shown[0], -HAIR), LEFT_TO_RIGHT))
    text = "".join(glyph.text for glyph in run)
    # Poppler takes signs in one place for one printed twice, and parts a word there.
    last = max(run, key=lambda glyph: glyph.x + glyph.width)
    sign = mark_behind(last._replace(x=link.end - last.width) if link else last, LEFT_TO_RIGHT)
    objects = [shown]
    if len(segments) > 1 or link:
        behind = moved(sign, _BEHIND_A_CHAIN) if link else sign
        objects = _without_spaces(shown, behind, (touches[0] and is_first, touches[1]))
    return [
        Piece(glyphs=(sign,), says=text),
        *(Piece(glyphs=tuple(item), says="") for item in objects),
    ]


def _entry(first: Glyph, number: int, *, is_space: bool) -> list[Glyph]:
    """What a run of a chain begins with, away from its place: the space that ends it, or a mark.

    PDFium drops a code that is shown again near its place: each width has a code of its own.
    """
    own = (number + 1) * HAIR * first.size
    if not is_space:
        return [mark_at(first)._replace(width=own)]
    space = space_at(first)
    marks = [mark_at(first, LEFT_TO_RIGHT)] * (kind_at(first) == "N")
    return [space._replace(width=space.width + own), *marks]


def _without_spaces(
    shown: list[Glyph], behind: Glyph, touches: tuple[bool, bool]
) -> list[list[Glyph]]:
    """Text objects between which and their neighbours PDFium puts no space.

    It puts one where the next object is far from the last sign shown, but not beside a space; and
    a sign that is shown again in its place it drops, with the space before it. So a space without
    ink, shown twice, undoes itself.
    """
    before, after = touches
    objects = [shown]
    if after:
        space = space_at(shown[0])
        objects = [twice(space), [space, *shown]]
    if before:
        mark = wide(behind)
        space = space_at(moved(mark, -INSIDE))
        objects += [twice(space), [space, mark]]
    return objects


def _segments(run: Sequence[Glyph], *, is_end: bool) -> Iterator[list[Glyph]]:
    """Neighbours of one kind in the order of reading, each as PDFium has to be shown it.

    It turns signs round, brackets too, unless a letter that is read from left to right goes before
    them; U+200E is one. Poppler wants one behind a sign with which all that is read so ends.
    """
    goes_right = False
    for kind, segment in by_kind(run):
        is_turned = not goes_right and (len(segment) > 1 or is_changed(segment[0]))
        if kind == "N" and (is_turned or (is_end and segment[-1] is run[-1])):
            segment.append(mark_behind(segment[-1], LEFT_TO_RIGHT))
            goes_right = True
        elif kind in "LR":
            goes_right = kind == "L"
        yield segment[::-1] if kind == "R" else segment


def _is_arabic_digit(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.text[0]) == "AN"
