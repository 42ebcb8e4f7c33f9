"""Pictures that a content file names, found on the disk.

Names start from the site's root. Nothing outside the project and the configured roots is ever
opened, symbolic links that lead out included, and nothing comes from the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from brochure.content.document import Document, Picture
from brochure.diagnostics import Diagnostic, Location, diagnose

_BODY_PICTURE = re.compile(
    r"!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)


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
        if not _is_file(path):
            return None
        if not self.allows(path):
            raise PermissionError(name)
        return path

    def allows(self, path: Path) -> bool:
        """Whether the file that `path` leads to may be read; links are followed."""
        real = path.resolve()
        return any(real.is_relative_to(root) for root in self.allowed)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file system takes, far too long for example
        return False


def find_pictures(document: Document, roots: Roots) -> tuple[list[Picture], list[Diagnostic]]:
    """Find every picture that a document names, in its front matter and in its body.

    Reports `image-missing` and `image-refused`, each at the line that names the picture.
    """
    pictures: list[Picture] = []
    faults: list[Diagnostic] = []
    for name, place in _named_pictures(document):
        found = find_picture(name, place, roots)
        (faults if isinstance(found, Diagnostic) else pictures).append(found)  # type: ignore[arg-type]
    return list(dict.fromkeys(pictures)), faults


def find_picture(name: str, place: Location | None, roots: Roots) -> Picture | Diagnostic:
    """Find one picture by the name that `place` gives it."""
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
            cause=f"No such file in {roots.site_root.name}/; a plain panel is printed instead.",
            fix="Put the picture at this path, or correct the name.",
        )
    return Picture(name=name, path=path)


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
    for match in _BODY_PICTURE.finditer(document.body):
        group = 1 if match[1] else 2
        before = document.body[: match.start(group)]
        line = document.body_line + before.count("\n")
        yield match[group], document.place(line, len(before) - before.rfind("\n"))
