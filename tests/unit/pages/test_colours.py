"""Whatever accent a clinic chooses, its text can be read: WCAG 2.2, clause 1.4.3."""

import colorsys
import itertools

import pytest

from brochure.assets import DEFAULTS
from brochure.cache import cache_of
from brochure.pages.colours import (
    AA_CONTRAST,
    contrast,
    hue_of,
    light_of,
    palette_of,
    text_pairs,
)
from brochure.settings import Brand
from brochure.settings_file import load

STEPS = (0x00, 0x33, 0x66, 0x99, 0xCC, 0xFF)
GRID = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(STEPS, repeat=3)]
WHEEL = [
    "#{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in colorsys.hsv_to_rgb(*hsv)))
    for hsv in itertools.product((index / 12 for index in range(12)), (0.35, 0.8), (0.5, 0.9))
]


def faint(brand: Brand, hues: tuple[str, ...]) -> list[tuple[str, str, str]]:
    derived = tuple(hue_of(hue, brand.paper) for hue in hues)
    return [
        pair
        for pair in text_pairs(palette_of(brand), derived)
        if contrast(pair[1], pair[2]) < AA_CONTRAST
    ]


def test_the_sample_clinic_s_colours_are_readable():
    settings, _ = load(DEFAULTS)
    hues = tuple(category.hue for category in settings.categories.values())

    assert faint(settings.brand, hues) == []
    assert len(text_pairs(palette_of(settings.brand), ())) >= 9


@pytest.mark.parametrize("accents", [GRID, WHEEL], ids=["grid", "wheel"])
def test_any_accent_is_readable(accents):
    assert len(GRID) + len(WHEEL) >= 200

    assert {
        accent: found for accent in accents if (found := faint(Brand(accent=accent), ()))
    } == {}


@pytest.mark.parametrize("paper", ["#FFFFFF", "#F6F1EA", "#E8F0F2"])
def test_any_accent_is_readable_on_another_paper(paper):
    brands = [Brand(accent=accent, paper=paper) for accent in WHEEL]

    assert [found for brand in brands if (found := faint(brand, ()))] == []


def test_contrast_is_the_ratio_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_kept_colours_are_those_that_would_be_derived(tmp_path):
    bases, kept = ("#C0705A", "#4F7CA8"), cache_of(tmp_path)
    for brand in (Brand(), Brand(paper="#E8F0F2"), Brand(accent="#336699"), Brand()):
        assert light_of(brand, bases, kept) == light_of(brand, bases)

    assert len(kept.entries()) == 3
