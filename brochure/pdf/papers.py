"""Papers, read from `templates/papers.toml` of the clinic and of the package."""

from __future__ import annotations

import re
from typing import Any

from brochure.assets import Assets
from brochure.diagnostics import BrochureError, Location, diagnose
from brochure.measures import Size
from brochure.toml_values import NoToml, structured, tables_in

FILE = "templates/papers.toml"
_MEASURED = re.compile(r"([1-9]\d{1,3}(?:\.\d+)?)x([1-9]\d{1,3}(?:\.\d+)?)")


def paper_named(name: str, assets: Assets) -> Size:
    """The paper of that name, whatever its case, or of a size such as `305x457`.

    Raises `BrochureError` with `paper-unknown`.
    """
    if match := _MEASURED.fullmatch(name):
        return Size(width_mm=float(match[1]), height_mm=float(match[2]))
    tables: dict[str, Any] = {}
    for folder in reversed(assets.folders("templates")):
        path = folder / "papers.toml"
        if path.is_file():
            tables |= _read(path.read_bytes())
    table = {known.lower(): row for known, row in tables.items()}.get(name.lower())
    if table is None:
        raise _fault(
            problem=f"The paper “{name}” is unknown",
            cause=f"The papers are {', '.join(tables)}.",
            fix="Name one of them after --paper, or give a size in millimetres, such as 305x457.",
        )
    paper, slips = structured(table, Size)
    if paper is None:
        problem = f"The paper “{name}” is described wrongly: {slips[0].problem}"
        raise _broken(problem, Location(path=FILE))
    return paper


def _read(data: bytes) -> dict[str, Any]:
    try:
        return tables_in(data)[0]
    except NoToml as error:
        place = Location(path=FILE, line=error.line, column=error.column)
        raise _broken(f"The table of papers cannot be read: {error}", place) from None


def _broken(problem: str, place: Location) -> BrochureError:
    return _fault(
        problem=problem,
        cause="Each paper is a [name] with width_mm and height_mm, both numbers.",
        fix=f"Undo the last change to {FILE} of your project, or delete the file.",
        place=place,
    )


def _fault(*, problem: str, cause: str, fix: str, place: Location | None = None) -> BrochureError:
    return BrochureError([diagnose("paper-unknown", place, problem=problem, cause=cause, fix=fix)])
