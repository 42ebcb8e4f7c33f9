"""Markup that a reader would see on paper: `{:`, `**`, `](` or a backslash before a quote.

It comes from a slip of the pen: a space inside the stars, a bracket never closed. Most texts are
cleared by a look at the source; the others are rendered, and what is left of marks in the text
is looked up in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from brochure.content.document import Document
from brochure.content.markdown import render
from brochure.content.sanitise import sanitise
from brochure.diagnostics import Diagnostic, Location, diagnose

_MARK = re.compile(r"\{:|\*\*|\]\(|\\['\"]")
_WELL_PAIRED = re.compile(r"\*\*(?! )[^*\n<`]+(?<! )\*\*|^ {0,3}\*[* ]*\n", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^ {0,3}\{:(?![:/])[^}\\\n]+\}[ \t]*$", re.MULTILINE)
"""Attributes in a line of their own, which are never printed."""
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_CONTEXT = 12


def visible_markup(document: Document) -> Iterator[Diagnostic]:
    """Report `markup-visible` for every mark that the page would show, at its line."""
    head = document.front_matter
    for item in (head.title, head.subtitle, head.card_title, head.card_subtitle):
        if mark := _MARK.search(item.text):
            yield _visible(mark[0], document.place_of(item))
    if _may_show_markup(document.body):
        text = _text_of(sanitise(render(document.body)))
        lines: dict[tuple[str, int], int] = {}
        for mark_text, line, column in _places(document, text):
            lines.setdefault((mark_text, line), column)
        yield from (
            _visible(mark_text, document.place(line, column))
            for (mark_text, line), column in lines.items()
        )


def _may_show_markup(body: str) -> bool:
    """Say whether a text needs a closer look; nearly all need none."""
    if "**" in body and ("<" in body or "**" in _WELL_PAIRED.sub("", body)):
        return True
    if "{:" in body and "{:" in _ATTRIBUTES.sub("", body):
        return True
    return any(mark in body for mark in ("](", "\\'", '\\"'))


def _text_of(html: str) -> str:
    return unescape(_TAG.sub("", _CODE.sub("", html)))


def _places(document: Document, text: str) -> Iterator[tuple[str, int, int]]:
    """Find where the marks of a page's text stand in the file: by what follows them."""
    start = 0
    for mark in _MARK.finditer(text):
        following = re.match(r"[\w ]*", text[mark.end() :])
        wanted = mark[0] + (following[0] if following else "")[:_CONTEXT]
        found = document.body.find(wanted, start)
        if found < 0:
            found = document.body.find(mark[0], start)
        if found < 0:
            found = document.body.find(mark[0])
        start = max(found + 1, start)
        before = document.body[: max(found, 0)]
        line = document.body_line + before.count("\n")
        yield mark[0], line, len(before) - before.rfind("\n")


def _visible(mark: str, place: Location) -> Diagnostic:
    return diagnose(
        "markup-visible",
        place,
        problem=f"The page shows the mark {mark}",
        cause="It is meant as markup, but stands where Markdown reads it as text: a space too "
        "many or a bracket that is not closed is enough.",
        fix="Close the mark, take the space out, or delete it.",
    )
