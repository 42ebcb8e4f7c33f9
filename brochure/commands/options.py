"""What several commands have in common: options, the faults they print, the build's date."""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.diagnostics import Diagnostic, in_order

if TYPE_CHECKING:
    from brochure.console import Console

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


_NAMES = "$(brochure printers --names 2>/dev/null)"
COMPLETION = {
    "bash": f'_brochure_printers() {{ compgen -W "{_NAMES}" -- "$1"; }}',
    "zsh": f"_brochure_printers() {{ compadd {_NAMES} }}",
}
"""What the completion scripts of these shells begin with."""


_EPOCH = re.compile("[0-9]{1,11}")
"""Seconds up to the year 5138; no calendar here goes beyond the year 9999."""


def add_project(parser: argparse.ArgumentParser) -> None:
    """The option that names the clinic's folder."""
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the clinic's folder, with brochure.toml (default: this folder)",
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """The option for how faults are printed."""
    parser.add_argument(
        "--format",
        choices=["text", "short", "json", "github"],
        default="text",
        help="how faults are printed: with cause and fix, on one line each, or for tools "
        "(default: text)",
    )


def add_strict(parser: argparse.ArgumentParser) -> None:
    """The option that makes warnings errors."""
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")


def add_workers(parser: argparse.ArgumentParser) -> None:
    """The options for who makes the pages."""
    parser.add_argument(
        "--jobs",
        type=_at_least_one,
        default=os.environ.get("BROCHURE_JOBS"),
        metavar="N",
        help="how many processes make pages at once (default: BROCHURE_JOBS, or the cores there "
        "are)",
    )
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="let a Dask cluster make the pages, such as tcp://10.0.0.1:8786",
    )


def add_speed(parser: argparse.ArgumentParser) -> None:
    """The options for who makes the pages, and for what is kept from one run to the next."""
    add_workers(parser)
    parser.add_argument(
        "--explain", action="store_true", help="say why each file was made anew, or was not"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="make everything anew, and keep nothing"
    )


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, found “{text}”")
    return int(text)


def add_printer(parser: argparse.ArgumentParser, help_text: str) -> None:
    """The option that names a printer; the shell completes it with `brochure printers --names`."""
    option = parser.add_argument("--printer", metavar="NAME", default="", help=help_text)
    option.complete = dict.fromkeys(COMPLETION, "_brochure_printers")  # type: ignore[attr-defined]


def show(diagnostics: Sequence[Diagnostic], options: argparse.Namespace, console: Console) -> None:
    """Print faults in the form that was asked for."""
    form = getattr(options, "format", "text")
    if form == "text":
        console.faults(in_order(diagnostics))
    else:
        console.faults_for_tools(in_order(diagnostics), form, folder=options.project.as_posix())


def source_date_epoch() -> str | None:
    """The date of the build, where the environment sets one (reproducible-builds.org)."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return value if _EPOCH.fullmatch(value) else None


def now() -> datetime.datetime:
    """The moment that a sent e-mail bears: the environment's, or else the clock's."""
    if seconds := source_date_epoch():
        return datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC)
    return datetime.datetime.now().astimezone()  # noqa: TID251  # a sent message needs its Date


def today() -> datetime.date:
    """The day that dates are held against: the environment's, or else the clock's."""
    if seconds := source_date_epoch():
        return datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC).date()
    return datetime.date.today()  # noqa: TID251  # the one look at the clock; no file depends on it
