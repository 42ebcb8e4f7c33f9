"""Languages: tag, direction, script, typography and the words that we print ourselves.

A language is one file `templates/wording/<tag>.toml`; direction, script and its own name come
from CLDR (through Babel). A tag is BCP 47; `aliases` are other codes that websites use for it.
"""

from __future__ import annotations

import datetime
import enum
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from brochure.assets import Assets
from brochure.diagnostics import Diagnostic, Location, diagnose

if TYPE_CHECKING:
    from babel import Locale

FOLDER = "templates/wording"


class Direction(enum.Enum):
    """Which way lines run (UAX #9)."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """A language's own quotation marks."""

    outer_open: str = "“"
    outer_close: str = "”"
    inner_open: str = "‘"
    inner_close: str = "’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Every word that a template prints; `{names}` are filled in by the template."""

    welcome: str
    contents: str
    overview: str
    back_to_overview: str
    contact: str
    address: str
    phone: str
    mobile: str
    email: str
    web: str
    opening_hours: str
    closed: str
    by_appointment: str
    book: str
    book_scan: str
    practitioners: str
    edition_note: str
    subject: str
    picture_to_follow: str
    clinic_logo: str
    cover_picture: str
    booking_code: str
    video_code: str
    advice_note: str
    only_in: str
    outdated_mark: str


_QUOTES = tuple(item.name for item in fields(Quotes))
_FILLED_IN = {
    "edition_note": {"version", "date"},
    "subject": {"clinic"},
    "picture_to_follow": {"title"},
    "clinic_logo": {"clinic"},
    "cover_picture": {"clinic"},
    "booking_code": {"address"},
    "video_code": {"address"},
    "only_in": {"language"},
}
"""What the templates fill into a wording."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language as the pages need it."""

    tag: str
    aliases: tuple[str, ...]
    quotes: Quotes
    wording: Wording

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale

        return Locale.parse(self.tag, sep="-")

    @cached_property
    def direction(self) -> Direction:
        """Which way its lines run, from CLDR."""
        rtl = self._locale.character_order == "right-to-left"
        return Direction.RTL if rtl else Direction.LTR

    @cached_property
    def script(self) -> str:
        """Its ISO 15924 script code, from CLDR's likely subtags where the tag has none."""
        return script_of(self.tag)

    @cached_property
    def own_name(self) -> str:
        """Its name in itself, from CLDR, as a title."""
        name = self._locale.get_display_name() or self.tag
        return name[:1].upper() + name[1:]

    def name_of(self, other: Language) -> str:
        """The name of another language in this one, from CLDR, as it stands in a sentence."""
        return other._locale.get_display_name(self._locale) or other.tag

    def date(self, date: datetime.date) -> str:
        """A date in CLDR's long form."""
        from babel.dates import format_date

        return str(format_date(date, format="long", locale=self._locale))

    def time(self, hour: int, minute: int) -> str:
        """A time of day on the 24-hour clock, in CLDR's pattern."""
        from babel.dates import format_skeleton

        moment = datetime.datetime(2000, 1, 1, hour, minute)
        return str(format_skeleton("Hm", moment, locale=self._locale))

    def weekday(self, index: int) -> str:
        """The stand-alone name of a day, Monday being 0."""
        from babel.dates import get_day_names

        name = str(get_day_names("wide", "stand-alone", self._locale)[index])
        return name[:1].upper() + name[1:]


def script_of(tag: str) -> str:
    """The script that CLDR expects for a BCP 47 tag."""
    from babel.core import get_global, parse_locale

    language, territory, script, *_ = parse_locale(tag, sep="-")
    if script:
        return str(script)
    likely = get_global("likely_subtags")
    keys = (f"{language}_{territory}", language)
    expanded = next((likely[key] for key in keys if key in likely), f"{language}_Latn")
    return str(parse_locale(expanded)[2])


_REGIONAL = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?")


def _is_locale(tag: str) -> bool:
    """Whether CLDR knows the language in this script and region."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def canonical(code: str, language: Language) -> str:
    """A lower-case code in BCP 47's usual capitals, its first part that of `language`."""
    rest = code.split("-")[1:]
    shaped = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join((language.tag.partition("-")[0], *shaped))


@dataclass(frozen=True, kw_only=True)
class Languages:
    """Every language there is wording for."""

    known: tuple[Language, ...]

    def find(self, code: str) -> Language | None:
        """The language of a tag or an alias, whatever its case.

        `pt-BR` is found with the wording of `pt` if it has none of its own (RFC 4647, 3.4).
        """
        wanted = code.strip().replace("_", "-").lower()
        if language := self._by_code.get(wanted):
            return language
        language = self._by_code.get(wanted.partition("-")[0])
        if language is None or not _REGIONAL.fullmatch(wanted):
            return None
        tag = canonical(wanted, language)
        return replace(language, tag=tag) if _is_locale(tag) else None

    @cached_property
    def _by_code(self) -> dict[str, Language]:
        return {
            code.lower(): language
            for language in reversed(self.known)
            for code in (*language.aliases, language.tag)
        }

    def match(self, code: str, tags: Iterable[str]) -> str | None:
        """Which of `tags` the language `code` belongs to: itself, or its shorter or longer form.

        The language's own tag if it is none of them; None if there is no such language.
        """
        language = self.find(code)
        if language is None:
            return None
        tag = language.tag
        related = (
            other for other in tags if other.startswith(f"{tag}-") or tag.startswith(f"{other}-")
        )
        return tag if tag in tags else next(related, tag)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every tag and alias."""
        return tuple(code for known in self.known for code in (known.tag, *known.aliases))


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
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = re.search(r"at line (\d+)", str(error))
        place = Location(path=shown, line=int(where[1]) if where else None)
        return None, [_invalid(place, f"The file cannot be read: {error}")]
    words: Any = data.get("wording", {})
    head: Any = data.get("language", {})
    problems = [*_problems_of_tag(path.stem), *_problems_of_head(head), *_problems_of(words)]
    if problems:
        return None, [_invalid(_place(shown, text, key), problem) for key, problem in problems]
    language = Language(
        tag=path.stem,
        aliases=tuple(head.get("aliases", ())),
        quotes=Quotes(**dict(zip(_QUOTES, head.get("quotes", ()), strict=False))),
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

    if not _is_locale(tag):
        yield "", f"“{tag}” is not a language that CLDR knows, so dates and days have no names"


def _problems_of_head(head: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(head, dict):
        yield "language", "The entry “language” is not a table"
        return
    if not _are_texts(head.get("aliases", [])):
        yield "aliases", "The entry “aliases” is not a list of texts"
    quotes = head.get("quotes", list(_QUOTES))
    if not _are_texts(quotes) or len(quotes) != len(_QUOTES):
        yield "quotes", "The entry “quotes” is not a list of four quotation marks"


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
