"""Which line of a page goes on where another ends, to the left of it or to the right.

The engine shows each element's part of a line as a line of its own. In a right-to-left text it
goes on to the left of the one before it; but what is read from left to right there may have parts
too, as a reference has that ends with a link. They are a chain: it goes on to the right, and
stands as a whole to the left of what comes before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from math import inf
from typing import NamedTuple

from brochure.pdf.backward_runs import Link
from brochure.pdf.lines import Line
from brochure.pdf.pieces import INSIDE

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


def joined(lines: Iterable[Line], is_chained: Callable[[Line], bool]) -> Iterator[Joined]:
    """Each line that shows anything; chains are looked for where a line allows it."""
    chains = list(_chains((line for line in lines if line.glyphs), is_chained))
    found = [line for chain in chains for line in chain]
    links = [link for chain in chains for link in _links(chain)]
    gaps = [inf, *_gaps(chains)]
    befores, afters = [None, *found], [*found[1:], None]
    are_led = _are_led(found, is_chained)
    for row in zip(found, are_led, links, befores, gaps, afters, gaps[1:], strict=False):
        yield Joined(*row)


def baseline(line: Line) -> int:
    """In whole pixels: lines that have the same are one to the reader."""
    return round(line.matrix[5])


def _chains(lines: Iterable[Line], is_chained: Callable[[Line], bool]) -> Iterator[list[Line]]:
    """Lines of which each goes on where the one before it ends on the right."""
    chain: list[Line] = []
    for line in lines:
        is_next = chain and _goes_right(chain[-1], line)
        if not is_next or not all(map(is_chained, (chain[-1], line))):
            yield from filter(None, [chain])
            chain = []
        chain.append(line)
    yield from filter(None, [chain])


def _goes_right(before: Line, line: Line) -> bool:
    is_level = baseline(before) == baseline(line)
    return is_level and _gap(before.right, line, line.left) <= WORD_GAP


def _links(chain: Sequence[Line]) -> Iterator[Link | None]:
    """The place of each line in its chain, in its own text space."""
    if len(chain) == 1:
        yield None
        return
    last = len(chain) - 1
    size = max(glyph.size for line in chain for glyph in line.glyphs)
    for at, line in enumerate(chain):
        end = (chain[-1].right - line.matrix[4]) / line.matrix[0]
        begin = end - (_FIRST + (_LAST - _FIRST) * at / last) * size
        yield Link(number=at, begin=None if at == last else begin, end=end)


def _are_led(lines: Sequence[Line], is_chained: Callable[[Line], bool]) -> list[bool]:
    """Whether what stands on the left of each line is shown with lines of other levels between."""
    ends: dict[int, list[float]] = defaultdict(list)
    are_led: list[bool] = []
    for level, row in groupby(reversed(lines), key=baseline):
        beside = tuple(ends[level])
        for line in row:
            is_near = any(_gap(end, line, line.left) < SPACE for end in beside)
            are_led.append(is_near and is_chained(line))
            ends[level].append(line.right)
    return are_led[::-1]


def _gaps(chains: Sequence[Sequence[Line]]) -> Iterator[float]:
    """How far each line is from the next one, in ems."""
    for chain, after in zip_longest(chains, chains[1:]):
        yield from (_gap(one.right, other, other.left) for one, other in pairwise(chain))
        is_level = after and baseline(after[0]) == baseline(chain[0])
        yield _gap(chain[0].left, after[0], after[-1].right) if is_level else inf


def _gap(end: float, after: Line, begin: float) -> float:
    return abs(end - begin) / after.glyphs[-1].size
