"""Page formats, read from `templates/formats.toml` of the clinic and of the package."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from brochure.assets import Assets
from brochure.diagnostics import BrochureError, Location, diagnose
from brochure.measures import PageFormat
from brochure.settings import FILE_NAME
from brochure.toml_values import NoToml, tables_in

FILE = "templates/formats.toml"


def page_format(name: str, assets: Assets) -> PageFormat:
    """The format of that name; raises `BrochureError` with `settings-invalid`."""
    table: dict[str, Any] = {}
    for root in reversed(assets.roots):
        if (root / FILE).is_file():
            table.update(_read(root / FILE))
    row = table.get(name)
    if not isinstance(row, dict):
        raise _fault(
            Location(path=FILE_NAME),
            problem=f"The page format “{name}” is unknown",
            cause=f"The formats are {', '.join(table)}.",
            fix=f"Name one of them after “format =” under [page], or add yours to {FILE}.",
        )
    wanted = [item.name for item in fields(PageFormat) if item.name != "name"]
    wrong = [key for key in wanted if not isinstance(row.get(key), int | float)]
    wrong += [key for key in row if key not in wanted]
    if wrong:
        raise _fault(
            Location(path=FILE),
            problem=f"The page format “{name}” has missing or unknown entries: {', '.join(wrong)}",
            cause="Every format needs the same entries, each a number.",
            fix=f"Compare it with [A5] in {FILE} of the brochure package.",
        )
    return PageFormat(name=name, **row)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tables_in(path.read_bytes())[0]
    except NoToml as error:
        raise _fault(
            Location(path=FILE, line=error.line, column=error.column),
            problem=f"The table of page formats cannot be read: {error}",
            cause="The file does not follow the rules of TOML.",
            fix="Undo the last change to this file, or delete it.",
        ) from None


def _fault(place: Location, *, problem: str, cause: str, fix: str) -> BrochureError:
    return BrochureError(
        [diagnose("settings-invalid", place, problem=problem, cause=cause, fix=fix)]
    )
