"""A spreadsheet's bytes, CSV or XLSX, as rows of texts numbered as Excel numbers them."""

from __future__ import annotations

import csv
import datetime
import io
import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from brochure.delivery.encodings import Undecided, decode
from brochure.diagnostics import BrochureError, Location, diagnose
from brochure.languages import plain

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ";,\t"
_SEPARATOR_LINE = "sep="
"""How a first line begins that only tells Excel the separator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is not blank; `number` counts from 1, as shown at its start in Excel."""

    number: int
    cells: tuple[str, ...]


def read_table(
    data: bytes,
    name: str,
    *,
    scripts: Iterable[str],
    headers: Collection[str],
    encoding: str = "",
) -> tuple[Row, ...]:
    """The rows of the file called `name`; raises `BrochureError` with `list-unreadable`.

    `scripts` and `headers` help to tell encoding and separator of a CSV file (see `decode`).
    """
    if data.startswith(_OLE):
        raise _unreadable(
            name,
            "It is an old Excel file (.xls) or one with a password",
            "Open it in Excel and save it as “Excel Workbook (.xlsx)” without a password.",
        )
    if data.startswith(_ZIP):
        records = _xlsx_records(data, name)
    else:
        text = _decoded(data, name, scripts, headers, encoding)
        records = _csv_records(text, name, headers)
    numbered = enumerate(records, start=1)
    return tuple(
        Row(number=number, cells=tuple(cells))
        for number, cells in numbered
        if any(cells) and not (number == 1 and cells[0].startswith(_SEPARATOR_LINE))
    )


def _decoded(
    data: bytes, name: str, scripts: Iterable[str], headers: Collection[str], encoding: str
) -> str:
    try:
        text = (
            data.decode(encoding) if encoding else decode(data, scripts=scripts, headers=headers)
        )
    except LookupError:
        raise _unreadable(
            name,
            f"There is no encoding called “{encoding}”",
            "Name one such as utf-8, windows-1253 (Greek) or windows-1256 (Arabic).",
        ) from None
    except (UnicodeError, Undecided):
        raise _unreadable(
            name,
            f"It is not in the encoding {encoding}" if encoding else "Its encoding is not clear",
            "Save it in Excel as “CSV UTF-8”, or say --encoding windows-1253 (Greek), "
            "windows-1256 (Arabic) or windows-1252 (Western).",
        ) from None
    if "\0" in text:
        raise _unreadable(name, "It is not a table of text", "Save it in Excel as “CSV UTF-8”.")
    return text.removeprefix("\ufeff")


def _csv_records(text: str, name: str, headers: Collection[str]) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    number = 0
    try:
        for record in csv.reader(lines, delimiter=_delimiter(text, headers), strict=True):
            number += 1
            yield [cell.strip() for cell in record] or [""]
    except csv.Error:
        raise _unreadable(
            name,
            f"After row {number} a cell does not end, or is too long",
            "Look for a quotation mark that is opened and not closed.",
        ) from None


def _delimiter(text: str, headers: Collection[str]) -> str:
    """The separator that makes the most known column names of the first line with any."""
    lines = text.splitlines()
    if lines and lines[0].startswith(_SEPARATOR_LINE):
        return lines[0].removeprefix(_SEPARATOR_LINE)[:1] or ","
    first = next((line for line in lines if line.strip(" ;,\t")), "")

    def known(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(plain(cell) in headers for cell in cells)

    return max(_DELIMITERS, key=known)


def _xlsx_records(data: bytes, name: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Excel's extras that we have no use for
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for record in book.worksheets[0].iter_rows(values_only=True):
                yield [_text_of(value) for value in record] or [""]
    except Exception:  # whatever a damaged file does to the library, its XML and its ZIP
        raise _unreadable(
            name, "The workbook is damaged", "Open it in Excel and save it again as .xlsx."
        ) from None


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _unreadable(name: str, problem: str, fix: str) -> BrochureError:
    fault = diagnose(
        "list-unreadable",
        Location(path=name),
        problem=f"The list cannot be read. {problem}",
        cause="A list of patients is a CSV file or an Excel workbook (.xlsx).",
        fix=fix,
    )
    return BrochureError([fault])
