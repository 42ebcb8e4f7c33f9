"""`brochure.toml` read and checked.

Every unknown key, missing key and wrong kind of value is reported with its line, all at once.
"""

from __future__ import annotations

import datetime
import difflib
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from brochure.diagnostics import (
    CODES,
    OFF,
    BrochureError,
    Diagnostic,
    Location,
    Severity,
    diagnose,
)
from brochure.languages import DIGITS
from brochure.printers import PROCESS_NAMES, Ink, ink_from
from brochure.settings import (
    DEFAULT_LANGUAGE,
    FILE_NAME,
    LEAVE_OUT,
    THIS_MACHINE,
    Clinic,
    EmailSettings,
    Imprint,
    Security,
    Settings,
)
from brochure.toml_values import (
    Slip,
    place_at,
    place_of,
    place_of_slip,
    structured,
    syntax_problem,
)

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s/]\S*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_SECRET = re.compile("(?i)pass|secret|token")
"""What people may call a password, in an entry that there is not."""
_MAX_QR = 300
"""Characters in a QR code of 22 mm whose modules a phone can still tell apart (version 14)."""
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"closed|appointment|{_TIME}-{_TIME}( {_TIME}-{_TIME})*")


class Loaded(NamedTuple):
    """Settings with the file's text, for places in later diagnostics."""

    settings: Settings
    text: str


def load(project: Path, *, source_date_epoch: str | None = None) -> Loaded:
    """Read `project/brochure.toml`.

    `source_date_epoch` (seconds since 1970, as https://reproducible-builds.org defines the
    variable) overrides `imprint.date`. Raises `BrochureError` with `settings-missing`,
    `settings-syntax` or every `settings-invalid`.
    """
    text = _read(project)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrochureError([_syntax_fault(text, error)]) from None
    settings, faults = _structure(data, text)
    if settings is None or faults:
        raise BrochureError(faults)
    if source_date_epoch:
        settings = replace(settings, imprint=_dated(settings.imprint, source_date_epoch))
    return Loaded(settings, text)


def _read(project: Path) -> str:
    path = project / FILE_NAME
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        fault = diagnose(
            "settings-syntax",
            Location(path=FILE_NAME, line=data.count(b"\n", 0, error.start) + 1),
            problem=f"brochure.toml is not UTF-8 text (byte {error.start + 1})",
            cause="TOML files are UTF-8; this one was saved in another encoding.",
            fix="Save brochure.toml again as UTF-8.",
        )
        raise BrochureError([fault]) from None
    except OSError:
        fault = diagnose(
            "settings-missing",
            Location(path=str(path)),
            problem=f"There is no brochure.toml in {os.path.abspath(project)}",
            cause="A clinic's folder holds a file brochure.toml with the clinic's facts.",
            fix="Go to the clinic's folder or name it with --project; "
            "`brochure init FOLDER` makes a new one.",
        )
        raise BrochureError([fault]) from None


def _dated(imprint: Imprint, source_date_epoch: str) -> Imprint:
    seconds = int(source_date_epoch)
    moment = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
    return replace(imprint, date=moment.date())


def _syntax_fault(text: str, error: tomllib.TOMLDecodeError) -> Diagnostic:
    problem, line, column = syntax_problem(text, error)
    return diagnose(
        "settings-syntax",
        place_at(FILE_NAME, text, line, column),
        problem=f"brochure.toml cannot be read: {problem}",
        cause="The file does not follow the rules of TOML; often a quotation mark is missing.",
        fix="Put the text of this line between double quotation marks, or undo the last change.",
    )


def _secrets(data: dict[str, Any], text: str) -> Iterator[Diagnostic]:
    """Report a password, take it out of `data`, and never show it."""
    email = data.get("email")
    table = email if isinstance(email, dict) else {}
    for key in [key for key in table if _SECRET.search(key)]:
        del table[key]
        yield diagnose(
            "settings-invalid",
            replace(place_of(FILE_NAME, text, ("email", key)), source_line=""),
            problem="brochure.toml holds a password (in email)",
            cause="This file is copied, shared and kept; whoever reads it could send e-mail as "
            "the clinic.",
            fix="Delete this line, and give the password in the environment variable "
            "BROCHURE_SMTP_PASSWORD or to the system's keyring.",
        )


def _structure(data: dict[str, Any], text: str) -> tuple[Settings | None, list[Diagnostic]]:
    secrets = list(_secrets(data, text))
    settings, slips = structured(data, Settings, hooks={Ink: ink_from})
    if settings is None or secrets:
        return None, [*secrets, *(_invalid(text, slip) for slip in slips)]
    return settings, _value_faults(settings, text)


def _invalid(text: str, slip: Slip) -> Diagnostic:
    return diagnose(
        "settings-invalid",
        place_of_slip(FILE_NAME, text, slip),
        problem=f"{slip.problem} (in {'.'.join(slip.path) or 'the file'})",
        cause="brochure.toml is checked entry by entry, so that a slip of the pen is not ignored.",
        fix="Correct this entry; the sample brochure.toml and the README list all of them.",
    )


