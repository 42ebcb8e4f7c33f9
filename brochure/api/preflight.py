"""Preflight of finished files: of any PDF, against one printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from brochure.assets import assets_of
from brochure.diagnostics import BrochureError, Diagnostic, Location, in_order, weighed
from brochure.printer_files import printer_named
from brochure.settings import FILE_NAME, PrintSettings
from brochure.settings_file import load, locate


def preflight(
    paths: Sequence[Path], *, printer: str = "", folder: Path = Path(), strict: bool = False
) -> tuple[Diagnostic, ...]:
    """Judge the files by `printer`, or else by the usual one of the clinic in `folder`.

    Raises `BrochureError` where there is no such printer.
    """
    from brochure.pdf.opening import read
    from brochure.pdf.preflight import UNREADABLE
    from brochure.pdf.preflight import preflight as judged

    name, place, severities = _usual(folder)
    chosen = printer_named(assets_of(folder), printer or name, None if printer else place)
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            faults += judged(read(path, UNREADABLE), chosen, path.as_posix())
        except BrochureError as error:
            faults += error.diagnostics
    return in_order(weighed(faults, severities, strict=strict))


def _usual(folder: Path) -> tuple[str, Location | None, Mapping[str, str]]:
    """The printer that brochure.toml names, where it does, and how much each fault matters."""
    if not (folder / FILE_NAME).is_file():
        return PrintSettings().printer, None, {}
    settings, text = load(folder)
    return settings.print.printer, locate(text, ("print", "printer")), settings.severity
