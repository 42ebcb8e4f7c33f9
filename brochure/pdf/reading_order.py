"""The glyphs of a line brought into the order of reading.

A layout engine shows a line from left to right, whatever its language. Given what the line says,
its glyphs are matched with the letters in the order of reading, so that each carries exactly its
own letter: a bracket in Arabic the one that it is and not the one it looks like (UAX #9, L4), a
ligature its first letters on a glyph without ink, a vowel mark the place it has in the word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_PAIRS = "()[]{}<>«»‹›≤≥"
_MIRRORED = dict(zip(_PAIRS, (_PAIRS[at ^ 1] for at in range(len(_PAIRS))), strict=True))
_AHEAD = 8
"""How far from its place a letter is looked for: a base with all its marks."""
_RIGHT_TO_LEFT = ("R", "AL")
_LEFT_TO_RIGHT = ("L", "EN", "AN")
_IN_NUMBERS = ("CS", "ES", "ET", "NSM")
_IGNORABLE = ("Cf", "Cc", "Zs")


class Glyph(NamedTuple):
    """A glyph on its line: `x`, `width` and `size` in text space, `rise` and `shift` in ems.

    `rise` and `shift` say how far above its place and to the right of it the ink is; `text` is
    what it says; `has_ink` is false where another glyph draws it; `is_ltr` tells whether it is
    read from left to right. A tuple, because there are hundreds of thousands and each is altered
    several times.
    """

    code: int
    text: str
    x: float
    width: float
    rise: float
    font: str
    size: float
    has_ink: bool = True
    is_ltr: bool = False
    shift: float = 0.0


def is_right_to_left(text: str) -> bool:
    """Whether there is a letter of a script that is read from right to left."""
    return not text.isascii() and any(_kind(sign) in _RIGHT_TO_LEFT for sign in text)


@cache
def _kind(sign: str) -> str:
    return unicodedata.bidirectional(sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The glyphs of a line in the order of reading, and where that begins."""

    glyphs: tuple[Glyph, ...]
    is_rtl: bool


def in_reading_order(glyphs: Sequence[Glyph], text: str, *, is_rtl: bool) -> Reading | None:
    """The glyphs of a line, given from left to right, as `text` reads; None if they differ.

    `is_rtl` is the direction of the page, which a line has if its letters allow it. Where a line
    can be read in several ways, the one is taken in which the fewest signs change places.
    """
    best: Reading | None = None
    least = len(text) + 1
    for begins_right, is_split in ((is_rtl, False), (not is_rtl, False), (is_rtl, True)):
        runs = list(_runs(glyphs, is_split=is_split))
        ordered = reversed(runs) if begins_right else runs
        found, moved = _matched([glyph for run in ordered for glyph in _read(run)], text)
        if found and moved < least:
            _settle(found, is_rtl=begins_right)
            best, least = Reading(glyphs=tuple(found), is_rtl=begins_right), moved
        if not least:
            break
    return best


def _runs(glyphs: Iterable[Glyph], *, is_split: bool) -> Iterator[list[Glyph]]:
    """Neighbours of one direction; what has none stands alone, unless it is between two alike.

    If the line `is_split`, only what belongs to a number is taken to it (UAX #9, W4 and W5).
    """
    run: list[Glyph] = []
    loose: list[Glyph] = []
    for glyph in glyphs:
        is_ltr = direction_of(glyph)
        if is_ltr is None:
            loose.append(glyph)
            continue
        is_one = not (is_split and any(_kind(item.text[0]) not in _IN_NUMBERS for item in loose))
        if run and run[0].is_ltr == is_ltr and is_one:
            run += [item._replace(is_ltr=is_ltr) for item in loose]
        else:
            yield from filter(None, (run, *([item] for item in loose)))
            run = []
        loose = []
        run.append(glyph._replace(is_ltr=is_ltr))
    yield from filter(None, (run, *([item] for item in loose)))


def direction_of(glyph: Glyph) -> bool | None:
    """Whether a glyph is read from left to right; None if it has no direction of its own."""
    kinds = {_kind(sign) for sign in glyph.text}
    if not kinds.isdisjoint(_LEFT_TO_RIGHT):
        return True
    if not kinds.isdisjoint((*_RIGHT_TO_LEFT, "NSM")):
        return False
    return None


def _read(run: list[Glyph]) -> Iterator[Glyph]:
    """One run in the order of reading."""
    for glyph in run if run[0].is_ltr else reversed(run):
        yield glyph._replace(text=glyph.text.strip() or " ")


def _settle(line: list[Glyph], *, is_rtl: bool) -> None:
    """Give each sign and space the direction in which it is read, in place.

    It is the line's, unless the sign goes on where a run of the other direction ends, or leads
    to where one begins: `~` in `~30`, set apart in an Arabic line, stands to the left of the 3.
    """
    directions = [direction_of(glyph) for glyph in line]
    for step, places in ((-1, range(1, len(line))), (1, range(len(line) - 2, -1, -1))):
        for at in places:
            beside = directions[at + step]
            goes_right = (line[at + step].x < line[at].x) == (step < 0)
            if directions[at] is None and beside is is_rtl and goes_right is beside:
                directions[at] = beside
    for at, is_ltr in enumerate(directions):
        settled = not is_rtl if is_ltr is None else is_ltr
        if line[at].is_ltr is not settled:
            line[at] = line[at]._replace(is_ltr=settled)


def _matched(glyphs: list[Glyph], text: str) -> tuple[list[Glyph], int]:
    """The glyphs in the order of the letters of `text`, which they then carry, if they do.

    With how many signs that are not read from right to left stood in another place.
    """
    found: list[Glyph] = []
    at = moved = 0
    while at < len(text):
        taken, place = _take(glyphs, text[at:])
        if taken:
            found.append(taken)
            moved += place > 0 and direction_of(taken) is not False
            at += len(taken.text)
        elif unicodedata.category(text[at]) in _IGNORABLE:
            at += 1
        else:
            return [], 0
    return ([], 0) if any(glyph.text.strip() for glyph in glyphs) else (found, moved)


def _take(glyphs: list[Glyph], text: str) -> tuple[Glyph | None, int]:
    """Take the glyph that shows the next letters of `text`, with these letters, from its place.

    A ligature with a mark between its letters is taken in two: the first letter on its edge.
    """
    for at, glyph in enumerate(glyphs[:_AHEAD]):
        letters = text[: len(glyph.text)]
        if _shows(glyph.text, letters):
            return glyphs.pop(at)._replace(text=" " if letters.isspace() else letters), at
        if len(glyph.text) > 1 and glyph.text[0] == text[0]:
            glyphs[at] = glyph._replace(text=glyph.text[1:])
            edge = glyph.x if glyph.is_ltr else glyph.x + glyph.width
            first = glyph._replace(text=text[0], x=edge, width=0.0, rise=0.0, has_ink=False)
            return first, at
    return None, 0


def _shows(shown: str, letters: str) -> bool:
    if letters in (shown, _MIRRORED.get(shown)):
        return True
    return _folded(letters) == _folded(shown) or sorted(letters) == sorted(shown)


@cache
def _folded(letters: str) -> str:
    return unicodedata.normalize("NFKC", letters)
