"""`brochure stamp`: record that a translation fits its source as it is now."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import add_project
from brochure.diagnostics import ExitCode

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


_FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
"""How each shell completes the name of a file."""


def add(commands: Commands) -> None:
    """Describe the command."""
    stamp = commands.add_parser(
        "stamp",
        help="record that a translation fits its source as it is now",
        description="Write the present hash of the source into the line source_hash of each "
        "translation named. Every other byte stays. If one file is refused, none is changed.",
    )
    files = stamp.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a translation, as a person just read it",
    )
    files.complete = _FILES  # type: ignore[attr-defined]  # shtab looks for this attribute
    add_project(stamp)
    stamp.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    console.stamps(api.stamp(api.open_project(options.project), options.files))
    return ExitCode.DONE
