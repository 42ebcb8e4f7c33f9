"""Running text on paper: where words are divided, where lines begin, how far apart they stand.

Divisions are compared with the patterns that LibreOffice has for the language (pyphen); leading
with `fonts/fonts.toml`. Arabic and Hebrew are neither divided, nor justified, nor spaced.
"""

import itertools
import re
import tomllib

import pikepdf
import pymupdf
import pyphen
import pytest

from brochure.assets import DEFAULTS
from pdf import clinics
from pdf.glyphs import Line, lines
from pdf.tags import letters_of

SETTINGS = """
[clinic]
slug = "running"
languages = ["en", "el", "ar", "he"]
[language.en]
name = "Clinic"
[language.el]
name = "Κλινική"
[language.ar]
name = "عيادة"
[language.he]
name = "מרפאה"
"""
ENGLISH = "International recommendations concerning rehabilitation emphasise individual treatment."
OWN = {
    "en": ENGLISH,
    "el": "Παρακολουθούμε συστηματικά τις σημαντικότερες θεραπευτικές εξελίξεις παγκοσμίως.",
    "ar": "نتابع بانتظام أحدث التطورات العلاجية في المستشفيات الجامعية وفي مراكز البحث الأوروبية.",
    "he": "אנחנו עוקבים בקביעות אחר ההתפתחויות הטיפוליות החשובות ביותר באוניברסיטאות.",
}
LETTER = {"en": "[a-z]", "el": "[α-ωά-ώ]", "ar": "[\u0620-\u064a]", "he": "[א-ת]"}
SCRIPTS = {"en": "Latn", "el": "Grek", "ar": "Arab", "he": "Hebr"}
PATTERNS = {"en": "en_US", "el": "el_GR"}
REPEATS = 14
NEAR_PT = 0.6
PT_A_MM = 72 / 25.4
SPACED = "@layer edition { .text p { letter-spacing: 0.6pt; } }"


def files(tags) -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {"brochure.toml": SETTINGS, "content/p.png": clinics.picture()}
    for tag in tags:
        paragraphs = [" ".join([OWN[tag]] * REPEATS)]
        paragraphs += [" ".join([ENGLISH] * REPEATS)] if tag != "en" else []
        made[f"content/_collections/_care/010-rest-{tag}.md"] = clinics.treatment(
            "\n\n".join(paragraphs), title="1", lang=tag, image="p.png", alt="1"
        )
    return made


@pytest.fixture(scope="module")
def made(made_once):
    folder = made_once("running", lambda new: clinics.build(clinics.write(new, files(OWN))))
    return clinics.built(folder)


def text_lines(path, letter: str) -> list[list[Line]]:
    """The lines of running text with such letters, page by page."""
    with pymupdf.open(path) as brochure:
        pages = [lines(page) for page in brochure]
    return [
        [line for line in page if len(re.findall(letter, line.text)) > 10 and line.size < 12]
        for page in pages
    ]


def divided(rows: list[list[Line]]) -> list[tuple[str, str]]:
    """The two parts of each word that the end of a line divides."""
    return [
        (re.search(r"(\w+)[-\u2010]$", line.text)[1], re.match(r"\w+", after.text)[0])
        for page in rows
        for line, after in itertools.pairwise(page)
        if re.search(r"\w[-\u2010]$", line.text)
    ]


@pytest.mark.parametrize("tag", PATTERNS)
def test_words_are_divided_by_their_own_language(made, tag):
    patterns = pyphen.Pyphen(lang=PATTERNS[tag])
    found = divided(text_lines(made[tag], LETTER[tag]))

    assert found
    for start, end in found:
        assert len(start) in patterns.positions(start + end), (start, end)


@pytest.mark.parametrize("tag", ["el", "ar", "he"])
def test_latin_paragraphs_are_divided_by_theirs(made, tag):
    patterns = pyphen.Pyphen(lang="en_US")
    found = divided(text_lines(made[tag], LETTER["en"]))

    assert found
    for start, end in found:
        assert len(start) in patterns.positions(start + end), (start, end)


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_arabic_and_hebrew_are_never_divided(made, tag):
    rows = [line for page in text_lines(made[tag], LETTER[tag]) for line in page]

    assert len(rows) > 10
    assert not [line.text for line in rows if re.search("[-\u2010]", line.text)]


@pytest.mark.parametrize("tag", OWN)
def test_lines_begin_where_they_start_and_end_where_their_words_do(made, tag):
    page = max(text_lines(made[tag], LETTER[tag]), key=len)
    rtl = tag in ("ar", "he")
    starts, ends = (
        [line.box.x1 if side else line.box.x0 for line in page[:-1]] for side in (rtl, not rtl)
    )

    assert max(starts) - min(starts) < NEAR_PT
    assert max(ends) - min(ends) > 10, "the lines are justified"


@pytest.mark.parametrize("tag", OWN)
def test_lines_are_as_far_apart_as_their_script_asks(made, tag):
    scripts = tomllib.loads((DEFAULTS / "fonts/fonts.toml").read_text("utf-8"))["script"]
    wanted = scripts[SCRIPTS[tag]]["leading_mm"] * PT_A_MM
    page = max(text_lines(made[tag], LETTER[tag]), key=len)
    steps = [after.baseline - before.baseline for before, after in itertools.pairwise(page)]

    assert wanted - NEAR_PT < sorted(steps)[len(steps) // 2] < wanted + NEAR_PT


def moved_apart(path, letter: str) -> float:
    """The share of neighbouring letters that do not stand where their font puts them."""
    apart = together = 0
    with pikepdf.open(path) as file:
        for page in file.pages:
            font = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = letters_of(page.Resources.Font[str(operands[0])])
                elif str(operator) == "TJ":
                    pairs = list(neighbours(operands[0], font, letter))
                    apart += sum(pairs)
                    together += len(pairs) - sum(pairs)
    return apart / (apart + together)


def neighbours(shown, font: dict[int, str], letter: str):
    """For two letters that follow each other in one text: whether something moves them."""
    before, gap = "", 0.0
    for item in shown:
        if not isinstance(item, pikepdf.String):
            gap += float(item)
            continue
        codes = bytes(item)
        for at in range(0, len(codes), 2):
            sign = font.get(int.from_bytes(codes[at : at + 2]), "")
            if re.match(letter, sign) and re.match(letter, before):
                yield abs(gap) > 1
            before, gap = sign, 0.0


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_letters_stand_where_their_font_puts_them(made, tag, made_once):
    spaced = {**files([tag]), "templates/styles/screen.css": SPACED}
    spaced["brochure.toml"] = SETTINGS.replace('"en", "el", "ar", "he"', f'"{tag}"')
    folder = made_once(f"spaced-{tag}", lambda new: clinics.build(clinics.write(new, spaced)))

    assert moved_apart(made[tag], LETTER[tag]) < 0.2
    assert moved_apart(clinics.built(folder)[tag], LETTER[tag]) > 0.8, "the judge is blind"
