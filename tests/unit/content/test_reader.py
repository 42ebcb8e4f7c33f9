"""How files become documents; files that cannot be read stand in tests/faults."""

import hashlib

import pytest

REST = "---\ntitle: Rest\nlang: {lang}\n---\nSit down.\n"


@pytest.mark.parametrize(
    ("name", "lang", "found"),
    [
        ("010-rest-en.md", "en", (10, "rest", "en")),
        ("010_rest-en.md", "en", (10, "rest", "en")),
        ("rest-en.md", "en", (0, "rest", "en")),
        ("010-rest-gr.md", "gr", (10, "rest", "el")),
        ("010-rest-gr.md", "", (10, "rest", "el")),
        ("010-rest-EN.md", "", (10, "rest", "en")),
        ("010-rest-en.md", "el", (10, "rest", "el")),
        ("010-rest.md", "en", (10, "rest", "en")),
        ("010-laser-co2.md", "en", (10, "laser-co2", "en")),
        ("2-step-peel-en.md", "en", (2, "step-peel", "en")),
        ("010-.md", "en", (10, "", "en"))[:2] + ((0, "010-", "en"),),
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
