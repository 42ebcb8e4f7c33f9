"""Which line of a page goes on where another ends, to the left of it or to the right.

The engine shows each element's part of a line as a line of its own. In a right-to-left text it
goes on to the left of the one before it; but what is read from left to right there may have parts
too, as a reference has that ends with a link. They are a chain: it goes on to the right, and
stands as a whole to the left of what comes before it. In a left-to-right text it is the other way
round: words of an Arabic phrase of which one is bold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from math import inf
from typing import NamedTuple

from brochure.pdf.lines import Line
from brochure.pdf.pieces import INSIDE, Link
from brochure.pdf.reading_order import is_right_to_left

WORD_GAP, SPACE = 0.5, 0.1
"""Ems: what is more is no space between words, what is less is none at all."""
_FIRST, _LAST = 0.5 * INSIDE, 0.9 * INSIDE
"""Ems from a chain's right edge: between the marks that end the runs and what stands behind."""


class Joined(NamedTuple):
    """A line, its place in a chain if it is in one, and its neighbours in the order of reading.

    Gaps are in ems, and infinite where a neighbour stands elsewhere. A line `is_led` by the number
    of a list's item that stands on its left; the engine shows those after all lines of a page.
    """

    line: Line
    is_led: bool
    link: Link | None
    before: Line | None
    gap_before: float
    after: Line | None
    gap_after: float


def joined(
    lines: Iterable[Line], is_chained: Callable[[Line], bool], *, is_rtl: bool
) -> Iterator[Joined]:
    """Each line of a page that shows anything; chains are looked for where a line allows it.

    The page `is_rtl` if its text is.
    """
    chains = list(_chains((line for line in lines if line.glyphs), is_chained, is_rtl))
    found = [line for chain in chains for line in chain]
    links = [link for chain in chains for link in _links(chain, is_rtl)]
    gaps = [inf, *_gaps(chains, is_rtl)]
    befores, afters = [None, *found], [*found[1:], None]
    are_led = _are_led(found, is_chained)
    for row in zip(found, are_led, links, befores, gaps, afters, gaps[1:], strict=False):
        yield Joined(*row)


def baseline(line: Line) -> int:
    """In whole pixels: lines that have the same are one to the reader."""
    return round(line.matrix[5])


def _chains(
    lines: Iterable[Line], is_chained: Callable[[Line], bool], is_rtl: bool
) -> Iterator[list[Line]]:
    """Lines of which each goes on where the one before it ends, against the page's direction."""
    chain: list[Line] = []
    for line in lines:
        is_next = chain and _goes_on(chain[-1], line, to_left=not is_rtl)
        if not is_next or not all(map(is_chained, (chain[-1], line))):
            yield from filter(None, [chain])
            chain = []
        chain.append(line)
    yield from filter(None, [chain])


def _goes_on(before: Line, line: Line, *, to_left: bool) -> bool:
    is_level = baseline(before) == baseline(line)
    return is_level and _gap(before, line, to_left=to_left) <= WORD_GAP


def _links(chain: Sequence[Line], is_rtl: bool) -> Iterator[Link | None]:
    """The place of each line in its chain, in its own text space."""
    is_chain = len(chain) > 1 and (is_rtl or any(is_right_to_left(line.text) for line in chain))
    if not is_chain:
        yield from [None] * len(chain)
        return
    last = len(chain) - 1
    size = max(glyph.size for line in chain for glyph in line.glyphs)
    right = max(line.right for line in chain)
    for at, line in enumerate(chain):
        end = (right - line.matrix[4]) / line.matrix[0]
        ems = _FIRST + (_LAST - _FIRST) * at / last if is_rtl else INSIDE + _FIRST * (last - at)
        yield Link(number=at, begin=None if at == last else end - ems * size, end=end)


def _are_led(lines: Sequence[Line], is_chained: Callable[[Line], bool]) -> list[bool]:
    """Whether what stands on the left of each line is shown with lines of other levels between."""
    ends: dict[int, list[float]] = defaultdict(list)
    are_led: list[bool] = []
    for level, row in groupby(reversed(lines), key=baseline):
        beside = tuple(ends[level])
        for line in row:
            is_near = any(_apart(end, line.left, line) < SPACE for end in beside)
            are_led.append(is_near and is_chained(line))
            ends[level].append(line.right)
    return are_led[::-1]


def _gaps(chains: Sequence[Sequence[Line]], is_rtl: bool) -> Iterator[float]:
    """How far each line is from the next one, in ems."""
    for chain, after in zip_longest(chains, chains[1:]):
        yield from (_gap(one, other, to_left=not is_rtl) for one, other in pairwise(chain))
        is_level = after and baseline(after[0]) == baseline(chain[0])
        yield _gap(chain[0], after[-1], to_left=is_rtl) if is_level else inf


def _gap(before: Line, after: Line, *, to_left: bool) -> float:
    if to_left:
        return _apart(before.left, after.right, after)
    return _apart(before.right, after.left, after)


def _apart(one: float, other: float, line: Line) -> float:
    return abs(one - other) / line.glyphs[-1].size
