"""Values as text for tools: faults as JSON, lines or annotations, the matrix of translations.

Everything here is in logical order and the same on every machine.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from brochure.catalogue.translations import Matrix, State
from brochure.diagnostics import CODES, Diagnostic

_NO_ENTRY = "–"


def faults_as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Every fault as one JSON array."""
    return json.dumps([_row(fault) for fault in diagnostics], ensure_ascii=False, indent=2)


def _row(fault: Diagnostic) -> dict[str, object]:
    place = fault.location
    row: dict[str, object] = {
        "code": fault.code,
        "severity": fault.severity.value,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "problem": fault.problem,
        "cause": fault.cause,
        "fix": fault.fix,
    }
    if fault.evidence:
        row["evidence"] = asdict(fault.evidence)
    return row


def grouped(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, ...]]:
    """Faults one by one, but those by which a finished file breaks one rule together."""
    for _, group in groupby(enumerate(diagnostics), key=_group_of):
        yield tuple(fault for _, fault in group)


def _group_of(entry: tuple[int, Diagnostic]) -> object:
    number, fault = entry
    if fault.evidence is None:
        return number
    return (fault.location, fault.code, fault.evidence.rule, fault.severity)


def fault_line(fault: Diagnostic) -> str:
    """A fault on one line: place, severity, what was found, code."""
    place = f"{fault.location}: " if fault.location else ""
    return f"{place}{fault.severity.value}: {' '.join(fault.problem.split())} [{fault.code}]"


def fault_command(fault: Diagnostic, folder: str = "") -> str:
    """A fault as a workflow command of GitHub Actions, which annotates the line of the file.

    `folder` leads from the repository to the project. Escapes: `%`, CR and LF in the message;
    in properties `:` and `,` as well (actions/toolkit, packages/core/src/command.ts).
    """
    place = fault.location
    properties = {
        "file": posixpath.normpath(posixpath.join(folder, place.path)) if place else None,
        "line": place.line if place else None,
        "col": place.column if place and place.line else None,
        "title": fault.code,
    }
    written = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value
    )
    message = _data(f"{fault.problem}\nwhy: {fault.cause}\nfix: {fault.fix}")
    return f"::{fault.severity.value} {written}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def codes_as_markdown() -> str:
    """The table of all codes, for docs/diagnostics.md."""
    rows = [
        (
            f"[`{code}`](../tests/faults/{code}/expected.txt)",
            row.severity.value,
            str(int(row.exit_code)),
            row.meaning,
        )
        for code, row in sorted(CODES.items())
    ]
    return _markdown_table(("code", "severity", "exit code", "meaning"), rows)


def status_as_json(matrix: Matrix) -> str:
    """The matrix, with counts and percentages per language."""
    data = {
        "source_language": matrix.source_language,
        "languages": {
            tag: {
                "counts": {state.value: n for state, n in matrix.counts(tag).items()},
                "percentages": {state.value: n for state, n in matrix.percentages(tag).items()},
            }
            for tag in matrix.languages
        },
        "treatments": [
            {
                "key": row.key,
                "title": row.title,
                "languages": {
                    item.language: {"state": item.state.value, "path": item.path or None}
                    for item in row.standings
                },
            }
            for row in matrix.rows
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def status_as_csv(matrix: Matrix) -> str:
    """The matrix; the first column tells treatments from the counts and percentages below."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(("row", "key", "title", *matrix.languages))
    for row in matrix.rows:
        states = (item.state.value for item in row.standings)
        writer.writerow(("treatment", row.key, row.title, *states))
    for state in State:
        counts = (matrix.counts(tag)[state] for tag in matrix.languages)
        writer.writerow(("count", state.value, "", *counts))
    for state in State:
        shares = (matrix.percentages(tag)[state] for tag in matrix.languages)
        writer.writerow(("percentage", state.value, "", *shares))
    return output.getvalue().rstrip("\n")


def status_as_markdown(matrix: Matrix) -> str:
    """The matrix and its summary as two tables."""
    rows = [(row.title, *(item.state.value for item in row.standings)) for row in matrix.rows]
    return "\n\n".join(
        (
            _markdown_table(("treatment", *matrix.languages), rows),
            _markdown_table(("state", *matrix.languages), summary(matrix)),
        )
    )


def summary(matrix: Matrix) -> list[tuple[str, ...]]:
    """A row for each state that occurs: its name, then “12 (86 %)” per language."""
    rows = []
    for state in State:
        cells = [
            (matrix.counts(tag)[state], matrix.percentages(tag)[state]) for tag in matrix.languages
        ]
        if any(count for count, _ in cells):
            shown = (f"{count} ({share:g} %)" if count else _NO_ENTRY for count, share in cells)
            rows.append((state.value, *shown))
    return rows


def _markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
