"""What one build's products share, and the files that each was made from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from brochure.assets import Assets
from brochure.cache import Cache
from brochure.catalogue.model import Treatment
from brochure.delivery.artefact import Artefact, SourceFile
from brochure.diagnostics import Diagnostic
from brochure.digests import file_digest
from brochure.pages.edition import Edition
from brochure.settings import FILE_NAME, Settings
from brochure.typefaces import Typefaces

Progress = Callable[[str, str], None]
"""Called with a language tag and what is being done for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every language of one build shares."""

    folder: Path
    site_root: Path
    roots: tuple[Path, ...]
    settings: Settings
    assets: Assets
    typefaces: Typefaces
    edition: Edition
    cache: Cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished file, and everything that was found while it was made."""

    artefact: Artefact
    faults: tuple[Diagnostic, ...]


def silent(language: str, stage: str) -> None:
    """The progress that says nothing."""


def sources_of(job: Job, treatments: Iterable[Treatment]) -> Iterator[SourceFile]:
    """Every file of the clinic that a product with these treatments was made from."""
    treatments = tuple(treatments)
    clinic = job.settings.clinic
    for treatment in treatments:
        yield SourceFile(path=treatment.source.path, sha256=treatment.source.sha256)
    pictures = {
        path
        for treatment in treatments
        for path in (treatment.picture, treatment.thumbnail)
        if path
    }
    named = {job.site_root / name for name in (clinic.cover, clinic.logo) if name}
    present = {path for path in named if path.is_file()}
    for path in sorted(pictures | present | {job.folder / FILE_NAME}):
        shown = Path(os.path.relpath(path, job.folder)).as_posix()
        yield SourceFile(path=shown, sha256=file_digest(path))
