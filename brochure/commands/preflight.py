"""`brochure preflight`: say of any PDF why the print shop would send it back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import add_format, add_printer, add_project, add_strict, show
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    preflight = commands.add_parser(
        "preflight",
        help="say of any PDF why the print shop would send it back",
        description="Judge finished files, ours or not, by what a printer wants: page by page, "
        "with the rule, what was measured and what to do.",
    )
    preflight.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a PDF")
    add_printer(preflight, "judge by what this printer wants (`brochure printers` lists them)")
    add_project(preflight)
    add_format(preflight)
    add_strict(preflight)
    preflight.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    diagnostics = api.preflight(
        options.files, printer=options.printer, folder=options.project, strict=options.strict
    )
    show(diagnostics, options, console)
    if options.format == "text":
        faulty = {fault.location.path for fault in diagnostics if fault.location}
        clean = len({path.as_posix() for path in options.files} - faulty)
        count = "1 file" if len(options.files) == 1 else f"{len(options.files)} files"
        console.line(f"{count} judged, {clean} without a fault.")
    return exit_code_of(diagnostics)
