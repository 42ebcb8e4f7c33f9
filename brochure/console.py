"""What people see: faults with their place, progress, the closing table.

Colour and live progress only on a terminal; plain lines otherwise. Progress and faults go to
the error stream, results to the output stream.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from rich.console import Console as Stream
    from rich.status import Status

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_CONTEXT = 60
_SHOWN = 100


class Console:
    """Prints to the two streams of the command."""

    def __init__(self) -> None:
        self._out, self._err = _stream(stderr=False), _stream(stderr=True)
        self._status: Status | None = None

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
        for fault in diagnostics:
            self._fault(fault)
        if diagnostics:
            self._err.print(counted(diagnostics))

    def faults_as_json(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Every fault as one JSON array, for tools."""
        rows = [_as_json(fault) for fault in diagnostics]
        self.line(json.dumps(rows, ensure_ascii=False, indent=2))

    def artefacts(
        self, artefacts: Sequence[Artefact], folder: str, warnings: Counter[str]
    ) -> None:
        """The closing table: file, language, pages, size, warnings."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("File", no_wrap=True)
        table.add_column("Language", no_wrap=True)
        for title in ("Pages", "Size", "Warnings"):
            table.add_column(title, justify="right", no_wrap=True)
        for artefact in artefacts:
            table.add_row(
                f"{folder}/{artefact.path}",
                artefact.language,
                str(artefact.pages),
                size(len(artefact.data)),
                str(warnings[artefact.language]),
            )
        self._end_progress()
        self._out.print(table)

    def _end_progress(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None

    def _fault(self, fault: Diagnostic) -> None:
        from rich.text import Text

        place = f"{fault.location}: " if fault.location else ""
        head = Text.assemble(
            (place, "bold"),
            (f"{fault.severity.value}:", _COLOURS[fault.severity]),
            f" {fault.problem} ",
            (f"[{fault.code}]", "dim"),
        )
        self._err.print(head)
        for line in _source(fault):
            self._err.print(line)
        self._err.print(f"    why: {fault.cause}")
        self._err.print(f"    fix: {fault.fix}")


def _stream(*, stderr: bool) -> Stream:
    """A stream that never guesses: no markup, no highlighting, no wrapping of what we say."""
    from rich.console import Console as Stream

    stream = Stream(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)
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


def _as_json(fault: Diagnostic) -> dict[str, object]:
    place = fault.location
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "problem": fault.problem,
        "cause": fault.cause,
        "fix": fault.fix,
    }


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
