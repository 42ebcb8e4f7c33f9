"""A body's blocks as the page shows them, each with its line: what checks look at.

The dialect's own block reader is asked, so that an item counts here exactly if it is one on the
page; the running text stays as it is written, which is what makes lines easy to find and the
reading three times as fast as rendering.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TEXTS = frozenset(("p", "dt", "td", "th", *_HEADINGS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, table cell, or the text of a list item; `text` is as written.

    `line` counts from 1 in the body; `level` is a heading's, 0 for all else.
    """

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item: its line in the body, the start of its text, and the lists inside it."""

    line: int
    text: str
    lists: tuple[ListOutline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOutline:
    """A list and everything nested in it."""

    items: tuple[ListItem, ...]

    @property
    def line(self) -> int:
        """The line of its first item."""
        return self.items[0].line


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A body's blocks in the order of reading, and its outermost lists."""

    blocks: tuple[Block, ...]
    lists: tuple[ListOutline, ...]


@lru_cache(maxsize=64)
def outline_of(body: str) -> Outline:
    """Read a body's structure; a translation's source is asked for once for each translation."""
    from markdown import Markdown

    from brochure.content.dialect import KramdownDialect
    from brochure.content.dialect.blocks import sweep
    from brochure.languages import Quotes

    dialect = KramdownDialect(quotes=Quotes(), first_heading_level=2)
    markdown = Markdown(extensions=[dialect], output_format="html")
    lines = body.split("\n")
    for step in markdown.preprocessors:
        lines = step.run(lines)
    root = markdown.parser.parseDocument(lines).getroot()
    assert root is not None, "a document always has a root"
    sweep(root)
    walk = _Walk(body)
    lists = tuple(walk.read(root))
    return Outline(blocks=tuple(walk.blocks), lists=lists)


class _Walk:
    """Goes through the tree once; the place in the body only ever moves on."""

    def __init__(self, body: str) -> None:
        self.blocks: list[Block] = []
        self._body = body
        self._at, self._line = 0, 1

    def read(self, parent: Element) -> Iterator[ListOutline]:
        """Read what stands below `parent`; gives the lists that are not inside another one."""
        for child in parent:
            if child.tag in ("ul", "ol"):
                yield self._read_list(child)
                continue
            if child.tag in _TEXTS and child.text:
                self._add(child.tag, child.text)
            yield from self.read(child)

    def _read_list(self, listing: Element) -> ListOutline:
        return ListOutline(items=tuple(self._item(item) for item in listing))

    def _item(self, item: Element) -> ListItem:
        before = len(self.blocks)
        lists = tuple(self.read(item))
        first = self.blocks[before] if len(self.blocks) > before else None
        if first is None:
            return ListItem(line=self._line, text="", lists=lists)
        return ListItem(line=first.line, text=first.text, lists=lists)

    def _add(self, tag: str, text: str) -> None:
        start = text.lstrip().partition("\n")[0].strip()
        found = self._body.find(start, self._at)
        if found >= 0:
            self._line += self._body.count("\n", self._at, found)
            self._at = found
        self.blocks.append(Block(text=text, line=self._line, level=_HEADINGS.get(tag, 0)))
        if found >= 0:
            self._at = found + len(start)
