"""A text that stands in for a missing translation: its own language, direction and script.

And the marks of a proof, which no other file has.
"""

import pikepdf
import pymupdf
import pytest

from brochure import api
from pdf import clinics
from pdf.glyphs import AS_SHOWN
from pdf.tags import tag_tree

SETTINGS = """
[clinic]
slug = "mixed"
languages = ["en", "ar"]
default_language = "{default}"
[translations]
missing = "default-language"
[categories.care]
title = {{ en = "Care", ar = "رعاية" }}
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
TEXTS = {"en": "Walking every day", "ar": "المشي كل يوم"}
SOURCE = {"en": "ar", "ar": "en"}
OLD = "0" * 32


@pytest.fixture(scope="module")
def mixed(made_once):
    """The brochure in each language, whose one text is in the other."""

    def brochure(language: str):
        source = SOURCE[language]
        text = TEXTS[source]
        files = {
            "brochure.toml": SETTINGS.format(default=source),
            "content/p.png": clinics.picture(),
            f"content/_collections/_care/010-walk-{source}.md": clinics.treatment(
                f"{text}\n\n- {text}\n",
                title=text,
                subtitle=text,
                card_subtitle=text,
                image="p.png",
                alt=text,
                lang=source,
            ),
        }
        folder = made_once(
            f"mixed-{language}", lambda new: clinics.build(clinics.write(new, files), [language])
        )
        return clinics.built(folder)[language]

    return brochure


@pytest.fixture(params=["en", "ar"])
def language(request) -> str:
    return request.param


def languages_of(element, outer):
    """Every text and picture of the tree, with the language that holds for it."""
    own = str(element.source.get(pikepdf.Name.Lang, outer))
    if element.alt:
        yield own, element.alt
    for kid in element.kids:
        if isinstance(kid, str):
            yield own, kid
        elif hasattr(kid, "kids"):
            yield from languages_of(kid, own)


def test_the_tags_say_which_words_are_in_which_language(mixed, language):
    with pikepdf.open(mixed(language)) as file:
        root = str(file.Root.Lang)
        found = [(tag, text) for tag, text in languages_of(tag_tree(file), root) if text.strip()]

    latin, other = (
        {tag for tag, text in found if is_latin(text) is kind} for kind in (True, False)
    )
    assert root == language
    assert latin == {"en"}
    assert other == {"ar"}
    said = "".join(text for tag, text in found if tag == SOURCE[language])
    assert len(said) > 5 * len(TEXTS[SOURCE[language]])


def is_latin(text: str) -> bool | None:
    """Whether the letters of a text are Latin; a text of digits and signs is neither."""
    letters = [letter for letter in text if letter.isalpha()]
    return all(letter.isascii() for letter in letters) if letters else None


def test_the_text_begins_on_its_own_side_and_the_brochures_lines_on_theirs(mixed, language):
    page = pymupdf.open(mixed(language))[3]
    sides = {"own": set(), "ours": set()}
    for block in page.get_text("dict", flags=AS_SHOWN)["blocks"]:
        for line in block.get("lines", ()):
            words = "".join(span["text"] for span in line["spans"])
            left, top, right, _ = line["bbox"]
            if is_latin(words) is None or top > page.rect.height * 0.9:
                continue
            whose = "own" if is_latin(words) is (language == "ar") else "ours"
            is_nearer_left = left < page.rect.width - right
            sides[whose].add("left" if is_nearer_left else "right")

    start, end = ("right", "left") if language == "ar" else ("left", "right")
    assert sides == {"own": {end}, "ours": {start}}


PROOF = """
[clinic]
slug = "old"
languages = ["en", "el"]
[language.en]
name = "Clinic"
[language.el]
name = "Κλινική"
"""
MARK = "Μη ενημερωμένη μετάφραση"


@pytest.fixture(scope="module")
def outdated(made_once):
    """A clinic with one Greek text out of date and one without a hash, as a proof and not."""
    files = {"brochure.toml": PROOF}
    for name, recorded in (("010-walk", {"source_hash": OLD}), ("020-rest", {})):
        place = f"content/_collections/_care/{name}"
        files[f"{place}-en.md"] = clinics.treatment("Text.", title="Title", lang="en")
        files[f"{place}-el.md"] = clinics.treatment(
            "Λόγια.", title="Τίτλος", lang="el", **recorded
        )

    def make(new):
        project = api.open_project(clinics.write(new, files))
        for proof in (True, False):
            api.build(project, out=new / "out", proof=proof)

    return made_once("outdated", make) / "out/screen"


def pages_with_mark(file) -> list[int]:
    pages = pymupdf.open(file)
    return [page.number + 1 for page in pages if MARK in " ".join(page.get_text().split())]


def test_a_proof_marks_what_is_out_of_date_and_nothing_else(outdated):
    assert pages_with_mark(outdated / "old-el-proof.pdf") == [4]
    assert pages_with_mark(outdated / "old-en-proof.pdf") == []


def test_without_proof_there_is_no_mark(outdated):
    assert pages_with_mark(outdated / "old-el.pdf") == []
    assert sorted(path.name for path in outdated.iterdir()) == [
        "old-el-proof.pdf",
        "old-el.pdf",
        "old-en-proof.pdf",
        "old-en.pdf",
    ]


def test_the_mark_is_no_part_of_the_text_that_is_read_aloud(outdated):
    with pikepdf.open(outdated / "old-el-proof.pdf") as file:
        assert MARK not in tag_tree(file).text
