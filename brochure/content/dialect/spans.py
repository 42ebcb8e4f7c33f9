"""Turns running text into inline elements, from left to right as kramdown does.

Python-Markdown runs one pattern after the other over the whole text; kramdown reads once, and at
each place the first mark of a table that starts there is used. That decides what `**bold:**text`,
a quote next to a star or a bracket inside code means, so this reader takes the place of
Python-Markdown's inline processor.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from brochure.content.dialect.definitions import Definitions
from brochure.content.dialect.source import pattern
from brochure.languages import Quotes

# Where any mark may start; everything between is plain text.
MARK_START = pattern(r"[*_`<\[$&\\]|!\[|[^\\]?[\"']|\{:|--|\.\.\.| ?(?:<<|>>)|  (?=\n)|~~")

# Inside this many open elements the next one is text: no reader follows it, nor does the stack.
MOST_OPEN = 40

# What an open HTML element is called among the open kinds; all others go by their tag.
HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A kind of inline mark: how it starts, and what reads it into an element."""

    start: re.Pattern[str]
    read: Callable[["SpanReader", Element, re.Match[str]], None]


Stop = Callable[["SpanReader", Element, re.Match[str]], bool]


@dataclass(slots=True)
class SpanReader:
    """A running text, the position in it, and which elements are open around that position."""

    text: str
    marks: tuple[Mark, ...]
    definitions: Definitions
    quotes: Quotes
    position: int = 0
    open_kinds: list[str] = field(default_factory=list)
    open_inner_quotes: int = 0
    failed: set[tuple[object, ...]] = field(default_factory=set)

    def read(
        self, element: Element, ends: re.Pattern[str] | None = None, stop: Stop | None = None
    ) -> bool:
        """Read into an element up to where `ends` matches and `stop` agrees, or to the end."""
        while self.position < len(self.text):
            found = MARK_START.search(self.text, self.position)
            end = ends.search(self.text, self.position) if ends else None
            if found is None and end is None:
                break
            self._take_text(element, min(m.start() for m in (found, end) if m))
            if end and end.start() == self.position and (not stop or stop(self, element, end)):
                return True
            self._read_mark(element)
        if ends is None:
            self._take_text(element, len(self.text))
        return False

    def try_within(
        self, kind: str, element: Element, ends: re.Pattern[str], stop: Stop, attempt: object
    ) -> bool:
        """Read into an element, unless the same attempt, inside the same kinds, has failed.

        Without that memory a line of unclosed marks would take exponential time.
        """
        known = (attempt, frozenset(self.open_kinds), *self.open_kinds[-1:])
        if known in self.failed or self.is_too_deep():
            return False
        closed = self.read_within(kind, element, ends, stop)
        if not closed:
            self.failed.add(known)
        return closed

    def is_too_deep(self) -> bool:
        """Say whether another element may not be opened here."""
        return len(self.open_kinds) >= MOST_OPEN

    def read_within(self, kind: str, element: Element, ends: re.Pattern[str], stop: Stop) -> bool:
        """Read into an element that counts as open while it is read."""
        self.open_kinds.append(kind)
        try:
            return self.read(element, ends, stop)
        finally:
            self.open_kinds.pop()

    def read_part(self, element: Element, kind: str, text: str) -> None:
        """Read a text that stands for itself inside this one."""
        part = replace(
            self, text=text, position=0, open_kinds=[*self.open_kinds, kind], failed=set()
        )
        part.read(element)

    def _take_text(self, element: Element, end: int) -> None:
        add_text(element, self.text[self.position : end])
        self.position = end

    def _read_mark(self, element: Element) -> None:
        for mark in self.marks:
            if found := mark.start.match(self.text, self.position):
                mark.read(self, element, found)
                return
        self._take_text(element, self.position + 1)


def add_text(element: Element, text: str) -> None:
    """Append text to an element, behind whatever it holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def is_empty(element: Element) -> bool:
    """Say whether nothing has been read into an element."""
    return not len(element) and not element.text
