"""Turns HTML tags and attribute lists inside running text into elements, or into nothing."""

import re
from xml.etree.ElementTree import Element, SubElement

from brochure.content.dialect.attributes import EXTENSION_TAG, SILENT_EXTENSIONS
from brochure.content.dialect.html_blocks import TAG
from brochure.content.dialect.html_elements import (
    BLOCK_CONTENT,
    BLOCK_ELEMENTS,
    KNOWN_ELEMENTS,
    SPAN_CONTENT,
    VOID_ELEMENTS,
)
from brochure.content.dialect.source import ATTRIBUTE_TEXT, ELEMENT_NAME, pattern
from brochure.content.dialect.spans import HTML, Mark, Marks, SpanReader, add_text

TAG_START = pattern(r"<(?:[A-Za-z_]|!--|/)")
ATTRIBUTES_START = pattern(r"\{:")
# kramdown prints the tags of block elements inside a line as text; frames and forms it should not.
_TEXT_IN_LINES = BLOCK_ELEMENTS - {"iframe", "form"}
_COMMENT = pattern(r"<!--.*?-->", re.DOTALL)
_END_TAG = pattern(rf"</{ELEMENT_NAME}\s*>")
_ATTRIBUTE = pattern(rf"\s*({ELEMENT_NAME})(?:\s*=\s*(?:(\w+)|(\"|')(.*?)\3))?", re.DOTALL)
_ATTRIBUTE_LIST = pattern(rf"\{{:(?!:|/)({ATTRIBUTE_TEXT})\}}")
_KEY_VALUE = r"\w[\w-]*=(?:\"[^\"]*\"|'[^']*')"
_LIST_ENTRY = rf"(?:{_KEY_VALUE}|\w[\w-]*|(?:#[A-Za-z][\w:-]*|\.[^\s.#]+)+)"
_WELL_FORMED = pattern(rf":?\s*{_LIST_ENTRY}(?:\s+{_LIST_ENTRY})*\s*\Z")
_EXTENSION = pattern(EXTENSION_TAG)


def read_tag(reader: SpanReader, element: Element, _found: re.Match[str]) -> None:
    """Read an element up to its end tag; a stray or block-level tag is text."""
    if comment := _COMMENT.match(reader.text, reader.position):
        reader.position = comment.end()
        return
    tag = TAG.match(reader.text, reader.position)
    if tag is None or tag[1].lower() in _TEXT_IN_LINES or reader.is_too_deep():
        plain = tag or _END_TAG.match(reader.text, reader.position)
        add_text(element, plain[0] if plain else "<")
        reader.position = plain.end() if plain else reader.position + 1
        return
    reader.position = tag.end()
    name = tag[1].lower() if tag[1].lower() in KNOWN_ELEMENTS else tag[1]
    inner = SubElement(element, name, _attributes(tag[2]))
    switch = inner.attrib.pop("markdown", None)
    if not tag[3] and name not in VOID_ELEMENTS:
        _read_content(reader, inner, switch)


def _attributes(text: str) -> dict[str, str]:
    found = {name.lower(): bare or quoted for name, bare, _, quoted in _ATTRIBUTE.findall(text)}
    return {name: value.replace("\n", " ") for name, value in found.items()}


def _read_content(reader: SpanReader, inner: Element, switch: str | None) -> None:
    ends = pattern(rf"</{re.escape(inner.tag)}\s*>", re.IGNORECASE)
    marks = reader.marks
    if not _holds_markdown(inner.tag, switch):
        reader.marks = _ONLY_TAGS
    elif switch:
        reader.marks = reader.all_marks
    reader.read_within(HTML, inner, ends, lambda *_: True)
    reader.marks = marks
    if end := ends.match(reader.text, reader.position):
        reader.position = end.end()
    else:
        add_text(inner, reader.text[reader.position :])
        reader.position = len(reader.text)


def _holds_markdown(tag: str, switch: str | None) -> bool:
    if switch in ("0", "span"):
        return switch == "span"
    return tag in BLOCK_CONTENT or tag in SPAN_CONTENT


def read_attributes(reader: SpanReader, element: Element, _found: re.Match[str]) -> None:
    """Drop an attribute list or a silent extension; anything else that looks so is text."""
    if extension := _EXTENSION.match(reader.text, reader.position):
        if _read_extension(reader, element, extension):
            return
    elif (listed := _ATTRIBUTE_LIST.match(reader.text, reader.position)) and (
        _WELL_FORMED.match(listed[1])
    ):
        reader.position = listed.end()
        return
    add_text(element, "{")
    reader.position += 1


def _read_extension(reader: SpanReader, element: Element, found: re.Match[str]) -> bool:
    """Drop a silent extension with its body; give that of `nomarkdown` on as HTML."""
    if found[1] not in (*SILENT_EXTENSIONS, "nomarkdown"):
        return False
    if found[3]:
        reader.position = found.end()
        return True
    stop = pattern(rf"\{{:/(?:{found[1]})?\}}").search(reader.text, found.end())
    if not stop:
        return False
    if found[1] == "nomarkdown":
        marks, reader.marks = reader.marks, _ONLY_TAGS
        reader.read_part(element, HTML, reader.text[found.end() : stop.start()])
        reader.marks = marks
    reader.position = stop.end()
    return True


TAG_MARK = Mark(first="<", start=TAG_START, read=read_tag)
_ONLY_TAGS = Marks(TAG_MARK)
