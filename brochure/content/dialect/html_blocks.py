"""Reads block-level HTML as kramdown does; sanitising it is not this room's work.

HTML is set aside in pieces, untouched but for stray `<`. Between the pieces stand what has to be
part of the tree: the content of an element with `markdown="1"`, which is read as Markdown, and
headings, whose levels are settled with all others. An element that is never closed ends with the
text. Comments do not print.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown.util import STX

from brochure.content.dialect.blocks import DEEPEST, UNSEEN, BlockReader, add_block
from brochure.content.dialect.html_elements import (
    BLOCK_CONTENT,
    HEADINGS,
    KNOWN_ELEMENTS,
    SPAN_CONTENT,
    SPAN_ELEMENTS,
    VOID_ELEMENTS,
)
from brochure.content.dialect.source import ELEMENT_NAME, Source, pattern

HTML_START = pattern(r" {0,3}<(?:[A-Za-z_]|!--|/)")
COMMENT = pattern(r" {0,3}<!--.*?-->(?:[ \t]*\n)?", re.DOTALL)
_ATTRIBUTE = rf"(?:\s+{ELEMENT_NAME}(?:\s*=\s*(?:\w+|\"[^\"]*\"|'[^']*'))?)"
TAG = pattern(rf"<({ELEMENT_NAME})({_ATTRIBUTE}*+)\s*(/)?>")
END_TAG = pattern(rf"</({ELEMENT_NAME})\s*>")
_OPENING = pattern(rf" {{0,3}}{TAG.pattern}")
_CLOSING = pattern(rf" {{0,3}}{END_TAG.pattern}")
_SWITCH = pattern(r"\smarkdown\s*=\s*[\"']?(0|1|block|span)\b[\"']?")
_RAW_START = pattern(rf"<(?={ELEMENT_NAME}|/|!--|\?)")
_UNSEEN_HTML = pattern(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_LINE_REST = pattern(r"[ \t]*\n")
STASHED, BARE = f"{STX}stashed", f"{STX}bare"
_RAW, _BLOCK, _SPAN = "raw", "block", "span"
UNREAD = ("script", "style")


@dataclass(slots=True)
class _Writer:
    """Where HTML goes while it is read: finished blocks, and the pieces of the next one."""

    reader: BlockReader
    blocks: Element
    pieces: list[str] = field(default_factory=list)
    depth: int = 0

    def write(self, html: str) -> None:
        """Add HTML to the piece at hand."""
        self.pieces.append(html)

    def set_aside(self) -> None:
        """Leave a mark that Python-Markdown replaces when everything else is done."""
        if html := "".join(self.pieces):
            SubElement(self.blocks, STASHED).text = self.reader.md.htmlStash.store(html)
        self.pieces.clear()


def read_html(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read one HTML element up to its end tag, or a comment."""
    if source.take(COMMENT):
        add_block(parent, source, UNSEEN)
        return True
    if (end := source.see(_CLOSING)) and end[1].lower() == source.open_element:
        source.position, source.open_element = end.end(), None
        return True
    found = source.see(_OPENING)
    if not found or found[1].lower() in SPAN_ELEMENTS:
        return False
    source.position = found.end()
    source.waiting_attributes = None
    writer = _Writer(reader, parent)
    _read_element(writer, source, found, inside_raw=False)
    writer.set_aside()
    return True


def _read_element(
    writer: _Writer, source: Source, tag: re.Match[str], *, inside_raw: bool
) -> None:
    name = tag[1].lower() if tag[1].lower() in KNOWN_ELEMENTS else tag[1]
    content = _content(name, tag[2])
    is_empty = bool(tag[3]) or name in VOID_ELEMENTS or writer.depth > DEEPEST
    if name in HEADINGS and not is_empty:
        _read_heading(writer, source, name, content)
    else:
        writer.write(f"<{name}{_SWITCH.sub('', tag[2])}>")
        if not is_empty:
            _read_content(writer, source, name, content)
            writer.write(f"</{name}>")
    if not is_empty and not inside_raw and name not in UNREAD:
        source.take(_LINE_REST)


def _content(name: str, attributes: str) -> str:
    switch = _SWITCH.search(attributes)
    if switch is None or switch[1] == "0":
        return _RAW
    if switch[1] in (_BLOCK, _SPAN):
        return switch[1]
    return _BLOCK if name in BLOCK_CONTENT else _SPAN if name in SPAN_CONTENT else _RAW


def _read_content(writer: _Writer, source: Source, name: str, content: str) -> None:
    if name in UNREAD:
        writer.write(_up_to_end(source, name))
    elif content == _BLOCK:
        _read_blocks(writer, source, name)
    elif content == _SPAN:
        writer.set_aside()
        SubElement(writer.blocks, BARE).text = _up_to_end(source, name)
    else:
        _read_raw(writer, source, name)


def _read_blocks(writer: _Writer, source: Source, name: str) -> None:
    """Read Markdown up to a line that starts with the end tag."""
    source.take(_LINE_REST)
    writer.set_aside()
    content, outer = Element("content"), source.open_element
    source.open_element = name
    writer.reader.read_until_closed(content, source)
    source.open_element = outer
    writer.blocks.extend(content)


def _read_heading(writer: _Writer, source: Source, name: str, content: str) -> None:
    """Read a heading into the tree, so that its level can be settled."""
    writer.set_aside()
    heading = SubElement(writer.blocks, name)
    if content == _RAW:
        inner = _Writer(writer.reader, heading, depth=writer.depth)
        _read_raw(inner, source, name)
        inner.set_aside()
        if len(heading) == 1:
            heading.text = heading[0].text
            del heading[0]
    else:
        heading.text = _up_to_end(source, name).strip()


def _up_to_end(source: Source, name: str) -> str:
    end = pattern(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(source.text, source.position)
    start = source.position
    source.position = end.end() if end else len(source.text)
    return source.text[start : end.start() if end else len(source.text)]


def _read_raw(writer: _Writer, source: Source, name: str) -> None:
    """Read HTML up to the element's end tag; an end tag of another one is text."""
    writer.depth += 1
    while found := _RAW_START.search(source.text, source.position):
        writer.write(escaped(source.text[source.position : found.start()]))
        source.position = found.start()
        if source.take(_UNSEEN_HTML):
            continue
        if tag := source.take(TAG):
            _read_element(writer, source, tag, inside_raw=True)
        elif end := source.take(END_TAG):
            if end[1].lower() == name.lower():
                break
            writer.write(escaped(end[0]))
        else:
            writer.write("&lt;")
            source.position += 1
    else:
        writer.write(escaped(source.text[source.position :]))
        source.position = len(source.text)
    writer.depth -= 1


def escaped(text: str) -> str:
    """Make a `<` that starts no tag a character."""
    return text.replace("<", "&lt;")


def release_html(root: Element) -> None:
    """Stand each mark where Python-Markdown looks for it, alone in a paragraph; unwrap BARE."""
    for parent in list(root.iter()):
        if parent.tag == STASHED:
            parent.tag = "p"
        for child in [child for child in parent if child.tag == BARE]:
            _unwrap(parent, child)


def _unwrap(parent: Element, child: Element) -> None:
    index = list(parent).index(child)
    parent[index : index + 1] = list(child)
    _append_before(parent, index, child.text or "")
    _append_before(parent, index + len(child), child.tail or "")


def _append_before(parent: Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
