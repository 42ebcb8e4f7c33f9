"""Titles, and places of glyph faults; how these read stands in tests/faults/glyph-missing."""

import pytest

from brochure.catalogue.checks import check_document, check_text_file, missing_characters

LATIN = frozenset(range(0x20, 0x17F))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Rest", []),
        ("Ωμέγα Ω", ["Ω", "μ", "έ", "γ", "α"]),
        ("soft\u00adhyphen, joiner\u200d, mark\u200e, tab\t, line\u2028", []),
        ("\u00a0\u2009", ["\u2009"]),
    ],
)
def test_characters_without_a_glyph_each_once(text, missing):
    assert missing_characters(text, LATIN) == missing


@pytest.mark.parametrize(
    ("head", "body", "place"),
    [
        ("title: a ω", "", (2, 10)),
        ('title: "a \\u03c9"', "", (2, 8)),
        ("title: >\n  a\n  ω", "", (4, 3)),
        ("title: a\nalt: ω", "", None),
        ("title: a\nunknown: ω", "", None),
        ("title: a\ncaption:\n  subtitle: ω", "", (4, 13)),
        ("title: a", "a\n\nb ω", (6, 3)),
        ("title: a", "b &omega; &#x3c9;", (4, 3)),
        ("title: a", "b &amp; &nosuch; &", None),
    ],
)
def test_a_glyph_is_missed_where_it_stands(read, head, body, place):
    (document,), _ = read({"rest-en.md": f"---\n{head}\n---\n{body}"})
    faults = [item for item in check_document(document, LATIN) if item.code == "glyph-missing"]
    places = [(fault.location.line, fault.location.column) for fault in faults[:1]]

    assert places == ([place] if place else [])


@pytest.mark.parametrize(
    ("title", "is_empty"),
    [('"\\u200b"', True), ('"\\u00a0 \\ufeff"', True), ("Rest", False), ("5", False)],
)
def test_a_title_that_nobody_sees_is_none(read, title, is_empty):
    (document,), _ = read({"rest-en.md": f"---\ntitle: {title}\n---\n"})
    codes = {fault.code for fault in check_document(document, LATIN)}

    assert ("title-empty" in codes) is is_empty


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('a = "ω"', 6),
        ('a = "b # ω"', 10),
        ("a = 'b # ω'", 10),
        ('a = "b \\" # ω"', 13),
        ('a = "b" # ω', None),
        ("# ω", None),
        ('    "ω", # ω', 6),
    ],
)
def test_notes_in_a_toml_file_are_not_printed(line, column):
    faults = check_text_file("a.toml", f"\n{line}", LATIN)

    assert [(fault.location.line, fault.location.column) for fault in faults] == (
        [(2, column)] if column else []
    )
