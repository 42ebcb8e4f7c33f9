"""A treatment's HTML made ready for the page.

Left-to-right runs are isolated in right-to-left languages, pictures get the address of their
prepared copy, and a short first list becomes a panel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from brochure.languages import Direction, Language
from brochure.pages.bidi import left_to_right_runs

PANEL_ITEMS = range(3, 11)
PANEL_ITEM_CHARACTERS = 64
_FIRST_LIST = re.compile(r"\A\s*(?:<h[2-6]>.*?</h[2-6]>\s*)?(?:<p>[^<]{0,90}</p>\s*)?<ul>", re.DOTALL)
_VERBATIM = ("code", "pre", "bdi")


def prose(text: str, language: Language) -> Markup:
    """Plain text of the content or of `brochure.toml`, escaped and isolated where needed."""
    if language.direction is Direction.LTR:
        return Markup(escape(text, quote=False))
    parts, end = [], 0
    for start, stop in left_to_right_runs(text):
        parts += [escape(text[end:start], quote=False)]
        parts += [f'<bdi dir="ltr">{escape(text[start:stop], quote=False)}</bdi>']
        end = stop
    return Markup("".join((*parts, escape(text[end:], quote=False))))


def prepare_body(
    html: str, language: Language, picture_address: Callable[[str], str | None]
) -> Markup:
    """Rewrite sanitised HTML for the page; a picture without an address is left out."""
    rewriter = _Rewriter(language, picture_address)
    rewriter.feed(html)
    rewriter.close()
    return Markup(with_panel("".join(rewriter.output)))


class _Rewriter(HTMLParser):
    """Copies HTML, changing text and pictures on the way."""

    def __init__(
        self, language: Language, picture_address: Callable[[str], str | None]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.output: list[str] = []
        self._language, self._picture_address = language, picture_address
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            attrs = self._picture(attrs)
            if not attrs:
                return
        self._verbatim += tag in _VERBATIM
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.output.append(f"<{tag}{written}>")

    def _picture(self, attrs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        named = dict(attrs)
        address = self._picture_address(named.get("src") or "")
        return [("src", address), ("alt", named.get("alt") or "")] if address else []

    def handle_endtag(self, tag: str) -> None:
        self._verbatim -= tag in _VERBATIM
        self.output.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        isolated = not self._verbatim
        self.output.append(
            prose(data, self._language) if isolated else escape(data, quote=False)
        )


def with_panel(html: str) -> str:
    """Mark the first list as a panel if it opens the text and all its items are short."""
    match = _FIRST_LIST.match(html)
    if not match:
        return html
    start = match.end() - len("<ul>")
    end = html.find("</ul>", start)
    items = re.findall(r"<li>(.*?)</li>", html[start:end], re.DOTALL)
    flat = "<ul>" not in html[start + 4 : end] and "<ol" not in html[start:end]
    short = all(len(re.sub(r"<[^>]+>", "", item)) <= PANEL_ITEM_CHARACTERS for item in items)
    if not (flat and short and len(items) in PANEL_ITEMS and "<p>" not in html[start:end]):
        return html
    return f'{html[:start]}<ul class="panel">{html[start + 4 :]}'
