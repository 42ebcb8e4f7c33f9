"""Lengths and boxes: millimetres for people, points for PDF, CSS pixels for the layout engine.

1 in = 25.4 mm = 72 pt = 96 px (CSS Values 4, section 6.2).
"""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PX_PER_INCH = 96.0
PX_IN_PT = PT_PER_INCH / PX_PER_INCH
"""Points: how large a CSS pixel is."""


def mm_to_pt(length_mm: float) -> float:
    """Millimetres to PDF points."""
    return length_mm / MM_PER_INCH * PT_PER_INCH


def pt_to_mm(length_pt: float) -> float:
    """PDF points to millimetres."""
    return length_pt / PT_PER_INCH * MM_PER_INCH


def px_to_mm(length_px: float) -> float:
    """CSS pixels to millimetres."""
    return length_px / PX_PER_INCH * MM_PER_INCH


def pixels_for(length_mm: float, *, dpi: int) -> int:
    """How many picture samples fill `length_mm` at `dpi`, rounded up."""
    return -int(-length_mm / MM_PER_INCH * dpi // 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A width and a height, in millimetres."""

    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        return f"{round(self.width_mm, 1):g} × {round(self.height_mm, 1):g} mm"

    @property
    def landscape(self) -> Size:
        """The same with the long side across."""
        short, long = sorted((self.width_mm, self.height_mm))
        return Size(width_mm=long, height_mm=short)

    @property
    def portrait(self) -> Size:
        """The same with the long side upright."""
        short, long = sorted((self.width_mm, self.height_mm))
        return Size(width_mm=short, height_mm=long)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFormat:
    """A trimmed page and its margins, all in millimetres.

    `type_scale` is the size of type and leading against A5.
    """

    name: str
    width_mm: float
    height_mm: float
    margin_inner_mm: float
    margin_outer_mm: float
    margin_head_mm: float
    margin_foot_mm: float
    type_scale: float
    column_gutter_mm: float
    cards_per_row: int
    card_picture_height_mm: float
    picture_height_mm: float

    @property
    def text_width_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - self.margin_inner_mm - self.margin_outer_mm

    @property
    def text_height_mm(self) -> float:
        """Height between the margins."""
        return self.height_mm - self.margin_head_mm - self.margin_foot_mm

    @property
    def card_width_mm(self) -> float:
        """Width of one card in the overview."""
        gutters_mm = (self.cards_per_row - 1) * self.column_gutter_mm
        return (self.text_width_mm - gutters_mm) / self.cards_per_row
