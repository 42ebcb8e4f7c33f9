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
    place = None if printer else locate(project.settings_text, ("print", "printer"))
    name = printer or project.settings.print.printer
    made = print_edition(printer_named(project.assets, name, place))
    if made.is_in_inks and project.settings.imprint.date is None:
        raise BrochureError([_undated(project)])
    return made


def ink_faults(project: Project, edition: Edition) -> tuple[Diagnostic, ...]:
    """What is odd about the inks that brochure.toml gives, where `edition` is printed in inks."""
    from brochure.pages.paint import check_inks

    separation = separation_for(edition.printer) if edition.printer else None
    if separation is None:
        return ()
    return tuple(
        check_inks(
            project.settings, separation, lambda path: locate(project.settings_text, path)
        )
    )


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
