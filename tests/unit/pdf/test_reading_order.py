"""Glyphs that stand from left to right, brought into the order of reading."""

import pytest

from brochure.pdf.reading_order import Glyph, in_reading_order


def line(*texts: str) -> list[Glyph]:
    """Glyphs beside each other, each ten units wide."""
    return [
        Glyph(code=at, text=text, x=10.0 * at, width=10, rise=0, font="/F", size=10)
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (("م", "ا", "ن"), "نام"),
        (("12", " ", "د"), "د 12"),
        (("(", "د", ")"), "(د)"),
        (("د", "لا"), "لاد"),
        (("َ", "لا", "ب"), "بلَا"),
        (("ab", " ", "cd"), "ab cd"),
    ],
    ids=["word", "number", "brackets", "ligature", "mark in a ligature", "left to right"],
)
def test_the_glyphs_say_what_the_line_says(shown, text):
    reading = in_reading_order(line(*shown), text, is_rtl=True)

    assert reading is not None
    assert "".join(glyph.text for glyph in reading.glyphs) == text


def test_a_line_that_says_something_else_is_left_alone():
    assert in_reading_order(line("م", "ا"), "نا", is_rtl=True) is None
