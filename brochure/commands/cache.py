"""`brochure cache`: look at what is kept from one build to the next, or remove it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from brochure.commands.options import add_project
from brochure.diagnostics import ExitCode

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    cache = commands.add_parser(
        "cache",
        help="look at what is kept of earlier builds, or remove it",
        description="What has been made is kept in the folder .brochure-cache of the project, so "
        "that only what has changed is made anew. It may be removed at any time. How large it may "
        "grow is the entry limit_mb of [cache] in brochure.toml.",
    )
    cache.add_argument("--clear", action="store_true", help="remove all of it")
    add_project(cache)
    cache.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    kept = api.kept(options.project, clear=options.clear)
    console.kept(kept, is_cleared=options.clear)
    return ExitCode.DONE
