"""How old the translations are, and recording that one is current."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from brochure.api.catalogues import read
from brochure.catalogue.build import treatments_of
from brochure.catalogue.stamps import Stamp, stamps_of
from brochure.catalogue.translations import Matrix, translation_matrix
from brochure.delivery.files import rewrite
from brochure.diagnostics import Diagnostic, in_order, promoted, stop_on_errors
from brochure.project import Project


def status(project: Project) -> tuple[Matrix, tuple[Diagnostic, ...]]:
    """How every treatment stands in every language, and the errors that hide some of them."""
    documents, faults, *_ = read(project)
    matrix = translation_matrix(treatments_of(documents, project.settings), project.settings)
    return matrix, in_order(fault for fault in faults if fault.is_error)


def stamp(project: Project, files: Sequence[Path]) -> tuple[Stamp, ...]:
    """Record in each of `files` the hash that its source has now.

    Raises `BrochureError`, and changes nothing, if that cannot be done in one of them.
    """
    documents, faults, *_ = read(project)
    groups = treatments_of(documents, project.settings)
    stamps, found = stamps_of(
        files, groups, faults, project=project.folder, settings=project.settings
    )
    stop_on_errors(promoted(found, strict=True))
    rewrite([(item.file, item.after) for item in stamps if item.is_new])
    return stamps
