"""QR codes (ISO/IEC 18004) as inline SVG."""

from __future__ import annotations

import re

from markupsafe import Markup

from brochure.languages import Language


def qr_code(address: str, title: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M) as inline SVG in modules, with `title` as its text."""
    import segno

    code = segno.make(address, error="m", micro=False)
    border = 0
    size = code.symbol_size(border=border)[0]
    runs = []
    for row, line in enumerate(code.matrix_iter(border=border)):
        for column, length in _dark_runs(bytes(line)):
            runs.append(f"M{column} {row}h{length}v1h-{length}z")
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="code" viewBox="0 0 {size} {size}">'
        '<title>{title}</title><path d="{path}" fill="currentColor"/></svg>'
    ).format(size=size, title=title, path="".join(runs))


def _dark_runs(line: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    return [(match.start(), len(match[0])) for match in re.finditer(rb"\x01+", line)]


def video(address: str, language: Language) -> Markup:
    """A video on paper: a code to scan, and its address to read."""
    title = language.wording.video_code.format(address=address)
    return Markup(
        '<div class="video">{}<p><a href="{}"><bdi dir="ltr">{}</bdi></a></p></div>'
    ).format(qr_code(address, title), address, shown_address(address))


def shown_address(address: str) -> str:
    """A web address as it is printed."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
