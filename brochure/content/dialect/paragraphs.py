"""Turns everything that is nothing else into paragraphs, and `>` lines into block quotes.

GFM lets lists, headings, quotes, definitions and fenced code end a paragraph without a blank line.
"""

from xml.etree.ElementTree import Element

from brochure.content.dialect.blocks import BLANK, BOUNDARY, BlockReader, add_block, last_block
from brochure.content.dialect.code_blocks import FENCE_START
from brochure.content.dialect.definition_lists import DEFINITION_START
from brochure.content.dialect.headings import ATX_START
from brochure.content.dialect.lists import LIST_START
from brochure.content.dialect.source import (
    BLANK_LINES,
    BLOCK_END_MARKER,
    LAZY_END,
    LAZY_END_EXPRESSION,
    LINE,
    WHITESPACE,
    Source,
    pattern,
)

QUOTE_START = pattern(r" {0,3}> ?")
_QUOTE_MARKERS = pattern(r"^ {0,3}> ?")
PARAGRAPH_START = LINE
PARAGRAPH_END = pattern(
    "|".join(
        [LAZY_END_EXPRESSION]
        + [
            start.pattern
            for start in (LIST_START, ATX_START, DEFINITION_START, QUOTE_START, FENCE_START)
        ]
    )
)


def read_paragraph(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a paragraph; one straight after another one continues it."""
    start = source.position
    text = source.take_lines_until(PARAGRAPH_END).rstrip(WHITESPACE)
    previous = last_block(parent)
    if previous is not None and previous.tag == "p":
        hard_break = source.text[max(start - 3, 0) : start] == "  \n"
        previous.text = f"{previous.text}{'  ' if hard_break else ''}\n{text}"
    else:
        add_block(parent, source, "p", text.lstrip(WHITESPACE))
    return True


def read_quote(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a block quote with everything in it."""
    text = _QUOTE_MARKERS.sub("", source.take_lines_until(LAZY_END))
    reader.parseChunk(add_block(parent, source, "blockquote"), text)
    return True


def read_blank_lines(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Keep blank lines in the tree: lists and definitions look back at them."""
    found = source.take(BLANK_LINES)
    assert found
    previous = last_block(parent)
    if previous is not None and previous.tag == BLANK:
        previous.text = (previous.text or "") + found[0]
    else:
        add_block(parent, source, BLANK, found[0])
    return True


def read_end_marker(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a `^` line: whatever was before it ends."""
    source.take(BLOCK_END_MARKER)
    add_block(parent, source, BOUNDARY)
    return True
