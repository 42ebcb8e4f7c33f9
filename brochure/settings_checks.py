"""What a type cannot say of `brochure.toml`: colours, slug, hours, languages that fit together."""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from brochure.diagnostics import CODES, OFF, Severity
from brochure.languages import DIGITS
from brochure.printers import PROCESS_NAMES
from brochure.settings import (
    DEFAULT_LANGUAGE,
    LEAVE_OUT,
    THIS_MACHINE,
    CacheSettings,
    Clinic,
    ContentSettings,
    EmailSettings,
    Security,
    Settings,
    TranslationSettings,
)
from brochure.toml_values import Slip

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s/]\S*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_MAX_QR = 300
"""Characters in a QR code of 22 mm whose modules a phone can still tell apart (version 14)."""
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"closed|appointment|{_TIME}-{_TIME}( {_TIME}-{_TIME})*")


def slips_in(settings: Settings) -> Iterator[Slip]:
    """Every value that is of the right kind and cannot be used, with the entry that holds it."""
    yield from _clinic_slips(settings)
    yield from _language_slips(settings)
    yield from _content_slips(settings.content)
    yield from _email_slips(settings.email)
    yield from _cache_slips(settings.cache)
    yield from _brand_slips(settings)
    yield from _translation_slips(settings.translations)
    yield from _severity_slips(settings.severity)


def _clinic_slips(settings: Settings) -> Iterator[Slip]:
    clinic = settings.clinic
    if not _SLUG.fullmatch(clinic.slug):
        problem = "The slug may hold small letters a-z, digits and hyphens only"
        yield Slip(problem, ("clinic", "slug"))
    if not clinic.languages:
        yield Slip("At least one language must be listed", ("clinic", "languages"))
    for tag, count in Counter(clinic.languages).items():
        for problem in _language_problems(tag, count, settings):
            yield Slip(problem, ("clinic", "languages"))
    if clinic.default_language and clinic.default_language not in clinic.languages:
        problem = "The default language is not among the languages"
        yield Slip(problem, ("clinic", "default_language"))
    for day, hours in clinic.hours.items():
        if day not in _DAYS or not _HOURS.fullmatch(hours):
            problem = f"Opening hours not understood: {day} = “{hours}”; expected mon … sun"
            problem += " and 08:00-19:00, closed or appointment"
            yield Slip(problem, ("clinic", "hours", day))
    for key, problem in _address_problems(clinic):
        yield Slip(problem, ("clinic", key))


def _language_problems(tag: str, count: int, settings: Settings) -> Iterator[str]:
    if not _TAG.fullmatch(tag):
        yield f"“{tag}” is not a language; expected a code such as en or el"
    elif tag not in settings.language:
        yield f"There is no [language.{tag}] for the language “{tag}”"
    if count > 1:
        yield f"The language “{tag}” is listed twice"


def _address_problems(clinic: Clinic) -> Iterator[tuple[str, str]]:
    for key, address in (("web", clinic.web), ("booking", clinic.booking)):
        if address and not _WEB.fullmatch(address):
            yield key, f"“{address[:60]}” is not an address that begins with https://"
    if len(clinic.booking) > _MAX_QR:
        yield "booking", f"The address is longer than {_MAX_QR} characters, too long to scan"
    if clinic.email and not _EMAIL.fullmatch(clinic.email):
        yield "email", f"“{clinic.email[:60]}” is not an e-mail address"


def _language_slips(settings: Settings) -> Iterator[Slip]:
    for tag, facts in settings.language.items():
        if not facts.name.strip():
            yield Slip(f"The clinic has no name in “{tag}”", ("language", tag, "name"))
        if facts.digits and facts.digits not in DIGITS:
            problem = f"“{facts.digits}” is unknown; expected {', '.join(DIGITS)}"
            yield Slip(problem, ("language", tag, "digits"))


def _content_slips(content: ContentSettings) -> Iterator[Slip]:
    if not content.roots:
        yield Slip("At least one folder must be listed", ("content", "roots"))
    for key, patterns in (("include", content.include), ("exclude", content.exclude)):
        for pattern in patterns:
            if not _is_pattern(pattern):
                problem = f"“{pattern}” is not a pattern for files below the roots"
                yield Slip(f"{problem}; expected one such as **/*.md", ("content", key))


def _is_pattern(text: str) -> bool:
    try:
        next(Path(os.devnull).glob(text), None)
    except (IndexError, NotImplementedError, ValueError):  # pathlib has one for each mistake
        return False
    return True


def _cache_slips(cache: CacheSettings) -> Iterator[Slip]:
    if cache.limit_mb < 0:
        problem = f"{cache.limit_mb} is too little; the least is 0, and keeps nothing"
        yield Slip(problem, ("cache", "limit_mb"))


def _brand_slips(settings: Settings) -> Iterator[Slip]:
    brand, spot = settings.brand, settings.brand.accent_spot
    colours: dict[tuple[str, ...], str] = {
        ("brand", key): getattr(brand, key) for key in ("accent", "ink", "paper")
    }
    hues = {("categories", slug, "hue"): item.hue for slug, item in settings.categories.items()}
    colours |= {path: hue for path, hue in hues.items() if hue}
    for path, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            yield Slip(f"“{colour}” is not a colour of the form #0F5F63", path)
    if spot and (not spot.name.strip() or spot.name in PROCESS_NAMES):
        problem = f"“{spot.name}” is not the name of a spot colour"
        yield Slip(f"{problem}; expected one such as PANTONE 3155 C", ("brand", "accent_spot"))


def _translation_slips(translations: TranslationSettings) -> Iterator[Slip]:
    if translations.missing not in (LEAVE_OUT, DEFAULT_LANGUAGE):
        expected = f"expected {LEAVE_OUT} or {DEFAULT_LANGUAGE}"
        yield Slip(f"“{translations.missing}” is unknown; {expected}", ("translations", "missing"))


def _email_slips(email: EmailSettings) -> Iterator[Slip]:
    for key, address in (("sender", email.sender), ("reply_to", email.reply_to)):
        if address and not _EMAIL.fullmatch(address):
            yield Slip(f"“{address[:60]}” is not an e-mail address", ("email", key))
    if email.security is Security.NONE and email.host not in THIS_MACHINE:
        problem = "“none” is for a mail server on this machine only; use starttls or tls"
        yield Slip(problem, ("email", "security"))
    if not 0 < email.port < 65536:
        problem = f"{email.port} is not the number of a port, which is 1 to 65535"
        yield Slip(problem, ("email", "port"))
    for key, count in (
        ("per_minute", email.per_minute),
        ("attachment_limit_mb", email.attachment_limit_mb),
    ):
        if count < 1:
            yield Slip(f"{count} is too little; the least is 1", ("email", key))


def _severity_slips(severities: Mapping[str, str]) -> Iterator[Slip]:
    for code, severity in severities.items():
        for problem in _severity_problems(code, severity):
            yield Slip(problem, ("severity", code))


def _severity_problems(code: str, severity: str) -> Iterator[str]:
    if code not in CODES:
        near = difflib.get_close_matches(code, CODES, n=1)
        hint = f"did you mean “{near[0]}”?" if near else "docs/diagnostics.md lists all codes"
        yield f"There is no fault with the code “{code}”; {hint}"
    elif severity not in (*(item.value for item in Severity), OFF):
        yield f"“{severity}” is not a severity; expected error, warning or off"
    elif CODES[code].severity is Severity.ERROR and severity != Severity.ERROR.value:
        yield f"“{code}” is an error and stays one: the brochure would come out wrong"
