"""`brochure booklet`: arrange a brochure or a PDF to be folded, stapled or cut apart."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.options import (
    add_format,
    add_printer,
    add_project,
    add_strict,
    add_workers,
    show,
    source_date_epoch,
    today,
)
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from brochure.commands.options import Commands
    from brochure.console import Console

_DESCRIPTION = """\
Arrange a language's brochure, or any PDF, on sheets of paper: to be folded and stapled, laid
side by side, or folded in three. It says how to print and fold them. Pages are made smaller only
where the paper is too small for them; right-to-left brochures are bound on the right.
"""
_EPILOG = """\
examples:
  brochure booklet en                       on A4, for the office printer and the stapler
  brochure booklet ar --paper SRA3 --marks  with crop and fold marks
  brochure booklet el --creep 1.5           inner pages moved, for thick paper
  brochure booklet leaflet.pdf --layout trifold
  brochure booklet handout.pdf --layout 2up --repeat
  brochure booklet --flip ar en             one book of two, each with its own front cover
"""


def add(commands: Commands) -> None:
    """Describe the command."""
    booklet = commands.add_parser(
        "booklet",
        help="arrange a brochure or a PDF to be folded, stapled or cut",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    booklet.add_argument(
        "names", nargs="+", metavar="LANG|FILE", help="en, el, ar …, or a PDF; two with --flip"
    )
    booklet.add_argument(
        "--flip",
        action="store_true",
        help="bind two brochures back to back, one right-to-left and one left-to-right",
    )
    _add_arrangement(booklet)
    add_project(booklet)
    add_format(booklet)
    booklet.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where to write (default: output/ of the project, or beside the PDF)",
    )
    add_strict(booklet)
    add_workers(booklet)
    booklet.set_defaults(run=run)


def _add_arrangement(booklet: argparse.ArgumentParser) -> None:
    booklet.add_argument(
        "--layout",
        choices=["saddle", "2up", "4up", "trifold"],
        default="saddle",
        help="stapled in the fold, two or four pages a side, or a leaflet of six panels "
        "(default: saddle)",
    )
    booklet.add_argument(
        "--paper",
        default="A4",
        metavar="NAME",
        help="A4, A3, SRA3, letter, tabloid …, or a size in millimetres, 305x457 (default: A4)",
    )
    booklet.add_argument(
        "--signature",
        type=int,
        metavar="PAGES",
        help="nest no more than so many pages in each other: 8, 16, 32 … (default: all)",
    )
    booklet.add_argument(
        "--creep",
        type=float,
        default=0.0,
        metavar="MM",
        help="how far the innermost sheet sticks out once folded (default: 0)",
    )
    booklet.add_argument(
        "--marks", action="store_true", help="crop and fold marks, where the paper has room"
    )
    booklet.add_argument(
        "--flip-on",
        choices=["short", "long"],
        help="the edge your printer turns the paper on (default: the one that keeps both sides "
        "upright)",
    )
    booklet.add_argument(
        "--repeat", action="store_true", help="with 2up or 4up: fill each side with one page"
    )
    booklet.add_argument(
        "--binding",
        choices=["left", "right"],
        help="the side of a PDF's spine (default: as it says itself)",
    )
    add_printer(
        booklet, "make the brochures in this print shop's inks, with bleed (default: for a screen)"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api

    project = None
    if not all(api.is_pdf_named(name) for name in options.names):
        project = api.open_project(
            options.project, source_date_epoch=source_date_epoch(), today=today(), is_cached=True
        )
    wish = api.Arrangement(
        layout=api.Layout(options.layout),
        paper=options.paper,
        creep_mm=options.creep,
        signature=options.signature,
        has_marks=options.marks,
        flip_edge=api.FlipEdge(options.flip_on) if options.flip_on else None,
        is_repeated=options.repeat,
    )
    with api.workers(options.jobs, cluster=options.cluster) as executor:
        report = api.booklet(
            options.names,
            wish,
            project=project,
            is_flip=options.flip,
            binding=api.Binding(options.binding) if options.binding else None,
            printer_name=options.printer,
            out=options.out,
            strict=options.strict,
            progress=console.progress,
            executor=executor,
        )
    show(report.diagnostics, options, console)
    if options.format in ("text", "short"):
        console.booklet(report)
    return exit_code_of(report.diagnostics)
