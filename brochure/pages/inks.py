"""The palette in inks: what a brand's colours are on a press.

Given mixtures are kept; a colour without one is separated through the printer's profile. A tint
is a percentage of its base, the dots that a printer would screen it with, so that a tint of a spot
colour is the spot's. Text is black ink alone, or a tint of it; coloured heads are the base, with a
little more black where that makes it readable, and black alone where it would take much or where
the base is a spot, which has no such mixture. Contrast (WCAG 2.2, 1.4.3) is that of the print as
it looks.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.pages.colours import AA_CONTRAST, Hue, Palette, contrast
from brochure.printers import Ink, Printer, Spot
from brochure.separation import Separation
from brochure.settings import Brand

NO_INK = Ink(cyan=0, magenta=0, yellow=0, black=0)
BLACK = Ink(cyan=0, magenta=0, yellow=0, black=100)
_RULE = 25.0
_MUTED = range(60, 101, 5)
"""Tints of black for captions, the lightest that can be read first."""
_TINT, _MID = 12.0, 38.0
_STEP = 5.0
"""Black is added to a coloured head in steps of so many percent."""
_MOST_BLACK = 75.0
"""With more of it, a mixture is seen as black: then it is better black alone."""


def css(ink: Ink) -> str:
    """An ink as a style sheet and a drawing have it (CSS Color 5, section 8)."""
    return "device-cmyk({:g} {:g} {:g} {:g})".format(*(round(x, 5) for x in ink.fractions))


def palette_in_inks(brand: Brand, printer: Printer, separation: Separation) -> Palette[Ink]:
    """The whole palette in inks."""
    paper = paper_of(brand, separation)
    muted = (BLACK.tint(tint) for tint in _MUTED)
    return Palette(
        ink=BLACK,
        muted=next((ink for ink in muted if _reads(ink, (NO_INK, paper), separation)), BLACK),
        paper=paper,
        rule=BLACK.tint(_RULE),
        sheet=NO_INK,
        accent=hue_in_inks(
            accent_of(brand, separation),
            paper,
            printer,
            separation,
            spot=brand.accent_spot,
        ),
    )


def paper_of(brand: Brand, separation: Separation) -> Ink:
    """The quiet ground of a page."""
    return separation.limited(brand.paper_inks or separation.ink(brand.paper))


def accent_of(brand: Brand, separation: Separation) -> Ink:
    """What the brand's colour is painted with; a spot is, with its alternate.

    A computed mixture of middling lightness, on which neither paper nor black can be read, gets a
    little more black; one that is given is kept.
    """
    if brand.accent_spot:
        return brand.accent_spot.alternate
    if brand.accent_inks:
        return separation.limited(brand.accent_inks)
    ink = separation.ink(brand.accent)
    while not any(_reads(text, (ink,), separation) for text in (NO_INK, BLACK)):
        ink = separation.limited(replace(ink, black=ink.black + 1))
    return ink


def hue_in_inks(
    base: Ink,
    paper: Ink,
    printer: Printer,
    separation: Separation,
    *,
    spot: Spot | None = None,
) -> Hue[Ink]:
    """The relations of one mixture; large planes of black are the printer's rich black."""
    is_spot = spot is not None and base == spot.alternate
    tint = base.tint(_TINT)
    most_black = base.black if is_spot else max(base.black, _MOST_BLACK)
    return Hue(
        base=printer.rich_black if base == BLACK else base,
        deep=_readable(base, (NO_INK, paper, tint), separation, most_black=most_black),
        mid=base.tint(_MID),
        tint=tint,
        on_base=_on(base, separation),
    )


def _on(base: Ink, separation: Separation) -> Ink:
    """What text on a plane of this mixture is printed in: bare paper if it can be read, or black.

    Never rich black: type in four inks blurs where they do not meet exactly.
    """
    return NO_INK if _reads(NO_INK, (base,), separation) else BLACK


def _readable(
    base: Ink, grounds: tuple[Ink, ...], separation: Separation, *, most_black: float
) -> Ink:
    """The base with as little more black as it takes; black alone if it takes too much."""
    ink = base
    while not _reads(ink, grounds, separation):
        if ink.black >= most_black:
            return BLACK
        ink = separation.limited(replace(base, black=min(ink.black + _STEP, most_black)))
    return ink


def _reads(ink: Ink, grounds: tuple[Ink, ...], separation: Separation) -> bool:
    text = separation.appearance(ink)
    found = (contrast(text, separation.appearance(ground)) for ground in grounds)
    return min(found) >= AA_CONTRAST
