"""`brochure init`: begin a new clinic."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.diagnostics import ExitCode

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    init = commands.add_parser(
        "init",
        help="begin a new clinic",
        description="Put a small working clinic into a new folder: texts, pictures, settings.",
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    init.add_argument(
        "--from",
        dest="site",
        type=Path,
        metavar="SITE",
        help="a Jekyll site: read its texts and pictures where they are",
    )
    init.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    files = api.init(options.folder, site=options.site)
    noun = "file" if len(files) == 1 else "files"
    console.line(f"{options.folder}: a clinic of {len(files)} {noun}.")
    console.line(f"Next: brochure build --project {options.folder}")
    return ExitCode.DONE
