import pytest

from brochure.assets import assets_of
from brochure.measures import mm_to_pt, pixels_for, px_to_mm
from brochure.pages.formats import page_format


def test_an_inch_is_an_inch_in_every_unit():
    assert mm_to_pt(25.4) == 72
    assert px_to_mm(96) == 25.4


@pytest.mark.parametrize(
    ("length_mm", "pixels"), [(25.4, 300), (25.41, 301), (25.39, 300), (0, 0)]
)
def test_samples_are_rounded_up_so_that_the_resolution_is_kept(length_mm, pixels):
    assert pixels_for(length_mm, dpi=300) == pixels


@pytest.mark.parametrize("name", ["A5", "A4", "DL", "square"])
def test_the_parts_of_a_page_fill_it(name, tmp_path):
    page = page_format(name, assets_of(tmp_path))
    gutters_mm = (page.cards_per_row - 1) * page.column_gutter_mm

    assert page.text_width_mm + page.margin_inner_mm + page.margin_outer_mm == page.width_mm
    assert page.text_height_mm + page.margin_head_mm + page.margin_foot_mm == page.height_mm
    assert page.card_width_mm * page.cards_per_row + gutters_mm == pytest.approx(
        page.text_width_mm
    )
