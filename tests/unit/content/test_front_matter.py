"""Values and places of the YAML head; its faults stand in tests/faults/front-matter-syntax."""

import pytest

from brochure.content.document import Field, FrontMatter
from brochure.content.front_matter import read_head, split
from brochure.diagnostics import Diagnostic


def head_of(text: str) -> FrontMatter:
    parts = split("a.md", text)
    assert not isinstance(parts, Diagnostic)
    head, faults = read_head("a.md", text, parts)
    assert faults == []
    return head


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Rest", "Rest"),
        ("'Rest: quiet'", "Rest: quiet"),
        ('"Rest — \\"quiet\\""', 'Rest — "quiet"'),
        ("Rest # a note", "Rest"),
        ("Rest#1", "Rest#1"),
        ("2024", "2024"),
        ("1.50", "1.50"),
        ("no", "no"),
        ("2026-11-21", "2026-11-21"),
        ("0x1F", "0x1F"),
        ("|\n  Rest\n  well", "Rest well"),
        (">-\n  Rest\n  well", "Rest well"),
        ("Rest\n  well", "Rest well"),
        ("!!python/object:os.system Rest", "Rest"),
        ("", ""),
        ("~", ""),
        ("null", ""),
        ("'null'", "null"),
        ("'  '", ""),
        ("'{{ 7*7 }}'", "{{ 7*7 }}"),
    ],
)
def test_a_value_is_what_is_written_never_converted(written, text):
    assert head_of(f"---\ntitle: {written}\nlang: en\n---\n").title.text == text


def test_every_value_knows_its_line_and_column():
    head = head_of(
        "---\n"
        "# a note\n"
        "caption: # what the card says\n"
        "  title: Short\n"
        "\n"
        "  thumbnail:   'img/a.png'\n"
        "title:\n"
        "lang: el\n"
        "other: [1, 2]\n"
        "---\n"
    )

    assert head.card_title == Field(text="Short", line=4, column=10)
    assert head.thumbnail == Field(text="img/a.png", line=6, column=16)
    assert head.title == Field(text="", line=7, column=7)
    assert head.lang == Field(text="el", line=8, column=7)
    assert head.subtitle == Field()


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        ("---\ntitle: A\n---\nText\n", "Text\n", 4),
        ("---\ntitle: A\n---\n\n\nText\n", "Text\n", 6),
        ("---\ntitle: A\n---\n    code\n", "    code\n", 4),
        ("---\ntitle: A\n---  \nText\n\n---\n\nMore\n", "Text\n\n---\n\nMore\n", 4),
        ("----\ntitle: A\n----\nText", "Text", 4),
        ("---\n---\nText", "Text", 3),
        ("---\ntitle: A\n---", "", 3),
    ],
)
def test_the_text_begins_after_the_second_line_of_dashes(text, body, body_line):
    parts = split("a.md", text)

    assert not isinstance(parts, Diagnostic)
    assert (parts.body, parts.body_line) == (body, body_line)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_inside_a_value_moves_no_line(mark):
    head = head_of(f"---\ntitle: A{mark}B\nlang: en\n---\n")

    assert head.title.text == "A B"
    assert head.lang.line == 3
