"""Liquid, Jekyll's template language, taken out of a text before Markdown is read.

The site fills these tags in when it is built; on paper nobody does. What only says where the site
lies (`{{ site.baseurl }}`, `{{ "/a.png" | relative_url }}`) leaves the address, so that a picture
is found; what embeds a video leaves its address; everything else is dropped and reported. Text
between tags stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.content.document import Document
from brochure.diagnostics import Diagnostic, diagnose

# The length is bounded so that tags that are never closed cost little.
_LIQUID = re.compile(
    r"\{%-?\s*comment\s*-?%\}(?:(?!\{%).){0,5000}\{%-?\s*endcomment\s*-?%\}"
    r"|\{%(?:(?!%\}|\{%).){1,1000}%\}|\{\{(?:(?!\}\}|\{\{).){1,1000}\}\}",
    re.DOTALL,
)
_SILENT = re.compile(r"\{%-?\s*(?:comment|raw|endraw)\b")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_ADDRESS = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url)\s*\|\s*(?:append|prepend):\s*)?([\"'])([^\"']*)\1\s*"
    r"(?:\|\s*(?:relative_url|absolute_url|(?:prepend|append):\s*site\.(?:baseurl|url))\s*)*-?\}\}"
)
_VIDEO = re.compile(
    r"\{%-?\s*(?:include\s+)?[\w/-]*(youtube|vimeo)[\w-]*(?:\.html)?\s+"
    r"(?:(?:id|video|video_id|videoid|url|src)\s*=\s*)?[\"']?([\w:/.?=&-]+)[\"']?[^%]*%\}",
    re.IGNORECASE,
)
_PLAYERS = {
    "youtube": "https://www.youtube.com/embed/",
    "vimeo": "https://player.vimeo.com/video/",
}


def without_liquid(text: str) -> str:
    """Return a text as the site's Markdown reader gets it, as far as that is known."""
    if "{%" not in text and "{{" not in text:
        return text
    return _LIQUID.sub(lambda tag: _left_of(tag[0]) or "", text)


def _left_of(tag: str) -> str | None:
    """What stays of a tag; None if it has to be reported as dropped."""
    if _SILENT.match(tag) or _SITE.fullmatch(tag):
        return ""
    if address := _ADDRESS.fullmatch(tag):
        return address[2]
    if video := _VIDEO.fullmatch(tag):
        is_address = video[2].startswith(("http:", "https:"))
        player = "" if is_address else _PLAYERS[video[1].lower()]
        return f'<iframe src="{player}{video[2]}"></iframe>'
    return None


def dropped_liquid(document: Document) -> Iterator[Diagnostic]:
    """Report `liquid-dropped` for every Liquid tag that leaves nothing, at its line."""
    for tag in _LIQUID.finditer(document.body):
        if _left_of(tag[0]) is None:
            before = document.body[: tag.start()]
            line = document.body_line + before.count("\n")
            shown = " ".join(tag[0].split())
            yield diagnose(
                "liquid-dropped",
                document.place(line, len(before) - before.rfind("\n")),
                problem=f"The Liquid tag {shown if len(shown) <= 60 else shown[:59] + '…'} "
                "is not printed",
                cause="The site fills such tags in when it is built; the brochure has only the "
                "text.",
                fix="Nothing, if it is for the web only; else write what it stands for.",
            )
