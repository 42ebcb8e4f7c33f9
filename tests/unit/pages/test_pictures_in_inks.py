"""Pictures for print: four inks, within the total ink even after JPEG has rounded them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brochure.assets import DEFAULTS, Assets
from brochure.pages.frames import Frame
from brochure.pages.images import prepare_picture
from brochure.printer_files import printer_named
from brochure.separation import largest_total_percent, separation_for

PRINTER = printer_named(Assets(roots=(DEFAULTS,)), "generic-coated")
COATED = separation_for(PRINTER)
UNCOATED = separation_for(printer_named(Assets(roots=(DEFAULTS,)), "generic-uncoated"))
FRAME = Frame(width_mm=25.4, height_mm=25.4, dpi=300, quality=90)
CENTRE = (50.0, 50.0)
SAMPLE = sorted((DEFAULTS / "content/assets/img").rglob("*.webp"))


def prepared(path, separation=COATED, frame=FRAME) -> Image.Image:
    made = prepare_picture(path, path.stat().st_mtime_ns, frame, CENTRE, separation)
    assert made.media_type == "image/jpeg"
    picture = Image.open(io.BytesIO(made.data))
    assert picture.mode == "CMYK"
    return picture


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
@pytest.mark.parametrize("separation", [COATED, UNCOATED], ids=["300 %", "280 %"])
def test_the_sample_s_pictures_are_within_the_total_ink(path, separation):
    assert largest_total_percent(prepared(path, separation)) <= separation.total_ink_percent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures")


@settings(max_examples=25, deadline=None)
@given(
    seed=st.binary(min_size=12, max_size=12),
    size=st.sampled_from([(2, 2), (4, 1), (1, 4)]),
    cell=st.sampled_from([1, 3, 8, 40]),
)
def test_hard_edges_between_any_colours_stay_within_it_too(folder, seed, size, cell):
    """Edges are what JPEG rounds up most: few colours, repeated in cells of some samples."""
    pattern = Image.frombytes("RGB", size, seed)
    drawn = Image.new("RGB", (160, 160))
    scaled = pattern.resize((size[0] * cell, size[1] * cell), Image.Resampling.NEAREST)
    for left in range(0, 160, scaled.width):
        for top in range(0, 160, scaled.height):
            drawn.paste(scaled, (left, top))
    path = folder / f"{seed.hex()}-{size[0]}-{cell}.png"
    drawn.save(path)

    assert largest_total_percent(prepared(path)) <= PRINTER.total_ink_percent


def test_noise_in_the_darkest_colours_is_within_it(tmp_path):
    noise = [Image.effect_noise((300, 300), 120).point(lambda value: value // 3) for _ in "rgb"]
    Image.merge("RGB", noise).save(tmp_path / "noise.png")

    assert largest_total_percent(prepared(tmp_path / "noise.png")) <= PRINTER.total_ink_percent


def test_a_picture_that_is_in_inks_already_keeps_them_within_the_limit(tmp_path):
    light, heavy = (100, 20, 60, 30), (255, 255, 255, 255)
    for name, inks in (("light", light), ("heavy", heavy)):
        Image.new("CMYK", (300, 300), inks).save(tmp_path / f"{name}.jpg", quality=95)

    kept = prepared(tmp_path / "light.jpg").getpixel((150, 150))
    assert all(abs(one - other) <= 3 for one, other in zip(kept, light, strict=True))
    cut = prepared(tmp_path / "heavy.jpg").getpixel((150, 150))
    assert cut[3] >= 253
    assert sum(cut) <= PRINTER.total_ink_percent * 2.55


def test_it_is_brought_down_to_the_printer_s_sharpness_and_never_up(tmp_path):
    Image.new("RGB", (2000, 2000), "#c08050").save(tmp_path / "large.png")
    Image.new("RGB", (120, 120), "#c08050").save(tmp_path / "small.png")

    assert prepared(tmp_path / "large.png").size == (300, 300)
    assert prepared(tmp_path / "small.png").size == (120, 120)


def test_no_profile_travels_with_a_picture(tmp_path):
    Image.new("CMYK", (60, 60), (9, 9, 9, 9)).save(
        tmp_path / "a.jpg", icc_profile=COATED.profile.read_bytes()
    )

    assert "icc_profile" not in prepared(tmp_path / "a.jpg").info
