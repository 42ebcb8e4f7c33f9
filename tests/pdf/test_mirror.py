"""The right-to-left brochure is the left-to-right one in a mirror, pictures excepted.

Both are printed from the same Latin words, in the same sizes, so that every frame has the same
length of text: what has x₀ on one page must have the page's width minus x₁ on the other. Words
inside a line keep their own order, so lines are compared as wholes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure import api
from brochure.languages import Wording
from pdf import clinics
from pdf.glyphs import Box, Line, lines, pictures, planes

TOLERANCE_PT = 0.5
OWN_NAME = re.compile("[\u0600-\u06ff]|English")
NOTE_MARK = re.compile(r"\d")
RAISED_PT = 7
"""A mark of a note is smaller than this, a folio larger."""
WORDS = "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMBDA OMEGA SIGMA".split()
"""Capitals, so that they pass for signs: a paragraph of Latin words would turn to its own side."""
WORDING_WORDS = "RHO TAU UPSILON PHI CHI PSI OMICRON MU NU XI PI".split()
"""Words that no text has, so that it is not found twice."""
CATEGORIES = {"first": 3, "second": 2, "third": 2}
"""A row that is not full, and rows that are."""

LANGUAGE = """
[language.{tag}]
name = "CLINIC"
tagline = "OMEGA"
welcome = ["{text}"]
address = ["alpha beta 12", "gamma delta 34"]
practitioners = [{{ name = "alpha beta", role = "gamma" }}, {{ name = "delta", role = "eta" }}]
imprint = "omega sigma"
"""
SETTINGS = """
[clinic]
slug = "mirror"
languages = ["en", "ar"]
phones = ["+357 22 123456"]
email = "info@clinic.example"
web = "https://clinic.example"
booking = "https://clinic.example/book"
logo = "logo.svg"
cover = "cover.png"
[imprint]
version = "1"
[page]
format = "{page}"
[categories.first]
hue = "#C0705A"
title = {{ en = "First alpha", ar = "First alpha" }}
[categories.second]
title = {{ en = "Second beta", ar = "Second beta" }}
[categories.third]
title = {{ en = "Third gamma", ar = "Third gamma" }}
{languages}
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<rect width="10" height="10" fill="#0F5F63"/></svg>'
)
SCRIPT = """
[script.{}]
families = ["Noto Sans", "Noto Sans Arabic"]
size_percent = 100
leading_mm = 4.5
hyphenate = false
italic = true
"""
WORDING = [item.name for item in fields(Wording) if item.name != "edition_note"]


def text(count: int, start: int = 0, words: Sequence[str] = WORDS) -> str:
    """So many words, without a sign that would change sides."""
    return " ".join(words[(start + index) % len(words)] for index in range(count))


def head(count: int, start: int = 0) -> str:
    """A title or subtitle, whose last words are too long to be kept on one line."""
    return f"{text(count, start)} EPSILONLAMBDA LAMBDAEPSILON"


def body(number: int) -> str:
    """In the first treatment, everything that has a start and an end; in others, paragraphs."""
    if number:
        return "\n\n".join(text(50, index) for index in range(number % 3 + 1))
    panel = "\n".join(f"- {text(2, index)}" for index in range(4))
    nested = f"- {text(30, 1)}\n- {text(20, 2)}\n  - {text(18, 3)}\n  - {text(3, 4)}\n- {text(16)}"
    numbered = "\n".join(f"{index}. {text(24, index)}" for index in range(1, 4))
    rows = "".join(f"| {text(3, row)} | {row} |\n" for row in range(3))
    table = f"| {text(2)} | {text(1)} |\n|---|---|\n{rows}"
    parts = [
        f"### {text(3, number)}",
        text(60, number),
        panel,
        nested,
        numbered,
        table,
        f"> {text(24, 5)}",
        "![omega](p0.png)",
        *(text(50, index) for index in range(3)),
    ]
    return "\n\n".join(parts)


