"""`brochure status`: show how old every translation is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from brochure.commands.options import add_project
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    status = commands.add_parser(
        "status",
        help="show how old every translation is",
        description="Show every treatment in every language: the source, current, outdated, "
        "untracked (no source recorded), unverifiable (its source is gone) or missing.",
    )
    add_project(status)
    status.add_argument(
        "--format",
        dest="layout",
        choices=["table", "json", "csv", "markdown"],
        default="table",
        help="how it is printed (default: table)",
    )
    status.add_argument(
        "--bidi",
        choices=["auto", "visual", "logical"],
        default="auto",
        help="order of right-to-left titles in the table: visual for a terminal that does not "
        "turn them itself (default: auto, a guess; a file or a pipe gets logical)",
    )
    status.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    matrix, faults = api.status(api.open_project(options.project))
    console.status(matrix, options.layout, options.bidi)
    console.faults(faults)
    return exit_code_of(faults)
