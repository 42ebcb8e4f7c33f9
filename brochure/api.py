"""The calls: open a project, check it, build its editions, begin a new one.

This is where the rooms are wired together; each function here takes the clinic's files to a
result, and reports everything it found on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from brochure.catalogue.build import build_catalogues, treatments_of
from brochure.catalogue.checks import check_text_file
from brochure.catalogue.grouping import unmatched_files
from brochure.catalogue.model import Catalogue
from brochure.catalogue.print_checks import PrintedSizes
from brochure.catalogue.stamps import Stamp, stamps_of
from brochure.catalogue.translations import Matrix, translation_matrix
from brochure.content.document import Document
from brochure.content.reader import Reading, read_content
from brochure.content.site_text import read_site_titles
from brochure.delivery.artefact import Artefact
from brochure.delivery.files import deliver, rewrite, write_new
from brochure.diagnostics import (
    BrochureError,
    Diagnostic,
    Location,
    diagnose,
    in_order,
    promoted,
    stop_on_errors,
    weighed,
)
from brochure.languages import FOLDER as WORDING
from brochure.languages import Language
from brochure.pages.edition import SCREEN, Edition, edition_named
from brochure.pages.formats import page_format
from brochure.pages.frames import detail_frame
from brochure.production import Job, Progress, make_brochure, silent
from brochure.project import Project, open_project
from brochure.settings import FILE_NAME
from brochure.settings_file import locate
from brochure.typefaces import characters

__all__ = [
    "Project",
    "Report",
    "build",
    "check",
    "edition_named",
    "init",
    "open_project",
    "stamp",
    "status",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made, every fault found on the way, and how many drafts were left out."""

    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: int = 0


def check(project: Project, *, strict: bool = False) -> Report:
    """Every fault of the project, without building anything."""
    findings = _catalogues(project)
    faults = _weighed(project, (*project.faults, *findings.diagnostics), strict=strict)
    return Report(diagnostics=in_order(faults), left_out=findings.left_out)


def _weighed(
    project: Project, faults: Iterable[Diagnostic], *, strict: bool
) -> tuple[Diagnostic, ...]:
    return weighed(faults, project.settings.severity, strict=strict)


def status(project: Project) -> tuple[Matrix, tuple[Diagnostic, ...]]:
    """How every treatment stands in every language, and the errors that hide some of them."""
    documents, faults, _ = _read(project)
    matrix = translation_matrix(treatments_of(documents, project.settings), project.settings)
    return matrix, in_order(fault for fault in faults if fault.is_error)


def stamp(project: Project, files: Sequence[Path]) -> tuple[Stamp, ...]:
    """Record in each of `files` the hash that its source has now.

    Raises `BrochureError`, and changes nothing, if that cannot be done in one of them.
    """
    documents, faults, _ = _read(project)
    groups = treatments_of(documents, project.settings)
    stamps, found = stamps_of(
        files, groups, faults, project=project.folder, settings=project.settings
    )
    stop_on_errors(promoted(found, strict=True))
    rewrite([(item.file, item.after) for item in stamps if item.is_new])
    return stamps


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
    wanted = _wanted(project, codes)
    edition = _proof_of(edition) if proof else edition
    findings = _catalogues(project)
    faults = list(_weighed(project, (*project.faults, *findings.diagnostics), strict=strict))
    stop_on_errors(faults)
    artefacts = []
    job = _job(project, edition)
    for catalogue in findings.catalogues:
        if catalogue.language in wanted:
            artefact, found = make_brochure(job, catalogue, progress)
            faults += _weighed(project, found, strict=strict)
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


def _job(project: Project, edition: Edition) -> Job:
    return Job(
        folder=project.folder,
        site_root=project.site_root,
        roots=project.roots,
        settings=project.settings,
        assets=project.assets,
        typefaces=project.typefaces,
        edition=edition,
    )


