"""How much has to be added for Poppler to take a page for right-to-left."""

import re

import pytest

from brochure.pdf.lines import Line
from brochure.pdf.page_direction import makeweight
from brochure.pdf.reading_order import Glyph


class Font:
    """A font of which every code is as wide as its type size; notes what is asked for."""

    is_truetype = True
    asked = ""

    def width(self, code: int) -> float:
        return 1000.0

    def code(self, glyph: int, text: str, shift: tuple[int, int], *, is_mark: bool) -> int:
        self.asked = text
        return 7


def line(text: str) -> Line:
    glyphs = [
        Glyph(code=0, text=sign, x=10.0 * at, width=10, rise=0, font="/F", size=10)
        for at, sign in enumerate(text)
    ]
    return Line(before=[], text=text, mcid=0, tag="/Span", glyphs=glyphs)


@pytest.mark.parametrize("text", ["abc", "שלום" + "abcd" * 9, "12 abcd" * 40])
def test_there_are_marks_for_each_letter_too_many_and_one_more(text):
    font = Font()
    (_, opens), (shown, _), (_, closes) = makeweight([line(text)], [[]], {"/F": font}, is_rtl=True)

    added = len(re.findall(b"<0007>", shown)) * font.asked.count("\u200f")
    missing = len(re.findall("[a-z]", text)) - len(re.findall("[א-ת]", text))
    assert missing < added <= missing + len(font.asked)
    assert (opens, closes) == ("BMC", "EMC")


def test_a_page_with_enough_letters_has_none():
    assert list(makeweight([line("שלום abc")], [[]], {"/F": Font()}, is_rtl=True)) == []


def test_a_left_to_right_page_with_more_letters_of_the_other_kind_has_marks_of_its_own():
    font = Font()
    (shown, _) = list(makeweight([line("a שלום")], [[]], {"/F": font}, is_rtl=False))[1]

    assert re.findall(b"<0007>", shown) == [b"<0007>"]
    assert set(font.asked) == {"\u200e"}
