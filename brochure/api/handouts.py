"""Handouts: one leaflet for each treatment, ready to be written, attached or merged.

    rack = rack_of(open_project(folder, source_date_epoch=…, today=…))   # reads the clinic once
    language = handout_language(rack.project, "gr")                      # a tag, an alias, or ""
    found = find_handout(rack, "peel", language)                         # Treatment or Diagnostic
    report = handouts(rack, [found.key], language)                       # makes, writes nothing
    report.artefacts[0].title, .path, .data                              # for people, ASCII, PDF

A rack serves any number of calls, and the handouts of one call share fonts and styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path, PurePath

from brochure.api.brochures import explanations_of, job_of, languages_named
from brochure.api.catalogues import Findings, catalogues_of, weigh
from brochure.catalogue.model import Catalogue, Treatment
from brochure.catalogue.search import Index, find_treatment, index_of
from brochure.delivery.artefact import Artefact
from brochure.delivery.files import deliver
from brochure.delivery.names import file_stems
from brochure.diagnostics import BrochureError, Diagnostic, diagnose, in_order, stop_on_errors
from brochure.languages import Language
from brochure.pages.edition import handout_edition
from brochure.production.handouts import make_handouts
from brochure.production.ingredients import Explanation
from brochure.production.job import Progress, silent
from brochure.production.work import Here, carry_out
from brochure.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    """Every treatment of a clinic, read and checked once, to be named and printed."""

    project: Project
    findings: Findings
    index: Index

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """Everything that was found when it was read."""
        return (*self.project.faults, *self.findings.diagnostics)

    def catalogue(self, language: Language) -> Catalogue:
        """What there is in one of the clinic's languages."""
        found = (item for item in self.findings.catalogues if item.language.tag == language.tag)
        return next(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutReport:
    """The handouts that were made, every fault found on the way, and why each was made anew."""

    artefacts: tuple[Artefact, ...]
    diagnostics: tuple[Diagnostic, ...]
    explanations: tuple[Explanation, ...] = ()


def rack_of(project: Project) -> Rack:
    """Read the clinic's treatments; its faults are reported when a handout is made."""
    findings = catalogues_of(project)
    return Rack(project=project, findings=findings, index=index_of(findings.catalogues))


def handout_language(project: Project, code: str = "") -> Language:
    """The clinic's language of this tag or alias, or its only one.

    Raises `BrochureError` with `language-unavailable`.
    """
    named = languages_named(project, [code] if code else [])
    if len(named) != 1:
        fault = diagnose(
            "language-unavailable",
            None,
            problem="No language was named",
            cause=f"The clinic has {', '.join(item.tag for item in named)}.",
            fix="Say which one with --lang.",
        )
        raise BrochureError([fault])
    return named[0]


def find_handout(rack: Rack, name: str, language: Language) -> Treatment | Diagnostic:
    """The treatment that `name` means (see `catalogue.search`), as it is printed in `language`.

    Else `treatment-unknown`, `treatment-ambiguous` or `treatment-untranslated`.
    """
    return find_treatment(name, rack.index, language)


def find_handouts(rack: Rack, names: Iterable[str], language: Language) -> Mapping[str, Treatment]:
    """The treatments of these names by their keys, each once.

    Raises `BrochureError` with what is wrong with the names, and with every error of the clinic's
    files: it may be in the very file that is missed.
    """
    found = [find_handout(rack, name, language) for name in names]
    unknown = [item for item in found if isinstance(item, Diagnostic)]
    if unknown:
        raise BrochureError([*unknown, *(fault for fault in rack.faults if fault.is_error)])
    return {item.key: item for item in found if isinstance(item, Treatment)}


def every_handout(rack: Rack, language: Language) -> tuple[str, ...]:
    """The keys of all treatments that there is a handout of in `language`, in order of print."""
    return tuple(treatment.key for treatment in rack.catalogue(language).treatments)


def handouts(
    rack: Rack,
    wanted: Sequence[str],
    language: Language,
    *,
    large_print: bool = False,
    black_and_white: bool = False,
    strict: bool = False,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> HandoutReport:
    """Make the handouts that `wanted` names (as `find_handout` takes them); writes nothing.

    The artefacts come in that order; a treatment that is named twice is there once. Faults of
    other treatments' files are left out: they do not keep a patient from a leaflet. Where nothing
    is wanted, all are told, as they may be why. Raises `BrochureError` with all faults if one of
    them is an error.
    """
    project = rack.project
    treatments = find_handouts(rack, wanted, language)
    concerned = _concerning(project, treatments.values(), rack.faults) if wanted else rack.faults
    faults = list(weigh(project, concerned, strict=strict))
    stop_on_errors(faults)
    edition = handout_edition(large_print=large_print, black_and_white=black_and_white)
    job = job_of(project, edition)
    steps = make_handouts(
        job,
        rack.catalogue(language),
        tuple(treatments.values()),
        file_stems(rack.findings.sections),
        progress,
    )
    done = carry_out(steps, project.cache, executor or Here())
    made = [item.made for item in done]
    more = [fault for item in made for fault in item.faults]
    faults = list(in_order((*faults, *weigh(project, more, strict=strict))))
    stop_on_errors(faults)
    return HandoutReport(
        artefacts=tuple(item.artefact for item in made),
        diagnostics=tuple(faults),
        explanations=explanations_of(job, done),
    )


def deliver_handouts(report: HandoutReport, out: Path) -> None:
    """Write the handouts into `out`, all or none; others that lie there stay."""
    deliver(report.artefacts, out)


def _concerning(
    project: Project, treatments: Iterable[Treatment], faults: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """The faults of these treatments' files, and those of no treatment's."""
    own = {treatment.source.path for treatment in treatments}
    roots = project.settings.content.roots
    for fault in faults:
        path = fault.location.path if fault.location else ""
        if path in own or not any(PurePath(path).is_relative_to(root) for root in roots):
            yield fault
