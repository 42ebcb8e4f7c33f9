"""The boxes of a printed page: trim inside bleed inside media (ISO 32000-1, 14.11.2).

ISO 15930-7, 6.12, wants a TrimBox, and the boxes nested. The MediaBox starts at 0 0, because page
layout programs place a page that starts elsewhere off its mark; the CropBox is the MediaBox, so
that marks show on the screen. All values in points from the sheet's lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from pikepdf import Array, Name

from brochure.measures import mm_to_pt

_DECIMALS = 4


class Box(NamedTuple):
    """A rectangle in points; a tuple and no dataclass because preflight makes thousands a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right; negative for a box of nothing."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top; negative for a box of nothing."""
        return self.top - self.bottom

    @property
    def array(self) -> Array:
        """The box as PDF has it."""
        return Array([round(edge, _DECIMALS) for edge in self])

    def grown(self, length_pt: float) -> Box:
        """The box with `length_pt` more on every side."""
        return Box(
            self.left - length_pt,
            self.bottom - length_pt,
            self.right + length_pt,
            self.top + length_pt,
        )

    def within(self, other: Box) -> Box:
        """What both have in common; of negative size if nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def insets(self, outer: Box) -> Box:
        """How far each side lies inside `outer`'s; negative where it lies outside."""
        return Box(
            self.left - outer.left,
            self.bottom - outer.bottom,
            outer.right - self.right,
            outer.top - self.top,
        )

    def holds(self, other: Box, tolerance_pt: float = 0.0) -> bool:
        """Whether `other` lies in it, to within `tolerance_pt`."""
        return (
            self.left <= other.left + tolerance_pt
            and self.bottom <= other.bottom + tolerance_pt
            and self.right >= other.right - tolerance_pt
            and self.top >= other.top - tolerance_pt
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page with all that is cut off it; what lies between bleed and media is the slug."""

    media: Box
    bleed: Box
    trim: Box


def sheet_of(width_mm: float, height_mm: float, *, bleed_mm: float, slug_mm: float) -> Sheet:
    """The sheet of a page trimmed to `width_mm` by `height_mm`, its media starting at 0 0."""
    edge = mm_to_pt(bleed_mm + slug_mm)
    trim = Box(
        left=edge,
        bottom=edge,
        right=edge + mm_to_pt(width_mm),
        top=edge + mm_to_pt(height_mm),
    )
    return Sheet(media=trim.grown(edge), bleed=trim.grown(mm_to_pt(bleed_mm)), trim=trim)


def set_boxes(page: Any, sheet: Sheet) -> None:
    """Give `page` the boxes of `sheet`, and no others."""
    page.MediaBox = page.CropBox = sheet.media.array
    page.BleedBox, page.TrimBox = sheet.bleed.array, sheet.trim.array
    if Name.ArtBox in page:
        del page[Name.ArtBox]
