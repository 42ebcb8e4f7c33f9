"""What people see: faults with their place, progress, the closing table.

Colour and live progress only on a terminal; plain lines otherwise. Progress and faults go to
the error stream, results to the output stream.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Severity

_RED, _YELLOW, _BOLD, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Console:
    """Prints to the two streams of the command."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out, self._err = out or sys.stdout, err or sys.stderr
        self._live = self._err.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._live and "NO_COLOR" not in os.environ
        self._status = False

    def line(self, text: str = "") -> None:
        """A line of the result."""
        self._clear()
        print(text, file=self._out)

    def progress(self, language: str, stage: str) -> None:
        """Say what is being done: in place on a terminal, as lines elsewhere."""
        if self._live:
            self._clear()
            print(f"  {language}  {stage} …", end="", file=self._err, flush=True)
            self._status = True
        else:
            print(f"{language}: {stage}", file=self._err, flush=True)

    def faults(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Every fault, and a closing count."""
        self._clear()
        for fault in diagnostics:
            print(self._fault(fault), file=self._err)
        if diagnostics:
            print(counted(diagnostics), file=self._err)

    def faults_as_json(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Every fault as one JSON array, for tools."""
        print(json.dumps([_as_json(fault) for fault in diagnostics], ensure_ascii=False, indent=2),
              file=self._out)

    def artefacts(self, artefacts: Sequence[Artefact], folder: str, warnings: Counter[str]) -> None:
        """The closing table: file, language, pages, size, warnings."""
        rows = [("File", "Language", "Pages", "Size", "Warnings")]
        rows += [
            (
                f"{folder}/{artefact.path}",
                artefact.language,
                str(artefact.pages),
                size(len(artefact.data)),
                str(warnings[artefact.language]),
            )
            for artefact in artefacts
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for number, row in enumerate(rows):
            cells = (
                cell.ljust(width) if column < 2 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            text = "  ".join(cells).rstrip()
            self.line(self._painted(text, _BOLD) if number == 0 else text)

    def _clear(self) -> None:
        if self._status:
            print("\r\x1b[K", end="", file=self._err, flush=True)
            self._status = False

    def _fault(self, fault: Diagnostic) -> str:
        colour = _RED if fault.severity is Severity.ERROR else _YELLOW
        place = f"{fault.location}: " if fault.location else ""
        word = self._painted(f"{fault.severity.value}:", colour)
        lines = [f"{self._painted(place, _BOLD)}{word} {fault.problem} [{fault.code}]"]
        lines += _source(fault)
        lines += [f"    why: {fault.cause}", f"    fix: {fault.fix}"]
        return "\n".join(lines)

    def _painted(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._colour and text else text


def _source(fault: Diagnostic) -> list[str]:
    """The source line with a caret below the column."""
    place = fault.location
    if place is None or not place.line or not place.source_line.strip():
        return []
    label = f"{place.line:>6} | "
    line = place.source_line.replace("\t", " ")
    column = min(place.column or 1, len(line) + 1)
    start = max(0, column - 60)
    shown = line[start : start + 100]
    return [f"{label}{shown}", " " * (len(label) + column - 1 - start) + "^"]


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
