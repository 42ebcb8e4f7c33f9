"""Matrices, and how they turn boxes, in points of a page's user space (ISO 32000-1, 8.3)."""

from __future__ import annotations

import math
from typing import NamedTuple

from brochure.pdf.boxes import Box

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
