"""`brochure merge`: write to every patient of a list."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.commands.email import add_email_options, sending_of
from brochure.commands.options import add_format, add_project, show, source_date_epoch, today
from brochure.diagnostics import exit_code_of

if TYPE_CHECKING:
    from brochure.api.merge import MergeReport
    from brochure.commands.options import Commands
    from brochure.console import Console


def add(commands: Commands) -> None:
    """Describe the command."""
    merge = commands.add_parser(
        "merge",
        help="write to every patient of a list, with handouts attached",
        description="Write one e-mail for every row of a list, in the patient's language, with "
        "the handouts attached; or send them all, each once. The list is checked as a whole "
        "first. Its columns: name, e-mail, language, treatments, note, date.",
    )
    merge.add_argument("list", type=Path, metavar="LIST", help="a .csv or .xlsx file")
    merge.add_argument(
        "--date",
        type=_day,
        metavar="DAY",
        help="take the rows of this day, as 2026-11-21, and those without a date (default: today)",
    )
    merge.add_argument(
        "--encoding", default="", help="of a CSV file, such as windows-1253, if it is not clear"
    )
    merge.add_argument("--skip-bad", action="store_true", help="leave out the rows that are wrong")
    merge.add_argument(
        "--with-names", action="store_true", help="put names and addresses into the log"
    )
    add_email_options(merge)
    add_project(merge)
    add_format(merge)
    merge.set_defaults(run=run, refuse=merge.error)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        problem = f"expected a day such as 2026-11-21, found “{text}”"
        raise argparse.ArgumentTypeError(problem) from None


def run(options: argparse.Namespace, console: Console) -> int:
    """Run it; returns the exit code."""
    from brochure import api
    from brochure.api.merge import PatientList, merge

    project = api.open_project(
        options.project, source_date_epoch=source_date_epoch(), today=today(), is_cached=True
    )
    patients = PatientList(
        path=options.list, day=options.date or today(), encoding=options.encoding
    )
    with api.workers(options.jobs, cluster=options.cluster) as executor:
        report = merge(
            project,
            patients,
            out=options.out,
            skip_bad=options.skip_bad,
            with_names=options.with_names,
            large_print=options.large_print,
            sending=sending_of(options),
            progress=console.progress,
            executor=executor,
        )
    show(report.diagnostics, options, console)
    if options.format in ("text", "short"):
        console.line(f"{report.folder}: {_counted(report)}")
    return exit_code_of(report.diagnostics)


def _counted(report: MergeReport) -> str:
    """“12 drafts, 2 rows for other days”, or “12 accepted, 1 unknown”."""
    counts = Counter(state.value for state in report.states)
    drafts = counts.pop("draft", 0)
    parts = [_several(drafts, "draft")] if drafts else []
    parts += [f"{count} {state}" for state, count in sorted(counts.items())]
    if report.bad_rows:
        parts.append(f"{_several(report.bad_rows, 'wrong row')} left out")
    if report.other_days:
        parts.append(f"{_several(report.other_days, 'row')} for other days")
    return ", ".join(parts) or "no e-mails"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
