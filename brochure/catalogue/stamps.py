"""`brochure stamp`: which source each named translation was made from, and its new bytes.

A person says with this command that a translation fits its source as it is now; nothing else
ever records a hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brochure.catalogue.grouping import Group
from brochure.catalogue.translations import source_missing
from brochure.content.document import Document
from brochure.content.source_hash import stamped
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A translation with its source's hash; `path` and `source` are as shown to users."""

    path: str
    source: str
    file: Path
    before: bytes
    after: bytes

    @property
    def is_new(self) -> bool:
        """Whether the file did not hold this hash yet."""
        return self.before != self.after


def stamps_of(
    named: Sequence[Path],
    groups: Iterable[Group],
    faults: Iterable[Diagnostic],
    *,
    project: Path,
    settings: Settings,
) -> tuple[tuple[Stamp, ...], tuple[Diagnostic, ...]]:
    """The stamps for the files `named`, which may be named from here or from the project.

    `faults` are what reading the content reported; those of the named files are handed on.
    Reports `stamp-refused` and `source-missing`, which both mean that the file gets no stamp.
    """
    desk = _Desk(groups, faults, project, settings)
    found = [desk.stamp(file) for file in dict.fromkeys(named)]
    return (
        tuple(item for item in found if isinstance(item, Stamp)),
        tuple(fault for item in found if not isinstance(item, Stamp) for fault in item),
    )


class _Desk:
    """Looks up one named file after the other."""

    def __init__(
        self,
        groups: Iterable[Group],
        faults: Iterable[Diagnostic],
        project: Path,
        settings: Settings,
    ) -> None:
        self._by_file = {
            os.path.realpath(document.file): (document, group)
            for group in groups
            for document in group.documents
        }
        self._faults = tuple(faults)
        self._project, self._settings = project, settings

    def stamp(self, named: Path) -> Stamp | list[Diagnostic]:
        file = named if named.exists() else self._project / named
        found = self._by_file.get(os.path.realpath(file))
        if found is None:
            return self._not_content(named, file)
        document, group = found
        source = group.document(self._settings.default_language)
        if document.language == self._settings.default_language:
            return [_is_source(document)]
        if source is None:
            return [source_missing(document, self._settings.default_language)]
        before, after = stamped(document.file, source.md5)
        if after is None:
            return [_not_one_line(document, source)]
        return Stamp(
            path=document.path,
            source=source.path,
            file=Path(os.path.realpath(document.file)),
            before=before,
            after=after,
        )

    def _not_content(self, named: Path, file: Path) -> list[Diagnostic]:
        """Why the reader has no document of this file."""
        shown = Path(os.path.relpath(file, self._project)).as_posix()
        own = [
            fault
            for fault in self._faults
            if fault.is_error and fault.location and fault.location.path == shown
        ]
        roots = self._settings.content.roots
        inside = any(
            Path(os.path.realpath(file)).is_relative_to(os.path.realpath(self._project / root))
            for root in roots
        )
        if own:
            return own
        if not file.exists():
            problem, fix = "There is no such file", "Correct the name."
        elif inside:
            problem = "The file is not a treatment that is printed"
            fix = "Name a file such as _face/010-peeling-el.md."
        else:
            problem = f"The file is not below {', '.join(roots)}"
            fix = "Name a translation of this project, or name its project with --project."
        return [_refused(Location(path=str(named)), problem, fix)]


def _is_source(document: Document) -> Diagnostic:
    return _refused(
        document.place(1),
        f"The file is in “{document.language}”, which the others are translated from",
        "Name the translations of this text instead.",
    )


def _not_one_line(document: Document, source: Document) -> Diagnostic:
    return _refused(
        document.place_of(document.front_matter.source_hash),
        "The source cannot be recorded here by changing a single line",
        f"Write it yourself, on a line of its own before the closing ---: "
        f"source_hash: {source.md5}",
    )


def _refused(place: Location, problem: str, fix: str) -> Diagnostic:
    return diagnose(
        "stamp-refused",
        place,
        problem=problem,
        cause="`brochure stamp` writes one line of a translation and touches nothing else; "
        "no file was changed.",
        fix=fix,
    )
