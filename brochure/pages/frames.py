"""The places that pictures fill on a page, by format and edition."""

from __future__ import annotations

from dataclasses import dataclass

from brochure.measures import PageFormat, pixels_for
from brochure.pages.edition import Edition

OVERSHOOT_MM = 6.0
"""How far a full-bleed picture runs past the trim at the sides, so that inner and outer margins
may differ from page to page without a gap."""
COVER_SHARE = 0.66
"""The part of the cover's height that the picture takes."""
_BODY_SHAPE = 4 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The place a picture fills on a page, and the resolution it is brought down to."""

    width_mm: float
    height_mm: float
    dpi: int

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height that give exactly the resolution."""
        return pixels_for(self.width_mm, dpi=self.dpi), pixels_for(self.height_mm, dpi=self.dpi)


def cover_frame(page: PageFormat, edition: Edition) -> Frame:
    """The plane over the upper part of the cover, bleeding on three sides."""
    return Frame(
        width_mm=page.width_mm + 2 * edition.bleed_mm,
        height_mm=page.height_mm * COVER_SHARE + edition.bleed_mm,
        dpi=edition.picture_dpi,
    )


def detail_frame(page: PageFormat, edition: Edition) -> Frame:
    """The band across the head of a treatment's first page."""
    return Frame(
        width_mm=page.width_mm + 2 * OVERSHOOT_MM,
        height_mm=page.picture_height_mm + edition.bleed_mm,
        dpi=edition.picture_dpi,
    )


def card_frame(page: PageFormat, edition: Edition) -> Frame:
    """The picture of a card in the overview."""
    return Frame(
        width_mm=page.card_width_mm,
        height_mm=page.card_picture_height_mm,
        dpi=edition.picture_dpi,
    )


def body_frame(page: PageFormat, edition: Edition) -> Frame:
    """A picture inside a text, as wide as the text."""
    width_mm = page.text_width_mm
    return Frame(width_mm=width_mm, height_mm=width_mm / _BODY_SHAPE, dpi=edition.picture_dpi)


LOGO_FRAME = Frame(width_mm=30, height_mm=30, dpi=300)
