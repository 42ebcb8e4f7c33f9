"""A treatment's HTML made ready for the page.

Left-to-right runs are isolated in right-to-left languages, pictures get the address of their
prepared copy, a video becomes a code to scan, and a short first list becomes a panel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from brochure.languages import Direction, Language
from brochure.pages.bidi import UNBROKEN, left_to_right_runs
from brochure.pages.codes import qr_code

LEAST_WORDS = 4
PANEL_ITEMS = range(3, 11)
PANEL_ITEM_CHARACTERS = 64
_VERBATIM = ("code", "pre", "bdi")


def prose(text: str, language: Language) -> Markup:
    """Plain text of the content or of `brochure.toml`, escaped and isolated where needed."""
    if language.direction is Direction.LTR:
        return Markup(escape(text, quote=False))
    parts, end = [], 0
    for start, stop in left_to_right_runs(text):
        parts += [escape(text[end:start], quote=False), _isolated(text[start:stop])]
        end = stop
    return Markup("".join((*parts, escape(text[end:], quote=False))))


def settled(text: str, language: Language) -> Markup:
    """`prose` whose last two words stay together, so that no word stands alone on a line."""
    words = text.split()
    tail = " ".join(words[-2:])
    start = text.rfind(tail)
    runs = left_to_right_runs(text) if language.direction is Direction.RTL else []
    cut = any(begin < start < end for begin, end in runs)
    if len(words) < LEAST_WORDS or len(tail) > UNBROKEN or start < 0 or cut:
        return prose(text, language)
    kept = Markup('<span class="unbroken">{}</span>').format(prose(tail, language))
    return prose(text[:start], language) + kept


def _isolated(run: str) -> str:
    kept = ' class="unbroken"' if len(run) <= UNBROKEN else ""
    return f'<bdi dir="ltr"{kept}>{escape(run, quote=False)}</bdi>'


def prepare_body(
    html: str, language: Language, picture_address: Callable[[str], str | None], title: str
) -> Markup:
    """Rewrite sanitised HTML for the page; a picture without an address is left out.

    `title` describes a picture that has no description of its own.
    """
    rewriter = _Rewriter(language, picture_address, title)
    rewriter.feed(html)
    rewriter.close()
    return Markup(with_panel("".join(rewriter.output)))


class _Rewriter(HTMLParser):
    """Copies HTML, changing text and pictures on the way."""

    def __init__(
        self, language: Language, picture_address: Callable[[str], str | None], title: str
    ) -> None:
        super().__init__(convert_charrefs=True)
        self._title = title
        self.output: list[str] = []
        self._language, self._picture_address = language, picture_address
        self._verbatim = 0
        self._in_video = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            attrs = self._picture(attrs)
            if not attrs:
                return
        if address := dict(attrs).get("data-video"):
            self.output.append(video(address, self._language))
            self._in_video = True
            return
        self._verbatim += tag in _VERBATIM
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.output.append(f"<{tag}{written}>")

    def _picture(self, attrs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        named = dict(attrs)
        address = self._picture_address(named.get("src") or "")
        return [("src", address), ("alt", named.get("alt") or self._title)] if address else []

    def handle_endtag(self, tag: str) -> None:
        if self._in_video and tag == "p":
            self._in_video = False
            return
        self._verbatim -= tag in _VERBATIM
        self.output.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        isolated = not self._verbatim
        self.output.append(prose(data, self._language) if isolated else escape(data, quote=False))


def video(address: str, language: Language) -> Markup:
    """A video on paper: a code to scan, and its address to read."""
    title = language.wording.video_code.format(address=address)
    shown = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return Markup(
        '<div class="video">{}<p><a href="{}"><bdi dir="ltr">{}</bdi></a></p></div>'
    ).format(qr_code(address, title), address, shown)


def with_panel(html: str) -> str:
    """Mark the first list of the text as a panel if it is flat and all its items are short."""
    start = html.find("<ul>")
    end = html.find("</ul>", start)
    if start < 0 or "<ol" in html[:start]:
        return html
    inner = html[start + len("<ul>") : end]
    items = re.findall(r"<li>(.*?)</li>", inner, re.DOTALL)
    short = all(len(re.sub(r"<[^>]+>", "", item)) <= PANEL_ITEM_CHARACTERS for item in items)
    if re.search("<[uo]l|<p>", inner) or not short or len(items) not in PANEL_ITEMS:
        return html
    # No space between the items, which stand beside each other like words: it would be tagged.
    packed = "".join(f"<li>{item}</li>" for item in items)
    return f'{html[:start]}<ul class="panel">{packed}{html[end:]}'
