"""Measures on paper do not depend on how a page is turned (Hypothesis)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.geometry import IDENTITY, Matrix

angles = st.floats(0, 360)
scales = st.floats(0.01, 50)
shifts = st.floats(-500, 500)


def turned(angle: float, across: float, up: float, x: float = 0, y: float = 0) -> Matrix:
    """Scale by `across` and `up`, then turn."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return Matrix(cosine, sine, -sine, cosine, x, y).after(Matrix(across, 0, 0, up, 0, 0))


@given(angles, scales, scales, shifts, shifts)
def test_a_pen_is_as_thin_as_its_smaller_scale(angle, across, up, x, y):
    assert turned(angle, across, up, x, y).smallest_scale == pytest.approx(
        min(across, up), rel=1e-3, abs=1e-4
    )


@given(angles, scales, scales)
def test_letters_are_as_high_as_their_scale(angle, across, up):
    assert turned(angle, across, up).letter_height == pytest.approx(up, rel=1e-6)


@given(angles, scales, scales)
def test_a_pictures_sides_are_as_long_as_they_were_scaled(angle, across, up):
    assert turned(angle, across, up).lengths == pytest.approx((across, up), rel=1e-6)


@given(angles, scales, angles, scales)
def test_one_matrix_after_another_scales_by_both(angle, scale, other, twice):
    both = turned(angle, scale, scale).after(turned(other, twice, twice))

    assert both.lengths == pytest.approx((scale * twice, scale * twice), rel=1e-6)


@given(angles, scales, scales, shifts, shifts)
def test_a_box_holds_all_four_corners(angle, across, up, x, y):
    matrix = turned(angle, across, up, x, y)
    box = matrix.box(Box(0, 0, 1, 1))
    corners = [matrix.after(Matrix(1, 0, 0, 1, i, j))[4:] for i in (0, 1) for j in (0, 1)]

    assert all(box.holds(Box(*corner, *corner), 1e-6) for corner in corners)


def test_a_matrix_of_nothing_measures_nothing():
    flat = Matrix(0, 0, 0, 0, 5, 5)

    assert (flat.smallest_scale, flat.letter_height, flat.lengths) == (0, 0, (0, 0))
    assert IDENTITY.smallest_scale == 1
