"""The places that pictures fill on a page, by format and edition."""

from __future__ import annotations

from dataclasses import dataclass

from brochure.measures import PageFormat, pixels_for
from brochure.pages.edition import Edition

OVERSHOOT_MM = 6.0
"""How far a full-bleed picture runs past the trim at the sides, at the least."""
COVER_SHARE = 0.66
"""The part of the cover's height that the picture takes."""
HANDOUT_SHARE = 0.5
"""The part of a brochure's picture that a handout has room for, in height."""
_BODY_SHAPE = 4 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The place a picture fills on a page, and what it is brought down to for it.

    `quality` is JPEG's, from 1 to 95.
    """

    width_mm: float
    height_mm: float
    dpi: int
    quality: int = 86
    is_grey: bool = False

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height that give exactly the resolution."""
        return pixels_for(self.width_mm, dpi=self.dpi), pixels_for(self.height_mm, dpi=self.dpi)


def overshoot_mm(page: PageFormat, edition: Edition) -> float:
    """How far a picture in the text's own flow runs past the trim on each side.

    It hangs from margins that change sides from page to page, and has to reach the bleed on both.
    """
    shift_mm = abs(page.margin_inner_mm - page.margin_outer_mm) / 2
    return max(OVERSHOOT_MM, edition.bleed_mm + shift_mm)


def cover_frame(page: PageFormat, edition: Edition) -> Frame:
    """The plane over the upper part of the cover, bleeding on three sides."""
    return Frame(
        width_mm=page.width_mm + 2 * edition.bleed_mm,
        height_mm=page.height_mm * COVER_SHARE + edition.bleed_mm,
        dpi=edition.picture_dpi,
        quality=edition.picture_quality,
    )


def detail_frame(page: PageFormat, edition: Edition) -> Frame:
    """The band across the head of a treatment's first page."""
    return Frame(
        width_mm=page.width_mm + 2 * overshoot_mm(page, edition),
        height_mm=page.picture_height_mm + edition.bleed_mm,
        dpi=edition.picture_dpi,
        quality=edition.picture_quality,
    )


def card_frame(page: PageFormat, edition: Edition) -> Frame:
    """The picture of a card in the overview."""
    return Frame(
        width_mm=page.card_width_mm,
        height_mm=page.card_picture_height_mm,
        dpi=edition.picture_dpi,
        quality=edition.picture_quality,
    )


def body_frame(page: PageFormat, edition: Edition) -> Frame:
    """A picture inside a text, as wide as the text."""
    return _across(page, edition, page.text_width_mm / _BODY_SHAPE)


def handout_frame(page: PageFormat, edition: Edition) -> Frame:
    """The picture of a handout, as wide as the text."""
    return _across(page, edition, page.picture_height_mm * HANDOUT_SHARE)


def _across(page: PageFormat, edition: Edition, height_mm: float) -> Frame:
    return Frame(
        width_mm=page.text_width_mm,
        height_mm=height_mm,
        dpi=edition.picture_dpi,
        quality=edition.picture_quality,
        is_grey=edition.is_grey,
    )


LOGO_FRAME = Frame(width_mm=30, height_mm=30, dpi=300)
