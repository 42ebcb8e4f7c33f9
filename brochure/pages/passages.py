"""What a treatment's pages must say: its content, passage by passage, each with its line.

The content itself is asked, not what the templates made of it: the proof compares the finished
file with this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from brochure.catalogue.model import Treatment
from brochure.diagnostics import Location
from brochure.pages.composition import Passage

_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u "
    "var wbr".split()
)
"""What goes on in the same passage; every other element starts a new one."""
_LANDMARK_WORDS = 2


def passages_of(treatment: Treatment) -> tuple[Passage, ...]:
    """Title, subtitle, and every paragraph, heading, list item and table cell."""
    head = [
        Passage(text=text, place=treatment.place)
        for text in (treatment.title, treatment.subtitle)
        if text
    ]
    return (*head, *_body(treatment))


def _body(treatment: Treatment) -> Iterator[Passage]:
    reader = _Reader()
    reader.feed(treatment.body)
    reader.close()
    line, at = 0, 0
    for text in reader.passages():
        landmark = " ".join(text.split()[:_LANDMARK_WORDS])
        found = treatment.markdown.find(landmark, at)
        if found >= 0:
            line += treatment.markdown.count("\n", at, found)
            at = found
        yield Passage(text=text, place=_below(treatment.place, line))


def _below(place: Location, lines: int) -> Location:
    return replace(place, line=(place.line or 1) + lines, source_line="")


class _Reader(HTMLParser):
    """Cuts HTML into passages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._parts.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._parts.append("\0")

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def passages(self) -> Iterator[str]:
        for text in "".join(self._parts).split("\0"):
            if words := text.split():
                yield " ".join(words)
