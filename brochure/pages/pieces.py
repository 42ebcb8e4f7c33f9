"""A treatment's HTML taken apart: texts, tags and whole elements that are left as they are.

Pictures get the address of their prepared copy on the way, a video becomes a code to scan, and a
column set to a side is set to where its lines start or end. Code, and what names its own language
or direction, is not looked into.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from brochure.languages import Direction, Language
from brochure.pages.bidi import BARRIER
from brochure.pages.codes import video
from brochure.pages.inline import Piece, Tag

_INLINE = frozenset(
    "a abbr b bdi code del em i ins kbd mark q s small span strong sub sup u".split()
)
_VERBATIM = frozenset("bdi code kbd pre".split())
_CODE = frozenset("code kbd".split())
_VOID = frozenset("br hr img".split())
_CELLS = frozenset("td th".split())
Attribute = tuple[str, str | None]
_SIDES: dict[Attribute, Attribute | None] = {
    ("align", "left"): None,
    ("align", "right"): ("class", "to-end"),
}
"""Markdown's left is where a line starts, in either direction; its right is where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Tag):
    """A tag that begins or ends a line; `own` if it names its language or direction itself."""

    name: str
    own: bool = False


def pieces_of(
    html: str, language: Language, picture_address: Callable[[str], str | None], title: str
) -> list[Piece]:
    """The pieces of sanitised HTML; a picture without an address is left out.

    `title` describes a picture that has no description of its own.
    """
    reader = _Reader(language, picture_address, title)
    reader.feed(html)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Takes HTML apart into texts and tags, changing pictures and videos on the way."""

    def __init__(
        self, language: Language, picture_address: Callable[[str], str | None], title: str
    ) -> None:
        super().__init__(convert_charrefs=True)
        self._title = title
        self.pieces: list[Piece] = []
        self._language, self._picture_address = language, picture_address
        self._kept: list[str] = []
        self._kept_open: list[str] = []
        self._in_video = False

    def handle_starttag(self, tag: str, attrs: list[Attribute]) -> None:
        if tag == "img":
            attrs = self._picture(attrs)
            if not attrs:
                return
        if tag in _CELLS:
            attrs = _turned(attrs)
        named = dict(attrs)
        if address := named.get("data-video"):
            shown = video(address, self._language)
            self.pieces.append(Block(html=shown, name="div"))
            self._in_video = True
            return
        own = "lang" in named or "dir" in named
        if tag in _CODE and not own and self._language.direction is Direction.RTL:
            attrs = [*attrs, ("dir", Direction.LTR.value)]
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self._open(tag, f"<{tag}{written}>", own, "class" in named)

    def _open(self, tag: str, html: str, own: bool, ours: bool) -> None:
        if self._kept_open or tag in _VERBATIM or (tag in _INLINE and (own or ours)):
            self._keep(tag, html)
        elif tag in _INLINE:
            self.pieces.append(Tag(html=html, opens=True))
        elif tag in ("br", "img"):
            self.pieces.append(Tag(html=html, stands_for="\n" if tag == "br" else BARRIER))
        else:
            self.pieces.append(Block(html=html, opens=tag not in _VOID, name=tag, own=own))

    def _keep(self, tag: str, html: str) -> None:
        """Begin, or go on with, an element that is left as it is."""
        self._kept.append(html)
        if tag not in _VOID:
            self._kept_open.append(tag)

    def _picture(self, attrs: list[Attribute]) -> list[Attribute]:
        named = dict(attrs)
        address = self._picture_address(named.get("src") or "")
        return [("src", address), ("alt", named.get("alt") or self._title)] if address else []

    def handle_endtag(self, tag: str) -> None:
        html = f"</{tag}>"
        if self._in_video and tag == "p":
            self._in_video = False
        elif self._kept_open:
            self._kept.append(html)
            self._kept_open.pop()
            if not self._kept_open:
                self.pieces.append(Tag(html="".join(self._kept), stands_for=BARRIER))
                self._kept.clear()
        elif tag in _INLINE:
            self.pieces.append(Tag(html=html, closes=True))
        else:
            self.pieces.append(Block(html=html, closes=True, name=tag))

    def handle_data(self, data: str) -> None:
        if self._kept_open:
            self._kept.append(escape(data, quote=False))
        else:
            self.pieces.append(data)


def _turned(attrs: list[Attribute]) -> list[Attribute]:
    """A cell's attributes with a side of the line in place of a side of the page."""
    return [item for attr in attrs if (item := _SIDES.get(attr, attr))]
