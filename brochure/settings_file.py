"""`brochure.toml` read and checked.

Every unknown key, missing key and wrong kind of value is reported with its line, all at once.
"""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.printers import Ink, ink_from
from brochure.settings import FILE_NAME, Imprint, Settings
from brochure.settings_checks import slips_in
from brochure.toml_values import (
    Slip,
    place_at,
    place_of,
    place_of_slip,
    structured,
    syntax_problem,
)

_SECRET = re.compile("(?i)pass|secret|token")
"""What people may call a password, in an entry that there is not."""


class Loaded(NamedTuple):
    """Settings with the file's text, for places in later diagnostics."""

    settings: Settings
    text: str


def load(project: Path, *, source_date_epoch: str | None = None) -> Loaded:
    """Read `project/brochure.toml`.

    `source_date_epoch` (seconds since 1970, as https://reproducible-builds.org defines the
    variable) overrides `imprint.date`. Raises `BrochureError` with `settings-missing`,
    `file-unreadable`, `settings-syntax` or every `settings-invalid`.
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
    except (FileNotFoundError, NotADirectoryError):
        fault = diagnose(
            "settings-missing",
            Location(path=str(path)),
            problem=f"There is no brochure.toml in {os.path.abspath(project)}",
            cause="A clinic's folder holds a file brochure.toml with the clinic's facts.",
            fix="Go to the clinic's folder or name it with --project; "
            "`brochure init FOLDER` makes a new one.",
        )
        raise BrochureError([fault]) from None
    except OSError as error:
        fault = diagnose(
            "file-unreadable",
            Location(path=FILE_NAME),
            problem=f"brochure.toml cannot be opened: {error.strerror or error}",
            cause="It holds the clinic's facts: a text file that you may read, and no folder.",
            fix="Put a copy of the file in its place, or ask whoever looks after the computer.",
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
    return settings, [_invalid(text, slip) for slip in slips_in(settings)]


def _invalid(text: str, slip: Slip) -> Diagnostic:
    return diagnose(
        "settings-invalid",
        place_of_slip(FILE_NAME, text, slip),
        problem=f"{slip.problem} (in {'.'.join(slip.path) or 'the file'})",
        cause="brochure.toml is checked entry by entry, so that a slip of the pen is not ignored.",
        fix="Correct this entry; the brochure.toml that `brochure init FOLDER` writes shows how.",
    )


def locate(text: str, path: tuple[str, ...]) -> Location:
    """The line of the entry `path`, for example `("clinic", "slug")`; else its table's."""
    return place_of(FILE_NAME, text, path)
