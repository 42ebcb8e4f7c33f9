"""Sets block-level HTML aside, untouched; sanitising it is not this room's work.

`markdown="1"` on an element makes its content Markdown, as in kramdown. Comments do not print.
"""

import re
from xml.etree.ElementTree import Element

from markdown.util import STX

from brochure.content.dialect.blocks import UNSEEN, BlockReader, add_block
from brochure.content.dialect.source import ELEMENT_NAME, SPAN_ELEMENTS, Source, pattern

HTML_START = pattern(r" {0,3}<(?:[A-Za-z_]|!--|/)")
COMMENT = pattern(r" {0,3}<!--.*?-->(?:[ \t]*\n)?", re.DOTALL)
_ATTRIBUTE = rf"(?:\s+{ELEMENT_NAME}(?:\s*=\s*(?:\w+|\"[^\"]*\"|'[^']*'))?)"
TAG = pattern(rf"<({ELEMENT_NAME})({_ATTRIBUTE}*)\s*(/)?>")
_OPENING = pattern(rf" {{0,3}}{TAG.pattern}")
_CONTENT_IS_MARKDOWN = pattern(r"\smarkdown\s*=\s*[\"']?(?:1|block|span)[\"']?")
_LINE_REST = pattern(r"[ \t]*\n")
STASHED = f"{STX}stashed"
VOID_ELEMENTS = (
    "area base br col command embed hr img input keygen link meta param source track wbr"
).split()


def read_html(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read one HTML element up to its end tag, or a comment."""
    if source.take(COMMENT):
        add_block(parent, source, UNSEEN)
        return True
    found = source.see(_OPENING)
    if not found or found[1].lower() in SPAN_ELEMENTS:
        return False
    closed = bool(found[3]) or found[1].lower() in VOID_ELEMENTS
    inner_end, end = (found.end(),) * 2 if closed else _element_end(source, found)
    inner = source.text[found.end() : inner_end]
    if _CONTENT_IS_MARKDOWN.search(found[2]):
        _set_aside(reader, add_block(parent, source, STASHED), _without_switch(found[0]))
        _read_inside(reader, parent, inner)
        _set_aside(reader, add_block(parent, source, STASHED), f"</{found[1]}>")
    else:
        html = source.text[source.position : end]
        _set_aside(reader, add_block(parent, source, STASHED), html)
    source.position = end
    source.take(_LINE_REST)
    return True


def _element_end(source: Source, opening: re.Match[str]) -> tuple[int, int]:
    """Return where an element's content and where the element itself ends."""
    depth = 1
    tags = pattern(rf"<(/)?{re.escape(opening[1])}\b[^>]*?(/)?>", re.IGNORECASE)
    for tag in tags.finditer(source.text, opening.end()):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth == 0:
            return tag.start(), tag.end()
    return len(source.text), len(source.text)


def _read_inside(reader: BlockReader, parent: Element, inner: str) -> None:
    content = Element("content")
    reader.parseChunk(content, inner.strip(" \t").removeprefix("\n"))
    parent.extend(content)


def _without_switch(tag: str) -> str:
    return _CONTENT_IS_MARKDOWN.sub("", tag)


def _set_aside(reader: BlockReader, block: Element, html: str) -> None:
    """Leave a mark that Python-Markdown replaces when everything else is done."""
    block.text = reader.md.htmlStash.store(html.strip())


def release_html(root: Element) -> None:
    """Stand each mark where Python-Markdown looks for it: alone in a paragraph."""
    for mark in root.iter(STASHED):
        mark.tag = "p"