def _value_faults(settings: Settings, text: str) -> list[Diagnostic]:
    """Check what a type cannot say: colours, slug, hours, languages that fit together."""
    clinic = settings.clinic
    wrong: list[tuple[str, tuple[str, ...]]] = []
    if not _SLUG.fullmatch(clinic.slug):
        wrong.append(
            ("The slug may hold small letters a-z, digits and hyphens only", ("clinic", "slug"))
        )
    if not clinic.languages:
        wrong.append(("At least one language must be listed", ("clinic", "languages")))
    wrong += [
        (problem, ("clinic", "languages"))
        for tag, count in Counter(clinic.languages).items()
        for problem in _language_problems(tag, count, settings)
    ]
    wrong += [
        (f"The clinic has no name in “{tag}”", ("language", tag, "name"))
        for tag, facts in settings.language.items()
        if not facts.name.strip()
    ]
    wrong += [
        (f"“{facts.digits}” is unknown; expected {', '.join(DIGITS)}", ("language", tag, "digits"))
        for tag, facts in settings.language.items()
        if facts.digits and facts.digits not in DIGITS
    ]
    if clinic.default_language and clinic.default_language not in clinic.languages:
        wrong.append(
            ("The default language is not among the languages", ("clinic", "default_language"))
        )
    for day, hours in clinic.hours.items():
        if day not in _DAYS or not _HOURS.fullmatch(hours):
            problem = f"Opening hours not understood: {day} = “{hours}”; expected mon … sun"
            wrong.append(
                (f"{problem} and 08:00-19:00, closed or appointment", ("clinic", "hours", day))
            )
    wrong += [(problem, ("clinic", key)) for key, problem in _address_problems(clinic)]
    wrong += [(problem, ("email", key)) for key, problem in _email_problems(settings.email)]
    if settings.cache.limit_mb < 0:
        problem = f"{settings.cache.limit_mb} is too little; the least is 0, and keeps nothing"
        wrong.append((problem, ("cache", "limit_mb")))
    wrong += _colour_faults(settings)
    spot = settings.brand.accent_spot
    if spot and (not spot.name.strip() or spot.name in PROCESS_NAMES):
        problem = f"“{spot.name}” is not the name of a spot colour"
        wrong.append((f"{problem}; expected one such as PANTONE 3155 C", ("brand", "accent_spot")))
    if settings.translations.missing not in (LEAVE_OUT, DEFAULT_LANGUAGE):
        problem = f"“{settings.translations.missing}” is unknown"
        wrong.append(
            (f"{problem}; expected {LEAVE_OUT} or {DEFAULT_LANGUAGE}", ("translations", "missing"))
        )
    wrong += [
        (problem, ("severity", code))
        for code, severity in settings.severity.items()
        for problem in _severity_problems(code, severity)
    ]
    return [_invalid(text, Slip(problem, path)) for problem, path in wrong]


def _address_problems(clinic: Clinic) -> Iterator[tuple[str, str]]:
    for key, address in (("web", clinic.web), ("booking", clinic.booking)):
        if address and not _WEB.fullmatch(address):
            yield key, f"“{address[:60]}” is not an address that begins with https://"
    if len(clinic.booking) > _MAX_QR:
        yield "booking", f"The address is longer than {_MAX_QR} characters, too long to scan"
    if clinic.email and not _EMAIL.fullmatch(clinic.email):
        yield "email", f"“{clinic.email[:60]}” is not an e-mail address"


def _email_problems(email: EmailSettings) -> Iterator[tuple[str, str]]:
    for key, address in (("sender", email.sender), ("reply_to", email.reply_to)):
        if address and not _EMAIL.fullmatch(address):
            yield key, f"“{address[:60]}” is not an e-mail address"
    if email.security is Security.NONE and email.host not in THIS_MACHINE:
        yield "security", "“none” is for a mail server on this machine only; use starttls or tls"
    if not 0 < email.port < 65536:
        yield "port", f"{email.port} is not the number of a port, which is 1 to 65535"
    for key, count in (
        ("per_minute", email.per_minute),
        ("attachment_limit_mb", email.attachment_limit_mb),
    ):
        if count < 1:
            yield key, f"{count} is too little; the least is 1"


def _language_problems(tag: str, count: int, settings: Settings) -> Iterator[str]:
    if not _TAG.fullmatch(tag):
        yield f"“{tag}” is not a language; expected a code such as en or el"
    elif tag not in settings.language:
        yield f"There is no [language.{tag}] for the language “{tag}”"
    if count > 1:
        yield f"The language “{tag}” is listed twice"


def _severity_problems(code: str, severity: str) -> Iterator[str]:
    if code not in CODES:
        near = difflib.get_close_matches(code, CODES, n=1)
        hint = f"did you mean “{near[0]}”?" if near else "docs/diagnostics.md lists all codes"
        yield f"There is no fault with the code “{code}”; {hint}"
    elif severity not in (*(item.value for item in Severity), OFF):
        yield f"“{severity}” is not a severity; expected error, warning or off"
    elif CODES[code].severity is Severity.ERROR and severity != Severity.ERROR.value:
        yield f"“{code}” is an error and stays one: the brochure would come out wrong"


def _colour_faults(settings: Settings) -> list[tuple[str, tuple[str, ...]]]:
    brand = settings.brand
    named: list[tuple[str, tuple[str, ...]]] = [
        (getattr(brand, key), ("brand", key)) for key in ("accent", "ink", "paper")
    ]
    named += [
        (category.hue, ("categories", slug, "hue"))
        for slug, category in settings.categories.items()
        if category.hue
    ]
    return [
        (f"“{colour}” is not a colour of the form #0F5F63", path)
        for colour, path in named
        if not _COLOUR.fullmatch(colour)
    ]


def locate(text: str, path: tuple[str, ...]) -> Location:
    """The line of the entry `path`, for example `("clinic", "slug")`; else its table's."""
    return place_of(FILE_NAME, text, path)
