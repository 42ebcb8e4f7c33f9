"""Light becomes ink: within the total ink, greys neutral, brand colours as they were."""

import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from brochure.assets import DEFAULTS, Assets
from brochure.pages.colours import difference
from brochure.printer_files import printer_named
from brochure.printers import Ink
from brochure.separation import largest_total_percent, separation_for

OURS = Assets(roots=(DEFAULTS,))
COATED = separation_for(printer_named(OURS, "generic-coated"))
UNCOATED = separation_for(printer_named(OURS, "generic-uncoated"))
RELATIVE = separation_for(printer_named(OURS, "no-profiles"))
ALL = (COATED, UNCOATED, RELATIVE)
STEPS = (0x00, 0x33, 0x66, 0x99, 0xCC, 0xFF)
GRID = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(STEPS, repeat=3)]
WHOLE = st.integers(0, 255)


def test_a_printer_in_the_office_separates_nothing():
    assert separation_for(printer_named(OURS, "office")) is None


@pytest.mark.parametrize("separation", ALL)
def test_black_is_one_ink_and_white_none(separation):
    assert separation.ink("#000000") == Ink(cyan=0, magenta=0, yellow=0, black=100)
    assert separation.ink("#ffffff").total == 0
    assert separation.appearance(separation.ink("#ffffff")) == "#ffffff"


@pytest.mark.parametrize("level", range(0x30, 0x100, 0x11))
def test_a_grey_is_a_tint_of_black_that_looks_like_it(level):
    grey = f"#{level:02x}{level:02x}{level:02x}"
    ink = COATED.ink(grey)

    assert ink.total == ink.black
    assert difference(COATED.appearance(ink), grey) < 2


@pytest.mark.parametrize("separation", ALL)
def test_every_colour_is_within_the_total_ink_in_whole_percent(separation):
    for colour in GRID:
        ink = separation.ink(colour)
        assert ink.total <= separation.total_ink_percent
        assert all(0 <= part <= 1 for part in ink.fractions)


@pytest.mark.parametrize("colour", ["#0F5F63", "#C0705A", "#C4963C", "#4F7CA8", "#F6F1EA"])
def test_a_colour_that_a_press_can_print_looks_the_same(colour):
    assert difference(COATED.appearance(COATED.ink(colour)), colour) < 1.5


@settings(max_examples=60, deadline=None)
@given(data=st.binary(min_size=48, max_size=48), name=st.sampled_from(range(len(ALL))))
def test_any_picture_is_within_the_total_ink(data, name):
    picture = Image.frombytes("RGB", (4, 4), data)

    separated = ALL[name].picture(picture)
    assert separated.mode == "CMYK"
    assert largest_total_percent(separated) <= ALL[name].total_ink_percent


@settings(max_examples=60, deadline=None)
@given(data=st.binary(min_size=64, max_size=64), margin=st.integers(0, 64))
def test_any_picture_in_inks_is_brought_within_them_and_else_left_alone(data, margin):
    picture = Image.frombytes("CMYK", (4, 4), data)

    limited = COATED.picture(picture, margin_percent=margin)
    most = COATED.total_ink_percent - margin
    assert largest_total_percent(limited) <= most
    for before, after in zip(pixels(picture), pixels(limited), strict=True):
        if sum(before) * 100 / 255 <= most:
            assert after == before
        else:
            assert after[3] == before[3]
            assert sum(before) >= sum(after) >= most * 2.55 - 3.5


def pixels(picture: Image.Image) -> list[tuple[int, ...]]:
    data = picture.tobytes()
    return [tuple(data[start : start + 4]) for start in range(0, len(data), 4)]


@given(grey=WHOLE)
def test_the_greys_of_a_picture_stay_neutral(grey):
    separated = COATED.picture(Image.new("RGB", (1, 1), (grey, grey, grey)))
    percents = [part / 2.55 for part in separated.getpixel((0, 0))]
    ink = Ink(**dict(zip(("cyan", "magenta", "yellow", "black"), percents, strict=True)))
    seen = COATED.appearance(ink)
    channels = [int(seen[start : start + 2], 16) for start in (1, 3, 5)]

    assert max(channels) - min(channels) <= 6


def test_the_profile_of_a_picture_in_inks_is_followed():
    """A profile that swaps no plates, ours itself, changes nothing; another one does."""
    own = COATED.profile.read_bytes()
    other = bytearray(own)
    other[4:8] = b"none"  # a header field that says nothing of colour: the bytes differ
    picture = Image.new("CMYK", (8, 8), (200, 60, 40, 10))
    same, through = picture.copy(), picture.copy()
    same.info["icc_profile"] = own
    through.info["icc_profile"] = bytes(other)

    assert COATED.picture(same).getpixel((0, 0)) == (200, 60, 40, 10)
    assert COATED.picture(through).getpixel((0, 0)) != (200, 60, 40, 10)
    broken = picture.copy()
    broken.info["icc_profile"] = b"no profile"
    assert COATED.picture(broken).getpixel((0, 0)) == (200, 60, 40, 10)


def test_what_our_arithmetic_says_is_what_the_profile_says():
    """The transforms are those of littleCMS asked directly, so that no plate is mixed up."""
    press = ImageCms.getOpenProfile(io.BytesIO(COATED.profile.read_bytes()))
    direct = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), (200, 30, 60)),
        ImageCms.createProfile("sRGB"),
        press,
        renderingIntent=ImageCms.Intent.PERCEPTUAL,
        outputMode="CMYK",
    )

    red = Image.new("RGB", (1, 1), (200, 30, 60))
    assert COATED.picture(red).getpixel((0, 0)) == direct.getpixel((0, 0))
