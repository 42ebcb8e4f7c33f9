"""The printers that a clinic's brochures can be made for."""

from __future__ import annotations

from pathlib import Path

from brochure.assets import assets_of
from brochure.diagnostics import BrochureError, Diagnostic, diagnose
from brochure.pages.edition import Edition, print_edition
from brochure.printer_files import load_printers, printer_named
from brochure.printers import Printer
from brochure.project import Project
from brochure.separation import separation_for
from brochure.settings_file import locate


def printers(folder: Path) -> tuple[tuple[Printer, ...], tuple[Diagnostic, ...]]:
    """Every printer for the clinic in `folder`, its own and ours, and what is wrong with them."""
    return load_printers(assets_of(folder))


def edition_for(project: Project, edition: Edition, printer: str = "") -> Edition:
    """`edition` as `printer`, or else the clinic's usual printer, wants it if it is printed.

    Raises `BrochureError` with the printer's faults, or `date-missing`.
    """
    if not edition.is_printed:
        return edition
    named = printer_named(project.assets, printer) if printer else _usual_printer(project)
    made = print_edition(named)
    if made.is_in_inks and project.settings.imprint.date is None:
        raise BrochureError([_undated(project)])
    return made


def printing_faults(project: Project) -> tuple[Diagnostic, ...]:
    """What would keep the clinic's usual printer from printing, or print other colours."""
    try:
        return ink_faults(project, print_edition(_usual_printer(project)))
    except BrochureError as error:
        return tuple(error.diagnostics)


def ink_faults(project: Project, edition: Edition) -> tuple[Diagnostic, ...]:
    """What is odd about the inks that brochure.toml gives, where `edition` is printed in inks."""
    from brochure.pages.paint import check_inks

    separation = separation_for(edition.printer) if edition.printer else None
    if separation is None:
        return ()
    return tuple(
        check_inks(project.settings, separation, lambda path: locate(project.settings_text, path))
    )


def _usual_printer(project: Project) -> Printer:
    place = locate(project.settings_text, ("print", "printer"))
    return printer_named(project.assets, project.settings.print.printer, place)


def _undated(project: Project) -> Diagnostic:
    return diagnose(
        "date-missing",
        locate(project.settings_text, ("imprint",)),
        problem="There is no date for the file that goes to the print shop",
        cause="A PDF/X file says when it was made (ISO 15930), and the same input has to give the "
        "same file on any day.",
        fix="Write “date = 2026-01-31”, with the date of this edition, under [imprint] in "
        "brochure.toml.",
    )
