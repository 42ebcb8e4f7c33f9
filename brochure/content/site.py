"""A Jekyll site looked at for what `brochure.toml` needs; nothing in the site is touched.

Read are `_config.yml`, the collections, `_data/<language>/sitetext.yml` and the picture folders.
What a site does not say stays empty, and the new `brochure.toml` says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from brochure.content.names import read_path
from brochure.content.site_text import SiteTitle, read_site_titles
from brochure.languages import Languages

_PHONE = re.compile(r"\+?\d[\d ()/.-]{6,20}\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_LOGOS = ("svg", "png", "webp", "jpg", "jpeg")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a site says of its clinic; `roots` and `logo` are relative to the site's folder."""

    title: str
    tagline: str
    web: str
    email: str
    phones: tuple[str, ...]
    logo: str
    roots: tuple[str, ...]
    languages: tuple[str, ...]
    default_language: str
    categories: tuple[str, ...]
    titles: tuple[SiteTitle, ...]


def look_at_site(site: Path, languages: Languages) -> SiteFacts:
    """Collect the facts of the Jekyll site in `site`."""
    config = _yaml(site / "_config.yml")
    texts = [config, *(_yaml(path) for path in sorted((site / "_data").glob("*/*.yml")))]
    roots = tuple(_roots(site, config))
    parts = [
        read_path(path.relative_to(site / root), Path(root).name, languages)
        for root in roots
        for path in sorted((site / root).rglob("*.md"))
    ]
    titles, _ = read_site_titles(site, languages)
    found = Counter(_tags(parts, titles, languages))
    tags = tuple(tag for tag, _ in sorted(found.items(), key=lambda item: (-item[1], item[0])))
    default = languages.find(str(config.get("lang", config.get("default_lang", ""))) or "en")
    preferred = default.tag if default and default.tag in tags else (tags or ("en",))[0]
    return SiteFacts(
        title=_text(config, "title", "name"),
        tagline=_text(config, "tagline", "description"),
        web=_text(config, "url"),
        email=_first(_EMAIL, _named(texts, "mail")),
        phones=_phones(texts),
        logo=_logo(site),
        roots=roots,
        languages=(preferred, *(tag for tag in tags if tag != preferred)),
        default_language=preferred,
        categories=tuple(dict.fromkeys(part.category for part in parts)),
        titles=titles,
    )


def _yaml(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_bytes())
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return {}
    return data if isinstance(data, dict) else {}


def _roots(site: Path, config: dict[str, Any]) -> Iterator[str]:
    """The folder of collections, or the folder of each collection that has treatments."""
    named = str(config.get("collections_dir", "_collections")).strip("/")
    for folder in dict.fromkeys((named, "_collections")):
        if any((site / folder).rglob("*.md")):
            yield folder
            return
    collections = config.get("collections", {})
    names = collections if isinstance(collections, list | dict) else []
    for name in names:
        if name != "posts" and any((site / f"_{name}").rglob("*.md")):
            yield f"_{name}"


def _tags(
    parts: Iterable[Any], titles: Iterable[SiteTitle], languages: Languages
) -> Iterator[str]:
    for part in parts:
        language = languages.find(part.code_in_name or part.code_in_folder)
        if language:
            yield language.tag
    yield from (title.language for title in titles)


def _text(config: dict[str, Any], *keys: str) -> str:
    values = (config.get(key) for key in keys)
    return next((" ".join(value.split()) for value in values if isinstance(value, str)), "")


def _named(texts: Iterable[Any], word: str) -> Iterator[str]:
    """Every text whose key holds `word`, however deep it stands."""
    for text in texts:
        if isinstance(text, dict):
            for key, value in text.items():
                if word in str(key).lower() and isinstance(value, str | int):
                    yield str(value)
                else:
                    yield from _named([value], word)
        elif isinstance(text, list):
            yield from _named(text, word)


def _phones(texts: list[Any]) -> tuple[str, ...]:
    values = [*_named(texts, "phone"), *_named(texts, "tel")]
    found = (match[0].strip() for value in values for match in _PHONE.finditer(value))
    return tuple(dict.fromkeys(found))[:3]


def _first(pattern: re.Pattern[str], values: Iterable[str]) -> str:
    matches = (pattern.search(value) for value in values)
    return next((match[0] for match in matches if match), "")


def _logo(site: Path) -> str:
    for kind in _LOGOS:
        for path in sorted((site / "assets").rglob(f"*logo*.{kind}")):
            return path.relative_to(site).as_posix()
    return ""
