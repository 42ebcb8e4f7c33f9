"""What the pages must say, passage by passage, each with the line it was written on.

The content itself is asked, and the clinic's facts, not what the templates made of them: the proof
compares the finished file with this. The wording that comes with us is asked for only where it
heads a part of the brochure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Location
from brochure.pages.codes import shown_address
from brochure.pages.composition import Passage, SectionPlace
from brochure.pages.stock import Stock, only_in
from brochure.settings import FILE_NAME

_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u "
    "var wbr".split()
)
"""What goes on in the same passage; every other element starts a new one."""
_LANDMARK_WORDS = 2
_SETTINGS = Location(path=FILE_NAME)


def treatment_place(treatment: Treatment, category: Category, stock: Stock) -> SectionPlace:
    """A treatment's section: its title, subtitle, and all of its text, in order."""
    words = stock.language.wording
    return SectionPlace(
        anchor=treatment.anchor,
        title=treatment.title,
        place=treatment.place,
        passages=(*_written(treatment, treatment.title, treatment.subtitle), *_body(treatment)),
        beside=(category.title, only_in(treatment, stock), words.back_to_overview),
        direction=treatment.language.direction,
    )


def front_place(catalogue: Catalogue, stock: Stock) -> SectionPlace:
    """Cover, contents and overview: the clinic's name, and every title and card."""
    words, facts = stock.language.wording, stock.facts
    texts = [facts.name, facts.tagline, stock.language.own_name, words.contents, words.overview]
    texts += [words.welcome, *facts.welcome] if facts.welcome else []
    passages = [Passage(text=text, place=_SETTINGS) for text in texts if text]
    for category in catalogue.categories:
        passages += [Passage(text=category.title, place=_SETTINGS)] * 2
        for item in category.treatments:
            passages += _written(item, item.title, item.card_title, item.card_subtitle)
    return SectionPlace(
        anchor="cover",
        title=facts.name,
        place=_SETTINGS,
        passages=tuple(passages),
        is_in_order=False,
        direction=stock.language.direction,
    )


def back_place(stock: Stock) -> SectionPlace:
    """The back page: how to reach the clinic."""
    words, facts, clinic = stock.language.wording, stock.facts, stock.settings.clinic
    people = (text for person in facts.practitioners for text in (person.name, person.role))
    web = clinic.web.rpartition("://")[2].rstrip("/")
    ways = (*clinic.phones, *clinic.mobiles, clinic.email, web)
    texts = (words.contact, *facts.address, *ways, *people)
    return SectionPlace(
        anchor="contact",
        title=words.contact,
        place=_SETTINGS,
        passages=tuple(Passage(text=text, place=_SETTINGS) for text in texts if text),
        is_in_order=False,
        direction=stock.language.direction,
    )


def _written(treatment: Treatment, *texts: str) -> list[Passage]:
    return [Passage(text=text, place=treatment.place) for text in texts if text]


def _body(treatment: Treatment) -> Iterator[Passage]:
    """Every paragraph, heading, list item and table cell, with the line that it is found on."""
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
        yield Passage(text=text, place=_below(treatment, line))


def _below(treatment: Treatment, lines: int) -> Location:
    shown = treatment.markdown.split("\n")[lines]
    return replace(treatment.place, line=(treatment.place.line or 1) + lines, source_line=shown)


class _Reader(HTMLParser):
    """Cuts HTML into passages; a video is its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._parts.append("\0")
        if address := dict(attrs).get("data-video"):
            self._parts.append(shown_address(address))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._parts.append("\0")

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def passages(self) -> Iterator[str]:
        for text in "".join(self._parts).split("\0"):
            if words := text.split():
                yield " ".join(words)
