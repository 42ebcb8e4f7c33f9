"""What one composition is painted with: light, greys for an office printer, inks for a press."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Category
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.pages.colours import (
    Hue,
    Palette,
    check_contrast,
    difference,
    light_of,
)
from brochure.pages.edition import Edition
from brochure.pages.greys import GREY_HUE, GREYS
from brochure.pages.inks import accent_of, css, hue_in_inks, palette_in_inks, paper_of
from brochure.printers import Ink, Spot
from brochure.separation import Separation, separation_for
from brochure.settings import FILE_NAME, Settings

_OTHER_COLOUR = 12.0
"""ΔE2000 from which two prints side by side are two colours and not two shades (CIE 142)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """Colours as style sheets have them; `hues` by the slug of a category.

    `separation` is what pictures go through, `None` where they stay in light; `spots` are inks of
    their own.
    """

    palette: Palette[str]
    hues: Mapping[str, Hue[str]]
    separation: Separation | None = None
    spots: tuple[Spot, ...] = ()


def paint_of(
    settings: Settings, edition: Edition, categories: Sequence[Category], kept: Cache = NO_CACHE
) -> tuple[Paint, tuple[Diagnostic, ...]]:
    """The colours of `edition`; reports `contrast-low` for inks that cannot be read."""
    if edition.is_grey:
        return Paint(palette=GREYS, hues={item.slug: GREY_HUE for item in categories}), ()
    separation = separation_for(edition.printer) if edition.printer else None
    if separation is None:
        light = light_of(settings.brand, [category.hue for category in categories], kept)
        hues = {category.slug: light.hues[category.hue] for category in categories}
        return Paint(palette=light.palette, hues=hues), ()
    return _in_inks(settings, edition, separation, categories)


def _in_inks(
    settings: Settings, edition: Edition, separation: Separation, categories: Iterable[Category]
) -> tuple[Paint, tuple[Diagnostic, ...]]:
    brand, printer = settings.brand, edition.printer
    assert printer is not None, "there are no inks without a printer"
    paper = paper_of(brand, separation)
    palette = palette_in_inks(brand, printer, separation)
    hues = {
        category.slug: hue_in_inks(
            _base(category.slug, settings, separation),
            paper,
            printer,
            separation,
            spot=brand.accent_spot,
        )
        for category in categories
    }
    seen = tuple(hue.painted(separation.appearance) for hue in hues.values())
    faults = check_contrast(palette.painted(separation.appearance), seen, Location(path=FILE_NAME))
    paint = Paint(
        palette=palette.painted(css),
        hues={slug: hue.painted(css) for slug, hue in hues.items()},
        separation=separation,
        spots=(brand.accent_spot,) if brand.accent_spot else (),
    )
    return paint, faults


def _base(slug: str, settings: Settings, separation: Separation) -> Ink:
    """The ink of a category, its hue in inks, or the brand's accent."""
    known = settings.categories.get(slug)
    if known and known.inks:
        return separation.limited(known.inks)
    if known and known.hue:
        return separation.ink(known.hue)
    return accent_of(settings.brand, separation)


def check_inks(
    settings: Settings, separation: Separation, place: Callable[[tuple[str, ...]], Location]
) -> Iterator[Diagnostic]:
    """Report `ink-differs` for a mixture far from what its colour would be separated into.

    `place` gives the line of an entry of brochure.toml.
    """
    brand = settings.brand
    spot = brand.accent_spot
    given: list[tuple[tuple[str, ...], str, Ink | None]] = [
        (("brand", "accent_spot"), brand.accent, spot.alternate if spot else None),
        (("brand", "accent_inks"), brand.accent, brand.accent_inks),
        (("brand", "paper_inks"), brand.paper, brand.paper_inks),
    ]
    given += [
        (("categories", slug, "inks"), category.hue or brand.accent, category.inks)
        for slug, category in settings.categories.items()
    ]
    for path, colour, ink in given:
        wanted = separation.appearance(separation.ink(colour))
        if ink and difference(separation.appearance(ink), wanted) > _OTHER_COLOUR:
            yield diagnose(
                "ink-differs",
                place(path),
                problem=f"These inks print {separation.appearance(ink)}, another colour than "
                f"{colour}",
                cause="The brochure on paper would not have the colours of the one on the screen; "
                "often one of the two was changed and the other forgotten.",
                fix="Ask your designer for the inks of the colour, or delete this entry: then "
                "they are computed.",
            )