def files(
    bodies: Sequence[str], categories: Mapping[str, int] = CATEGORIES, page: str = "A5"
) -> dict[str, str | bytes]:
    """A clinic of the same words in both directions, its treatments dealt to the categories."""
    made: dict[str, str | bytes] = {
        "brochure.toml": SETTINGS.format(
            page=page,
            languages="".join(LANGUAGE.format(tag=tag, text=text(40)) for tag in ("en", "ar")),
        ),
        "fonts/fonts.toml": SCRIPT.format("Latn") + SCRIPT.format("Arab") + clinics.FACES,
        "content/logo.svg": LOGO,
        "content/cover.png": clinics.picture(seed=9),
    }
    words = "".join(
        f'{key} = "{text(3, place, WORDING_WORDS)}"\n' for place, key in enumerate(WORDING)
    )
    for tag in ("en", "ar"):
        made[f"templates/wording/{tag}.toml"] = (
            f'[language]\naliases = []\n[wording]\n{words}edition_note = "omega {{version}}"\n'
        )
    number = 0
    for category, count in categories.items():
        for _ in range(count):
            made[f"content/p{number}.png"] = clinics.picture(seed=number)
            for tag in ("en", "ar"):
                name = f"content/_collections/_{category}/{number:03}-t{number}-{tag}.md"
                made[name] = clinics.treatment(
                    bodies[number],
                    title=f"TITLE {head(number + 1, number)}",
                    subtitle=head(6 + 3 * number),
                    card_title=head(number, number),
                    card_subtitle=head(2 + number),
                    image=f"p{number}.png",
                    alt="alpha",
                    lang=tag,
                )
            number += 1
    return made


@pytest.fixture(scope="module")
def pair(made_once) -> tuple[pymupdf.Document, pymupdf.Document]:
    """The left-to-right and the right-to-left brochure of the same words."""
    bodies = [body(number) for number in range(sum(CATEGORIES.values()))]
    folder = made_once("mirror", lambda new: clinics.build(clinics.write(new, files(bodies))))
    brochures = clinics.built(folder)
    return pymupdf.open(brochures["en"]), pymupdf.open(brochures["ar"])


def line_items(page: pymupdf.Page) -> list[tuple[Box, Any]]:
    """Every line but a language's own name, which differs, and the mark of a note.

    That belongs to the Latin words before it, so it stands behind them in either direction.
    """
    return [
        (line.box, letters(line))
        for line in lines(page)
        if not OWN_NAME.search(line.text)
        and not (line.size < RAISED_PT and NOTE_MARK.fullmatch(line.text))
    ]


def letters(line: Line) -> str:
    """What a line holds, whatever its order."""
    return "".join(sorted(line.text.replace(" ", "")))


def picture_items(page: pymupdf.Page) -> list[tuple[Box, Any]]:
    return [(box, info["digest"]) for box, info in pictures(page)]


def unmatched(
    items: Iterable[tuple[Box, Any]], others: Iterable[tuple[Box, Any]], width: float
) -> list[tuple[Box, Any]]:
    """Items whose mirror image is not among `others`."""
    mirrored = [(box.mirrored(width), what) for box, what in others]
    return [
        (box, what)
        for box, what in items
        if not any(what == other and box.near(at, TOLERANCE_PT) for at, other in mirrored)
    ]


@pytest.mark.parametrize("items", [picture_items, planes, line_items], ids=lambda it: it.__name__)
def test_everything_on_a_page_has_its_mirror_image(
    pair, items: Callable[[pymupdf.Page], list[tuple[Box, Any]]]
):
    assert strays(pair, items) == {}
    assert sum(len(items(page)) for page in pair[0]) > 14, "the pages are empty"


def strays(
    pair: tuple[pymupdf.Document, pymupdf.Document],
    items: Callable[[pymupdf.Page], list[tuple[Box, Any]]],
) -> dict[int, Any]:
    """What has no mirror image in the other brochure, by page."""
    ltr, rtl = pair
    assert len(ltr) == len(rtl)
    found = {}
    for page, other in zip(ltr, rtl, strict=True):
        here, there = items(page), items(other)
        width = page.rect.width
        alone = unmatched(here, there, width), unmatched(there, here, width)
        if any(alone):
            found[page.number + 1] = alone
    return found


