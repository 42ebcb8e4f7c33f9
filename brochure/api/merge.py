"""A day's list of patients: checked as a whole, then drafted or sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from brochure.api.handouts import Rack, find_handout, rack_of
from brochure.api.postage import (
    Sending,
    decide,
    desk_of,
    enclosures_of,
    post,
    sender_of,
    server_of,
)
from brochure.delivery.files import replace_private, rewrite
from brochure.delivery.outbox import State, open_outbox
from brochure.delivery.recipients import Reader, Recipient, entries_of, header_names
from brochure.delivery.tables import read_table
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose, in_order
from brochure.languages import Language
from brochure.production.batch import LOG, Batch, Item, list_of
from brochure.production.correspondence import Desk, size_fault
from brochure.production.job import Progress, silent
from brochure.project import Project

FOLDER = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientList:
    """A list as it was named: the file, the day it is for, its encoding if that was said."""

    path: Path
    day: datetime.date
    encoding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """Where the e-mails lie, how far each has come, what was left out, and every fault."""

    folder: Path
    states: tuple[State, ...]
    bad_rows: int
    other_days: int
    diagnostics: tuple[Diagnostic, ...]


def merge(
    project: Project,
    patients: PatientList,
    *,
    out: Path | None = None,
    skip_bad: bool = False,
    with_names: bool = False,
    large_print: bool = False,
    sending: Sending | None = None,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> MergeReport:
    """Write one e-mail a patient into `out`/email/DAY with a log, and send them if asked.

    Rows without a date are for any day, others for theirs. The handouts are made by `executor`, or
    else one by one in this process. Raises `BrochureError` with every fault of the list, and then
    nothing was written; with `skip_bad` the wrong rows are left out.
    """
    sender = sender_of(project, is_sent=sending is not None)
    if sending:
        server_of(project, sending)  # says what is missing before any work is done
    rack = rack_of(project)
    everyone, bad = _recipients(project, rack, patients)
    _stop_unless(skip_bad, bad)
    chosen = [item for item in everyone if item.date in (None, patients.day)]
    enclosures, warnings = enclosures_of(
        rack, _wanted(chosen), large_print=large_print, progress=progress, executor=executor
    )
    desk = desk_of(project, sender, enclosures)
    fitting, large = _fitting(desk, chosen, patients)
    _stop_unless(skip_bad, large)
    folder = (out or project.folder / "output") / FOLDER / patients.day.isoformat()
    with open_outbox(project.folder) as outbox:
        batch = Batch(
            desk=desk,
            items=tuple(Item(recipient=to, id=outbox.identify(to.identity)) for to in fitting),
            outbox=outbox,
            list_id=outbox.identify([patients.path.name]),
            moment=sending.moment if sending else None,
            with_names=with_names,
        )
        _write(batch, folder, sending)
        unsent: tuple[Diagnostic, ...] = ()
        if sending:
            unsent = _send(
                batch,
                folder,
                path=patients.path.name,
                project=project,
                sending=sending,
                progress=progress,
            )
        states = tuple(batch.state(item) for item in batch.items)
    return MergeReport(
        folder=folder,
        states=states,
        bad_rows=len({fault.location.line for fault in (*bad, *large) if fault.location}),
        other_days=len(everyone) - len(chosen),
        diagnostics=in_order([*bad, *warnings, *large, *unsent]),
    )


def _recipients(
    project: Project, rack: Rack, patients: PatientList
) -> tuple[list[Recipient], list[Diagnostic]]:
    """The rows that are right, and what is wrong with the others."""

    @cache
    def find(name: str, language: Language) -> str | Diagnostic:
        found = find_handout(rack, name, language)
        return found if isinstance(found, Diagnostic) else found.key

    names = header_names(project.all_languages)
    rows = read_table(
        _bytes(patients.path),
        patients.path.name,
        scripts=[language.script for language in project.languages],
        headers=names.keys(),
        encoding=patients.encoding,
    )
    treatments = (item for found in rack.findings.catalogues for item in found.treatments)
    titles = [item.title for item in treatments]
    reader = Reader(project.all_languages, project.languages, find, titles)
    found = list(reader.recipients(entries_of(rows, patients.path.name, names)))
    return found, reader.faults


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        fault = diagnose(
            "list-unreadable",
            Location(path=path.name),
            problem=f"The list cannot be opened: {error.strerror or error}",
            cause="A list of patients is a CSV file or an Excel workbook (.xlsx).",
            fix="Check the file's name, and close it in Excel.",
        )
        raise BrochureError([fault]) from None


def _stop_unless(skip_bad: bool, faults: Sequence[Diagnostic]) -> None:
    if faults and not skip_bad:
        raise BrochureError(faults)


def _wanted(recipients: Iterable[Recipient]) -> dict[Language, list[str]]:
    """The treatments' keys by language, each once."""
    wanted: dict[Language, dict[str, None]] = {}
    for recipient in recipients:
        keys = wanted.setdefault(recipient.language, {})
        keys.update(dict.fromkeys(recipient.treatments))
    return {language: list(keys) for language, keys in wanted.items()}


def _fitting(
    desk: Desk, recipients: Sequence[Recipient], patients: PatientList
) -> tuple[list[Recipient], list[Diagnostic]]:
    """The e-mails that are small enough, and what is wrong with the others."""
    faults = {
        to.row: size_fault(
            desk, to.language, to.treatments, Location(path=patients.path.name, line=to.row)
        )
        for to in recipients
    }
    fitting = [to for to in recipients if faults[to.row] is None]
    return fitting, [fault for fault in faults.values() if fault]


def _write(batch: Batch, folder: Path, sending: Sending | None) -> None:
    """Write the day's folder anew; raises `drafts-other` and `message-absent` before it does."""
    if list_of(folder) not in (None, batch.list_id):
        raise BrochureError([_other_list(folder)])
    if sending:
        decide(batch.outbox, sending, [item.id for item in batch.items])
    replace_private(batch.files(), folder)


def _send(
    batch: Batch,
    folder: Path,
    *,
    path: str,
    project: Project,
    sending: Sending,
    progress: Progress,
) -> tuple[Diagnostic, ...]:
    """Send what is due; the log says what came of it, even if the server fails us."""
    parcels = list(batch.parcels(folder, path))
    try:
        return post(parcels, project, batch.outbox, sending, progress)
    finally:
        rewrite([(folder / LOG, batch.log())])


def _other_list(folder: Path) -> Diagnostic:
    return diagnose(
        "drafts-other",
        Location(path=str(folder)),
        problem="The folder holds the e-mails of another list for the same day",
        cause="The folder of a day is written anew each time, and those would be lost.",
        fix="Choose another folder with --out, or delete this one if it is done with.",
    )
