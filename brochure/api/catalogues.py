"""The clinic's files read, understood and checked: what every other call begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brochure.catalogue.build import build_catalogues
from brochure.catalogue.checks import check_text_file
from brochure.catalogue.grouping import unmatched_files
from brochure.catalogue.model import Catalogue
from brochure.catalogue.print_checks import PrintedSizes
from brochure.content.document import Document
from brochure.content.reader import Reading, read_content
from brochure.content.site_text import read_site_titles
from brochure.diagnostics import BrochureError, Diagnostic, diagnose, weighed
from brochure.languages import FOLDER as WORDING
from brochure.pages.edition import SCREEN
from brochure.pages.formats import page_format
from brochure.pages.frames import detail_frame
from brochure.project import Project
from brochure.settings import FILE_NAME
from brochure.settings_file import locate
from brochure.typefaces import characters


class Findings(NamedTuple):
    """One catalogue a language, the faults on the way, and how many drafts were left out.

    `looked_at` are the files that the content led to, there or not.
    """

    catalogues: tuple[Catalogue, ...]
    diagnostics: list[Diagnostic]
    left_out: int
    looked_at: frozenset[Path] = frozenset()

    @property
    def sections(self) -> Iterator[str]:
        """The key of every treatment that has a section in one language or more."""
        for catalogue in self.catalogues:
            yield from (treatment.section for treatment in catalogue.treatments)


def catalogues_of(project: Project) -> Findings:
    """Read everything of the clinic's, and check it."""
    from brochure.pages.colours import check_contrast, light_of

    settings = project.settings
    available = characters(project.typefaces)
    documents, faults, left_out, looked_at = read(project)
    sizes, unknown = _printed_sizes(project)
    titles, untitled = read_site_titles(project.site_root, project.all_languages)
    catalogues, more = build_catalogues(
        documents,
        project.languages,
        settings,
        characters=available,
        site_titles=titles,
        sizes=sizes,
        today=project.today,
    )
    bases = [category.hue for catalogue in catalogues for category in catalogue.categories]
    light = light_of(settings.brand, bases, project.cache)
    hues = tuple(light.hues[base] for base in bases)
    place = locate(project.settings_text, ("brand", "ink"))
    diagnostics = [
        *faults,
        *more,
        *untitled,
        *_unmatched(project, documents),
        *unknown,
        *check_text_file(FILE_NAME, project.settings_text, available),
        *_check_wording(project, available),
        *check_contrast(light.palette, hues, place),
    ]
    return Findings(catalogues, diagnostics, left_out, looked_at | project.looked_at)


def weigh(
    project: Project, faults: Iterable[Diagnostic], *, strict: bool
) -> tuple[Diagnostic, ...]:
    """Give each fault the severity that this clinic, or --strict, wants."""
    return weighed(faults, project.settings.severity, strict=strict)


def read(project: Project) -> Reading:
    """The clinic's content files as they are."""
    settings = project.settings
    return read_content(
        project.folder, settings.content, project.all_languages, settings.clinic.languages
    )


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
