"""Printer's marks: all of them beyond the bleed, and on every plate."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.measures import mm_to_pt
from brochure.pdf.boxes import Box, Sheet, sheet_of
from brochure.pdf.marks import (
    REGISTRATION,
    SLUG_MM,
    as_artifact,
    crop_marks,
    full_marks,
    registration_space,
)
from brochure.printers import Marks

SIDES = st.floats(min_value=60, max_value=900)


def operators(content: bytes) -> list[tuple[str, list[float]]]:
    with pikepdf.new() as file:
        stream = file.make_stream(content)
        return [
            (str(item.operator), [float(x) for x in item.operands if not isinstance(x, str)])
            for item in pikepdf.parse_content_stream(stream)
            if str(item.operator) in "m l c re k".split()
        ]


def extents(content: bytes) -> list[Box]:
    """The rectangle round each line, curve and patch."""
    found, here = [], (0.0, 0.0)
    for name, values in operators(content):
        if name == "re":
            x, y, width, height = values
            found.append(Box(left=x, bottom=y, right=x + width, top=y + height))
        elif name in "lc":
            across, up = [here[0], *values[::2]], [here[1], *values[1::2]]
            found.append(Box(left=min(across), bottom=min(up), right=max(across), top=max(up)))
        if name in "mlc":
            here = (values[-2], values[-1])
    return found


def is_apart(one: Box, other: Box) -> bool:
    return (
        one.right <= other.left
        or one.left >= other.right
        or one.top <= other.bottom
        or one.bottom >= other.top
    )


def is_inside(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left
        and inner.bottom >= outer.bottom
        and inner.right <= outer.right
        and inner.top <= outer.top
    )


def drawn(sheet: Sheet, bleed_mm: float) -> list[Box]:
    return extents(crop_marks(sheet.trim, bleed_pt=mm_to_pt(bleed_mm)) + full_marks(sheet))


@given(width=SIDES, height=SIDES, bleed=st.floats(min_value=0, max_value=10))
def test_marks_lie_in_the_slug(width, height, bleed):
    sheet = sheet_of(width, height, bleed_mm=bleed, slug_mm=SLUG_MM[Marks.FULL])

    for extent in drawn(sheet, bleed):
        assert is_apart(extent, sheet.bleed)
        assert is_inside(extent, sheet.media)


def test_the_crop_marks_alone_fit_their_slug():
    sheet = sheet_of(148, 210, bleed_mm=3, slug_mm=SLUG_MM[Marks.CROP])
    marks = extents(crop_marks(sheet.trim, bleed_pt=mm_to_pt(3)))

    assert len(marks) == 8
    assert all(is_inside(mark, sheet.media) for mark in marks)


def test_crop_marks_point_at_the_trim():
    sheet = sheet_of(148, 210, bleed_mm=3, slug_mm=SLUG_MM[Marks.CROP])
    marks = extents(crop_marks(sheet.trim, bleed_pt=mm_to_pt(3)))
    upright = {mark.left for mark in marks if mark.width == 0}
    level = {mark.bottom for mark in marks if mark.height == 0}

    assert sorted(upright) == pytest.approx([sheet.trim.left, sheet.trim.right], abs=0.001)
    assert sorted(level) == pytest.approx([sheet.trim.bottom, sheet.trim.top], abs=0.001)


def test_the_colour_bar_has_each_ink_and_each_overlap():
    sheet = sheet_of(148, 210, bleed_mm=3, slug_mm=SLUG_MM[Marks.FULL])
    patches = [values for name, values in operators(full_marks(sheet)) if name == "k"]

    for ink in range(4):
        assert [float(place == ink) for place in range(4)] in patches
        assert [0.5 * (place == ink) for place in range(4)] in patches
    assert [sum(patch) for patch in patches].count(2) == 3


def test_marks_are_on_every_plate():
    space = registration_space()

    assert [str(item) for item in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    assert crop_marks(Box(left=0, bottom=0, right=9, top=9), bleed_pt=0).startswith(
        f"/{REGISTRATION} CS 1 SCN".encode()
    )


def test_marks_are_artifacts():
    content = as_artifact(b"0 0 m 1 1 l S")

    assert content.startswith(b"/Artifact <</Type /Page>> BDC\nq\n")
    assert content.endswith(b"\nQ\nEMC\n")
    assert as_artifact(b"") == b""
