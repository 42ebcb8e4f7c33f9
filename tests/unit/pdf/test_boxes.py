"""Trim, bleed and media, whatever the format and the printer."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.measures import mm_to_pt
from brochure.pdf.boxes import set_boxes, sheet_of
from brochure.pdf.marks import SLUG_MM
from brochure.printers import Marks

SIDES = st.floats(min_value=20, max_value=1000)
BLEEDS = st.floats(min_value=0, max_value=25)


@given(width=SIDES, height=SIDES, bleed=BLEEDS, marks=st.sampled_from(Marks))
def test_boxes_are_exact_and_nested_and_start_at_0(width, height, bleed, marks):
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, ArtBox=[0, 0, 1, 1])

    set_boxes(page, sheet_of(width, height, bleed_mm=bleed, slug_mm=SLUG_MM[marks]))

    media, crop, bleeds, trim = (
        [float(edge) for edge in page[name]]
        for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")
    )
    assert media[:2] == [0, 0]
    assert crop == media
    assert "/ArtBox" not in page
    assert trim[2] - trim[0] == pytest.approx(mm_to_pt(width), abs=0.005)
    assert trim[3] - trim[1] == pytest.approx(mm_to_pt(height), abs=0.005)
    for outer, inner, distance in (
        (bleeds, trim, mm_to_pt(bleed)),
        (media, bleeds, mm_to_pt(SLUG_MM[marks])),
    ):
        edges = [inner[0] - outer[0], inner[1] - outer[1]]
        edges += [outer[2] - inner[2], outer[3] - inner[3]]
        assert edges == pytest.approx([distance] * 4, abs=0.005)
