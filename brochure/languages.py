"""Languages: tag, direction, script, typography and the words that we print ourselves.

A language is one file `templates/wording/<tag>.toml`; direction, script and its own name come
from CLDR (through Babel). A tag is BCP 47; `aliases` are other codes that websites use for it.
"""

from __future__ import annotations

import datetime
import enum
import tomllib
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
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
    page: str
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
    advice_note: str


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
    from babel import Locale
    from babel.core import get_global

    locale = Locale.parse(tag, sep="-")
    if locale.script:
        return str(locale.script)
    likely = get_global("likely_subtags")
    keys = (f"{locale.language}_{locale.territory}", locale.language)
    expanded = next((likely[key] for key in keys if key in likely), "")
    return Locale.parse(expanded).script or "Latn" if expanded else "Latn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Every language there is wording for."""

    known: tuple[Language, ...]

    def find(self, code: str) -> Language | None:
        """The language of a tag or an alias, whatever its case."""
        wanted = code.strip().replace("_", "-").lower()
        for language in self.known:
            if wanted in (language.tag.lower(), *(alias.lower() for alias in language.aliases)):
                return language
        return None

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
    place = Location(path=f"{FOLDER}/{path.name}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [_invalid(place, f"The file cannot be read: {error}")]
    words: dict[str, Any] = data.get("wording", {})
    wanted = [item.name for item in fields(Wording)]
    faults = _key_faults(place, wanted, words)
    if faults:
        return None, faults
    head = data.get("language", {})
    return (
        Language(
            tag=path.stem,
            aliases=tuple(head.get("aliases", ())),
            quotes=Quotes(**_quotes(head)),
            wording=Wording(**words),
        ),
        [],
    )


def _key_faults(place: Location, wanted: list[str], words: dict[str, Any]) -> list[Diagnostic]:
    missing = [f"The entry “{key}” is missing" for key in wanted if key not in words]
    extra = [f"The entry “{key}” is unknown" for key in words if key not in wanted]
    wrong = [
        f"The entry “{key}” is not text"
        for key, value in words.items()
        if key in wanted and not isinstance(value, str)
    ]
    return [_invalid(place, problem) for problem in (*missing, *extra, *wrong)]


def _invalid(place: Location, problem: str) -> Diagnostic:
    return diagnose(
        "wording-invalid",
        place,
        problem=problem,
        cause="Every language needs the same entries, so that no page comes out half-worded.",
        fix="Compare the file with templates/wording/en.toml of the brochure package.",
    )


def _quotes(head: dict[str, Any]) -> dict[str, str]:
    names = ("outer_open", "outer_close", "inner_open", "inner_close")
    return dict(zip(names, head.get("quotes", ()), strict=False))


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
