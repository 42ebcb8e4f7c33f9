"""Page formats, read from `templates/formats.toml` of the clinic and of the package."""

from __future__ import annotations

import tomllib
from typing import Any

from brochure.assets import Assets
from brochure.diagnostics import BrochureError, Location, diagnose
from brochure.measures import PageFormat

FILE = "templates/formats.toml"


def page_format(name: str, assets: Assets) -> PageFormat:
    """The format of that name; raises `BrochureError` with `settings-invalid`."""
    table: dict[str, Any] = {}
    for root in reversed(assets.roots):
        if (root / FILE).is_file():
            table.update(tomllib.loads((root / FILE).read_text(encoding="utf-8")))
    if name not in table:
        fault = diagnose(
            "settings-invalid",
            Location(path="brochure.toml"),
            problem=f"The page format “{name}” is unknown",
            cause=f"The formats are {', '.join(table)}.",
            fix="Name one of them after “format =” under [page], or add yours to "
            "templates/formats.toml.",
        )
        raise BrochureError([fault])
    return PageFormat(name=name, **table[name])
