"""What a booklet is made from: a language's brochure, made anew, or a PDF, whoever made it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.api.brochures import make
from brochure.api.printers import edition_for
from brochure.delivery.artefact import SourceFile
from brochure.diagnostics import Diagnostic
from brochure.pages.edition import PRINT, SCREEN, Edition
from brochure.pdf.imposition import Binding
from brochure.printers import PageOrder
from brochure.production.booklets import bind_back_to_back
from brochure.production.job import Progress
from brochure.project import Project

if TYPE_CHECKING:
    from brochure.pdf.original import Original


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One original, and the files of the project or of the user that it comes from.

    `stem` begins the names of what is made of it, `short` is added to that of another.
    """

    original: Original
    stem: str
    short: str
    language: str
    files: tuple[SourceFile, ...]


def is_pdf_named(name: str) -> bool:
    """Whether somebody means a file with `name`, and not a language."""
    return Path(name).suffix.lower() == ".pdf" or Path(name).is_file()


def brochure_sources(
    project: Project,
    codes: Sequence[str],
    printer_name: str,
    *,
    strict: bool,
    progress: Progress,
    executor: Executor | None,
) -> tuple[Mapping[str, Source], tuple[Diagnostic, ...]]:
    """Make the brochures of these languages, for the screen or for a printer; nothing is written.

    Raises `BrochureError` with all faults if one of them is an error.
    """
    from brochure.pdf.original import read_original

    edition = _edition(project, printer_name)
    report = make(
        project, codes=codes, edition=edition, strict=strict, progress=progress, executor=executor
    )
    by_tag = {artefact.language: artefact for artefact in report.artefacts}
    found = {}
    for code in codes:
        language = project.all_languages.find(code)
        assert language, "`make` refuses a language that is not there"
        artefact = by_tag[language.tag]
        found[code] = Source(
            original=read_original(artefact.data, Path(artefact.path).name),
            stem=f"{project.settings.clinic.slug}-{language.tag}",
            short=language.tag,
            language=language.tag,
            files=artefact.sources,
        )
    return found, report.diagnostics


def _edition(project: Project, printer_name: str) -> Edition:
    """A printer's, but page by page in reading order: blanks and spreads are the booklet's."""
    if not printer_name:
        return SCREEN
    edition = edition_for(project, PRINT, printer_name)
    assert edition.printer, "a printed edition has a printer"
    printer = replace(
        edition.printer,
        page_multiple=1,
        has_blanks=False,
        is_in_spreads=False,
        page_order=PageOrder.READING,
    )
    return replace(edition, printer=printer)


def file_source(path: Path, binding: Binding | None) -> Source:
    """Read a PDF; `binding` overrules what it says of itself.

    Raises `BrochureError` with `pdf-unreadable` or `booklet-refused`.
    """
    from brochure.pdf.opening import read
    from brochure.pdf.original import read_original

    data = read(path)
    original = read_original(data, str(path), binding)
    return Source(
        original=original,
        stem=path.stem,
        short=path.stem,
        language=original.language,
        files=(SourceFile(path=path.as_posix(), sha256=hashlib.sha256(data).hexdigest()),),
    )


def back_to_back(one: Source, other: Source, *, multiple: int) -> Source:
    """Both in one file, named after the left-bound one first.

    Raises `BrochureError` with `booklet-refused` if they cannot be bound together.
    """
    original = bind_back_to_back(one.original, other.original, multiple=multiple)
    is_first = one.original.binding is Binding.LEFT
    first, second = (one, other) if is_first else (other, one)
    return Source(
        original=original,
        stem=f"{first.stem}-{second.short}-flip",
        short=second.short,
        language="+".join(filter(None, (first.language, second.language))),
        files=tuple(dict.fromkeys((*first.files, *second.files))),
    )
