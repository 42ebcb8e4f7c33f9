"""Turns Markdown text into a tree of blocks, each still holding its running text unread.

Python-Markdown cuts the text at blank lines before a block processor sees it; kramdown does not,
and its lists depend on that. So this parser takes the place of Python-Markdown's own: it offers
the text line by line to a table of constructs, in kramdown's order, until one takes something.

The tree may hold three kinds of element that are never printed and that later constructs look
at: BLANK (blank lines, as text), BOUNDARY (a `^` line) and UNSEEN (an attribute list or a
definition). `sweep` takes them out. ATTRIBUTED on a block holds its attribute list; a first
paragraph that a list item prints without `<p>` carries TIGHT.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.util import STX

from brochure.content.dialect.definitions import Definitions
from brochure.content.dialect.source import BLOCK_BOUNDARY, Source

if TYPE_CHECKING:
    from markdown import Markdown

BLANK, BOUNDARY, UNSEEN = "blank", "boundary", "unseen"
NEVER_PRINTED = frozenset((BLANK, BOUNDARY, UNSEEN))
# Blocks inside this many others are paragraphs: no page shows them, and the stack has an end.
DEEPEST = 40
# No attribute that a text writes can be called so: STX does not survive from the source.
ATTRIBUTED, TIGHT = f"{STX}attributed", f"{STX}tight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Construct:
    """A kind of block: how it starts, and what reads it (False: it is something else).

    Most lines start with a letter; few constructs do, and only those are tried on them.
    """

    start: re.Pattern[str]
    read: Callable[["BlockReader", Element, Source], bool]
    may_start_with_letter: bool = False


class BlockReader(BlockParser):
    """Python-Markdown's block parser, reading as kramdown does."""

    def __init__(self, md: "Markdown", constructs: tuple[Construct, ...]) -> None:
        super().__init__(md)
        self.constructs = constructs
        self.constructs_of_letters = tuple(c for c in constructs if c.may_start_with_letter)
        self.definitions = Definitions()
        self.depth = 0

    def parseChunk(self, parent: Element, text: str) -> None:
        """Read all blocks of a text into a parent."""
        self.depth += 1
        source = Source(text)
        while not source.at_end():
            self._read_one(parent, source)
        self.depth -= 1

    def read_until_closed(self, parent: Element, source: Source) -> None:
        """Read blocks into a parent until the source's open HTML element has ended."""
        self.depth += 1
        while source.open_element and not source.at_end():
            self._read_one(parent, source)
        self.depth -= 1

    def _read_one(self, parent: Element, source: Source) -> None:
        text, position = source.text, source.position
        for construct in self._constructs(text[position]):
            if construct.start.match(text, position) and construct.read(self, parent, source):
                return
        raise AssertionError("the paragraph construct takes any line")

    def _constructs(self, first: str) -> tuple[Construct, ...]:
        if self.depth > DEEPEST:
            return self.constructs[-1:]
        return self.constructs_of_letters if first.isalpha() else self.constructs


def add_block(parent: Element, source: Source, tag: str, text: str | None = None) -> Element:
    """Append a block; an attribute list that stood before it is now its own."""
    block = SubElement(parent, tag)
    block.text = text
    if source.waiting_attributes is not None:
        block.set(ATTRIBUTED, source.waiting_attributes)
        source.waiting_attributes = None
    return block


def last_block(parent: Element) -> Element | None:
    """Return what was read before, if anything was."""
    return parent[-1] if len(parent) else None


def after_boundary(parent: Element, source: Source) -> bool:
    """Say whether a block that must stand alone may start here."""
    previous = last_block(parent)
    if previous is None or source.waiting_attributes is not None:
        return True
    return previous.tag in (BLANK, BOUNDARY)


def before_boundary(source: Source) -> bool:
    """Say whether a block that must stand alone may end here."""
    return source.see(BLOCK_BOUNDARY) is not None


def sweep(parent: Element) -> None:
    """Take out what is never printed, all the way down.

    So goes a list marked `{:toc}`: the site puts links to the page's headings in its place.
    """
    for child in list(parent):
        if child.tag in NEVER_PRINTED or _is_contents_list(child):
            parent.remove(child)
        else:
            child.attrib.pop(ATTRIBUTED, None)
            sweep(child)


def _is_contents_list(block: Element) -> bool:
    return block.tag in ("ul", "ol") and "toc" in block.get(ATTRIBUTED, "").split()
