"""The graphics state, as far as colours depend on it (ISO 32000-1, 8.4).

A colour and an opacity are kept as they are wanted and as they were last written, so that they
can be held back until something is painted. Lengths are those of the page, in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

from brochure.pdf.shadings import Inks

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)


class Level(NamedTuple):
    """A grey inside a mask."""

    level: float


class Tint(NamedTuple):
    """A spot, by its number, from 0 to 1."""

    spot: int
    amount: float


class Given(NamedTuple):
    """A pattern, or a colour of a space that is left as it is."""

    space: Any
    operands: tuple[Any, ...]


Colour = Inks | Level | Tint | Given | None
"""`None` is whatever the stream was called with."""
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True, kw_only=True)
class Side:
    """The colour and opacity of one side, filling or stroking: as wanted, and as written."""

    is_stroke: bool
    space: Any = None
    wanted: Colour = None
    written: Colour = None
    opacity: float | None = None
    opacity_name: str = ""
    opacity_written: float | None = None


@dataclass(slots=True, kw_only=True)
class State:
    """The graphics state, as far as it matters here."""

    fill: Side
    stroke: Side
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    width: float = 1.0
    mode: int = 0
    overprints: bool | None = None

    def saved(self) -> State:
        """A copy for `q`."""
        twin = copy(self)
        twin.fill, twin.stroke = copy(self.fill), copy(self.stroke)
        return twin


def opening_state(*, is_page: bool, in_mask: bool) -> State:
    """A page begins in black and opaque (ISO 32000-1, 8.4.1), a form as its caller left it."""
    black: Colour = Level(0.0) if in_mask else BLACK
    sides = (
        Side(
            is_stroke=is_stroke,
            wanted=black if is_page else None,
            opacity=1.0 if is_page else None,
            opacity_written=1.0 if is_page else None,
        )
        for is_stroke in (False, True)
    )
    fill, stroke = sides
    return State(fill=fill, stroke=stroke)


def floats(operands: Sequence[Any]) -> tuple[float, ...]:
    """Operands as numbers."""
    return tuple(float(operand) for operand in operands)


def times(first: Sequence[float], then: Sequence[float]) -> Matrix:
    """One transformation after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s),
        *(c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def stroke_width(state: State) -> float:
    """How thick a stroke is."""
    a, b, c, d, _, _ = state.matrix
    return float(state.width * abs(a * d - b * c) ** 0.5)


def sizes(path: Sequence[Any], matrix: Matrix) -> Iterator[tuple[float, float]]:
    """Width and height of each subpath on the page, in points."""
    points: list[tuple[float, float]] = []
    for instruction in path:
        name, values = str(instruction.operator), floats(instruction.operands)
        if name in ("m", "re") and points:
            yield _size(points, matrix)
            points = []
        if name == "re":
            x, y, width, height = values
            values = (x, y, x + width, y, x, y + height, x + width, y + height)
        points += zip(values[::2], values[1::2], strict=True)
    if points:
        yield _size(points, matrix)


def _size(points: Sequence[tuple[float, float]], matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, _, _ = matrix
    across = [a * x + c * y for x, y in points]
    up = [b * x + d * y for x, y in points]
    return max(across) - min(across), max(up) - min(up)
