"""Boxes and matrices of a page, in points from the origin of its user space (ISO 32000-1, 8.3)."""

from __future__ import annotations

import math
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle whose sides are parallel to the page's."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From side to side; negative for a box of nothing."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From foot to head; negative for a box of nothing."""
        return self.y1 - self.y0

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Width and height as four numbers for comparing, lower left and upper right."""
        return (self.x0, self.y0, self.x1, self.y1)

    def within(self, other: Box) -> Box:
        """What both have in common; of negative size if nothing."""
        return Box(
            max(self.x0, other.x0),
            max(self.y0, other.y0),
            min(self.x1, other.x1),
            min(self.y1, other.y1),
        )

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def holds(self, other: Box, tolerance: float = 0.0) -> bool:
        """Whether `other` lies in it, to within `tolerance`."""
        return (
            self.x0 <= other.x0 + tolerance
            and self.y0 <= other.y0 + tolerance
            and self.x1 >= other.x1 - tolerance
            and self.y1 >= other.y1 - tolerance
        )

    def grown(self, by: float) -> Box:
        """The same box with every side moved outwards."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)
UNIT = Box(0, 0, 1, 1)


class Matrix(NamedTuple):
    """`[a b c d e f]` of ISO 32000-1, 8.3.4: a row vector is multiplied from the left."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, inner: Matrix) -> Matrix:
        """The matrix that applies `inner` first and then this one."""
        a, b, c, d, e, f = self
        p, q, r, s, t, u = inner
        return Matrix(
            p * a + q * c,
            p * b + q * d,
            r * a + s * c,
            r * b + s * d,
            t * a + u * c + e,
            t * b + u * d + f,
        )

    def box(self, inner: Box) -> Box:
        """The smallest box round `inner` as this matrix turns it."""
        a, b, c, d, e, f = self
        x0, y0, x1, y1 = inner
        left, right = sorted((a * x0, a * x1))
        low, high = sorted((c * y0, c * y1))
        foot, head = sorted((b * x0, b * x1))
        near, far = sorted((d * y0, d * y1))
        return Box(left + low + e, foot + near + f, right + high + e, head + far + f)

    @property
    def lengths(self) -> tuple[float, float]:
        """How long the unit vectors of x and y become."""
        return math.hypot(self.a, self.b), math.hypot(self.c, self.d)

    @property
    def smallest_scale(self) -> float:
        """How wide a pen of width 1 is where it draws thinnest: the smaller singular value."""
        square = self.a**2 + self.b**2 + self.c**2 + self.d**2
        area = abs(self.a * self.d - self.b * self.c)
        spread = math.sqrt(max(0.0, square**2 - 4 * area**2))
        return math.sqrt(max(0.0, (square - spread) / 2))

    @property
    def letter_height(self) -> float:
        """How high an em of 1 becomes, at a right angle to its line."""
        base = math.hypot(self.a, self.b)
        return abs(self.a * self.d - self.b * self.c) / base if base else 0.0


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)
