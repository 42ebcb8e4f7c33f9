"""Paper: sheets that are printed, turned over, folded and leafed through, page by page.

Knows nothing of how pages are imposed. `Seen` is a page as the reader meets it and whether it
stands upside-down; a blank is `None`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from brochure.pdf.imposition import Binding, Face, FlipEdge


class Seen(NamedTuple):
    page: int | None
    is_upside_down: bool


class Leaf(NamedTuple):
    """One panel of a sheet: what is on its front and what on its back."""

    front: Seen
    back: Seen


Row = list[Seen]


def ink(face: Face) -> list[Row]:
    """What lies on the paper, from its upper left, as the printer's rollers see it."""
    rows = [[Seen(page, False) for page in row] for row in face.rows]
    return turned(rows) if face.is_turned else rows


def turned(rows: Sequence[Row]) -> list[Row]:
    """The same paper, upside-down."""
    return [[Seen(page, not down) for page, down in row[::-1]] for row in rows[::-1]]


def sheets(faces: Sequence[Face], edge: FlipEdge, *, is_landscape: bool) -> Iterator[list[Leaf]]:
    """Print on both sides, turning the paper on `edge`; gives the panels of each sheet."""
    is_upright = (edge is FlipEdge.SHORT) == is_landscape
    for front, back in zip(faces[::2], faces[1::2], strict=True):
        behind = ink(back) if is_upright else turned(ink(back))
        (first,), (second,) = ink(front), behind
        yield [Leaf(one, other) for one, other in zip(first, second[::-1], strict=True)]


def leafed(nested: Sequence[list[Leaf]], binding: Binding) -> Iterator[Seen]:
    """Nest the sheets, the first outside, fold them, and turn the pages from the front cover."""
    near, far = (1, 0) if binding is Binding.LEFT else (0, 1)
    for sheet in nested:
        yield from sheet[near]
    for sheet in reversed(nested):
        yield from reversed(sheet[far])


def unfolded(panels: Sequence[Leaf], binding: Binding) -> list[Seen]:
    """A leaflet in the order of opening: cover, inside from its start, flap, back.

    The cover hangs on the fold that the reader opens first, as a book's does; the flap is at the
    other end of the sheet.
    """
    flap, middle, cover = panels if binding is Binding.LEFT else panels[::-1]
    return [cover.front, cover.back, middle.back, flap.back, flap.front, middle.front]
