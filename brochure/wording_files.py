"""Files of wording read and checked: `templates/wording/<tag>.toml`, one for each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import Any

from brochure.assets import Assets
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import (
    DIGITS,
    FOLDER,
    Columns,
    Language,
    Languages,
    Quotes,
    Wording,
    is_locale,
)
from brochure.toml_values import NoToml, tables_in

_QUOTES = tuple(item.name for item in fields(Quotes))
_FILLED_IN = {
    "edition_note": {"version", "date"},
    "subject": {"clinic"},
    "picture_to_follow": {"title"},
    "clinic_logo": {"clinic"},
    "cover_picture": {"clinic"},
    "booking_code": {"address"},
    "video_code": {"address"},
    "leaflet_languages": {"languages"},
    "page_of": {"page", "pages"},
    "only_in": {"language"},
    "email_subject": {"clinic", "titles"},
    "email_greeting": {"name"},
}
"""What the templates fill into a wording."""


def load_languages(assets: Assets) -> tuple[Languages, tuple[Diagnostic, ...]]:
    """Read every file of wording; reports `wording-invalid`."""
    faults: list[Diagnostic] = []
    known: list[Language] = []
    for path in assets.listing(FOLDER, ".toml"):
        language, found = _load(path)
        faults += found
        known += [language] if language else []
    return Languages(known=tuple(known)), tuple(faults)


def _load(path: Path) -> tuple[Language | None, list[Diagnostic]]:
    shown = f"{FOLDER}/{path.name}"
    try:
        data, text = tables_in(path.read_bytes())
    except NoToml as error:
        place = Location(path=shown, line=error.line, column=error.column)
        return None, [_invalid(place, f"The file cannot be read: {error}")]
    words: Any = data.get("wording", {})
    head: Any = data.get("language", {})
    columns: Any = data.get("columns", {})
    problems = [
        *_problems_of_tag(path.stem),
        *_problems_of_head(head),
        *_problems_of_columns(columns),
        *_problems_of(words),
    ]
    if problems:
        return None, [_invalid(_place(shown, text, key), problem) for key, problem in problems]
    language = Language(
        tag=path.stem,
        aliases=tuple(head.get("aliases", ())),
        digits=DIGITS[head.get("digits", "latn")],
        letters=tuple(head.get("letters", ())),
        quotes=Quotes(**dict(zip(_QUOTES, head.get("quotes", ()), strict=False))),
        columns=Columns(**{key: tuple(names) for key, names in columns.items()}),
        wording=Wording(**words),
    )
    return language, []


def _place(path: str, text: str, key: str) -> Location:
    """The line of an entry or table, or the whole file if it has none."""
    line = re.compile(rf"\s*(\[{re.escape(key)}\]|{re.escape(key)}\s*=)")
    for number, source_line in enumerate(text.split("\n"), start=1):
        if key and line.match(source_line):
            return Location(path=path, line=number, column=1, source_line=source_line)
    return Location(path=path)


def _problems_of_tag(tag: str) -> Iterator[tuple[str, str]]:

    if not is_locale(tag):
        yield "", f"“{tag}” is not a language that CLDR knows, so dates and days have no names"


def _problems_of_head(head: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(head, dict):
        yield "language", "The entry “language” is not a table"
        return
    if not _are_texts(head.get("aliases", [])):
        yield "aliases", "The entry “aliases” is not a list of texts"
    letters = head.get("letters", [])
    if not _are_texts(letters) or any(len(pair) != 2 for pair in letters):
        yield "letters", "The entry “letters” is not a list of pairs such as “nñ”"
    if head.get("digits", "latn") not in tuple(DIGITS):
        yield "digits", f"The entry “digits” is not one of {', '.join(DIGITS)}"
    quotes = head.get("quotes", list(_QUOTES))
    if not _are_texts(quotes) or len(quotes) != len(_QUOTES):
        yield "quotes", "The entry “quotes” is not a list of four quotation marks"


def _problems_of_columns(columns: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(columns, dict):
        yield "columns", "The entry “columns” is not a table"
        return
    known = [item.name for item in fields(Columns)]
    for key, names in columns.items():
        if key not in known:
            yield key, f"The column “{key}” is unknown; known are {', '.join(known)}"
        elif not _are_texts(names):
            yield key, f"The entry “{key}” is not a list of texts"


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _problems_of(words: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(words, dict):
        yield "wording", "The entry “wording” is not a table"
        return
    wanted = [item.name for item in fields(Wording)]
    yield from (("wording", f"The entry “{key}” is missing") for key in wanted if key not in words)
    yield from ((key, f"The entry “{key}” is unknown") for key in words if key not in wanted)
    for key in (key for key in wanted if key in words):
        if not isinstance(words[key], str):
            yield key, f"The entry “{key}” is not text"
        elif not _names_in(words[key]) <= _FILLED_IN.get(key, set()):
            known = " and ".join(f"{{{name}}}" for name in sorted(_FILLED_IN.get(key, ())))
            yield key, f"The entry “{key}” may have {known or 'nothing'} between brackets"


def _names_in(text: str) -> set[str | None]:
    """The names between { and } in a text; {None} if the brackets do not fit together."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {None}


def _invalid(place: Location, problem: str) -> Diagnostic:
    return diagnose(
        "wording-invalid",
        place,
        problem=problem,
        cause="Every language needs the same entries, so that no page comes out half-worded.",
        fix="Compare the file with templates/wording/en.toml of the brochure package.",
    )


def wording_fault(code: str, languages: Languages, location: Location | None) -> Diagnostic:
    """The diagnostic `wording-missing` for a language that has no file under this very name."""
    meant = languages.find(code)
    known = ", ".join(language.tag for language in languages.known)
    return diagnose(
        "wording-missing",
        location,
        problem=f"There is no wording for the language “{code}”",
        cause=f"The words that brochure prints itself exist in {known}.",
        fix=f"Write “{meant.tag}” instead of “{code}” in brochure.toml."
        if meant
        else f"Copy templates/wording/en.toml to templates/wording/{code}.toml in your project "
        "and translate it.",
    )
