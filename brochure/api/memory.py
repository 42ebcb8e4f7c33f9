"""What a run has read, so that the next one can tell at a glance that nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from brochure.cache import cache_of
from brochure.delivery.artefact import MANIFEST, Artefact
from brochure.project import Project
from brochure.settings import FILE_NAME
from brochure.unchanged import Said, programs, remember

_ASSETS = ("templates", "fonts", "printers")
_MB = 1_000_000


def moment(folder: Path) -> int | None:
    """Now, by the clock of the project's file system: a run begins with it."""
    return cache_of(folder).moment()


def remember_run(
    project: Project,
    artefacts: Sequence[Artefact],
    out: Path,
    *,
    arguments: Sequence[str],
    since: int | None,
    looked_at: Iterable[Path],
    said: Said,
) -> None:
    """Leave a note of a finished run, and bring the cache down to the size that it may have.

    `looked_at` are the files, there or not, that the content led to.
    """
    if not project.cache:
        return
    remember(
        project.cache,
        arguments,
        since=since,
        read=[*_read(project, out), *map(str, _with_folders(project, looked_at)), *programs()],
        out=str(out),
        manifest=str(out / MANIFEST),
        made=[(artefact.path, artefact.data, artefact.sha256) for artefact in artefacts],
        said=said,
    )
    project.cache.trim(project.settings.cache.limit_mb * _MB)


def _read(project: Project, out: Path) -> Iterator[str]:
    """The settings, the content, and all that pages are made with."""
    yield str(project.folder / FILE_NAME)
    roots = [project.folder / name for name in project.settings.content.roots]
    data = project.site_root / "_data"
    assets = [root / name for root in project.assets.roots for name in _ASSETS]
    for root in (*roots, data, *assets):
        yield str(root)
        for folder, folders, files in os.walk(root):
            shown = [name for name in folders if not name.startswith(".")]
            folders[:] = [name for name in shown if Path(folder, name) != out]
            yield from (os.path.join(folder, name) for name in (*folders, *files))


def _with_folders(project: Project, paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, and the folders on the way to them, where a file may come into being."""
    tops = (project.site_root, *project.roots)
    seen: set[Path] = set()
    for path in paths:
        yield path
        folder = path.parent
        while folder not in seen and any(folder.is_relative_to(top) for top in tops):
            seen.add(folder)
            if folder not in tops or folder == path.parent:
                yield folder
            folder = folder.parent
