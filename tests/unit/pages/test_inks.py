"""Whatever the brand, its inks can be read and screened: WCAG 2.2, clause 1.4.3, in print."""

import itertools

import pytest

from brochure.assets import DEFAULTS, Assets
from brochure.diagnostics import Location
from brochure.pages.colours import AA_CONTRAST, check_contrast, contrast, difference, text_pairs
from brochure.pages.inks import BLACK, NO_INK, css, hue_in_inks, palette_in_inks
from brochure.printer_files import printer_named
from brochure.printers import Ink, Spot
from brochure.separation import separation_for
from brochure.settings import Brand
from brochure.settings_file import load

PRINTER = printer_named(Assets(roots=(DEFAULTS,)), "generic-coated")
COATED = separation_for(PRINTER)
STEPS = (0x00, 0x55, 0xAA, 0xFF)
GRID = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(STEPS, repeat=3)]
TEAL = Ink(cyan=96, magenta=4, yellow=35, black=12)


def palette(**brand):
    return palette_in_inks(Brand(**brand), PRINTER, COATED)


def hue(base: Ink):
    return hue_in_inks(base, COATED.ink("#F6F1EA"), PRINTER, COATED)


def inks_of(colours) -> list[Ink]:
    return [getattr(colours, name) for name in ("base", "deep", "mid", "tint", "on_base")]


def test_text_is_black_ink_alone_and_quiet_text_a_tint_of_it():
    made = palette(ink="#22302F")

    assert made.ink == BLACK
    assert made.muted == BLACK.tint(made.muted.black)
    assert made.rule == BLACK.tint(25)
    assert made.sheet == NO_INK


def test_inks_that_are_given_are_printed_as_they_are():
    made = palette(accent_inks=TEAL, paper_inks=Ink(cyan=0, magenta=2, yellow=6, black=0))

    assert made.accent.base == TEAL
    assert made.paper == Ink(cyan=0, magenta=2, yellow=6, black=0)


def test_too_much_ink_is_taken_from_the_colours_and_not_from_black():
    heavy = Ink(cyan=100, magenta=100, yellow=100, black=60)
    base = palette(accent_inks=heavy).accent.base

    assert base.total == pytest.approx(PRINTER.total_ink_percent)
    assert base.black == 60
    assert base.cyan == base.magenta == base.yellow


def test_every_relation_of_a_spot_is_the_spot_a_tint_of_it_or_paper():
    """So that the plates can be told from the inks alone (pdf/separations.py)."""
    spot = Spot(name="Our Teal", alternate=Ink(cyan=100, magenta=20, yellow=50, black=30))
    made = palette(accent_spot=spot, accent_inks=TEAL).accent

    assert made.base == made.deep == spot.alternate
    assert made.mid == spot.alternate.tint(made.mid.cyan)
    assert made.tint == spot.alternate.tint(made.tint.cyan)
    assert made.on_base == NO_INK


def test_heads_of_a_spot_too_light_to_read_are_black_and_not_mixed_from_the_four():
    made = palette(accent_spot=Spot(name="Our Teal", alternate=TEAL)).accent

    assert made.base == TEAL
    assert made.deep == made.on_base == BLACK


@pytest.mark.parametrize("colour", GRID)
def test_no_text_is_in_a_rich_black(colour):
    """From 85 % of black on, preflight and people call a mixture black."""
    made = hue(COATED.ink(colour))

    for text in (made.deep, made.on_base):
        assert text.black < 85 or text == BLACK.tint(text.black)


@pytest.mark.parametrize("colour", GRID)
def test_every_hue_can_be_read_and_is_within_the_total_ink(colour):
    made = hue(COATED.ink(colour))
    seen = palette(accent=colour).painted(COATED.appearance)
    pairs = text_pairs(seen, (made.painted(COATED.appearance),))

    faint = [pair for pair in pairs if contrast(pair[1], pair[2]) < AA_CONTRAST]
    assert faint == []
    assert all(ink.total <= PRINTER.total_ink_percent for ink in inks_of(made))


@pytest.mark.parametrize("accent", ["#4F7CA8", "#BF5B5B", "#7A7A7A"])
def test_an_accent_between_light_and_dark_gets_just_enough_black_for_its_text(accent):
    computed, made = COATED.ink(accent), palette(accent=accent).accent

    assert made.on_base in (NO_INK, BLACK)
    assert 0 <= made.base.black - computed.black <= 8
    assert difference(COATED.appearance(made.base), accent) < 5


def test_an_accent_that_is_given_is_kept_and_reported_if_no_text_reads_on_it():
    made = palette(accent_inks=TEAL).painted(COATED.appearance)

    (fault,) = check_contrast(made, (), Location(path="brochure.toml"))
    assert "text on the colour" in fault.problem


def test_a_black_plane_is_rich_and_the_heads_on_it_are_not():
    made = hue(COATED.ink("#000000"))

    assert made.base == PRINTER.rich_black
    assert made.deep == BLACK
    assert made.tint == BLACK.tint(12)


def test_coloured_heads_keep_the_colour_and_gain_black():
    gold = COATED.ink("#C4963C")
    deep = hue(gold).deep

    assert (deep.cyan, deep.magenta, deep.yellow) == (gold.cyan, gold.magenta, gold.yellow)
    assert deep.black > gold.black


def test_a_style_sheet_has_inks_from_0_to_1():
    assert css(TEAL) == "device-cmyk(0.96 0.04 0.35 0.12)"
    assert css(TEAL.tint(12)) == "device-cmyk(0.1152 0.0048 0.042 0.0144)"


def test_the_sample_s_inks_are_its_colours():
    settings, _ = load(DEFAULTS)
    given = [(settings.brand.accent, settings.brand.accent_inks)]
    given += [(item.hue, item.inks) for item in settings.categories.values()]

    for colour, ink in given:
        wanted = COATED.ink(colour)
        assert difference(COATED.appearance(ink), COATED.appearance(wanted)) < 2.5
