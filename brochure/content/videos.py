"""Embedded videos turned into a mark that a page can print: `<p data-video="address">`.

An `iframe`, `video`, `object` or `embed` shows nothing on paper; its address, made short and
reachable by hand (`https://youtu.be/…`), does.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

ELEMENTS = ("iframe", "video", "object", "embed")
PARTS = ("source", "track", "param")
"""What only stands inside of those."""

LONGEST = 500
"""So many characters still make a code that a telephone can read."""

_EMBEDDED = re.compile(
    r"<(iframe|video|object)\b([^>]*)>(.{0,5000}?)</\1\s*>|<(?:iframe|embed)\b([^>]*)>",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(
    r"\s(?:src|data|data-src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_MARK = re.compile(r'<p data-video="[^"]*"></p>')
_PARAGRAPH = re.compile(rf"<p>((?:[^<]|<(?!/?p\b)|{_MARK.pattern})*+)</p>")
_PLAYER = re.compile(r"/(?:embed|shorts|v|live)/([\w-]+)")
_VIMEO = re.compile(r"/(?:video/)?(\d+)")


def mark_videos(html: str) -> str:
    """Replace every embedded video; a paragraph that holds one is followed by the mark."""
    lowered = html.lower()
    if not any(f"<{name}" in lowered for name in ELEMENTS):
        return html
    return _PARAGRAPH.sub(_freed, _EMBEDDED.sub(_mark, html))


def video_address(attributes: str, content: str = "") -> str | None:
    """Return the address that an element's attributes, or its first source, name."""
    for text in (attributes, content):
        if found := _ADDRESS.search(text):
            return shortened(unescape(found[1] or found[2] or found[3] or ""))
    return None


def shortened(address: str) -> str | None:
    """Return a web address as short as its site allows; None if it is not one."""
    address = address.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > LONGEST:
        return None
    host = parts.hostname.removeprefix("www.")
    if host in ("youtube.com", "youtube-nocookie.com", "m.youtube.com"):
        player = _PLAYER.match(parts.path)
        name = player[1] if player else parse_qs(parts.query).get("v", [""])[0]
        return f"https://youtu.be/{name}" if name and name != "videoseries" else address
    if host in ("player.vimeo.com", "vimeo.com") and (film := _VIMEO.match(parts.path)):
        return f"https://vimeo.com/{film[1]}"
    return address


def _mark(found: re.Match[str]) -> str:
    address = video_address(found[2] or found[4] or "", found[3] or "")
    return f'<p data-video="{escape(address)}"></p>' if address else found[3] or ""


def _freed(paragraph: re.Match[str]) -> str:
    """Move the marks of a paragraph behind it."""
    marks = _MARK.findall(paragraph[1])
    if not marks:
        return paragraph[0]
    text = _MARK.sub("", paragraph[1])
    return (f"<p>{text}</p>" if text.strip() else "") + "".join(marks)
