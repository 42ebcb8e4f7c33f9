"""Turns indented and fenced lines into `pre` and `code`."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape

from brochure.content.dialect.blocks import BlockReader, add_block
from brochure.content.dialect.source import ATTRIBUTE_LINE, HTML_LINE, INDENTATION, Source, pattern

FENCE_START = pattern(r" {0,3}[~`]{3,}")
_CLOSING_FENCE = pattern(r"^ {0,3}(?:~{3}|`{3})[~`]*+\s*?\n")
# Eight characters are enough to tell one fence from another, and more would cost too much.
_FENCED = pattern(
    r" {0,3}(([~`]){3,8})\s*?((\S+?)(?:\?\S*)?)?\s*?\n(.*?)^ {0,3}\1\2*\s*?\n", re.DOTALL
)
# Lines that continue a code block without its indentation: anything but what ends all laziness.
_LAZY_LINE = rf"(?! {{0,3}}{ATTRIBUTE_LINE}|\^\s*?\n| {{0,3}}{HTML_LINE})[ \t]*\S.*\n"
INDENTED_EXPRESSION = rf"(?:(?:^\s*\n)?(?:^(?:\t| {{4}})[ \t]*\S.*\n)+(?:^{_LAZY_LINE})*)*"
_INDENTED = pattern(INDENTED_EXPRESSION)
_LAZY_START = pattern(r"\n( {0,3}\S)")


def read_indented_code(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read lines indented by four columns."""
    found = source.take(_INDENTED)
    if not found or not found[0]:
        return False
    _add_code(parent, source, INDENTATION.sub("", _LAZY_START.sub(r" \1", found[0])))
    return True


def read_fenced_code(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read lines between fences; a fence that is never closed is text."""
    if not _CLOSING_FENCE.search(source.text, source.position + 1):
        return False
    found = source.take(_FENCED)
    if found:
        _add_code(parent, source, found[5])
    return bool(found)


def _add_code(parent: Element, source: Source, text: str) -> None:
    code = SubElement(add_block(parent, source, "pre"), "code")
    code.text = AtomicString(code_escape(text.removesuffix("\n")) + "\n")
