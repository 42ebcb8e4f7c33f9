"""Pictures that a content file names, found on the disk.

Names start from the site's root. Nothing outside the project and the configured roots is ever
opened, symbolic links that lead out included, and nothing comes from the network.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from brochure.content.document import Document, Picture
from brochure.content.markdown import render
from brochure.diagnostics import Diagnostic, Location, diagnose

MAX_PIXELS = 120_000_000
_SHOWN = 80
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
"""The EXIF tag and its values for a picture that lies on its side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Where pictures may lie: names start at `site_root`, files must be below one of `allowed`."""

    site_root: Path
    allowed: tuple[Path, ...]
    _listings: dict[Path, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)
    """The names in each folder looked into, for as long as one reading lasts."""
    looked_at: set[Path] = field(default_factory=set, repr=False, compare=False)
    """Every path that was looked at, whether there is a file or not."""

    def find(self, name: str, folder: Path | None = None) -> Path | None:
        """The existing file that `name` means, from the site's root or from `folder`.

        Capital and small letters may differ from the name's. Raises `PermissionError` if it lies
        outside.
        """
        texts = [
            text.replace("\\", "/").replace("\0", "\ufffd").lstrip("/")
            for text in (unquote(name), name)
        ]
        bases = (self.site_root, folder) if folder else (self.site_root,)
        paths = [base / text for base in bases for text in dict.fromkeys(texts)]
        found = next((real for path in paths if (real := self._on_disk(path)) is not None), None)
        if not self.allows(found or paths[0]):
            raise PermissionError(name)
        return found

    def allows(self, path: Path) -> bool:
        """Whether the file that `path` leads to may be read; links are followed."""
        real = Path(os.path.realpath(path))  # resolve() raises where links run in a circle
        return any(real.is_relative_to(root) for root in self.allowed)

    def _on_disk(self, path: Path) -> Path | None:
        """The file at `path` under the name that its folder gives it, if there is one."""
        self.looked_at.add(path)
        try:
            if not path.parent.is_dir():
                return self._in_other_case(path)
            names = self._names_in(path.parent)
            name = path.name if path.name in names else names.get(path.name.casefold())
            found = path.with_name(name) if name else None
            self.looked_at.add(found or path)
            return found if found and found.is_file() else None
        except (OSError, ValueError):  # a name that no file system takes, far too long say
            return None

    def _in_other_case(self, path: Path) -> Path | None:
        """The file at `path` if one of its folders is written differently."""
        parent = path.parent.parent
        if parent == path.parent or not parent.is_dir():
            return None
        folder = self._names_in(parent).get(path.parent.name.casefold())
        return self._on_disk(parent / folder / path.name) if folder else None

    def _names_in(self, folder: Path) -> dict[str, str]:
        """The names in a folder, each by itself and without regard to capitals."""
        if folder not in self._listings:
            names = sorted(os.listdir(folder), reverse=True)
            folded = {name.casefold(): name for name in names}
            self._listings[folder] = folded | {name: name for name in names}
        return self._listings[folder]


Known = dict[tuple[str, Path], Picture]
"""Pictures that are found and without fault, by name and by the folder of the text."""


def find_pictures(
    document: Document, roots: Roots, known: Known
) -> tuple[list[Picture], list[Diagnostic]]:
    """Find every picture that a document names, in its front matter and in its body.

    Reports `image-missing`, `image-refused`, `image-case` and `image-unreadable`, each at the line
    that names the picture.
    """
    pictures: list[Picture] = []
    faults: list[Diagnostic] = []
    for name, place in _named_pictures(document):
        folder = document.file.parent
        found = known.get((name, folder)) or find_picture(name, place, roots, folder=folder)
        if isinstance(found, Diagnostic):
            faults.append(found)
            continue
        pictures.append(found)
        if other_case := _other_case(found, place):
            faults += other_case
        else:
            known[name, folder] = found
    return list(dict.fromkeys(pictures)), faults


def find_picture(
    name: str,
    place: Location | None,
    roots: Roots,
    *,
    folder: Path | None = None,
    drawings: bool = False,
) -> Picture | Diagnostic:
    """Find one picture by the name that `place` gives it, from the site's root or `folder`.

    SVG counts only as one of `drawings`.
    """
    if re.match(r"(?:https?:|ftp:)?//", name, re.IGNORECASE):
        return _refused(name, place, "lies on the network")
    if re.match(r"[a-zA-Z][\w+.-]*:", name):
        return _refused(name, place, "is not named as a file of the project")
    try:
        path = roots.find(name, folder)
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


def _other_case(picture: Picture, place: Location) -> list[Diagnostic]:
    """Report `image-case` if the file is called differently from the name."""
    named = picture.name.replace("\\", "/").lstrip("/")
    depth = len([part for part in named.split("/") if part not in (".", "..", "")])
    real = "/".join(picture.path.parts[-depth:])
    if named.endswith(real) or unquote(named).endswith(real):
        return []
    return [
        diagnose(
            "image-case",
            place,
            problem=f"The picture “{_short(named)}” is called “{real}”",
            cause="Capital and small letters differ; most web servers will not find it.",
            fix=f"Write the name as the file has it: {real}",
        )
    ]


def _bad_drawing(path: Path) -> str:
    try:
        ElementTree.parse(path)
    except ElementTree.ParseError:
        return "it is not a drawing, or it is damaged"
    return ""


def _bad_picture(path: Path, modified_ns: int) -> str:
    """Why a picture cannot be used, from its first bytes; empty if nothing is wrong with them."""
    header = _header(path, modified_ns)
    if isinstance(header, str):
        return header
    width, height = header
    return f"it has {width} × {height} pixels" if width * height > MAX_PIXELS else ""


def pixels_of(path: Path) -> tuple[int, int] | None:
    """Width and height of a picture as it is shown, turned by its EXIF orientation if need be."""
    header = _header(path, path.stat().st_mtime_ns)
    return None if isinstance(header, str) else header


@cache
def _header(path: Path, modified_ns: int) -> tuple[int, int] | str:
    """Width and height, or why the picture cannot be read.

    `modified_ns` only tells one state of the file from another.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
                is_turned = picture.getexif().get(_ORIENTATION) in _TURNED
    except Image.DecompressionBombError:
        return "it has far too many pixels"
    except (OSError, SyntaxError, ValueError):
        return "it is not a picture, or it is damaged"
    return (height, width) if is_turned else (width, height)


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
    if "![" not in document.body and "<img" not in document.body.lower():
        return []
    found, end = [], 0
    for name, alt in _shown_in(document.body):
        at = max(document.body.find(name, end), document.body.find(name))
        end = at + len(name) if at >= 0 else end
        before = document.body[: max(at, 0)]
        line = document.body_line + before.count("\n")
        place = document.place(line, len(before) - before.rfind("\n"))
        found.append(BodyPicture(name=name, alt=alt, place=place))
    return found


@lru_cache(maxsize=1024)
def _shown_in(body: str) -> tuple[tuple[str, str], ...]:
    """Name and description of each picture; reading, checking and measuring ask for them."""
    finder = _Finder()
    finder.feed(render(body))
    return tuple(finder.found)


class _Finder(HTMLParser):
    """Collects the name and description of every picture in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img" and named.get("src"):
            self.found.append((named["src"] or "", named.get("alt") or ""))