CONSTRUCTS = {
    "heading": f"### {text(3)}",
    "small heading": f"#### {text(4, 2)}",
    "paragraph": text(45),
    "list": f"- {text(3)}\n- {text(30, 2)}\n- {text(9, 4)}",
    "nested list": f"- {text(20)}\n  - {text(14, 1)}\n    - {text(4)}\n- {text(2)}",
    "numbered list": f"1. {text(20)}\n2. {text(4)}\n   1. {text(18)}",
    "loose list": f"- {text(20)}\n\n- {text(4)}\n\n  {text(20, 4)}",
    "boxes to tick": f"- [ ] {text(20)}\n- [x] {text(3)}",
    "table": f"| {text(4)} | {text(5)} |\n|---|---|\n| {text(9)} | {text(6, 2)} |",
    "short cells": f"| {text(1)} | 5 | {text(1)} |\n|---|---|---|\n| {text(1)} | 12 | {text(9)} |",
    "columns set to a side": f"| {text(2)} | {text(1)} |\n|:---|---:|\n| {text(1)} | 12 |",
    "notes": f"{text(20)}[^1] {text(9)}\n\n[^1]: {text(14)}",
    "quotation": f"> {text(24)}\n>\n> - {text(3)}",
    "definitions": f"{text(2)}\n: {text(24)}\n\n{text(1)}\n: {text(3)}",
    "picture": "![OMEGA](p0.png)",
    "video": "<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>",
    "rule": "---",
    "breaks": f"{text(3)}<br>{text(5)}<br>{text(2)}",
    "emphasis": f"{text(2)} **{text(2, 3)}** *{text(1)}*",
    "emphasis over lines": f"{text(12)} **{text(14, 3)}** {text(5)} *{text(11)}* {text(9)}",
    "link": f"{text(9)} [{text(12)}](https://clinic.example) {text(9)}",
}
BODIES = st.lists(st.sampled_from(sorted(CONSTRUCTS)), min_size=1, max_size=7)


@settings(max_examples=4, deadline=None, derandomize=True)
@given(
    chosen=st.lists(BODIES, min_size=1, max_size=4),
    page=st.sampled_from(("A5", "A4", "square", "DL")),
    share=st.integers(0, 4),
)
def test_whatever_stands_in_a_clinic_has_its_mirror_image(tmp_path_factory, chosen, page, share):
    bodies = ["\n\n".join(CONSTRUCTS[name] for name in names) for names in chosen]
    first = min(share, len(bodies))
    categories = {"first": first, "second": len(bodies) - first}
    folder = tmp_path_factory.mktemp("mirror")
    clinics.build(clinics.write(folder, files(bodies, categories, page)))
    brochures = clinics.built(folder)
    with pymupdf.open(brochures["en"]) as ltr, pymupdf.open(brochures["ar"]) as rtl:
        for items in (picture_items, planes, line_items):
            assert strays((ltr, rtl), items) == {}


@pytest.mark.parametrize("large_print", [False, True], ids=["usual print", "large print"])
def test_a_handout_has_its_mirror_image(made_once, large_print):
    parts = "heading", "emphasis over lines", "list", "table", "columns set to a side", "picture"
    made = files(["\n\n".join(map(CONSTRUCTS.__getitem__, parts))], {"first": 1})
    folder = made_once("mirrored-handout", lambda new: clinics.write(new, made))
    rack = api.rack_of(api.open_project(folder))
    ltr, rtl = (
        api.handouts(
            rack, ["t0"], api.handout_language(rack.project, code), large_print=large_print
        ).artefacts[0]
        for code in ("en", "ar")
    )

    with pymupdf.open(stream=ltr.data) as one, pymupdf.open(stream=rtl.data) as other:
        for items in (picture_items, planes, line_items):
            assert strays((one, other), items) == {}
        assert sum(len(line_items(page)) for page in one) > 30, "the pages are empty"


def test_the_language_s_own_name_starts_at_the_mirrored_place(pair):
    english, arabic = (
        min(lines(brochure[0]), key=lambda line: -line.baseline).box for brochure in pair
    )
    width = pair[0][0].rect.width

    assert arabic.x1 == pytest.approx(width - english.x0, abs=TOLERANCE_PT)


def test_cards_run_from_the_start_of_the_line_and_rows_fill_to_its_end(pair):
    sides = []
    for brochure in pair:
        page = brochure[2]
        boxes = [box for box, _ in pictures(page)]
        middle = page.rect.width / 2
        sides.append(["left" if box.x1 < middle + 10 else "right" for box in boxes][:3])

    assert sides == [["left", "right", "left"], ["right", "left", "right"]]


def test_pictures_themselves_are_not_mirrored(pair):
    for brochure in pair:
        for page in brochure:
            for _, info in pictures(page):
                across, skew, lean, down, _, _ = info["transform"]
                assert across > 0
                assert down > 0
                assert skew == lean == 0


def test_the_first_card_of_the_sample_clinic_is_on_the_right_in_arabic(sample):
    """The overview is page 3; its pictures come in the order of print."""
    for language, sides in (("en", "lrlrl"), ("el", "lrlrl"), ("ar", "rlrlr")):
        with pymupdf.open(sample(language)) as brochure:
            page = brochure[2]
            boxes = [box for box, _ in pictures(page)]
            middle = page.rect.width / 2
            assert "".join("lr"[box.x0 > middle - 10] for box in boxes[:5]) == sides
            assert boxes[0].y0 == pytest.approx(boxes[1].y0)
            assert boxes[2].y0 > boxes[0].y1
