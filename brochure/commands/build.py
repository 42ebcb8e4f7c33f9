"""`brochure build`: make the brochures of all languages, or of those named."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import (
    add_format,
    add_printer,
    add_project,
    add_speed,
    add_strict,
    show,
    source_date_epoch,
    today,
)
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    build = commands.add_parser(
        "build",
        help="make the brochures",
        description="Make the brochures of all languages, or of the languages named.",
    )
    build.add_argument("languages", nargs="*", metavar="LANG", help="en, el, ar …; all if none")
    build.add_argument(
        "--edition",
        choices=["screen", "print", "handouts"],
        default="screen",
        help="what to make: for reading on a screen, for the print shop, or a leaflet for each "
        "treatment (default: screen)",
    )
    add_printer(build, "make the print edition for this printer (`brochure printers` lists them)")
    add_project(build)
    add_format(build)
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: output/ of the project)"
    )
    add_strict(build)
    build.add_argument(
        "--proof",
        action="store_true",
        help="mark translations that are out of date in the margin (screen edition only)",
    )
    add_speed(build)
    build.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure.workers import workers

    with workers(options.jobs, cluster=options.cluster) as executor:
        return _build(options, console, executor)


def _build(options: argparse.Namespace, console: Console, executor: Executor) -> int:
    from brochure import api

    since = None if options.no_cache or options.explain else api.moment(options.project)
    project = api.open_project(
        options.project,
        source_date_epoch=source_date_epoch(),
        today=today(),
        is_cached=not options.no_cache,
    )
    report = api.build(
        project,
        codes=options.languages,
        edition=api.edition_named("print" if options.printer else options.edition),
        printer=options.printer,
        out=options.out,
        strict=options.strict,
        proof=options.proof,
        progress=console.progress,
        executor=executor,
    )
    said = console.listen()
    show(report.diagnostics, options, console)
    folder = options.out or options.project / "output"
    if options.format in ("text", "short"):
        console.artefacts(report.artefacts, str(folder), report.diagnostics)
        console.left_out(report.left_out)
    if options.explain:
        console.explanations(report.explanations)
    api.remember_run(
        project,
        report.artefacts,
        folder,
        arguments=options.arguments,
        since=since,
        looked_at=report.looked_at,
        said=said,
    )
    return exit_code_of(report.diagnostics)
