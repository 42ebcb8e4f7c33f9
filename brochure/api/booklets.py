"""Booklets, handouts and leaflets for the office printer or the print shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from brochure.api.catalogues import weigh
from brochure.api.originals import (
    Source,
    back_to_back,
    brochure_sources,
    file_source,
    is_pdf_named,
)
from brochure.assets import DEFAULTS, Assets
from brochure.delivery.artefact import Artefact
from brochure.delivery.files import deliver, write
from brochure.diagnostics import (
    Diagnostic,
    diagnose,
    in_order,
    promoted,
    stop_on_errors,
)
from brochure.languages import Direction
from brochure.pdf.imposition import Binding, Layout
from brochure.printer_files import printer_named
from brochure.printers import PageOrder, Printer
from brochure.production.booklets import Arrangement, Booklet, make_booklet, one_sided, refusals
from brochure.production.job import Progress, silent
from brochure.project import Project

FOLDER = "booklet"
_SUFFIXES = {Layout.SADDLE: "booklet", Layout.TRIFOLD: "leaflet"}
"""What is added to a file's name; the layout itself for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletReport:
    """What was made, where its files are, and what was found on the way.

    `files` begins with the sheets; the pages of a flip-book, one by one, come second.
    """

    booklet: Booklet
    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def booklet(
    names: Sequence[str],
    wish: Arrangement,
    *,
    project: Project | None = None,
    is_flip: bool = False,
    binding: Binding | None = None,
    printer_name: str = "",
    out: Path | None = None,
    strict: bool = False,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> BookletReport:
    """Arrange a brochure of `project` or a PDF anew, or two with `is_flip`, and write the sheets.

    A name is a file's or the code of a language of `project`. `binding` overrules what the PDFs
    say of themselves. Without a project, the sheets are written beside the first file. Raises
    `BrochureError` with all faults if one of them is an error, and then nothing is written.
    """
    from brochure.pdf.papers import paper_named

    stop_on_errors(tuple(_misfits(names, wish, is_flip=is_flip)))
    assets = project.assets if project else Assets(roots=(DEFAULTS,))
    paper = paper_named(wish.paper, assets)
    printer = printer_named(assets, printer_name) if printer_name else None
    sources = {name: file_source(Path(name), binding) for name in names if is_pdf_named(name)}
    faults: tuple[Diagnostic, ...] = ()
    if is_flip:
        _refuse_one_sided(names, sources, project)
    if project:
        codes = [name for name in names if name not in sources]
        made, faults = brochure_sources(
            project, codes, printer_name, strict=strict, progress=progress, executor=executor
        )
        sources |= made
    chosen = [sources[name] for name in names]
    source = (
        back_to_back(*chosen, multiple=printer.page_multiple if printer else 1)
        if is_flip
        else chosen[0]
    )
    sheets, found = make_booklet(source.original, wish, paper)
    if is_flip and printer:
        found = (*found, *_breaches(source, printer))
    faults = (*faults, *_weighed(found, project, strict=strict))
    stop_on_errors(in_order(faults))
    folder = project.folder / "output" if project else Path(names[0]).parent
    artefacts = tuple(_artefacts(source, sheets, is_flip=is_flip))
    files = _written(artefacts, project, out or folder)
    return BookletReport(booklet=sheets, files=files, diagnostics=in_order(faults))


def _misfits(names: Sequence[str], wish: Arrangement, *, is_flip: bool) -> Iterator[Diagnostic]:
    """Report `booklet-refused` for what does not go together, whatever the files hold."""
    wanted = 2 if is_flip else 1
    if len(names) != wanted:
        yield diagnose(
            "booklet-refused",
            None,
            problem=f"Brochures named: {len(names)}; expected: {wanted}",
            cause="A flip-book binds two brochures back to back; a booklet is made of one.",
            fix="Name two with --flip, such as brochure booklet --flip ar en, or else one.",
        )
    if is_flip and wish.layout is not Layout.SADDLE:
        yield diagnose(
            "booklet-refused",
            None,
            problem=f"A flip-book cannot have the layout {wish.layout.value}",
            cause="Its two brochures share one spine, so its sheets are folded and stapled.",
            fix="Leave out --layout.",
        )
    yield from refusals(wish)


def _refuse_one_sided(
    names: Sequence[str], files: Mapping[str, Source], project: Project | None
) -> None:
    """Stop before two brochures are made whose spines would be on one side."""
    sides = []
    for name in names:
        if name in files:
            sides.append(files[name].original.binding)
        elif language := project.all_languages.find(name) if project else None:
            is_rtl = language.direction is Direction.RTL
            sides.append(Binding.RIGHT if is_rtl else Binding.LEFT)
    if len(sides) == len(names):
        stop_on_errors(tuple(one_sided(*sides)))


def _weighed(
    faults: Sequence[Diagnostic], project: Project | None, *, strict: bool
) -> tuple[Diagnostic, ...]:
    return weigh(project, faults, strict=strict) if project else promoted(faults, strict=strict)


def _breaches(source: Source, printer: Printer) -> Iterator[Diagnostic]:
    """Why the printer would send the bound pages back; each brochure has had its warnings."""
    from brochure.pdf.preflight import preflight

    in_order_of_reading = replace(printer, page_order=PageOrder.READING, is_in_spreads=False)
    name = f"{source.stem}.pdf"
    found = preflight(source.original.data, in_order_of_reading, name)
    return (fault for fault in found if fault.is_error)


def _artefacts(source: Source, made: Booklet, *, is_flip: bool) -> Iterator[Artefact]:
    layout = made.arrangement.layout
    suffix = _SUFFIXES.get(layout, layout.value)
    yield _artefact(source, f"{source.stem}-{suffix}.pdf", made.data, len(made.faces))
    if is_flip:
        original = source.original
        yield _artefact(source, f"{source.stem}.pdf", original.data, original.count)


def _artefact(source: Source, name: str, data: bytes, pages: int) -> Artefact:
    return Artefact(
        path=name,
        edition=FOLDER,
        language=source.language,
        pages=pages,
        data=data,
        sources=source.files,
    )


def _written(
    artefacts: Sequence[Artefact], project: Project | None, folder: Path
) -> tuple[Path, ...]:
    """Write the files; those of a project go into its output, and into the manifest."""
    if project:
        artefacts = [replace(item, path=f"{FOLDER}/{item.path}") for item in artefacts]
        deliver(artefacts, folder)
    else:
        write([(item.path, item.data) for item in artefacts], folder)
    return tuple(folder / item.path for item in artefacts)
