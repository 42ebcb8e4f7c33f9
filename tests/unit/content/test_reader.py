"""How files become documents; files that cannot be read stand in tests/faults."""

import hashlib

import pytest

from brochure.content.reader import read_content
from brochure.settings import ContentSettings

REST = "---\ntitle: Rest\nlang: {lang}\n---\nSit down.\n"


@pytest.mark.parametrize(
    ("name", "lang", "found"),
    [
        ("010-rest-en.md", "en", (10, "rest", "en")),
        ("010_rest-en.md", "en", (10, "rest", "en")),
        ("rest-en.md", "en", (None, "rest", "en")),
        ("010-rest-gr.md", "gr", (10, "rest", "el")),
        ("010-rest-gr.md", "", (10, "rest", "el")),
        ("010-rest-EN.md", "", (10, "rest", "en")),
        ("010-rest.md", "en", (10, "rest", "en")),
        ("010-laser-co2.md", "en", (10, "laser-co2", "en")),
        ("2-step-peel-en.md", "en", (2, "step-peel", "en")),
        ("010-.md", "en", (None, "010-", "en")),
    ],
)
def test_place_slug_and_language_come_from_the_name_and_lang_comes_first(read, name, lang, found):
    (document,), faults = read({name: REST.format(lang=lang)})

    assert (document.order, document.slug, document.language) == found
    assert document.category == "care"
    assert not faults


def test_drafts_notes_and_hidden_files_are_no_treatments(read):
    names = ["_draft-en.md", ".hidden-en.md", "../readme.md", "notes.txt", "rest-en.md"]
    documents, faults = read(dict.fromkeys(names, REST.format(lang="en")))

    assert [document.path for document in documents] == ["content/_collections/_care/rest-en.md"]
    assert not faults


def test_files_are_read_in_the_order_of_their_paths(read):
    names = ["b-en.md", "a-en.md", "../_zoo/a-en.md", "../_air/a-en.md"]
    documents, _ = read(dict.fromkeys(names, REST.format(lang="en")))

    assert [(item.category, item.slug) for item in documents] == [
        ("air", "a"),
        ("care", "a"),
        ("care", "b"),
        ("zoo", "a"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
    ],
    ids=["plain", "bom", "crlf", "cr"],
)
def test_the_marks_of_editors_do_not_reach_the_text_but_its_digest(read, change):
    written = change(REST.format(lang="en"))
    (document,), _ = read({"rest-en.md": written})

    assert document.body == "Sit down.\n"
    assert document.place(document.body_line).source_line == "Sit down."
    assert document.sha256 == hashlib.sha256(written.encode()).hexdigest()


def test_one_faulty_file_does_not_hide_the_next(read):
    good = REST.format(lang="en")
    documents, faults = read({"a-en.md": "no head", "b-en.md": good, "c-en.md": "---\n"})

    assert [document.slug for document in documents] == ["b"]
    assert [fault.code for fault in faults] == ["front-matter-missing", "front-matter-syntax"]


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("010-rest-en.md", "gr", "“lang:” says “gr”, the file name says “en”"),
        ("gr/rest.en.md", "", "the file name says “en”, the folder says “gr”"),
        ("ar/rest.en.md", "gr", "the file name says “en”, the folder says “ar”"),
    ],
)
def test_languages_that_disagree_are_named_and_the_most_trusted_counts(read, name, lang, said):
    (document,), (fault,) = read({name: REST.format(lang=lang)})

    assert fault.code == "language-conflict"
    assert said in fault.problem
    assert document.language == ("el" if lang else "en")


def test_drafts_and_unpublished_files_are_counted(read, tmp_path, languages):
    read(
        {
            "a-en.md": REST.format(lang="en"),
            "b-en.md": "---\ntitle: B\nlang: en\npublished: false\n---\n",
            "c-en.md": "---\ntitle: C\nlang: en\ndraft: true\n---\n",
            "_d-en.md": REST.format(lang="en"),
            "_drafts/e-en.md": REST.format(lang="en"),
        }
    )
    reading = read_content(tmp_path, ContentSettings(), languages)

    assert [document.slug for document in reading.documents] == ["a"]
    assert (reading.left_out, reading.diagnostics) == (4, ())


def test_patterns_choose_files_and_several_roots_may_lie_outside(tmp_path, languages):
    for name in ("one/_a/x-en.md", "one/_a/old/y-en.md", "two/_b/z-en.markdown"):
        path = tmp_path / "sites" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REST.format(lang="en"), encoding="utf-8")
    (tmp_path / "clinic").mkdir()
    settings = ContentSettings(roots=("../sites/one", "../sites/two"), exclude=("**/old/*",))
    reading = read_content(tmp_path / "clinic", settings, languages)

    assert [(item.category, item.path) for item in reading.documents] == [
        ("a", "../sites/one/_a/x-en.md"),
        ("b", "../sites/two/_b/z-en.markdown"),
    ]


@pytest.mark.parametrize(
    ("lang", "tags", "found"),
    [
        ("pt-BR", ("pt-BR",), "pt-BR"),
        ("pt_br", ("pt",), "pt"),
        ("pt", ("pt-BR",), "pt-BR"),
        ("zh-Hans", (), "zh-Hans"),
        ("cn", ("zh",), "zh"),
        ("iw", (), "he"),
    ],
)
def test_full_tags_and_aliases_find_their_language(tmp_path, languages, read, lang, tags, found):
    read({"rest.md": REST.format(lang=lang)})
    reading = read_content(tmp_path, ContentSettings(), languages, tags)

    assert [document.language for document in reading.documents] == [found]
