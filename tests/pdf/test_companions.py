"""Words of another script on paper: their language, size and face; digits; marks above letters."""

import itertools
import re
import unicodedata

import pikepdf
import pymupdf
import pytest

from pdf import clinics
from pdf.glyphs import AS_SHOWN, Line, lines

SETTINGS = """
[clinic]
slug = "companions"
languages = ["en", "el", "ar", "he"]
[clinic.hours]
mon = "08:30-14:00"
[imprint]
version = "1.0"
date = 2026-11-21
[categories.care]
title = { en = "Care", el = "Φροντίδα", ar = "رعاية SPF 50+", he = "טיפול" }
[language.en]
name = "Clinic"
[language.el]
name = "Κλινική"
[language.ar]
name = "عيادة"
digits = "arab"
[language.he]
name = "מרפאה"
"""
REFERENCE = "Smith A. A review of twenty years of practice. Lancet 2020;3:4."
VOWELS = {
    "ar": "سُمُّ بِئْرٍ لَأُكُلٌّ إِنَّ ٱلْحَمْدُ ",
    "he": "בְּרֵאשִׁית שֹׁךּ לֹּא קֳדָשִׁים ךָּ ",
}
"""Letters with the most that may stand above and below them."""
MARKS_A_LINE = 10
CLEAR_MM = 0.25
"""What ink that spreads in paper leaves open; the leading gives the worst words 0.47 at least."""
DPI = 600
BODIES = {
    "en": "One مرحبا يا صديقي and Καλημέρα σας. − ≥ 18 → **≤ 5** ✓ ☐",
    "el": "Το Clostridium botulinum είναι βακτήριο· ναι; «Άννα Μάιος»"
    " Ποια\u037e Ένα\u0387 − ≥ 18 → **≤ 5** ✓ ☐",
    "ar": f"بكتيريا *Clostridium* في *مجلة* **قوية**\n\n1. مرجع\n2. مرجع\n\n{VOWELS['ar'] * 12}"
    f"\n\nعمر − ≥ 18 → **≤ 5** ✓ ☐\n\n### مراجع\n\n1. {REFERENCE}\n2. {REFERENCE}",
    "he": f"חיידק *Clostridium* ועוד **דגש** *קל* − ≥ 18 → **≤ 5** ✓ ☐\n\n{VOWELS['he'] * 12}",
}


@pytest.fixture(scope="module")
def files(made_once) -> dict:
    table: dict[str, str | bytes] = {"brochure.toml": SETTINGS}
    for tag, text in BODIES.items():
        table[f"content/_collections/_care/010-rest-{tag}.md"] = clinics.treatment(
            text, title="10 Botox", lang=tag
        )
    folder = made_once("companions", lambda new: clinics.build(clinics.write(new, table)))
    return clinics.built(folder)


def tagged(path) -> dict[str, set[str]]:
    """The kinds of structure element that name each language."""
    found: dict[str, set[str]] = {}
    with pikepdf.open(path) as file:
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and "/Lang" in item and "/S" in item:
                found.setdefault(str(item.Lang), set()).add(str(item.S))
    return found


def test_words_of_another_script_name_their_language_in_the_tag_tree(files):
    assert tagged(files["en"]) == {"ar": {"/Span"}, "el": {"/Span"}}
    assert tagged(files["el"]) == {"en": {"/Span"}}
    assert tagged(files["ar"]) == {"en": {"/Span", "/L"}}
    assert tagged(files["he"]) == {"en": {"/Span"}}


