"""Check a project, and build its brochures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from brochure.api.catalogues import Findings, catalogues_of, weigh
from brochure.api.printers import edition_for, ink_faults, printing_faults
from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.delivery.files import deliver
from brochure.delivery.names import file_stems
from brochure.diagnostics import (
    BrochureError,
    Diagnostic,
    diagnose,
    in_order,
    stop_on_errors,
)
from brochure.languages import Language
from brochure.pages.edition import HANDOUT, SCREEN, Edition
from brochure.production.brochures import make_brochure
from brochure.production.handouts import make_handouts
from brochure.production.ingredients import Explanation, explain
from brochure.production.job import Job, Made, Progress, silent
from brochure.production.work import Here, Product, Steps, carry_out
from brochure.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made, every fault found on the way, and how many drafts were left out.

    `looked_at` are the files that the content led to, there or not; the `explanations` say why
    each artefact was made anew, or was not.
    """

    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: int = 0
    looked_at: frozenset[Path] = frozenset()
    explanations: tuple[Explanation, ...] = ()


def check(project: Project, *, strict: bool = False) -> Report:
    """Every fault of the project, without building anything."""
    findings = catalogues_of(project)
    found = (*project.faults, *findings.diagnostics, *printing_faults(project))
    faults = weigh(project, found, strict=strict)
    return Report(diagnostics=in_order(faults), left_out=findings.left_out)


def build(
    project: Project,
    *,
    codes: Sequence[str] = (),
    edition: Edition = SCREEN,
    printer: str = "",
    out: Path | None = None,
    strict: bool = False,
    proof: bool = False,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> Report:
    """Make `edition` as `make` does, and write it: everything or nothing.

    A printed edition is made for `printer`, or for the one that brochure.toml names. A `proof` has
    a mark in the margin beside every translation that is out of date.
    """
    edition = edition_for(project, _proof_of(edition) if proof else edition, printer)
    report = make(
        project, codes=codes, edition=edition, strict=strict, progress=progress, executor=executor
    )
    deliver(report.artefacts, out or project.folder / "output")
    return report


def make(
    project: Project,
    *,
    codes: Sequence[str] = (),
    edition: Edition = SCREEN,
    strict: bool = False,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> Report:
    """Make `edition` in the languages named by `codes` (all of the clinic's by default).

    All pages of all languages are made by `executor`, or else one by one in this process. Raises
    `BrochureError` with all faults if one of them is an error.
    """
    wanted = languages_named(project, codes)
    findings = catalogues_of(project)
    found_first = (*project.faults, *findings.diagnostics, *ink_faults(project, edition))
    faults = list(weigh(project, found_first, strict=strict))
    stop_on_errors(faults)
    job = job_of(project, edition)
    products = (
        product
        for catalogue in findings.catalogues
        if catalogue.language in wanted
        for product in _products(job, catalogue, findings, progress)
    )
    done = carry_out(products, project.cache, executor or Here())
    made = [item.made for item in done]
    found = [fault for item in made for fault in item.faults]
    faults += weigh(project, found, strict=strict)
    stop_on_errors(in_order(faults))
    return Report(
        artefacts=tuple(item.artefact for item in made),
        diagnostics=in_order(faults),
        left_out=findings.left_out,
        looked_at=findings.looked_at,
        explanations=explanations_of(job, done),
    )


def _products(
    job: Job,
    catalogue: Catalogue,
    findings: Findings,
    progress: Progress,
) -> Iterator[Steps[Made]]:
    """The edition of one language: one brochure, or a handout of every treatment."""
    if job.edition.folder == HANDOUT.folder:
        stems = file_stems(findings.sections)
        treatments = tuple(catalogue.treatments)
        yield from make_handouts(job, catalogue, treatments, stems, progress)
    else:
        yield make_brochure(job, catalogue, progress)


def _proof_of(edition: Edition) -> Edition:
    if edition.is_printed or edition.folder == HANDOUT.folder:
        fault = diagnose(
            "proof-refused",
            None,
            problem=f"The {edition.name} edition cannot be a proof",
            cause="What goes to the printer or to a patient never carries proof marks.",
            fix="Leave out --proof, or make a proof of the screen edition: --edition screen.",
        )
        raise BrochureError([fault])
    return replace(edition, is_proof=True)


def explanations_of(job: Job, done: Iterable[Product[Made]]) -> tuple[Explanation, ...]:
    """Why each product was made anew, or was not."""
    made = ((product.made.artefact, product.done_anew > 0) for product in done)
    return tuple(explain(job, made))


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
        cache=project.cache,
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
