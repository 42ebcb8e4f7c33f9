"""What is missing or cannot be printed, found before a page is laid out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from brochure.content.document import Document, Field, place_in
from brochure.content.liquid import dropped_liquid
from brochure.content.pictures import body_pictures
from brochure.content.sanitise import dropped_html
from brochure.content.visible_markup import visible_markup
from brochure.diagnostics import Diagnostic, Location, diagnose

_ENTITY = re.compile(r"&#?\w+;")
"""What stands for a character in HTML."""
_TOML_COMMENT = re.compile(r"""^((?:"(?:\\.|[^"\\])*"|'[^']*'|[^#])*+)#.*""")
_SEEN = "LNPS"
"""Letters, numbers, punctuation and symbols: what spaces and invisible characters are not."""
_NEEDS_NO_GLYPH = ("Cc", "Cf", "Zl", "Zp")


def check_document(document: Document, characters: frozenset[int]) -> list[Diagnostic]:
    """Check one file.

    Reports `title-empty`, `alt-missing`, `html-dropped`, `liquid-dropped`, `markup-visible` and
    `glyph-missing`.
    """
    return [
        *_check_title(document),
        *_check_alt(document),
        *dropped_html(document),
        *dropped_liquid(document),
        *visible_markup(document),
        *_check_glyphs(document, characters),
    ]


def _check_title(document: Document) -> Iterator[Diagnostic]:
    title = document.front_matter.title
    if not any(unicodedata.category(sign)[0] in _SEEN for sign in title.text):
        yield diagnose(
            "title-empty",
            document.place_of(title),
            problem="The treatment has no title",
            cause="The title is printed large, on the card and in the contents.",
            fix="Write the title after “title:”.",
        )


def _check_alt(document: Document) -> Iterator[Diagnostic]:
    head = document.front_matter
    if head.image and not head.alt:
        yield diagnose(
            "alt-missing",
            document.place_of(head.image),
            problem="The picture has no description",
            cause="A screen reader says the description; without it the title is used.",
            fix="Say in a few words after “alt:” what the picture shows.",
        )
    for picture in body_pictures(document):
        if not picture.alt:
            yield diagnose(
                "alt-missing",
                picture.place,
                problem="The picture has no description",
                cause="A screen reader says the description; without it the title is used.",
                fix=f"Say in a few words what it shows: ![a few words]({picture.name}).",
            )


def _check_glyphs(document: Document, characters: frozenset[int]) -> Iterator[Diagnostic]:
    head = document.front_matter
    titles = (head.title, head.subtitle, head.card_title, head.card_subtitle)
    for item in (*titles, head.version, head.reviewed_by, *head.sources):
        for character in missing_characters(item.text, characters):
            yield glyph_fault(character, _place_of_character(document, item, character))
    missing = missing_characters(document.body, characters)
    signs = [re.escape(character) for character in missing]
    signs += [_ENTITY.pattern] if "&" in document.body else []
    if not signs:
        return
    suspect = re.compile("|".join(signs))
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        for match in suspect.finditer(line):
            for character in missing_characters(html.unescape(match[0]), characters):
                yield glyph_fault(character, document.place(number, match.start() + 1))


def _place_of_character(document: Document, item: Field, character: str) -> Location:
    """Where a character of a front-matter value stands; the value's start if it is spelt out."""
    lines = document.text.split("\n")[item.line - 1 : document.body_line - 1]
    for number, line in enumerate(lines, start=item.line):
        found = line.find(character, item.column - 1 if number == item.line else 0)
        if found >= 0:
            return document.place(number, found + 1)
    return document.place_of(item)


def check_text_file(path: str, text: str, characters: frozenset[int]) -> list[Diagnostic]:
    """Report `glyph-missing` for a TOML file whose values are printed."""
    return [
        glyph_fault(character, place_in(path, text, number, line.index(character) + 1))
        for number, line in enumerate(text.split("\n"), start=1)
        for character in missing_characters(_TOML_COMMENT.sub(r"\1", line), characters)
    ]


def missing_characters(text: str, characters: frozenset[int]) -> list[str]:
    """The characters of `text` that need a glyph and have none, each once."""
    return [
        character
        for character in _sorted_by_place(text, set(map(ord, set(text))) - characters)
        if unicodedata.category(character) not in _NEEDS_NO_GLYPH
    ]


def _sorted_by_place(text: str, points: set[int]) -> list[str]:
    """Characters of a text in their order; most texts have none that matters."""
    return sorted(map(chr, points), key=text.index) if points else []


def glyph_fault(character: str, place: Location | None) -> Diagnostic:
    """The diagnostic `glyph-missing` for one character."""
    name = unicodedata.name(character, "no name")
    return diagnose(
        "glyph-missing",
        place,
        problem=f"No font has the character “{character}” (U+{ord(character):04X}, {name})",
        cause="It would be printed as an empty box, or in a font that does not belong here.",
        fix="Write it in another way, or add a font that has it to fonts/fonts.toml.",
    )
