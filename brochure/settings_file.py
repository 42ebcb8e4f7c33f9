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
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import GenericAlias
from typing import Any, NamedTuple, get_args, get_origin

from brochure.diagnostics import (
    CODES,
    OFF,
    BrochureError,
    Diagnostic,
    Location,
    Severity,
    diagnose,
)
from brochure.settings import (
    DEFAULT_LANGUAGE,
    FILE_NAME,
    LEAVE_OUT,
    Clinic,
    Imprint,
    Settings,
)

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
_SYNTAX = (
    ("Illegal character '\\n'", "the quotation mark that opens in this line is not closed"),
    ("Cannot overwrite a value", "the same entry stands twice"),
    ("Cannot declare", "the same [heading] stands twice"),
    ("Invalid value", "text between quotation marks, a number or a [list] has to follow the ="),
    ("Expected newline or end of document after a statement", "the line should end here"),
)
"""What Python's TOML reader says, in plain words."""
_NOUNS = {dict: "entries with names", list: "a list", bool: "true or false"}


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
        raise BrochureError([_syntax_fault(text, str(error))]) from None
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


def _syntax_fault(text: str, message: str) -> Diagnostic:
    match = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(match[1]), int(match[2])) if match else (text.count("\n") + 1, 1)
    message = message.partition(" (at")[0]
    plain = next((words for start, words in _SYNTAX if message.startswith(start)), message)
    return diagnose(
        "settings-syntax",
        _place(text, line, column),
        problem=f"brochure.toml cannot be read: {plain}",
        cause="The file does not follow the rules of TOML; often a quotation mark is missing.",
        fix="Put the text of this line between double quotation marks, or undo the last change.",
    )


def _structure(data: dict[str, Any], text: str) -> tuple[Settings | None, list[Diagnostic]]:
    from cattrs.errors import BaseValidationError

    try:
        settings = _converter().structure(data, Settings)
    except BaseValidationError as error:
        return None, _validation_faults(error, text)
    return settings, _value_faults(settings, text)


def _converter() -> Any:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)
    for kind, noun in ((str, "text between quotation marks"), (int, "a whole number")):
        converter.register_structure_hook(kind, _strictly(kind, noun))
    converter.register_structure_hook(
        datetime.date, _strictly(datetime.date, "a date such as 2026-11-21")
    )
    for belongs, reader, shape, noun in (
        (is_dataclass, converter.gen_structure_attrs_fromdict, dict, "entries with names"),
        (_is_mapping, _mapping_reader(converter), dict, "entries with names"),
        (_is_tuple, _tuple_reader(converter), list, "a list between [ and ]"),
    ):
        converter.register_structure_hook_factory(belongs, _shaped(reader, shape, noun))
    return converter


def _strictly(kind: type, noun: str) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:  # a bool is no int, and a time of day no date
            raise TypeError(f"expected {noun}, found {_shown(value)}")
        return value

    return structure


def _is_mapping(wanted: Any) -> bool:
    return get_origin(wanted) is Mapping


def _is_tuple(wanted: Any) -> bool:
    return get_origin(wanted) is tuple


def _mapping_reader(converter: Any) -> Any:
    from cattrs.gen import make_mapping_structure_fn

    return lambda wanted: make_mapping_structure_fn(wanted, converter)


def _tuple_reader(converter: Any) -> Any:
    def reader(wanted: Any) -> Any:
        items = GenericAlias(list, get_args(wanted)[:1])
        read = converter.get_structure_hook(items)
        return lambda value, _: tuple(read(value, items))

    return reader


def _shaped(reader: Any, kind: type, noun: str) -> Any:
    """Hooks that look at a value's outer shape before `cattrs` looks inside."""
    check = _strictly(kind, noun)

    def factory(wanted: Any) -> Any:
        read = reader(wanted)
        return lambda value, _: read(check(value, wanted), wanted)

    return factory


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else _NOUNS.get(type(value), str(value))


def _validation_faults(error: Any, text: str) -> list[Diagnostic]:
    from cattrs import transform_error

    lines = transform_error(error, format_exception=_message_of)
    return [_invalid(text, *_message_and_path(line)) for line in lines]


def _message_of(error: BaseException, _: type | None) -> str:
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        return f"The entry “{error.args[0]}” is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        return "\n".join(_unknown(key, error.cl) for key in sorted(error.extra_fields))
    return f"The value is of the wrong kind: {error}"


def _unknown(key: str, kind: type) -> str:
    known = [item.name for item in fields(kind)] if is_dataclass(kind) else []
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else f"; known are {', '.join(known)}"
    return f"The entry “{key}” is unknown{hint}"


def _message_and_path(line: str) -> tuple[str, tuple[str, ...]]:
    message, _, dotted = line.rpartition(" @ $")
    path = tuple(re.findall(r"[\w-]+", dotted))
    return message, path[:-1] if message.endswith("is missing") else path


def _invalid(text: str, problem: str, path: tuple[str, ...]) -> Diagnostic:
    named = re.search(r"entry “([\w-]+)” is unknown", problem)
    return diagnose(
        "settings-invalid",
        locate(text, (*path, named[1]) if named else path),
        problem=f"{problem} (in {'.'.join(path) or 'the file'})",
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
    wrong += _colour_faults(settings)
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
    return [_invalid(text, problem, path) for problem, path in wrong]


def _address_problems(clinic: Clinic) -> Iterator[tuple[str, str]]:
    for key, address in (("web", clinic.web), ("booking", clinic.booking)):
        if address and not _WEB.fullmatch(address):
            yield key, f"“{address[:60]}” is not an address that begins with https://"
    if len(clinic.booking) > _MAX_QR:
        yield "booking", f"The address is longer than {_MAX_QR} characters, too long to scan"
    if clinic.email and not _EMAIL.fullmatch(clinic.email):
        yield "email", f"“{clinic.email[:60]}” is not an e-mail address"


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
        (getattr(brand, item.name), ("brand", item.name)) for item in fields(brand)
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


def _place(text: str, line: int, column: int = 1) -> Location:
    lines = text.split("\n")
    source_line = lines[line - 1] if 0 < line <= len(lines) else ""
    return Location(path=FILE_NAME, line=line, column=column, source_line=source_line)


def locate(text: str, path: tuple[str, ...]) -> Location:
    """Find the line of the entry `path`, for example `("clinic", "slug")`; else its table's."""
    if not path:
        return Location(path=FILE_NAME)
    table: tuple[str, ...] = ()
    best, best_depth = 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(r"\s*\[\[?([^\]]+)\]", line):
            table = tuple(re.findall(r"[\w-]+", header[1]))
            names = table
        elif entry := re.match(r"\s*([\w.\"-]+)\s*=", line):
            names = (*table, *re.findall(r"[\w-]+", entry[1]))
        else:
            continue
        shared = min(len(names), len(path))
        depth = shared if path[:shared] == names[:shared] else 0
        if depth > best_depth:
            best, best_depth = number, depth
    return _place(text, best) if best else Location(path=FILE_NAME)
