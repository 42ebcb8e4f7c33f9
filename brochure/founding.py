"""A new clinic's folder: our small sample, or a `brochure.toml` for a site that is there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brochure.assets import DEFAULTS, assets_of
from brochure.content.site import SiteFacts, look_at_site
from brochure.pages.environment import make_environment, render_template
from brochure.settings import FILE_NAME
from brochure.wording_files import load_languages

_TEMPLATE = "new-clinic.toml"
_STARTER = "020"


def starter_files() -> Iterator[tuple[str, bytes]]:
    """The sample clinic with one treatment of each category."""
    content = DEFAULTS / "content"
    texts = [
        path
        for category in sorted((content / "_collections").iterdir())
        for path in sorted(category.glob(f"{_STARTER}-*.md"))
    ]
    slugs = {path.stem.removeprefix(f"{_STARTER}-").rpartition("-")[0] for path in texts}
    pictures = [content / "assets/img/portfolio" / f"{slug}.webp" for slug in sorted(slugs)]
    marks = [content / "assets/img" / name for name in ("cover.webp", "logo.svg")]
    for path in (DEFAULTS / FILE_NAME, *texts, *pictures, *marks):
        yield path.relative_to(DEFAULTS).as_posix(), path.read_bytes()


def site_files(site: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """A `brochure.toml` in `folder` for the Jekyll site in `site`, which is only read."""
    assets = assets_of(folder)
    facts = look_at_site(site, load_languages(assets)[0])
    environment = make_environment(assets)
    environment.filters["toml"] = _toml
    shown = Path(os.path.relpath(site, folder)).as_posix()
    values = {
        "source": shown,
        "facts": facts,
        "slug": _slug(facts.title or site.resolve().name),
        "roots": [f"{shown}/{root}" for root in facts.roots] or [shown],
        "site_root": shown,
        "titles": {category: _titles(facts, category) for category in facts.categories},
    }
    yield FILE_NAME, render_template(environment, _TEMPLATE, values).encode()


def _toml(value: Any) -> str:
    """A text or a list of texts as TOML, whose basic strings are written as JSON's are."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _titles(facts: SiteFacts, category: str) -> str:
    known = {item.language: item.title for item in facts.titles if item.category == category}
    return ", ".join(
        f"{_toml(tag)} = {_toml(known[tag])}" for tag in facts.languages if tag in known
    )


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "clinic"
