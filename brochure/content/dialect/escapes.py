"""Reads backslash escapes, hard line breaks, HTML entities and mathematics."""

import html
import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE

from brochure.content.dialect.source import WHITESPACE, pattern
from brochure.content.dialect.spans import HTML, SpanReader, add_text

ESCAPED = pattern(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")
HARD_BREAK = pattern(r"(?:  |\\\\|\\)(?=\n)")
ENTITY = pattern(r"&(?:[\w:][-\w.:]*|#\d+|#x[0-9a-fA-F]+);")
MATHEMATICS = pattern(r"\$\$(.*?)\$\$", re.DOTALL)


def read_escape(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read an escaped character as itself."""
    add_text(element, found[1])
    reader.position = found.end()


def read_hard_break(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read two spaces or a backslash at a line's end.

    As in kramdown, a single backslash is text inside HTML, and a last one just goes.
    """
    reader.position = found.end()
    if found[0] != "\\":
        SubElement(element, "br")
    elif HTML in reader.open_kinds:
        add_text(element, found[0])
    elif reader.position + 1 < len(reader.text):
        SubElement(element, "br")


def read_entity(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read `&eacute;` as its character; an unknown name as text."""
    character = html.unescape(found[0])
    known = character != found[0] and not character.endswith(";")
    literal = character if known or found[0] == "&semi;" else found[0]
    add_text(element, literal.replace("&", AMP_SUBSTITUTE + "amp;"))
    reader.position = found.end()


def read_mathematics(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read `$$…$$` as the site's page holds it."""
    add_text(element, rf"\({found[1].strip(WHITESPACE)}\)")
    reader.position = found.end()
