"""Turns a paragraph followed by `: ` lines into a `dl`: each of its lines is a term."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from brochure.content.dialect.blocks import BLANK, TIGHT, BlockReader, add_block
from brochure.content.dialect.lists import Margin, drop_last_blank, first_line, item_start, outdent
from brochure.content.dialect.source import BLANK_LINES, BLOCK_END_MARKER, Source, pattern

DEFINITION_START = pattern(r" {0,3}:[\t| ].*?\n")


@dataclass(slots=True)
class Definition:
    """A definition while its lines are collected."""

    margin: Margin
    text: str
    after_blank: bool


def read_definition_list(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read all definitions that follow a paragraph."""
    if not _has_terms(parent):
        return False
    after_blank = parent[-1].tag == BLANK
    if after_blank:
        parent.remove(parent[-1])
    terms = (parent[-1].text or "").split("\n")
    parent.remove(parent[-1])
    listing = _listing(parent, source)
    for term in terms:
        SubElement(listing, "dt").text = term
    blank = None
    for definition in _collect(source, after_blank):
        element = SubElement(listing, "dd")
        reader.parseChunk(element, definition.text)
        if len(element):
            blank = drop_last_blank(element)
            _settle_tightness(element, definition)
    if blank is not None:
        parent.append(blank)
    return True


def _has_terms(parent: Element) -> bool:
    """Say whether a paragraph stands here, with at most one blank line after it."""
    if len(parent) and parent[-1].tag == "p":
        return True
    if len(parent) < 2:
        return False
    return parent[-1].tag == BLANK and parent[-1].text == "\n" and parent[-2].tag == "p"


def _listing(parent: Element, source: Source) -> Element:
    """Continue the definition list that stands just before the terms, or start one."""
    before = [child for child in parent[-2:] if child.tag != BLANK]
    if before and before[-1].tag == "dl":
        if parent[-1].tag == BLANK:
            parent.remove(parent[-1])
        return parent[-1]
    return add_block(parent, source, "dl")


def _collect(source: Source, after_blank: bool) -> list[Definition]:
    definitions: list[Definition] = []
    start = item_start("dl", 4)
    last_is_blank = False
    while not source.at_end() and not source.see(BLOCK_END_MARKER):
        if found := source.take(start):
            text, margin = first_line(found[1], found[2])
            definitions.append(Definition(margin, text, after_blank))
            start = item_start("dl", margin.width)
            after_blank = last_is_blank = False
        elif line := _definition_line(source, definitions[-1].margin, last_is_blank):
            definitions[-1].text += outdent(line[0], definitions[-1].margin.width)[0]
            after_blank = last_is_blank = False
        elif blank := source.take(BLANK_LINES):
            definitions[-1].text += blank[0]
            after_blank = last_is_blank = True
        else:
            break
    return definitions


def _definition_line(source: Source, margin: Margin, after_blank: bool) -> re.Match[str] | None:
    found = source.take(margin.indented)
    if not found and not after_blank:
        found = source.take(margin.lazy)
    return found


def _settle_tightness(element: Element, definition: Definition) -> None:
    """Mark a definition's first paragraph as tight unless a blank line stands before it."""
    if len(element) and element[0].tag == "p" and not definition.after_blank:
        element[0].set(TIGHT, "")
        if len(element) > 1:
            element[0].text = f"{element[0].text}\n"
