"""Turns running text into inline elements, from left to right as kramdown does.

Python-Markdown runs one pattern after the other over the whole text; kramdown reads once, and at
each place the first mark of a table that starts there is used. That decides what `**bold:**text`,
a quote next to a star or a bracket inside code means, so this reader takes the place of
Python-Markdown's inline processor.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from brochure.content.dialect.definitions import Definitions
from brochure.content.dialect.source import pattern
from brochure.languages import Quotes

# Where any mark may start; everything between is plain text. Each alternative starts with one
# certain character, as only then is the search fast.
MARK_START = pattern(r"""\*|_|`|<|\[|\$|&|\\|"|'|!\[|\{:|--|\.\.\.|>>| <<| >>|  (?=\n)|~~""")

# Inside this many open elements the next one is text: no reader follows it, nor does the stack.
MOST_OPEN = 40

# What reading a text may cost: so many steps for each character, and some more. A clinic's text
# takes a tenth of a step for each; marks that are opened and never closed take any number.
STEPS_PER_CHARACTER, MORE_STEPS = 2, 500

# What an open HTML element is called among the open kinds; all others go by their tag.
HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A kind of inline mark: how it starts, and what reads it into an element.

    `first` are the characters that it can start with.
    """

    first: str
    start: re.Pattern[str]
    read: Callable[["SpanReader", Element, re.Match[str]], None]


class Marks:
    """Marks in the order in which they are tried, sorted by the character they start with."""

    __slots__ = ("_all", "_by_first")

    def __init__(self, *marks: Mark) -> None:
        self._all = marks
        firsts = {first for mark in marks for first in mark.first}
        self._by_first = {
            first: tuple(mark for mark in marks if first in mark.first) for first in firsts
        }

    def at(self, text: str, position: int) -> tuple[Mark, ...]:
        """Return what may start here; a quote is read with the character before it."""
        if text[position + 1 : position + 2] in _QUOTES:
            return self._all
        return self._by_first.get(text[position], ())


_QUOTES = ("'", '"')
NO_MARKS = Marks()

Stop = Callable[["SpanReader", Element, re.Match[str]], bool]


class TooTangledError(Exception):
    """Reading a mark has cost more than a text that somebody means can cost."""


@dataclass(slots=True)
class Effort:
    """How many more steps may be taken; what is read apart counts as well."""

    left: int = 0

    def spend(self) -> None:
        """Take one step."""
        self.left -= 1
        if self.left < 0:
            raise TooTangledError


@dataclass(slots=True)
class SpanReader:
    """A running text, the position in it, and which elements are open around that position."""

    text: str
    marks: Marks
    definitions: Definitions
    quotes: Quotes
    position: int = 0
    open_kinds: list[str] = field(default_factory=list)
    open_inner_quotes: int = 0
    failed: set[tuple[object, ...]] = field(default_factory=set)
    effort: Effort = field(default_factory=Effort)
    all_marks: Marks = NO_MARKS

    def __post_init__(self) -> None:
        if self.all_marks is NO_MARKS:
            self.all_marks = self.marks
            self.effort = Effort(left=MORE_STEPS + STEPS_PER_CHARACTER * len(self.text))

    def read(
        self, element: Element, ends: re.Pattern[str] | None = None, stop: Stop | None = None
    ) -> bool:
        """Read into an element up to where `ends` matches and `stop` agrees, or to the end."""
        while self.position < len(self.text):
            self.effort.spend()
            found = MARK_START.search(self.text, self.position)
            end = ends.search(self.text, self.position) if ends else None
            if found is None and end is None:
                break
            mark_start = self._start_of(found) if found else len(self.text)
            self._take_text(element, min(mark_start, end.start()) if end else mark_start)
            if end and end.start() == self.position and (not stop or stop(self, element, end)):
                return True
            if self.open_kinds:
                self._read_mark(element)
            else:
                self._read_outermost_mark(element)
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

    def _start_of(self, found: re.Match[str]) -> int:
        """Return where a mark starts; the character before a straight quote belongs to it."""
        start = found.start()
        return start - 1 if start > self.position and found[0] in _QUOTES else start

    def read_part(self, element: Element, kind: str, text: str) -> None:
        """Read a text that stands for itself inside this one."""
        part = replace(
            self, text=text, position=0, open_kinds=[*self.open_kinds, kind], failed=set()
        )
        part.read(element)

    def _take_text(self, element: Element, end: int) -> None:
        add_text(element, self.text[self.position : end])
        self.position = end

    def _read_outermost_mark(self, element: Element) -> None:
        """Read a mark; if that is too tangled, it and all that follow are text."""
        start, children = self.position, len(element)
        try:
            self._read_mark(element)
        except TooTangledError:
            del element[children:]
            self.position, self.marks = start, NO_MARKS
            self.effort = Effort(left=sys.maxsize)

    def _read_mark(self, element: Element) -> None:
        for mark in self.marks.at(self.text, self.position):
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
