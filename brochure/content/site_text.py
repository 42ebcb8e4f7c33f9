"""A Jekyll site's own words: category titles from `_data/<language>/sitetext.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Languages

_FILES = ("sitetext.yml", "sitetext.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTitle:
    """The title of one category in one language (a BCP 47 tag)."""

    language: str
    category: str
    title: str


def read_site_titles(
    site_root: Path, languages: Languages
) -> tuple[tuple[SiteTitle, ...], tuple[Diagnostic, ...]]:
    """Read every category title that the site has; reports `site-text-invalid`."""
    titles: list[SiteTitle] = []
    faults: list[Diagnostic] = []
    for path in sorted((site_root / "_data").glob("*/*")):
        language = languages.find(path.parent.name)
        if path.name not in _FILES or language is None:
            continue
        try:
            data = yaml.safe_load(path.read_bytes())
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(_fault(path, site_root, error))
            continue
        titles += _titles(data, language.tag)
    return tuple(titles), tuple(faults)


def _titles(data: Any, language: str) -> list[SiteTitle]:
    if not isinstance(data, dict):
        return []
    return [
        SiteTitle(language=language, category=str(name), title=" ".join(entry["title"].split()))
        for name, entry in data.items()
        if isinstance(entry, dict) and isinstance(entry.get("title"), str)
    ]


def _fault(path: Path, site_root: Path, error: Exception) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    return diagnose(
        "site-text-invalid",
        Location(
            path=path.relative_to(site_root).as_posix(), line=mark.line + 1 if mark else None
        ),
        problem="The site's file of titles cannot be read",
        cause="Category titles come from it where brochure.toml has none.",
        fix="Correct the file, or write the titles under [categories.…] in brochure.toml.",
    )
