"""Where templates, wording, styles and fonts come from: the clinic's own files, then ours.

A clinic overrides file by file: `templates/brochure.html` in its project replaces ours, every
other template stays. Ours travel inside the installed package (`brochure/defaults/`); in a source
checkout they are the folders beside the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "defaults"
DEFAULTS = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""The folder of our own `templates/`, `fonts/`, `content/` and `brochure.toml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The folders to look in, the clinic's first."""

    roots: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """The file `name` (for example `templates/wording/el.toml`) that counts, if any."""
        return next((root / name for root in self.roots if (root / name).is_file()), None)

    def folders(self, name: str) -> tuple[Path, ...]:
        """Every existing folder `name`, the clinic's first."""
        return tuple(root / name for root in self.roots if (root / name).is_dir())

    def files(self, folder: str) -> Iterator[tuple[str, Path]]:
        """Every file below each folder of that name, the clinic's first, with its name in it."""
        for root in self.folders(folder):
            for path in sorted(root.rglob("*")):
                if path.is_file():
                    yield path.relative_to(root).as_posix(), path

    def listing(self, folder: str, suffix: str) -> tuple[Path, ...]:
        """The files of `folder` that end in `suffix`, by name, each as `find` would give it."""
        names = {
            path.name
            for root in self.folders(folder)
            for path in root.iterdir()
            if path.name.endswith(suffix)
        }
        found = (self.find(f"{folder}/{name}") for name in sorted(names))
        return tuple(path for path in found if path is not None)


def assets_of(project: Path) -> Assets:
    """The assets that the clinic's folder `project` builds with."""
    return Assets(roots=tuple(dict.fromkeys((project.resolve(), DEFAULTS))))
