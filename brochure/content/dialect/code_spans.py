"""Turns text between backticks into `code`."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape

from brochure.content.dialect.source import pattern
from brochure.content.dialect.spans import SpanReader, add_text

BACKTICKS = pattern(r"`+")
_SPACE = pattern(r"\s")


def find_code(text: str, found: re.Match[str]) -> tuple[str, int] | None:
    """Return the code that these backticks open, and where it ends."""
    backticks, start = found[0], found.end()
    if len(backticks) == 1 and _stands_apart(text, found):
        return None
    end = text.find(backticks, start)
    if end < 0:
        return None
    code = text[start:end]
    if len(backticks) > 1:
        code = code.removeprefix(" ").removesuffix(" ")
    return code, end + len(backticks)


def split_at_code(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into plain pieces and code spans (with their backticks)."""
    plain_start = position = 0
    while found := BACKTICKS.search(text, position):
        code = find_code(text, found)
        position = code[1] if code else found.end()
        if code:
            yield text[plain_start : found.start()], False
            yield text[found.start() : position], True
            plain_start = position
    yield text[plain_start:], False


def read_code(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read a code span, or the backticks as text when nothing closes them."""
    code = find_code(reader.text, found)
    if code is None:
        add_text(element, found[0])
        reader.position = found.end()
        return
    SubElement(element, "code").text = AtomicString(code_escape(code[0]))
    reader.position = code[1]


def _stands_apart(text: str, found: re.Match[str]) -> bool:
    """Say whether a single backtick has white space (or nothing) before it and after it."""
    before = text[found.start() - 1 : found.start()] if found.start() else " "
    return bool(_SPACE.match(before) and _SPACE.match(text, found.end()))
