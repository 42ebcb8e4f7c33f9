"""`brochure printers`: list the print shops that a brochure can be made for."""

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
    printers = commands.add_parser(
        "printers",
        help="list the print shops a brochure can be made for",
        description="List every printer of the package and of the clinic's folder printers/, with "
        "what each one wants.",
    )
    add_project(printers)
    printers.add_argument(
        "--names", action="store_true", help="only the names, one on a line (for scripts)"
    )
    printers.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    known, faults = api.printers(options.project)
    if options.names:
        for printer in known:
            console.line(printer.name)
    else:
        console.printers(known)
        console.faults(faults)
    return exit_code_of(faults)
