"""A part: some pages of a brochure, finished but for what only the whole can know.

Its objects stand in the form in which they are written, with holes for the numbers of others
(ISO 32000-2, 7.3.10): those of the same part, those that all parts share, and keys of the parent
tree (14.7.5.4). Its first page may be a recto or a verso: of what is round the text there is one
for either side of the leaf, and the number of the page is drawn when it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from brochure.diagnostics import Diagnostic
from brochure.pdf.engine import Bookmark
from brochure.pdf.font_codes import Code
from brochure.pdf.overflow import Folio, PageText


class Hole(IntEnum):
    """What a number in a form stands for; the index says which one of its kind."""

    OBJECT = 0
    """An object of the part."""
    FACE = 1
    """A font that parts share, by its place in `Part.faces`."""
    KEY = 2
    """A key of the parent tree."""
    PAGES = 3
    """The root of the page tree."""
    DOCUMENT = 4
    """The element of the whole document."""

    def at(self, index: int = 0) -> int:
        """The hole of this kind with this index, as a form keeps it."""
        return self << _INDEX_BITS | index


_INDEX_BITS = 24


class Form(NamedTuple):
    """An object as it is written, each hole as `%d`, and what fills them."""

    text: bytes
    holes: tuple[int, ...] = ()
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """Where a page's number is drawn, in the page's own space, and with what.

    `x` is where the number of the part began, `width` how wide it was and `share` how much of the
    difference lies before another. `state` are the operators that say how, as they are written.
    """

    state: bytes
    matrix: tuple[float, ...]
    face: str
    size: float
    width: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSide:
    """A page on one side of the leaf: its boxes as they are written, and what is round its text.

    `ground` and `margins` are the streams that are drawn before and behind the text, by object;
    the page's number, if it has one, is drawn behind the first of `margins`. `folio` is where.
    """

    boxes: bytes
    ground: tuple[int, ...]
    margins: tuple[int, ...]
    number: PageNumber | None
    folio: Folio | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage:
    """A page: its object and the stream of its text, its sides, how full it is.

    The object lacks its boxes and what it draws: that depends on the side. The first one is the
    side that the page is on if the part begins on a recto.
    """

    number: int
    text: int
    sides: tuple[PartSide, PartSide]
    extent: PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceUse:
    """What a part shows in one font: the meanings of its codes, and what the font is.

    `name` is what the pages call it, `file` the font file's name, `traits` is the rest of the
    descriptor (9.8), `ascent` and `descent` in thousandths of the type size.
    """

    name: str
    base_font: str
    file: str
    traits: bytes
    ascent: int
    descent: int
    codes: dict[int, Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A named place (12.3.2.4): a page of the part, and how it is shown, as it is written."""

    name: bytes
    page: int
    view: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some pages of a brochure.

    `top` are the structure elements that belong to the document's, by object; `rows` what each
    key of the parent tree leads to; `intents` the object with the output intents, if there is one.
    `starts` gives the page of the part on which each section begins, `readings` what was read on
    each page when the part was proved; there are none if it was not.
    """

    objects: tuple[Form, ...]
    pages: tuple[PartPage, ...]
    faces: tuple[FaceUse, ...]
    top: tuple[int, ...]
    rows: tuple[Form, ...]
    bookmarks: tuple[Bookmark, ...]
    destinations: tuple[Destination, ...]
    intents: int | None
    starts: tuple[tuple[str, int], ...]
    faults: tuple[Diagnostic, ...]
    readings: tuple[str, ...] = ()
