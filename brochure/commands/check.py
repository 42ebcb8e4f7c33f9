"""`brochure check`: find every fault, build nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from brochure.commands.options import (
    add_format,
    add_project,
    add_strict,
    show,
    source_date_epoch,
    today,
)
from brochure.diagnostics import ExitCode, exit_code_of

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    check = commands.add_parser(
        "check",
        help="find every fault, build nothing",
        description="Find every fault in content, settings and fonts; nothing is written.",
    )
    add_project(check)
    add_format(check)
    add_strict(check)
    check.add_argument("--list-codes", action="store_true", help=argparse.SUPPRESS)
    check.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    if options.list_codes:
        console.codes()
        return ExitCode.DONE
    project = api.open_project(
        options.project, source_date_epoch=source_date_epoch(), today=today()
    )
    report = api.check(project, strict=options.strict)
    show(report.diagnostics, options, console)
    if options.format == "text":
        if not report.diagnostics:
            console.line("No faults found.")
        console.left_out(report.left_out)
    return exit_code_of(report.diagnostics)
