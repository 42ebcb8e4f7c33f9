"""The values that the catalogue hands on: everything one language's brochure says, in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from brochure.content.markdown import render
from brochure.content.sanitise import sanitise
from brochure.diagnostics import Location
from brochure.languages import Language

_UNFIT = re.compile(r"[^\w-]")


def _anchor(name: str) -> str:
    """`face/peeling` as `face.peeling`, fit for links and CSS; two names never come out alike."""
    parts = name.split("/")
    return ".".join(_UNFIT.sub(lambda sign: f"_{ord(sign[0]):x}_", part) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The content file that a treatment was made from; `path` is the one shown to users."""

    path: str
    file: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPicture:
    """A picture inside a text: the name that the text uses, and its file."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who stands behind a text, and for how long; empty where the front matter does not say."""

    version: str = ""
    reviewed: datetime.date | None = None
    next_review: datetime.date | None = None
    reviewed_by: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """One treatment in one language.

    `key` is the same in every language; `section` is the key of the treatment whose section prints
    it, another one's where the same treatment stands in two categories. `language` is the one that
    the text is written in: not the catalogue's where the default language's text stands in for a
    missing translation. `languages` are all of the clinic's that there is a text in. `focus` is
    the point, in per cent from the picture's left and top, that a crop keeps in view; `markdown`
    is the text as it was written.
    """

    key: str
    section: str
    slug: str
    page_id: str
    language: Language
    languages: tuple[Language, ...]
    is_outdated: bool
    review: Review
    title: str
    subtitle: str
    card_title: str
    card_subtitle: str
    alt: str
    picture: Path | None
    thumbnail: Path | None
    focus: tuple[float, float]
    markdown: str
    body_pictures: tuple[BodyPicture, ...]
    source: Source
    place: Location

    @cached_property
    def body(self) -> str:
        """The text as sanitised HTML whose headings start at h2; only pages ask for it."""
        return sanitise(render(self.markdown, quotes=astuple(self.language.quotes)))

    @property
    def anchor(self) -> str:
        """The name of its section inside a PDF."""
        return _anchor(self.section)

    @property
    def card_anchor(self) -> str:
        """The name of its card, which is its own even where the section is another's."""
        return _anchor(self.key)

    @property
    def is_repeat(self) -> bool:
        """Whether its section is printed in another category."""
        return self.key != self.section


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A group of treatments; `hue` is its base colour as `#rrggbb`."""

    slug: str
    title: str
    hue: str
    treatments: tuple[Treatment, ...]

    @property
    def anchor(self) -> str:
        """The name of its band in the overview inside a PDF."""
        return _anchor(f"category-{self.slug}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that one language's brochure prints of the clinic's content."""

    language: Language
    categories: tuple[Category, ...]

    @property
    def treatments(self) -> Iterator[Treatment]:
        """Every treatment that has a section, in the order of print."""
        for category in self.categories:
            yield from (item for item in category.treatments if not item.is_repeat)
