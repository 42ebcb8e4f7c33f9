"""Runs marked in HTML: nothing of the text changes, and a run's element holds all of the run."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.assets import DEFAULTS, Assets
from brochure.languages import Direction
from brochure.pages.body import prepare_body, prose, settled
from brochure.pages.scripts import Companions, companions_of, isolated, runs_of
from brochure.wording_files import load_languages

LANGUAGES, _ = load_languages(Assets(roots=(DEFAULTS,)))
COMPANIONS = companions_of(["en", "el", "ar", "he"])
SCRIPTS = ["Latn", "Grek", "Cyrl", "Arab", "Hebr", "Hans"]
LETTERS = "aZé αΏ бЯ سلاמםş0123٤٥ .,:;()[]«»“”\"'–-+%/@®µ²\n\u0301ּ"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=60)
INLINE = ("em", "strong", "a", "sub")


def plain(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))


def languages() -> st.SearchStrategy:
    return st.sampled_from(LANGUAGES.known)


@st.composite
def fragments(draw) -> str:
    """Sanitised HTML: paragraphs and lists of texts with tags that fit into each other."""
    blocks = draw(st.lists(st.tuples(st.sampled_from(("p", "ul", "ol")), lines()), max_size=4))
    items = {"p": "{}", "ul": "<li>{}</li>", "ol": "<li>{}</li>"}
    return "".join(f"<{tag}>{items[tag].format(line)}</{tag}>" for tag, line in blocks)


def lines() -> st.SearchStrategy[str]:
    texts = TEXTS.map(lambda text: text.replace("<", "").replace("&", ""))
    return st.recursive(
        texts,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(INLINE), inner).map(lambda t: f"<{t[0]}>{t[1]}</{t[0]}>"),
            st.tuples(inner, inner).map("".join),
        ),
        max_leaves=6,
    )


@given(TEXTS, languages())
def test_a_text_is_never_changed(text, language):
    assert plain(prose(text, language, COMPANIONS)) == text
    assert plain(settled(text, language, COMPANIONS)) == text
    assert re.sub("[\u2066-\u2069]", "", isolated(text, language.script)) == text


@given(fragments(), languages())
def test_a_treatment_s_text_and_tags_are_never_changed(html, language):
    made = prepare_body(html, language, str, "T", COMPANIONS)
    ours = re.compile(r'<(span|bdi) class="companion[^>]*>|</(span|bdi)>| (?:lang|dir)="[^"]*"')

    assert ours.sub("", made).replace(' class="panel"', "") == html


@given(TEXTS, st.sampled_from(SCRIPTS))
def test_runs_are_in_order_and_apart(text, script):
    runs = runs_of(text, script, COMPANIONS)
    places = [place for run in runs for place in (run.start, run.stop)]

    assert places == sorted(places)
    assert all(text[run.start : run.stop].strip() for run in runs)


AR = LANGUAGES.find("ar")
EL = LANGUAGES.find("el")


def marks(html: str) -> str:
    """HTML with a run's element as { and }, for reading."""
    return re.sub("</(span|bdi)>", "}", re.sub('<(span|bdi) class="companion[^>]*>', "{", html))


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>عند 10 J/cm<sup>2</sup> فقط</p>", "<p>عند {10 J/cm<sup>2</sup>} فقط</p>"),
        (
            "<p>من <em>Clostridium</em> <strong>botulinum</strong> هنا</p>",
            "<p>من {<em>Clostridium</em> <strong>botulinum</strong>} هنا</p>",
        ),
        ("<p>جرعة <strong>0.5–1</strong> ml</p>", "<p>جرعة {<strong>0.5–1</strong> ml}</p>"),
        ("<p><em>جرعة 0.5</em>–1 ml</p>", "<p><em>جرعة {0.5}</em>{–1 ml}</p>"),
        ('<p>من <a href="x">a.b</a>/c</p>', '<p>من {<a href="x">a.b</a>/c}</p>'),
        ("<p>سطر 10<br>20 سطر</p>", "<p>سطر {10}<br>{20} سطر</p>"),
        ("<p>من <code>a 1</code> 20</p>", '<p>من <code dir="ltr">a 1</code> {20}</p>'),
        ('<p>من <em lang="fr">a 1</em> 20</p>', '<p>من <em lang="fr">a 1</em> {20}</p>'),
        ('<p dir="ltr">من 20</p>', '<p dir="ltr">من 20</p>'),
    ],
)
def test_a_run_goes_over_tags_that_it_holds_whole(html, marked):
    assert marks(prepare_body(html, AR, str, "T", COMPANIONS)) == marked


