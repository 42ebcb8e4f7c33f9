"""Which lines of a page go on from which."""

from math import inf

import pytest

from brochure.pdf.chains import joined
from brochure.pdf.lines import Line
from brochure.pdf.reading_order import Glyph, is_right_to_left


def line(text: str, left: float, *, baseline: float = 0.0) -> Line:
    """A line of signs ten units wide."""
    glyphs = [
        Glyph(code=0, text=sign, x=10.0 * at, width=10, rise=0, font="/F", size=10)
        for at, sign in enumerate(text)
    ]
    matrix = (1, 0, 0, 1, left, baseline)
    return Line(before=[], text=text, mcid=0, tag="/Span", matrix=matrix, glyphs=glyphs)


def read(*lines: Line):
    """Lines of a right-to-left page."""
    return list(joined(lines, lambda item: not is_right_to_left(item.text), is_rtl=True))


def read_ltr(*lines: Line):
    """Lines of a left-to-right page."""
    return list(joined(lines, lambda item: True, is_rtl=False))


def test_what_goes_on_to_the_right_is_a_chain():
    one, two, three = read(line("ab ", 0), line("cd", 30), line(".", 50))

    assert [item.link.number for item in (one, two, three) if item.link] == [0, 1, 2]
    assert {item.link.end + item.line.left for item in (one, two, three) if item.link} == {60}


def test_a_run_begins_to_be_shown_behind_those_that_are_read_after_it():
    one, two, three = (item.link for item in read(line("ab ", 0), line("cd", 30), line(".", 50)))

    assert three.begin is None
    assert 50 < two.begin + 30 < one.begin < 60


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (line("ab", 40), line("cd", 0)),
        (line("ab", 0), line("שלום", 20)),
        (line("ab", 0), line("cd", 20, baseline=20)),
        (line("ab", 0), line("cd", 30)),
    ],
    ids=["to the left", "another direction", "another level", "too far"],
)
def test_what_does_not_is_none(before, after):
    assert [item.link for item in read(before, after)] == [None, None]


def test_what_comes_before_and_after_a_chain_touches_all_of_it():
    *_, last, after = read(line("אב", 60), line("ab ", 10), line("cd", 40), line("גד", -10))

    first = read(line("אב", 60), line("ab ", 10), line("cd", 40))[1]
    assert (first.gap_before, last.gap_after, after.gap_before) == (0, 0, 0)


def test_lines_of_other_levels_are_far():
    one, two = read(line("אב", 60), line("גד", 40, baseline=20))

    assert (one.gap_after, two.gap_before) == (inf, inf)


def test_the_number_of_an_item_leads_it_if_it_is_shown_after_other_lines():
    item, below, number = line("ab", 30), line("cd", 30, baseline=20), line("1. ", 0)

    assert [one.is_led for one in read(item, below, number)] == [True, False, False]
    assert [one.is_led for one in read(item, line(".", 20))] == [False, False]


def test_on_a_left_to_right_page_it_goes_on_to_the_left():
    before, one, two, after = read_ltr(
        line("ab ", 0), line("אב ", 60), line("גד", 40), line(".", 90)
    )

    links = [item.link for item in (before, one, two, after)]
    assert [link and link.number for link in links] == [None, 0, 1, None]
    assert (one.gap_before, two.gap_after) == (1, 0)
    assert one.link.end + 60 == two.link.end + 40 == 90
    assert one.link.begin + 60 < 90
    assert two.link.begin is None


def test_there_what_is_read_from_left_to_right_is_no_chain():
    assert [item.link for item in read_ltr(line("ab", 60), line("1.", 40))] == [None, None]
