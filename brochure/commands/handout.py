"""`brochure handout`: make leaflets for patients, one for each treatment named."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import (
    add_format,
    add_project,
    add_speed,
    add_strict,
    show,
    source_date_epoch,
    today,
)
from brochure.diagnostics import ExitCode

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    handout = commands.add_parser(
        "handout",
        help="make leaflets for patients, one for each treatment",
        description="Make leaflets for patients, one for each treatment, to be printed or sent.",
    )
    handout.add_argument(
        "treatments",
        nargs="*",
        metavar="TREATMENT",
        help="a file's name without number and language, a page_id, or a part of a title in any "
        "language",
    )
    handout.add_argument(
        "--all", action="store_true", help="every treatment that there is in the language"
    )
    add_handout_options(handout)
    add_project(handout)
    add_format(handout)
    handout.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: output/ of the project)"
    )
    add_strict(handout)
    add_speed(handout)
    handout.set_defaults(run=run, refuse=handout.error)


def add_handout_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what a handout is to be like."""
    parser.add_argument(
        "--lang", default="", metavar="LANG", help="en, el, ar …; not needed if there is only one"
    )
    parser.add_argument(
        "--large-print", action="store_true", help="in letters of 16 points and more"
    )
    parser.add_argument(
        "--black-and-white", action="store_true", help="without colours, for office printers"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure.workers import workers

    if not options.treatments and not options.all:
        options.refuse("name one or more treatments, or use --all")
    if options.treatments and options.all:
        options.refuse("--all is every treatment; leave it out, or the names")
    with workers(options.jobs, cluster=options.cluster) as executor:
        return _make(options, console, executor)


def _make(options: argparse.Namespace, console: Console, executor: Executor) -> int:
    from brochure import api

    since = None if options.no_cache or options.explain else api.moment(options.project)
    project = api.open_project(
        options.project,
        source_date_epoch=source_date_epoch(),
        today=today(),
        is_cached=not options.no_cache,
    )
    language = api.handout_language(project, options.lang)
    rack = api.rack_of(project)
    report = api.handouts(
        rack,
        api.every_handout(rack, language) if options.all else options.treatments,
        language,
        large_print=options.large_print,
        black_and_white=options.black_and_white,
        strict=options.strict,
        progress=console.progress,
        executor=executor,
    )
    folder = options.out or options.project / "output"
    api.deliver_handouts(report, folder)
    said = console.listen()
    show(report.diagnostics, options, console)
    if options.format in ("text", "short"):
        console.artefacts(report.artefacts, str(folder), report.diagnostics)
    if options.explain:
        console.explanations(report.explanations)
    api.remember_run(
        project,
        report.artefacts,
        folder,
        arguments=options.arguments,
        since=since,
        looked_at=rack.findings.looked_at,
        said=said,
    )
    return ExitCode.DONE