@pytest.mark.parametrize(
    ("run", "whole"),
    [
        ("0.5–1 ml", True),
        ("+357 22 123456 78", True),
        ("Herpes simplex", False),
        ("A/B", False),
        ("https://clinic.example/2020/11/book", False),
    ],
)
def test_a_dose_or_number_against_its_surroundings_stays_on_one_line(run, whole):
    assert ("unbroken" in prose(f"من {run} هنا", AR, COMPANIONS)) is whole
    assert "unbroken" not in prose(f"από {run} εδώ", EL, COMPANIONS)


@pytest.mark.parametrize("language", [AR, EL])
def test_a_column_is_set_to_where_its_lines_start_or_end(language):
    cells = '<td align="left">1</td><td align="right">2</td><td align="center">3</td>'

    made = prepare_body(f"<table><tr>{cells}</tr></table>", language, str, "T", COMPANIONS)

    assert re.findall("<td[^>]*>", made) == ["<td>", '<td class="to-end">', '<td align="center">']


ENGLISH = "Smith A. A review of twenty years. Lancet 2020;3:4."


@pytest.mark.parametrize(
    ("language", "html", "opening"),
    [
        (AR, f"<p>{ENGLISH}</p>", '<p lang="en" dir="ltr">'),
        (AR, f"<ol><li>{ENGLISH}</li><li>{ENGLISH}</li></ol>", '<ol lang="en" dir="ltr">'),
        (AR, f"<ol><li>{ENGLISH}</li><li>نص</li></ol>", "<ol>"),
        (
            AR,
            "<ul><li>Botox</li><li>Dysport</li><li>Xeomin</li><li>Azzalure</li></ul>",
            "<ul class",
        ),
        (AR, "<p>SPF PRP HIV UVA 10 mg</p>", "<p>"),
        (EL, f"<p>{ENGLISH}</p>", '<p lang="en">'),
        (EL, "<p>مرحبا يا صديقي العزيز</p>", '<p lang="ar" dir="rtl">'),
    ],
)
def test_a_paragraph_or_list_in_another_script_is_that_language_s_own(language, html, opening):
    assert prepare_body(html, language, str, "T", COMPANIONS).startswith(opening)


def test_an_item_in_another_script_keeps_its_list_s_side_and_its_own_order():
    html = f"<ol><li>{ENGLISH}</li><li>نص</li></ol>"

    made = prepare_body(html, AR, str, "T", COMPANIONS)

    assert f'<li><span class="companion" lang="en" dir="ltr">{ENGLISH}</span></li>' in made


@pytest.mark.parametrize(
    ("script", "text", "runs"),
    [
        ("Arab", "من Herpes simplex", [("Herpes simplex", "en", Direction.LTR)]),
        ("Arab", "من SPF 50+", [("SPF 50+", "", Direction.LTR)]),
        ("Arab", "من a@clinic.example", [("a@clinic.example", "", Direction.LTR)]),
        ("Arab", "من 10 mg/ml", [("10 mg/ml", "", Direction.LTR)]),
        ("Arab", "من Ελλάδα", [("Ελλάδα", "el", Direction.LTR)]),
        ("Arab", "من Россия", [("Россия", "und-Cyrl", Direction.LTR)]),
        ("Grek", "το Botox PRP και", [("Botox PRP", "en", None)]),
        ("Grek", "το SPF 50+ και", []),
        ("Grek", "το שלום 5 και", [("שלום", "he", Direction.RTL)]),
        ("Latn", "the word Καλημέρα here", [("Καλημέρα", "el", None)]),
        ("Latn", "the word here", []),
        ("Hans", "注射 Botox 后", [("Botox", "en", None)]),
    ],
)
def test_a_run_s_language_comes_from_its_letters(script, text, runs):
    found = runs_of(text, script, COMPANIONS)

    assert [(text[run.start : run.stop], run.tag, run.direction) for run in found] == runs


def test_a_clinic_s_first_language_of_a_script_speaks_for_it():
    assert companions_of(["ar", "fr", "en"]).tag("Latn") == "fr"
    assert Companions().tag("Latn") == "und-Latn"
