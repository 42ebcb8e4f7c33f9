"""The boxes of a printed page: trim inside bleed inside media (ISO 32000-1, 14.11.2).

ISO 15930-7, 6.12, wants a TrimBox, and the boxes nested. The MediaBox starts at 0 0, because page
layout programs place a page that starts elsewhere off its mark; the CropBox is the MediaBox, so
that marks show on the screen. All values in points from the sheet's lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name

from brochure.measures import mm_to_pt

_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in points, from the sheet's lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right, in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top, in points."""
        return self.top - self.bottom

    def grown(self, length_pt: float) -> Box:
        """The box with `length_pt` more on every side."""
        return Box(
            left=self.left - length_pt,
            bottom=self.bottom - length_pt,
            right=self.right + length_pt,
            top=self.top + length_pt,
        )

    @property
    def array(self) -> Array:
        """The box as PDF has it."""
        edges = (self.left, self.bottom, self.right, self.top)
        return Array([round(edge, _DECIMALS) for edge in edges])


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
