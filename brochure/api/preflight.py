"""Preflight of finished files: of any PDF, against one printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from brochure.assets import assets_of
from brochure.diagnostics import BrochureError, Diagnostic, Location, in_order, weighed
from brochure.printer_files import load_printers, printer_named
from brochure.settings import FILE_NAME, PrintSettings
from brochure.settings_file import load, locate


def preflight(
    paths: Sequence[Path], *, printer: str = "", folder: Path = Path(), strict: bool = False
) -> tuple[Diagnostic, ...]:
    """Judge the files by `printer`, or each by the one that it says it was made for.

    A file that names none is judged by the usual printer of the clinic in `folder`. Raises
    `BrochureError` where there is no such printer.
    """
    from brochure.pdf.opening import read
    from brochure.pdf.preflight import made_for
    from brochure.pdf.preflight import preflight as judged

    name, place, severities = _usual(folder)
    assets = assets_of(folder)
    chosen = printer_named(assets, printer or name, None if printer else place)
    own = {} if printer else {item.name: item for item in load_printers(assets)[0]}
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            data, file = read(path), path.as_posix()
            faults += judged(data, own.get(made_for(data, file), chosen), file)
        except BrochureError as error:
            faults += error.diagnostics
    return in_order(weighed(faults, severities, strict=strict))


def _usual(folder: Path) -> tuple[str, Location | None, Mapping[str, str]]:
    """The printer that brochure.toml names, where it does, and how much each fault matters."""
    if not (folder / FILE_NAME).is_file():
        return PrintSettings().printer, None, {}
    settings, text = load(folder)
    return settings.print.printer, locate(text, ("print", "printer")), settings.severity