def spans(path) -> list[dict]:
    with pymupdf.open(path) as brochure:
        return [
            span
            for page in brochure
            for block in page.get_text("dict", flags=AS_SHOWN)["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]


@pytest.mark.parametrize(("tag", "percent"), [("ar", 108), ("he", 104)])
def test_latin_words_are_as_large_as_their_neighbours_look(files, tag, percent):
    found = [span for span in spans(files[tag]) if "Clostridium" in span["text"]]
    text = max(span["size"] for span in spans(files[tag]) if VOWELS[tag][:2] in span["text"])

    assert [span["size"] for span in found] == [pytest.approx(text * 100 / percent, abs=0.02)]
    assert {span["font"] for span in found} == {"Noto-Sans-Italic"}


def test_arabic_and_hebrew_are_never_slanted_or_thickened_by_the_engine(files):
    """A slanted matrix, or letters that are stroked (Tr 1, 2), would be a face that is not."""
    for tag in ("ar", "he"):
        with pikepdf.open(files[tag]) as file:
            for page in file.pages:
                for item in pikepdf.parse_content_stream(page):
                    if str(item.operator) == "Tm":
                        assert [float(item.operands[i]) for i in (1, 2)] == [0, 0]
                    assert str(item.operator) != "Tr" or int(item.operands[0]) in (0, 3)
                    assert str(item.operator) not in ("Tc", "Tw")


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_vowel_marks_keep_clear_of_the_letters_of_the_next_line(files, tag):
    """Ink as MuPDF paints it: nothing of a line comes nearer to the next one's than `CLEAR_MM`.

    So long as it does not, a white band of that height winds between the two from side to side.
    The words above are the worst there are: marks on marks, below letters that go deepest.
    """
    with pymupdf.open(files[tag]) as brochure:
        page = next(page for page in brochure if len(vowelled(page)) > 2)
        rows = vowelled(page)
        left, right = min(row.box.x0 for row in rows), max(row.box.x1 for row in rows)
        for above, below in itertools.pairwise(rows):
            strip = pymupdf.Rect(left, above.baseline, right, below.baseline)
            picture = page.get_pixmap(clip=strip, dpi=DPI, colorspace="gray")
            assert winds_through(picture, CLEAR_MM / 25.4 * DPI), (above.text, below.text)


def winds_through(picture: pymupdf.Pixmap, height: float) -> bool:
    """Whether a white band of `height` pixels goes through a picture from side to side."""
    reached = [(0, picture.h)]
    for x in range(picture.w):
        column = picture.samples[x :: picture.stride]
        white = [run.span() for run in re.finditer(rb"[\xc0-\xff]+", column)]
        reached = [
            (top, foot)
            for top, foot in white
            if any(min(foot, low) - max(top, high) >= height for high, low in reached)
        ]
    return bool(reached)


@pytest.mark.parametrize(("gap", "winds"), [(0, False), (2, False), (3, True), (9, True)])
def test_the_judge_of_marks_sees_what_is_too_near(gap, winds):
    """A bar from above and one from below, beside each other, their ends so far apart."""
    picture = pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 9, 20), 0)
    picture.clear_with(255)
    picture.set_rect((2, 0, 4, 8), (0,))
    picture.set_rect((4, 8 + gap, 6, 20), (0,))

    assert winds_through(picture, 2.4) is winds


def vowelled(page: pymupdf.Page) -> list[Line]:
    """The full lines of the paragraph of vowel marks."""
    return [
        line
        for line in lines(page)
        if line.box.x1 - line.box.x0 > 250 and sum(map(is_mark, line.text)) >= MARKS_A_LINE
    ]


def is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) > 0


def test_what_we_count_is_in_the_digits_that_the_language_asks_for(files):
    with pymupdf.open(files["ar"]) as brochure:
        printed = [line.text for page in brochure for line in lines(page)]

    assert any("٢٠٢٦" in line for line in printed)
    assert any("١٤:٠٠" in line.replace(" ", "") for line in printed)
    assert sum(line in ("٢", "٣", "٤") for line in printed) >= 2
    assert any("1.0" in line for line in printed), "the clinic's own version stays"
    assert any("10" in line for line in printed), "so does a title"
    assert any(line.startswith("2. Smith") for line in printed), "English counts in English"


def test_greek_keeps_its_own_signs(files):
    with pymupdf.open(files["el"]) as brochure:
        text = "".join(page.get_text() for page in brochure)

    assert "«Άννα Μάιος»" in text
    assert "βακτήριο·" in text
    assert "ναι;" in text
    assert "Ποια;" in unicodedata.normalize("NFC", text), "U+037E is the same sign (NFC)"
    assert "Ένα·" in unicodedata.normalize("NFC", text), "so is U+0387"
    assert "\ufffd" not in text


@pytest.mark.parametrize("tag", BODIES)
def test_signs_that_no_script_s_own_face_has_come_from_the_one_that_has_them(files, tag):
    signs = [
        (sign, span["font"])
        for span in spans(files[tag])
        for sign in span["text"]
        if sign in "−≥→≤✓☐"
    ]

    assert sorted(signs) == sorted((sign, "Brochure-Symbols") for sign in "−≥→≤✓☐")
