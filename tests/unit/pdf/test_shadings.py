"""The colours of gradients, whatever their function."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from brochure.assets import DEFAULTS
from brochure.pdf.shadings import family_of, level_of, separate_shading
from brochure.printers import Intent
from brochure.separation import Separation

SEPARATION = Separation(
    profile=DEFAULTS / "printers/profiles/FOGRA39L_coated.icc",
    intent=Intent.RELATIVE,
    total_ink_percent=300,
)
WHITE, BLACK = [0, 0, 0, 0], [0, 0, 0, 1]


def ramp(start: list[float], end: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)


def numbers(array: Array) -> list[float]:
    return [float(number) for number in array]


def test_a_ramp_gets_both_ends_in_inks():
    shading = Dictionary(ColorSpace=Name.DeviceRGB, Function=ramp([1, 1, 1], [0, 0, 0]))

    separate_shading(shading, SEPARATION)

    assert shading.ColorSpace == Name.DeviceCMYK
    assert [numbers(shading.Function[key]) for key in ("/C0", "/C1")] == [WHITE, BLACK]


def test_every_part_of_a_stitched_function_is_converted():
    parts = [ramp([1, 1, 1], [0, 0, 0]), ramp([0, 0, 0], [1, 1, 1])]
    function = Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[0.5], Functions=Array(parts))
    shading = Dictionary(ColorSpace=Name.DeviceRGB, Function=function)

    separate_shading(shading, SEPARATION)

    ends = [numbers(part[key]) for part in shading.Function.Functions for key in ("/C0", "/C1")]
    assert ends == [WHITE, BLACK, BLACK, WHITE]


def test_the_samples_of_a_table_are_converted():
    with pikepdf.new() as file:
        table = file.make_stream(bytes([255, 255, 255, 0, 0, 128]))
        table.FunctionType, table.BitsPerSample, table.Size = 0, 8, Array([2])
        table.Domain, table.Range = Array([0, 1]), Array([0, 1] * 3)
        shading = Dictionary(ColorSpace=Name.DeviceRGB, Function=table)

        separate_shading(shading, SEPARATION)

        data = shading.Function.read_bytes()
        assert len(data) == 8
        assert list(data[:4]) == WHITE
        assert sum(data[4:]) <= 3.0 * 255
        assert len(shading.Function.Range) == 8


@pytest.mark.parametrize("space", [Name.DeviceGray, Name.DeviceCMYK])
def test_what_is_no_light_stays(space):
    shading = Dictionary(ColorSpace=space, Function=ramp([0], [1]))

    separate_shading(shading, SEPARATION)

    assert shading.ColorSpace == space
    assert numbers(shading.Function.C1) == [1]


def test_a_profile_counts_by_its_channels():
    with pikepdf.new() as file:
        profile = file.make_stream(b"")
        profile.N = 3

        assert family_of(Array([Name.ICCBased, profile])) == "rgb"


@pytest.mark.parametrize(
    ("family", "values", "level"),
    [("gray", (0.25,), 0.25), ("rgb", (1, 1, 1), 1), ("cmyk", (0, 0, 0, 1), 0)],
)
def test_masks_go_by_lightness(family, values, level):
    assert level_of(family, values) == pytest.approx(level)
