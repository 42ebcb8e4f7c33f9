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
from itertools import pairwise
from typing import NamedTuple

_PAIRS = "()[]{}<>«»‹›≤≥"
_MIRRORED = dict(zip(_PAIRS, (_PAIRS[at ^ 1] for at in range(len(_PAIRS))), strict=True))
_AHEAD = 8
"""How far from its place a letter is looked for: a base with all its marks."""
_RIGHT_TO_LEFT = ("R", "AL")
_LEFT_TO_RIGHT = ("L", "EN", "AN")
_IGNORABLE = ("Cf", "Cc", "Zs")


class Glyph(NamedTuple):
    """A glyph on its line: `x`, `width` and `size` in text space, `rise` in ems.

    `text` is what it says; `has_ink` is false where another glyph draws it; `is_ltr` tells
    whether it is read from left to right. A tuple, because there are hundreds of thousands and
    each is altered several times.
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

    `is_rtl` is the direction of the page, which a line has if its letters allow it.
    """
    if any(_kind(sign) == "L" for sign in text) and not is_right_to_left(text):
        found = _matched([_plain(glyph, is_ltr=True) for glyph in glyphs], text)
        if found and all(one.x <= other.x for one, other in pairwise(found)):
            return Reading(glyphs=tuple(found), is_rtl=False)
    runs = list(_runs(glyphs))
    for begins_right in (is_rtl, not is_rtl):
        ordered = reversed(runs) if begins_right else runs
        glyphs = [glyph for run in ordered for glyph in _read(run)]
        if found := _matched(glyphs, text):
            _settle(found, is_rtl=begins_right)
            return Reading(glyphs=tuple(found), is_rtl=begins_right)
    return None


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Neighbours of one direction; what has none stands alone, unless it is between two alike."""
    run: list[Glyph] = []
    loose: list[Glyph] = []
    for glyph in glyphs:
        is_ltr = direction_of(glyph)
        if is_ltr is None:
            loose.append(glyph)
            continue
        if run and run[0].is_ltr == is_ltr:
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
        yield _plain(glyph, is_ltr=glyph.is_ltr)


def _plain(glyph: Glyph, *, is_ltr: bool) -> Glyph:
    return glyph._replace(text=glyph.text.strip() or " ", is_ltr=is_ltr)


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


def _matched(glyphs: list[Glyph], text: str) -> list[Glyph] | None:
    """The glyphs in the order of the letters of `text`, which they then carry."""
    found: list[Glyph] = []
    at = 0
    while at < len(text):
        taken = _take(glyphs, text[at:])
        if taken:
            found.append(taken)
            at += len(taken.text)
        elif unicodedata.category(text[at]) in _IGNORABLE:
            at += 1
        else:
            return None
    return None if any(glyph.text.strip() for glyph in glyphs) else found


def _take(glyphs: list[Glyph], text: str) -> Glyph | None:
    """Take the glyph that shows the next letters of `text`, with these letters.

    A ligature with a mark between its letters is taken in two: the first letter on its edge.
    """
    for at, glyph in enumerate(glyphs[:_AHEAD]):
        letters = text[: len(glyph.text)]
        if _shows(glyph.text, letters):
            return glyphs.pop(at)._replace(text=" " if letters.isspace() else letters)
        if len(glyph.text) > 1 and glyph.text[0] == text[0]:
            glyphs[at] = glyph._replace(text=glyph.text[1:])
            edge = glyph.x if glyph.is_ltr else glyph.x + glyph.width
            return glyph._replace(text=text[0], x=edge, width=0.0, rise=0.0, has_ink=False)
    return None


def _shows(shown: str, letters: str) -> bool:
    if letters in (shown, _MIRRORED.get(shown)):
        return True
    return _folded(letters) == _folded(shown) or sorted(letters) == sorted(shown)


@cache
def _folded(letters: str) -> str:
    return unicodedata.normalize("NFKC", letters)
