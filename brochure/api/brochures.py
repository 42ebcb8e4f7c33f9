"""Check a project, and build its brochures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from brochure.api.catalogues import catalogues_of, weigh
from brochure.delivery.artefact import Artefact
from brochure.delivery.files import deliver
from brochure.diagnostics import (
    BrochureError,
    Diagnostic,
    diagnose,
    in_order,
    stop_on_errors,
)
from brochure.languages import Language
from brochure.pages.edition import SCREEN, Edition
from brochure.production.brochures import make_brochure
from brochure.production.job import Job, Progress, silent
from brochure.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made, every fault found on the way, and how many drafts were left out."""

    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: int = 0


def check(project: Project, *, strict: bool = False) -> Report:
    """Every fault of the project, without building anything."""
    findings = catalogues_of(project)
    faults = weigh(project, (*project.faults, *findings.diagnostics), strict=strict)
    return Report(diagnostics=in_order(faults), left_out=findings.left_out)


def build(
    project: Project,
    *,
    codes: Sequence[str] = (),
    edition: Edition = SCREEN,
    out: Path | None = None,
    strict: bool = False,
    proof: bool = False,
    progress: Progress = silent,
) -> Report:
    """Build `edition` in the languages named by `codes` (all of the clinic's by default).

    A `proof` has a mark in the margin beside every translation that is out of date. Nothing is
    written unless everything could be made. Raises `BrochureError` with all faults if one of them
    is an error.
    """
    wanted = languages_named(project, codes)
    edition = _proof_of(edition) if proof else edition
    findings = catalogues_of(project)
    faults = list(weigh(project, (*project.faults, *findings.diagnostics), strict=strict))
    stop_on_errors(faults)
    artefacts = []
    job = job_of(project, edition)
    for catalogue in findings.catalogues:
        if catalogue.language in wanted:
            artefact, found = make_brochure(job, catalogue, progress)
            faults += weigh(project, found, strict=strict)
            artefacts.append(artefact)
    stop_on_errors(in_order(faults))
    deliver(artefacts, out or project.folder / "output")
    return Report(
        artefacts=tuple(artefacts), diagnostics=in_order(faults), left_out=findings.left_out
    )


def _proof_of(edition: Edition) -> Edition:
    if edition.is_printed:
        fault = diagnose(
            "proof-refused",
            None,
            problem=f"The {edition.name} edition cannot be a proof",
            cause="What is sent to the printer never carries proof marks.",
            fix="Leave out --proof, or make a proof of the screen edition: --edition screen.",
        )
        raise BrochureError([fault])
    return replace(edition, is_proof=True)


def job_of(project: Project, edition: Edition) -> Job:
    """What every language of one build shares."""
    return Job(
        folder=project.folder,
        site_root=project.site_root,
        roots=project.roots,
        settings=project.settings,
        assets=project.assets,
        typefaces=project.typefaces,
        edition=edition,
    )


def languages_named(project: Project, codes: Sequence[str]) -> list[Language]:
    """The languages of these codes, or all; raises `BrochureError`."""
    tags = project.settings.clinic.languages
    found = {code: project.all_languages.find(code) for code in codes}
    faults = [
        diagnose(
            "language-unavailable",
            None,
            problem=f"There is no brochure in “{code}”",
            cause=f"brochure.toml lists {', '.join(tags)}.",
            fix="Name one of these, or add the language to brochure.toml.",
        )
        for code, language in found.items()
        if language is None or language.tag not in tags
    ]
    if faults:
        raise BrochureError(faults)
    return [language for language in found.values() if language] or list(project.languages)
