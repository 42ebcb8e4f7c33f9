"""What the pages must say, passage by passage, each with the line it was written on.

The content itself is asked, and the clinic's facts, not what the templates made of them: the proof
compares the finished file with this. The wording that comes with us is asked for only where it
heads a part of the brochure or is a sentence of its own; labels may stand beside what they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Location
from brochure.pages.codes import shown_address
from brochure.pages.composition import Passage, SectionPlace
from brochure.pages.filters import opening_hours
from brochure.pages.letters import initial_of
from brochure.pages.stock import Stock, edition_note, only_in
from brochure.settings import FILE_NAME

_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u "
    "var wbr".split()
)
"""What goes on in the same passage; every other element starts a new one."""
_LANDMARK_WORDS = 2
_SETTINGS = Location(path=FILE_NAME)


def treatment_place(
    treatment: Treatment, category: Category, stock: Stock, *, is_proved: bool = False
) -> SectionPlace:
    """A treatment's section: its title, subtitle, and all of its text, in order.

    If it `is_proved`, nobody asks for its passages, and there are none.
    """
    words = stock.language.wording
    head = _written(treatment, treatment.title, treatment.subtitle)
    return SectionPlace(
        anchor=treatment.anchor,
        title=treatment.title,
        place=treatment.place,
        passages=() if is_proved else (*head, *_body(treatment)),
        beside=(
            *(category.title, only_in(treatment, stock), words.back_to_overview),
            initial_of(treatment.title),
        ),
        direction=treatment.language.direction,
    )


def front_place(catalogue: Catalogue, stock: Stock) -> SectionPlace:
    """Cover, contents and overview: the clinic's name, and every title and card."""
    words, facts = stock.language.wording, stock.facts
    welcome = (words.welcome, *facts.welcome) if facts.welcome else ()
    passages = _said(facts.name, facts.tagline, stock.language.own_name, *welcome, words.contents)
    for category in catalogue.categories:
        passages += _said(category.title)
        for item in category.treatments:
            passages += _written(item, item.title)
    passages += _said(words.overview)
    for category in catalogue.categories:
        passages += _said(category.title)
        for item in category.treatments:
            passages += _written(item, item.card_title, item.card_subtitle)
    initials = (initial_of(item.title) for item in catalogue.treatments)
    return SectionPlace(
        anchor="cover",
        title=facts.name,
        place=_SETTINGS,
        passages=tuple(passages),
        beside=(words.contents, words.overview, *initials),
        direction=stock.language.direction,
    )


def back_place(stock: Stock) -> SectionPlace:
    """The back page: how to reach the clinic, and what its imprint says."""
    words, facts, clinic = stock.language.wording, stock.facts, stock.settings.clinic
    hours = (
        text
        for row in opening_hours(clinic.hours, stock.language)
        for text in (row.days, *(times for times, _ in _Reader(row.times).passages()))
    )
    people = (text for person in facts.practitioners for text in (person.name, person.role))
    ways = (*clinic.phones, *clinic.mobiles, clinic.email, _shown(clinic.web).rstrip("/"))
    imprint = f"{facts.imprint} {edition_note(stock)}".strip()
    texts = (words.contact, *facts.address, *hours, *ways, *people, _shown(clinic.booking))
    return SectionPlace(
        anchor="contact",
        title=words.contact,
        place=_SETTINGS,
        passages=tuple(_said(*texts, words.advice_note, imprint)),
        beside=(
            *(words.address, words.opening_hours, words.practitioners, words.book),
            *(words.phone, words.mobile, words.email, words.web, words.book_scan),
        ),
        direction=stock.language.direction,
    )


def _shown(address: str) -> str:
    """An address of the web without its scheme."""
    return address.rpartition("://")[2]


def _said(*texts: str) -> list[Passage]:
    """What is written in the clinic's settings, or comes with us."""
    return [Passage(text=text, place=_SETTINGS) for text in texts if text]


def _written(treatment: Treatment, *texts: str) -> list[Passage]:
    return [Passage(text=text, place=treatment.place) for text in texts if text]


def _body(treatment: Treatment) -> Iterator[Passage]:
    """Every paragraph, heading, list item and table cell, with the line that it is found on."""
    line, at = 0, 0
    for text, is_head in _Reader(treatment.body).passages():
        landmark = " ".join(text.split()[:_LANDMARK_WORDS])
        found = treatment.markdown.find(landmark, at)
        if found >= 0:
            line += treatment.markdown.count("\n", at, found)
            at = found
        yield Passage(text=text, place=_below(treatment, line), is_head=is_head)


def _below(treatment: Treatment, lines: int) -> Location:
    shown = treatment.markdown.split("\n")[lines]
    return replace(treatment.place, line=(treatment.place.line or 1) + lines, source_line=shown)


class _Reader(HTMLParser):
    """Cuts HTML into passages; a video is its address."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts = [""]
        self._heads: set[int] = set()
        self._is_in_head = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in_head |= tag == "thead"
        self._part_at(tag)
        self._parts[-1] += shown_address(dict(attrs).get("data-video") or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_in_head &= tag != "thead"
        self._part_at(tag)

    def handle_data(self, data: str) -> None:
        self._parts[-1] += data

    def _part_at(self, tag: str) -> None:
        if tag not in _INLINE:
            self._parts.append("")
            if self._is_in_head:
                self._heads.add(len(self._parts) - 1)

    def passages(self) -> Iterator[tuple[str, bool]]:
        """Every passage, in order, and whether it heads a table's column."""
        for number, part in enumerate(self._parts):
            if words := part.split():
                yield " ".join(words), number in self._heads
