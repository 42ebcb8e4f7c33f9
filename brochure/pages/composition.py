"""What the pages room hands on: HTML, styles and resources, complete, nothing left to look up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from brochure.diagnostics import Location
from brochure.languages import Direction
from brochure.measures import PageFormat
from brochure.pages.edition import Edition
from brochure.printers import Spot
from brochure.typefaces import Family

ADDRESS = "brochure:"
"""The scheme of resource addresses inside the HTML; no file and no network answers to it."""
TIGHTNESS = "\ufdd0"
"""Where in the HTML a level of tightness goes: a sign that no text has (Unicode 23.7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Which pages of a brochure to compose; `sections` are the anchors of treatments."""

    has_front: bool = False
    sections: frozenset[str] = frozenset()
    has_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file that the HTML names as `brochure:name`."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style sheet; `name` is its file, for diagnostics."""

    name: str
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A title, paragraph, list item or table cell as the clinic wrote it, and its line.

    `is_head` is what heads a table's column: it comes again on the table's next page.
    """

    text: str
    place: Location
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlace:
    """Where the section with this anchor was written, for diagnostics about its pages.

    `passages` is what its pages must say, in order; `beside` is what they may say besides, also
    more than once. `direction` is its lines'.
    """

    anchor: str
    title: str
    place: Location
    passages: tuple[Passage, ...] = ()
    beside: tuple[str, ...] = ()
    direction: Direction = Direction.LTR


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Everything the layout engine needs for one document.

    `families` are the only fonts it may use; `link_texts` says in words where the link to an
    anchor leads; title, author, subject, keywords and date become the PDF's metadata; date and
    `version` tell one print from the next. `spots` are inks of their own, painted as their
    alternates: what has exactly the inks of one, or of a tint of it, is printed with the spot.
    Pictures may run past the bleed; what lies outside is for the PDF to clip. `front` is what
    stands before the first section.
    """

    html: str
    styles: tuple[Style, ...]
    resources: tuple[Resource, ...]
    sections: tuple[SectionPlace, ...]
    families: tuple[Family, ...]
    edition: Edition
    page_format: PageFormat
    language: str
    link_texts: tuple[tuple[str, str], ...]
    direction: Direction
    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    date: datetime.date | None
    spots: tuple[Spot, ...] = ()
    version: str = ""
    front: SectionPlace | None = None
    digits: str = "0123456789"
