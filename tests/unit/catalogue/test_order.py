"""Number, then order or weight, then the title as the language sorts it."""

import pytest

from brochure.catalogue.order import in_print_order


def text(title: str, lang: str = "en", more: str = "") -> str:
    return f"---\ntitle: {title}\nlang: {lang}\n{more}\n---\n"


def test_a_languages_own_letter_has_its_own_place(read, languages):
    titles = ["Nariz", "Nube", "Ñame", "Ñu", "Ojo"]
    texts = {f"{index}x-es.md": text(title, "es") for index, title in enumerate(titles)}
    documents, _ = read(texts)
    letters = {"es": languages.find("es").letters}

    ordered = in_print_order(reversed(documents), lambda document: document, letters)
    assert [document.front_matter.title.text for document in ordered] == titles


def slugs(documents):
    return [item.slug for item in in_print_order(documents, lambda document: document)]


def test_numbers_come_before_weights_and_weights_before_titles(read):
    documents, _ = read(
        {
            "z-en.md": text("A"),
            "y-en.md": text("B", more="weight: 2"),
            "x-en.md": text("C", more="order: 1"),
            "020-w-en.md": text("D"),
            "003-v-en.md": text("E"),
        }
    )

    assert slugs(documents) == ["v", "w", "x", "y", "z"]


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["apple", "Éclair", "egg", "Zoo"]),
        ("el", ["Άλφα", "αμύγδαλο", "Ένεση", "ζάχαρη", "Ώμος"]),
        ("ar", ["أنف", "بشرة", "تقشير", "ليزر"]),
        ("ru", ["Анализ", "ёлка", "Жир", "яблоко"]),
    ],
)
def test_titles_sort_as_the_language_does(read, lang, titles):
    texts = {f"{index}x-{lang}.md": text(title, lang) for index, title in enumerate(titles)}
    shuffled = dict(sorted(texts.items(), reverse=True))
    documents, _ = read(shuffled)

    ordered = in_print_order(reversed(documents), lambda document: document)
    assert [document.front_matter.title.text for document in ordered] == titles
