"""Turns `*`, `_`, `**`, `__` into `em` and `strong`, `~~` into `del`.

Stars may touch letters of any script on both sides (`**عنوان:**نص`); underscores inside a word
are text.
"""

import re
import unicodedata
from xml.etree.ElementTree import Element

from brochure.content.dialect.source import pattern
from brochure.content.dialect.spans import HTML, SpanReader, Stop, add_text, is_empty

EMPHASIS_START = pattern(r"\*\*?|__?")
STRIKETHROUGH = pattern(r"~~(?!\s|~)(.*?[^\s~])~~", re.DOTALL)
_SPACE = pattern(r"\s")
_TAGS = {1: "em", 2: "strong"}


def read_emphasis(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read emphasis, or the delimiter as text when nothing closes it."""
    delimiter, start = found[0], found.start()
    tag = _TAGS[len(delimiter)]
    reader.position = found.end()
    if _cannot_open(reader, found) or tag in reader.open_kinds:
        add_text(element, delimiter)
        return
    emphasised = _read_up_to(reader, delimiter, tag)
    if emphasised is None and tag == "strong" and reader.open_kinds[-1:] != ["em"]:
        reader.position = start + 1
        emphasised = _read_up_to(reader, delimiter[0], "em")
    if emphasised is None:
        reader.position = found.end()
        add_text(element, delimiter)
    else:
        element.append(emphasised)


def read_strikethrough(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read struck-out text."""
    struck = Element("del")
    reader.read_part(struck, HTML, found[1])
    reader.position = found.end()
    element.append(struck)


def _cannot_open(reader: SpanReader, found: re.Match[str]) -> bool:
    if _SPACE.match(reader.text, found.end()):
        return True
    return found[0][0] == "_" and _ends_in_word(reader.text[: found.start()])


def _ends_in_word(text: str) -> bool:
    """Say whether text ends in a letter, or in a letter and a hyphen."""
    return _is_letter(text[-1:]) or (text[-1:] == "-" and _is_letter(text[-2:-1]))


def _is_letter(character: str) -> bool:
    """Say whether a character is a letter or the vowel mark of one."""
    return character.isalpha() or unicodedata.category(character or " ") in ("Mn", "Mc", "Nl")


def _read_up_to(reader: SpanReader, delimiter: str, tag: str) -> Element | None:
    """Read up to the closing delimiter; where one found none, a later one finds none either."""
    emphasised = Element(tag)
    ends = pattern(re.escape(delimiter))
    if not reader.try_within(tag, emphasised, ends, _STOPS[delimiter], delimiter):
        return None
    reader.position += len(delimiter)
    return emphasised


def _closing_rule(delimiter: str) -> Stop:
    """Make the rule for where a delimiter closes what it opened."""
    doubled = pattern(rf"{re.escape(delimiter * 2)}(?!{re.escape(delimiter)})")

    def closes(reader: SpanReader, element: Element, found: re.Match[str]) -> bool:
        if is_empty(element) or _SPACE.match(reader.text, found.start() - 1):
            return False
        if len(delimiter) == 1 and doubled.match(reader.text, found.start()):
            return False
        following = reader.text[found.end() : found.end() + 1]
        return delimiter[0] != "_" or not (_is_letter(following) or following.isdecimal())

    return closes


_STOPS = {delimiter: _closing_rule(delimiter) for delimiter in ("*", "**", "_", "__")}
