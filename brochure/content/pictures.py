"""Pictures that a content file names, found on the disk.

Names start from the site's root. Nothing outside the project and the configured roots is ever
opened, symbolic links that lead out included, and nothing comes from the network.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from brochure.content.document import Document, Picture
from brochure.content.markdown import render
from brochure.diagnostics import Diagnostic, Location, diagnose

MAX_PIXELS = 120_000_000
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Where pictures may lie: names start at `site_root`, files must be below one of `allowed`."""

    site_root: Path
    allowed: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """The existing file that `name` means; raises `PermissionError` if it lies outside."""
        relative = unquote(name).replace("\\", "/").lstrip("/")
        path = self.site_root / relative
        if not self.allows(path):
            raise PermissionError(name)
        return path if _is_file(path) else None

    def allows(self, path: Path) -> bool:
        """Whether the file that `path` leads to may be read; links are followed."""
        real = Path(os.path.realpath(path))  # resolve() raises where links run in a circle
        return any(real.is_relative_to(root) for root in self.allowed)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file system takes, far too long for example
        return False


def find_pictures(document: Document, roots: Roots) -> tuple[list[Picture], list[Diagnostic]]:
    """Find every picture that a document names, in its front matter and in its body.

    Reports `image-missing`, `image-refused` and `image-unreadable`, each at the line that names
    the picture.
    """
    pictures: list[Picture] = []
    faults: list[Diagnostic] = []
    for name, place in _named_pictures(document):
        found = find_picture(name, place, roots)
        (faults if isinstance(found, Diagnostic) else pictures).append(found)  # type: ignore[arg-type]
    return list(dict.fromkeys(pictures)), faults


def find_picture(
    name: str, place: Location | None, roots: Roots, *, drawings: bool = False
) -> Picture | Diagnostic:
    """Find one picture by the name that `place` gives it; SVG counts only as one of `drawings`."""
    if re.match(r"(?:https?:|ftp:)?//", name, re.IGNORECASE):
        return _refused(name, place, "lies on the network")
    if re.match(r"[a-zA-Z][\w+.-]*:", name):
        return _refused(name, place, "is not named as a file of the project")
    try:
        path = roots.find(name)
    except PermissionError:
        return _refused(name, place, "leads out of the project")
    if path is None:
        return diagnose(
            "image-missing",
            place,
            problem=f"The picture “{_short(name)}” is not there",
            cause=f"There is no such file in {roots.site_root.name}/; it is left out, or a plain "
            "panel is printed in its place.",
            fix="Put the picture at this path, or correct the name.",
        )
    is_drawing = drawings and path.suffix.lower() == ".svg"
    why = _bad_drawing(path) if is_drawing else _bad_picture(path, path.stat().st_mtime_ns)
    if why:
        return diagnose(
            "image-unreadable",
            place,
            problem=f"The picture “{_short(name)}” cannot be used: {why}",
            cause="It is left out, or a plain panel is printed in its place.",
            fix="Save the picture again as JPEG, PNG or WebP.",
        )
    return Picture(name=name, path=path)


def _bad_drawing(path: Path) -> str:
    try:
        ElementTree.parse(path)
    except ElementTree.ParseError:
        return "it is not a drawing, or it is damaged"
    return ""


@cache
def _bad_picture(path: Path, modified_ns: int) -> str:
    """Why a picture cannot be used, from its first bytes; empty if nothing is wrong with them."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:
        return "it has far too many pixels"
    except (OSError, SyntaxError, ValueError):
        return "it is not a picture, or it is damaged"
    return f"it has {width} × {height} pixels" if width * height > MAX_PIXELS else ""


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _refused(name: str, place: Location | None, where: str) -> Diagnostic:
    return diagnose(
        "image-refused",
        place,
        problem=f"The picture “{_short(name)}” {where}",
        cause="Only files of the project and its configured roots are read, never the network.",
        fix="Save the picture in the project's picture folder and name it from there.",
    )


def _named_pictures(document: Document) -> Iterator[tuple[str, Location]]:
    head = document.front_matter
    for item in (head.image, head.thumbnail):
        if item:
            yield item.text, document.place_of(item)
    for picture in body_pictures(document):
        yield picture.name, picture.place


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPicture:
    """A picture as the text of a document names it."""

    name: str
    alt: str
    place: Location


def body_pictures(document: Document) -> list[BodyPicture]:
    """The pictures that a document's text shows, in their order.

    They are read from the rendered text, so that code, comments and references count as they do
    on the page.
    """
    if not re.search(r"!\[|<img", document.body, re.IGNORECASE):
        return []
    finder = _Finder()
    finder.feed(render(document.body))
    found, end = [], 0
    for name, alt in finder.found:
        at = max(document.body.find(name, end), document.body.find(name))
        end = at + len(name) if at >= 0 else end
        before = document.body[: max(at, 0)]
        line = document.body_line + before.count("\n")
        place = document.place(line, len(before) - before.rfind("\n"))
        found.append(BodyPicture(name=name, alt=alt, place=place))
    return found


class _Finder(HTMLParser):
    """Collects the name and description of every picture in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img" and named.get("src"):
            self.found.append((named["src"] or "", named.get("alt") or ""))
