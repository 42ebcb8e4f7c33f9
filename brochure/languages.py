"""Languages: tag, direction, script, typography and the words that we print ourselves.

A language is one file `templates/wording/<tag>.toml`; direction, script and its own name come
from CLDR (through Babel). A tag is BCP 47; `aliases` are other codes that websites use for it.
"""

from __future__ import annotations

import datetime
import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

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
class Digits:
    """The ten digits that numbers of ours are printed in, and CSS's name for counting in them."""

    signs: str = "0123456789"
    counter_style: str = "decimal"


DIGITS = {
    "latn": Digits(),
    "arab": Digits(signs="٠١٢٣٤٥٦٧٨٩", counter_style="arabic-indic"),
    "arabext": Digits(signs="۰۱۲۳۴۵۶۷۸۹", counter_style="persian"),
}
"""By CLDR's names of numbering systems."""


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
    email_subject: str
    email_greeting: str
    email_greeting_unnamed: str
    email_intro: str
    email_questions: str
    email_closing: str
    email_misdirected: str
    patient_information: str
    questions: str
    questions_note: str
    about_leaflet: str
    version: str
    published: str
    reviewed: str
    reviewed_by: str
    next_review: str
    sources: str
    leaflet_languages: str
    leaflet_on_request: str
    leaflet_note: str
    page_of: str
    only_in: str
    outdated_mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of a list of patients may be called in a language."""

    name: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    date: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language as the pages need it."""

    tag: str
    aliases: tuple[str, ...]
    quotes: Quotes
    wording: Wording
    columns: Columns = field(default_factory=Columns)
    digits: Digits = DIGITS["latn"]
    letters: tuple[str, ...] = ()
    """Letters of its own that sort after another, each written behind it: `nñ` in Spanish."""

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

        return self.in_digits(str(format_date(date, format="long", locale=self._locale)))

    def listed(self, words: Sequence[str]) -> str:
        """Words in a row, joined as CLDR says: “one, two and three”."""
        from babel.lists import format_list

        return str(format_list(words, locale=self._locale))

    def time(self, hour: int, minute: int) -> str:
        """A time of day on the 24-hour clock, in CLDR's pattern."""
        from babel.dates import format_skeleton

        moment = datetime.datetime(2000, 1, 1, hour, minute)
        return self.in_digits(str(format_skeleton("Hm", moment, locale=self._locale)))

    def folio(self, number: int) -> str:
        """A page's number in the language's digits."""
        return self.in_digits(str(number))

    def in_digits(self, text: str) -> str:
        """A text of our own making in the language's digits; the clinic's words keep theirs."""
        return text.translate(str.maketrans(DIGITS["latn"].signs, self.digits.signs))

    def weekday(self, index: int) -> str:
        """The stand-alone name of a day, Monday being 0."""
        from babel.dates import get_day_names

        name = str(get_day_names("wide", "stand-alone", self._locale)[index])
        return name[:1].upper() + name[1:]


def direction_of(tag: str) -> Direction | None:
    """Which way lines of a BCP 47 tag run, from CLDR; None if CLDR knows nothing of it."""
    from babel import Locale

    known = next((code for code in (tag, tag.partition("-")[0]) if is_locale(code)), None)
    if known is None:
        return None
    rtl = Locale.parse(known, sep="-").character_order == "right-to-left"
    return Direction.RTL if rtl else Direction.LTR


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


def plain(text: str) -> str:
    """A text without case, accents and repeated spaces, for comparing what people type."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


_REGIONAL = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?")


def is_locale(tag: str) -> bool:
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
        return replace(language, tag=tag) if is_locale(tag) else None

    @cached_property
    def _by_code(self) -> dict[str, Language]:
        return {
            code.lower(): language
            for language in reversed(self.known)
            for code in (*language.aliases, language.tag)
        }

    def named(self, text: str) -> Language | None:
        """The language of a tag, an alias, or its name in any of the languages, from CLDR."""
        return self.find(text) or self._by_name.get(plain(text))

    @cached_property
    def _by_name(self) -> dict[str, Language]:
        return {
            plain(speaker.name_of(language)): language
            for speaker in self.known
            for language in self.known
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

    def with_digits(self, names: Mapping[str, str]) -> Languages:
        """The same languages, those in `names` with the digits that it names for their tag."""
        known = (
            replace(language, digits=DIGITS[names[language.tag]])
            if names.get(language.tag)
            else language
            for language in self.known
        )
        return Languages(known=tuple(known))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every tag and alias."""
        return tuple(code for known in self.known for code in (known.tag, *known.aliases))
