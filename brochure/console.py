"""What people see: faults with their place, progress, the closing table.

Colour and live progress only on a terminal; plain lines otherwise. Progress and faults go to
the error stream, results to the output stream.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, cast

from brochure.catalogue.translations import MEANINGS, Matrix, State
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Severity
from brochure.instructions import printing_instructions
from brochure.reports import (
    codes_as_markdown,
    fault_command,
    fault_line,
    faults_as_json,
    grouped,
    status_as_csv,
    status_as_json,
    status_as_markdown,
    summary,
)
from brochure.terminal import Order, text_for
from brochure.unchanged import Said

if TYPE_CHECKING:
    from rich.console import Console as Stream
    from rich.status import Status
    from rich.table import Table

    from brochure.api import BookletReport, Explanation, Kept
    from brochure.catalogue.stamps import Stamp
    from brochure.printers import Printer

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_STATES = {
    State.SOURCE: "bold",
    State.CURRENT: "green",
    State.OUTDATED: "yellow",
    State.UNTRACKED: "dim",
    State.UNVERIFIABLE: "magenta",
    State.MISSING: "red",
}
_EXPLAINED = (State.OUTDATED, State.UNTRACKED, State.UNVERIFIABLE)
_STATUS = {"json": status_as_json, "csv": status_as_csv, "markdown": status_as_markdown}
_CONTEXT = 60
_SHOWN = 100
_PLACES = 5


class Console:
    """Prints to the two streams of the command."""

    def __init__(self) -> None:
        self._said: list[tuple[str, str]] = []
        self._status: Status | None = None

    @cached_property
    def _out(self) -> Stream:
        return _stream("stdout", self._said)

    @cached_property
    def _err(self) -> Stream:
        return _stream("stderr", self._said)

    def listen(self) -> Said:
        """Everything that is printed from now on, as it grows."""
        self._end_progress()
        self._said.clear()
        return self._said

    def line(self, text: str = "") -> None:
        """A line of the result."""
        self._end_progress()
        self._out.print(text)

    def problem(self, text: str) -> None:
        """Lines about a fault that has no diagnostic."""
        self._end_progress()
        self._err.print(text)

    def progress(self, language: str, stage: str) -> None:
        """Say what is being done: in place on a terminal, as lines elsewhere."""
        text = f"{language}: {stage}"
        if not self._err.is_terminal:
            self._err.print(text)
        elif self._status is None:
            self._status = self._err.status(text)
            self._status.start()
        else:
            self._status.update(text)

    def faults(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Every fault, and a closing count."""
        self._end_progress()
        for group in grouped(diagnostics):
            self._fault(group)
        if diagnostics:
            self._err.print(counted(diagnostics))

    def faults_for_tools(
        self, diagnostics: Sequence[Diagnostic], form: str, *, folder: str = ""
    ) -> None:
        """Every fault as `json`, as `short` lines or as annotations for `github`."""
        if form == "json":
            self.line(faults_as_json(diagnostics))
            return
        for fault in diagnostics:
            self.line(fault_line(fault) if form == "short" else fault_command(fault, folder))

    def codes(self) -> None:
        """The table of everything that can be complained of."""
        self.line(codes_as_markdown())

    def status(self, matrix: Matrix, form: str, order: str) -> None:
        """How every treatment stands in every language, as a `table` or for tools."""
        if form != "table":
            self.line(_STATUS[form](matrix))
            return
        shown = text_for(Order(order), os.environ, is_terminal=self._out.is_terminal)
        self._end_progress()
        self._out.print(_status_table(matrix, shown))
        counts = [matrix.counts(tag) for tag in matrix.languages]
        for state, meaning in MEANINGS.items():
            if state in _EXPLAINED and any(count[state] for count in counts):
                self._out.print(f"{state.value}: {meaning}")

    def stamps(self, stamps: Iterable[Stamp]) -> None:
        """What was done with each file."""
        for stamp in stamps:
            done = "now records" if stamp.is_new else "already records"
            self.line(f"{stamp.path}: {done} {stamp.source} as it is")

    def printers(self, printers: Sequence[Printer]) -> None:
        """Every printer, and what it wants."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in ("Printer", "Standard", "Bleed", "Ink", "Marks", "Pages", "What it is"):
            table.add_column(title, no_wrap=True)
        for printer in printers:
            table.add_row(
                printer.name,
                printer.standard.value,
                f"{printer.bleed_mm:g} mm",
                f"{printer.total_ink_percent:g} %" if printer.standard.is_x else "RGB",
                printer.marks.value,
                f"× {printer.page_multiple}, {printer.page_order.value}",
                printer.title,
            )
        self._end_progress()
        self._out.print(table)

    def artefacts(
        self, artefacts: Sequence[Artefact], folder: str, diagnostics: Sequence[Diagnostic]
    ) -> None:
        """The closing table: file, language, pages, size, and how many of the faults are its."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("File", no_wrap=True)
        table.add_column("Language", no_wrap=True)
        for title in ("Pages", "Size", "Warnings"):
            table.add_column(title, justify="right", no_wrap=True)
        faulty = [fault.location.path for fault in diagnostics if fault.location]
        for artefact in artefacts:
            sources = {source.path for source in artefact.sources}
            table.add_row(
                f"{folder}/{artefact.path}",
                artefact.language,
                str(artefact.pages),
                size(len(artefact.data)),
                str(sum(path in sources for path in faulty)),
            )
        self._end_progress()
        self._out.print(table)

    def booklet(self, report: BookletReport) -> None:
        """What was made, and how to print it."""
        for line in printing_instructions(report):
            self.line(line)

    def explanations(self, explanations: Iterable[Explanation]) -> None:
        """Why each file was made anew, or was not."""
        for item in explanations:
            self.line(f"{item.path}: {'made' if item.is_anew else 'kept'}: {item.reason}")

    def kept(self, kept: Kept, *, is_cleared: bool) -> None:
        """What was kept of earlier builds, or has been removed."""
        entries = "1 entry" if kept.entries == 1 else f"{kept.entries} entries"
        if is_cleared:
            self.line(f"Removed: {entries}, {size(kept.bytes)}.")
            return
        self.line(f"Kept: {entries}, {size(kept.bytes)} of at most {kept.limit_mb} MB.")
        if kept.entries:
            days = "1 day" if kept.oldest_days == 1 else f"{kept.oldest_days} days"
            self.line(f"The oldest was last of use {days} ago.")

    def left_out(self, count: int) -> None:
        """How many files are there and not printed, if any."""
        if count:
            files = "1 file" if count == 1 else f"{count} files"
            self.line(f"{files} left out: drafts, unpublished or hidden.")

    def _end_progress(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None

    def _fault(self, group: Sequence[Diagnostic]) -> None:
        """One fault, or all the places where a finished file breaks one rule."""
        from rich.text import Text

        fault = group[0]
        place = f"{fault.location}: " if fault.location else ""
        problem = fault.evidence.title if fault.evidence else fault.problem
        head = Text.assemble(
            (place, "bold"),
            (f"{fault.severity.value}:", _COLOURS[fault.severity]),
            f" {problem} ",
            (f"[{fault.code}]", "dim"),
        )
        self._err.print(head)
        for line in (*_source(fault), *_places(group)):
            self._err.print(line)
        self._err.print(f"    why: {fault.cause}")
        self._err.print(f"    fix: {fault.fix}")


class _Heard:
    """One of the two streams of the process, and a list of all that is written to it."""

    def __init__(self, name: str, said: list[tuple[str, str]]) -> None:
        self._name, self._said = name, said

    def write(self, text: str) -> int:
        self._said.append((self._name, text))
        return int(getattr(sys, self._name).write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(sys, self._name), name)


def _stream(name: str, said: list[tuple[str, str]]) -> Stream:
    """A stream that never guesses: no markup, no highlighting, no wrapping of what we say.

    It is made when something is said; a command has other things to begin with.
    """
    from rich.console import Console as Stream

    heard = cast(IO[str], _Heard(name, said))
    stream = Stream(file=heard, markup=False, highlight=False, emoji=False, soft_wrap=True)
    if not stream.is_terminal:
        stream.width = 400
    return stream


def _source(fault: Diagnostic) -> list[str]:
    """The source line with a caret below the column."""
    place = fault.location
    if place is None or not place.line or not place.source_line.strip():
        return []
    label = f"{place.line:>6} | "
    line = place.source_line.replace("\t", " ")
    column = min(place.column or 1, len(line) + 1)
    start = max(0, column - _CONTEXT)
    return [
        f"{label}{line[start : start + _SHOWN]}",
        " " * (len(label) + column - 1 - start) + "^",
    ]


def _places(group: Sequence[Diagnostic]) -> list[str]:
    """What was measured where, the first few places of many."""
    shown = [f"    {fault.evidence}" for fault in group[:_PLACES] if fault.evidence]
    more = len(group) - _PLACES
    return [*shown, f"    and {more} more"] if more > 0 else shown


def _status_table(matrix: Matrix, shown: Callable[[str], str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Treatment", no_wrap=True, overflow="ellipsis")
    for tag in matrix.languages:
        table.add_column(tag, no_wrap=True)
    for row in matrix.rows:
        states = (Text(item.state.value, _STATES[item.state]) for item in row.standings)
        table.add_row(Text(shown(row.title)), *states)
    table.add_section()
    for name, *cells in summary(matrix):
        table.add_row(Text(name, _STATES[State(name)]), *cells)
    return table


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """“2 errors, 1 warning”."""
    counts = Counter(fault.severity for fault in diagnostics)
    parts = [
        f"{counts[severity]} {severity.value}{'s' if counts[severity] != 1 else ''}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts)


def size(count: int) -> str:
    """Bytes for people: 812 kB, 1.4 MB."""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
