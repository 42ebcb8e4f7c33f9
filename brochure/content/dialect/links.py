"""Turns `[text](address "title")`, `[text][name]`, `![…]` and `<address>` into `a` and `img`."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE

from brochure.content.dialect.definitions import LinkTarget
from brochure.content.dialect.escapes import ESCAPED
from brochure.content.dialect.references import link_name
from brochure.content.dialect.source import WHITESPACE, pattern
from brochure.content.dialect.spans import SpanReader, add_text

LINK_START = pattern(r"!?\[(?=[^^])")
# An address has no more of them; where nothing closes it, looking further would cost too much.
MOST_PARENTHESES = 50
AUTOLINK = pattern(
    r"<((mailto|https?|ftps?):.+?|[-\w.\u0080-\U0010ffff]+?@[-\w.\u0080-\U0010ffff]+?)>"
)
_BRACKET = pattern(r"(\])|!?\[")
_NAME = pattern(r"\s*?\[([^\]]+)?\]")
_POINTED = pattern(r"\(<(.*?)>")
_PARENTHESIS = pattern(r"(\()|(\))|\s(?=['\"])")
_TITLE = pattern(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL)


def read_autolink(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read an address in angle brackets."""
    address = found[1] if found[2] else f"mailto:{found[1]}"
    link = SubElement(element, "a", href=address)
    link.text = found[1].removeprefix("mailto:").replace("&", AMP_SUBSTITUTE + "amp;")
    reader.position = found.end()


def read_link(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read a link or an image, or its bracket as text when it is neither."""
    kind = "img" if found[0].startswith("!") else "a"
    reader.position = text_start = found.end()
    content = Element(kind)
    nested = kind == "a" and ("a" in reader.open_kinds or "img" in reader.open_kinds)
    if not nested and _read_text(reader, content, kind):
        text = ESCAPED.sub(r"\1", reader.text[text_start : reader.position])
        reader.position += 1
        if target := _read_target(reader, text):
            element.append(_finished(content, target, text))
            return
    reader.position = text_start
    add_text(element, found[0])


def _read_text(reader: SpanReader, content: Element, kind: str) -> bool:
    """Read up to the bracket that closes the first one."""
    depth = 1

    def closes(_reader: SpanReader, inside: Element, found: re.Match[str]) -> bool:
        nonlocal depth
        depth += -1 if found[1] else 1
        return depth <= len(inside) and depth == sum(child.tag == "img" for child in inside)

    return reader.try_within(kind, content, _BRACKET, closes, reader.position)


def _read_target(reader: SpanReader, text: str) -> LinkTarget | None:
    named = _NAME.match(reader.text, reader.position)
    if named:
        reader.position = named.end()
    if named or not reader.text.startswith("(", reader.position):
        name = (named[1] if named else None) or text
        return reader.definitions.links.get(link_name(name))
    if pointed := _POINTED.match(reader.text, reader.position):
        address, complete = _after_pointed(reader, pointed)
    else:
        address, complete = _read_address(reader)
    if complete:
        return LinkTarget(address=address, title=None)
    if title := _TITLE.match(reader.text, reader.position):
        reader.position = title.end()
        return LinkTarget(address=address, title=title[2])
    return None


def _after_pointed(reader: SpanReader, pointed: re.Match[str]) -> tuple[str, bool]:
    reader.position = pointed.end()
    complete = reader.text.startswith(")", reader.position)
    reader.position += complete
    return pointed[1], complete


def _read_address(reader: SpanReader) -> tuple[str, bool]:
    """Take an address up to its closing parenthesis, or up to a title; say which it was."""
    start, depth = reader.position, 0
    for _ in range(MOST_PARENTHESES):
        found = _PARENTHESIS.search(reader.text, reader.position)
        if found is None:
            break
        reader.position = found.end()
        if not found[1] and not found[2]:
            break
        depth += 1 if found[1] else -1
        if depth == 0:
            break
    address = reader.text[start + 1 : max(reader.position - 1, start + 1)]
    return address.strip(WHITESPACE), depth == 0


def _finished(content: Element, target: LinkTarget, text: str) -> Element:
    if content.tag == "a":
        content.set("href", target.address)
    else:
        content = Element("img", src=target.address, alt=text)
    if target.title:
        content.set("title", target.title)
    return content