def _wanted(project: Project, codes: Sequence[str]) -> list[Language]:
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


def _read(project: Project) -> Reading:
    settings = project.settings
    return read_content(
        project.folder, settings.content, project.all_languages, settings.clinic.languages
    )


class _Findings(NamedTuple):
    catalogues: tuple[Catalogue, ...]
    diagnostics: list[Diagnostic]
    left_out: int


def _catalogues(project: Project) -> _Findings:
    from brochure.pages.colours import check_contrast, hue_of, palette_of

    settings = project.settings
    available = characters(project.typefaces)
    documents, faults, left_out = _read(project)
    sizes, unknown = _printed_sizes(project)
    titles, untitled = read_site_titles(project.site_root, project.all_languages)
    catalogues, more = build_catalogues(
        documents,
        project.languages,
        settings,
        characters=available,
        site_titles=titles,
        sizes=sizes,
    )
    hues = tuple(
        hue_of(category.hue, settings.brand.paper)
        for catalogue in catalogues
        for category in catalogue.categories
    )
    place = locate(project.settings_text, ("brand", "ink"))
    diagnostics = [
        *faults,
        *more,
        *untitled,
        *_unmatched(project, documents),
        *unknown,
        *check_text_file(FILE_NAME, project.settings_text, available),
        *_check_wording(project, available),
        *check_contrast(palette_of(settings.brand), hues, place),
    ]
    return _Findings(catalogues, diagnostics, left_out)


def _printed_sizes(project: Project) -> tuple[PrintedSizes | None, Sequence[Diagnostic]]:
    """How large things are printed in the project's format, if there is such a format."""
    try:
        page = page_format(project.settings.page.format, project.assets)
    except BrochureError as error:
        return None, error.diagnostics
    head = detail_frame(page, SCREEN)
    percents = {code: script.size_percent for code, script in project.typefaces.scripts}
    return PrintedSizes.on(page, (head.width_mm, head.height_mm), percents), ()


def _unmatched(project: Project, documents: Sequence[Document]) -> Iterable[Diagnostic]:
    """Report `settings-invalid` for a file of the mapping that is not there."""
    for key, path in unmatched_files(documents, project.settings.content.same):
        yield diagnose(
            "settings-invalid",
            locate(project.settings_text, ("content", "same")),
            problem=f"The file “{path}” of the treatment “{key}” is not among the content",
            cause="[content.same] says which files are one treatment; this one was not found.",
            fix="Correct the name, or take it out of the list.",
        )


def _check_wording(project: Project, available: frozenset[int]) -> Iterable[Diagnostic]:
    for language in project.languages:
        name = f"{WORDING}/{language.tag}.toml"
        path = project.assets.find(name)
        if path:
            yield from check_text_file(name, path.read_text(encoding="utf-8"), available)


def init(folder: Path, *, site: Path | None = None) -> tuple[str, ...]:
    """Put a small working clinic into the new or empty folder `folder`; returns its files.

    With `site`, a Jekyll site, it is a `brochure.toml` that reads that site's texts and pictures.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BrochureError([_in_use(folder)])
    if site and not site.is_dir():
        raise BrochureError([_no_site(site)])
    from brochure.founding import site_files, starter_files

    files = list(site_files(site, folder) if site else starter_files())
    write_new(files, folder)
    return tuple(name for name, _ in files)


def _in_use(folder: Path) -> Diagnostic:
    return diagnose(
        "project-exists",
        Location(path=str(folder)),
        problem=f"{folder} is already in use",
        cause="A new clinic is only ever written into a new or an empty folder.",
        fix="Choose another folder.",
    )


def _no_site(site: Path) -> Diagnostic:
    return diagnose(
        "content-empty",
        Location(path=str(site)),
        problem=f"There is no folder {site}",
        cause="--from names the folder of a Jekyll site, with _config.yml and its collections.",
        fix="Name the folder that the website is made from.",
    )
