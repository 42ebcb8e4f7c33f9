"""The figures of the print edition, as a Markdown table: one row a printer and language.

    PYTHONPATH=. python tests/bench_print.py                           every printer, en el ar
    PYTHONPATH=. python tests/bench_print.py --printer generic-coated --language en

Makes the sample clinic's brochures, without a cache and in this process alone, and writes nothing.
Times are of the processor: the whole build of a brochure with its preflight, and preflight alone,
the best of three. Total ink, dots per inch and colours are read from the finished bytes.
"""

import argparse
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import pikepdf

from brochure import api
from brochure.api.brochures import make
from brochure.api.printers import edition_for
from brochure.assets import DEFAULTS
from brochure.pages.edition import PRINT, SCREEN, Edition
from brochure.pdf.preflight import preflight
from brochure.pdf.preflight.colours import space_of
from brochure.pdf.preflight.ink import InkMeter, highest_percent
from brochure.pdf.preflight.interpreter import Reader
from brochure.pdf.preflight.pictures import resolution_dpi
from brochure.pdf.preflight.sheets import Sheet, sheets_of
from brochure.pdf.preflight.spaces import Kind
from brochure.printers import Printer
from brochure.project import Project

LANGUAGES = ("en", "el", "ar")
RUNS = 3
_LIGHT = {Kind.RGB, Kind.CALIBRATED}
T = TypeVar("T")

HEAD = """\
| printer | language | pages | size | build | screen | largest ink | lowest dpi | RGB operators | \
preflight a page | faults |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


class Measured(NamedTuple):
    """What is in a file: the most ink in percent, the fewest dots per inch, operators in RGB."""

    ink_percent: float
    dpi: float
    rgb: int


def timed(call: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return call(), time.process_time() - start


def made(project: Project, edition: Edition, language: str) -> tuple[bytes, int, float]:
    """A brochure's bytes, its pages and the seconds that it took."""
    report, seconds = timed(lambda: make(project, codes=[language], edition=edition))
    (artefact,) = report.artefacts
    return artefact.data, artefact.pages, seconds


def inks(sheet: Sheet, meter: InkMeter) -> Iterator[float]:
    """The total ink of everything on a page, as far as it is in inks."""
    for paint in sheet.walk.paints:
        if not sheet.bleed.meets(paint.box):
            continue
        if paint.colour and paint.colour.space.kind is not Kind.REGISTRATION:
            yield paint.colour.total or 0.0
        if paint.picture and paint.picture.space:
            yield highest_percent(meter.levels(paint.picture))


def measured(data: bytes, printer: Printer) -> Measured:
    meter = InkMeter(data, printer)
    with pikepdf.open(io.BytesIO(data)) as file:
        sheets = list(sheets_of(file, Reader(len(file.pages))))
        paints = [paint for sheet in sheets for paint in sheet.walk.paints]
        spaces = [space for paint in paints if (space := space_of(paint))]
        return Measured(
            ink_percent=max(ink for sheet in sheets for ink in inks(sheet, meter)),
            dpi=min(resolution_dpi(paint, paint.picture) for paint in paints if paint.picture),
            rgb=sum(any(part.kind in _LIGHT for part in space.chain) for space in spaces),
        )


def row(project: Project, printer: Printer, language: str, screen: float) -> str:
    edition = edition_for(project, PRINT, printer.name)
    data, pages, seconds = made(project, edition, language)
    found = measured(data, printer)
    judged = [timed(lambda: preflight(data, printer, "file.pdf")) for _ in range(RUNS)]
    best = min(time for _, time in judged)
    cells = (
        f"{printer.name}", language, f"{pages}", f"{len(data) / 1e6:.1f} MB", f"{seconds:.1f} s",
        f"{screen:.1f} s", f"{found.ink_percent:.0f} %", f"{found.dpi:.0f}", f"{found.rgb}",
        f"{1000 * best / pages:.1f} ms", f"{len(judged[0][0])}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, default=DEFAULTS)
    parser.add_argument("--printer", action="append", default=[])
    parser.add_argument("--language", action="append", default=[])
    asked = parser.parse_args()
    project = api.open_project(asked.project)
    printers, _ = api.printers(project.folder)
    print(HEAD)
    for language in asked.language or LANGUAGES:
        made(project, SCREEN, language)  # what is loaded once is not counted
        *_, screen = made(project, SCREEN, language)
        for printer in printers:
            if printer.name in asked.printer or not asked.printer:
                print(row(project, printer, language, screen), flush=True)


if __name__ == "__main__":
    main()
