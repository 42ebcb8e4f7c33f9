"""Markdown in, HTML out; what must equal kramdown stands in `tests/kramdown`."""

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.content.markdown import render
from brochure.content.sanitise import sanitise
from brochure.languages import Quotes
from kramdown.cases import read_cases

CASES = read_cases(Path(__file__).with_name("markdown_cases.md"))
# Under a tracer (coverage) everything takes several times as long.
SLOWNESS = 6 if sys.gettrace() else 2
GERMAN = ("„", "“", "‚", "‘")
GERMAN_QUOTES = Quotes(outer_open="„", outer_close="“", inner_open="‚", inner_close="‘")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in CASES])
def test_case(case):
    text, html = case.parts

    assert render(text) == html


def test_nothing_becomes_nothing():
    assert render("") == render(" \n\t\n") == ""


def test_quotes_are_the_languages_own():
    text = "\"a 'b' c\""

    assert render(text, quotes=GERMAN) == "<p>„a ‚b‘ c“</p>"
    assert render(text, quotes=GERMAN_QUOTES) == "<p>„a ‚b‘ c“</p>"


@pytest.mark.parametrize("text", ["don't", "l'eau", "the patients' skin", "'80s", "5' tall"])
def test_an_apostrophe_is_no_quotation_mark(text):
    assert render(text, quotes=GERMAN) == f"<p>{text.replace(chr(39), '’')}</p>"


def test_an_apostrophe_inside_inner_quotes_does_not_close_them():
    assert render("'it's me'", quotes=GERMAN) == "<p>‚it’s me‘</p>"


def test_headings_start_where_asked():
    assert render("# a\n\n### b\n", first_heading_level=4) == "<h4>a</h4>\n<h5>b</h5>"


def test_headings_end_at_six():
    assert render("# a\n\n## b\n\n### c\n", first_heading_level=5).count("<h6>") == 2


def test_a_first_heading_deeper_than_the_next_one_stands_beside_it():
    assert render("### a\n\n## b\n\n### c\n") == "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>"


def test_nothing_leaks_from_one_text_into_the_next():
    render("[a][r] HTML[^n]\n\n[r]: x\n*[HTML]: Hyper\n[^n]: Note\n\n<div>raw</div>\n")

    assert render("[a][r] HTML[^n]") == "<p>[a][r] HTML[^n]</p>"


def test_placeholders_of_python_markdown_cannot_be_written_by_hand():
    assert render("\x02wzxhzdk:0\x03\n\n<div>raw</div>") == "<p>wzxhzdk:0</p>\n<div>raw</div>"


@pytest.mark.parametrize(
    "html", ['<sup note="x">1</sup>', '<b tight="">1</b>', "<stashed>1</stashed>"]
)
def test_marks_of_the_dialect_cannot_be_written_by_hand(html):
    assert render(f"- a {html} b") == f"<ul>\n<li>a {html} b</li>\n</ul>"


def test_the_same_text_gives_the_same_html():
    text = "- a\n  - b\n\n| c | d |\n|---|---|\n| [^1] | e |\n\n[^1]: f\n"

    assert len({render(text) for _ in range(5)}) == 1


def test_line_ends_of_windows_and_old_macs_are_line_ends():
    assert render("- a\r\n- b\r\n\r\nc") == render("- a\r- b\r\rc") == render("- a\n- b\n\nc")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join("  " * depth + "- a" for depth in range(400)), id="lists"),
        pytest.param("> " * 1000 + "a", id="quotes"),
        pytest.param("<b>" * 1000 + "a", id="tags"),
        pytest.param("*a **b " * 400, id="emphasis"),
        pytest.param("![" * 200, id="images"),
        pytest.param("[" * 100 + "a" + "](b)" * 100, id="links"),
    ],
)
def test_endless_nesting_ends(text):
    assert "a" in render(text + " a")


MARKS = """* ** _ __ [ ]( ![ ] <b> </b> <i ` `` ~~ " ' {: } $$ & - 1. > | <div> </div> [^a] *[ ( )
< \\ :: # ``` ~~~ --- === <!-- --> {:: /} {% {{ <http:// @ word <iframe [a]: : =""".split()


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([*MARKS, " ", "\n", "\n\n", "    ", "\t", '<div markdown="1">']),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_no_text_of_marks_is_slow(marks, random, is_mixed):
    """Five kilobytes in 0.3 s of this process's time; a clinic's text takes a thousandth."""
    some = random.choices(marks, k=5000) if is_mixed else marks * 5000
    text = "".join(some)[:5000]
    started = time.process_time()

    sanitise(render(text))

    assert time.process_time() - started < 0.3 * SLOWNESS


def test_what_is_too_tangled_is_text_and_nothing_is_lost():
    text = "start **bold** " + "*a **b [c <b>" * 300 + " end"

    html = render(text)

    assert html.startswith("<p>start <strong>bold</strong> ")
    assert html.endswith(" end</p>")
    assert html.count("a") >= 300
