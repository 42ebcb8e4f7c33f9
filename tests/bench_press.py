"""How long the print edition takes against the screen edition, by printer, language and stage.

    python tests/bench_press.py                                      every printer, en el ar
    python tests/bench_press.py --printer generic-coated --language en

Makes the sample clinic's brochures, writes nothing, and prints milliseconds of processor time a
page for the layout, the drawing and the finishing, with pages and size of the finished file.
"""

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

from brochure import api
from brochure.api.brochures import job_of
from brochure.api.catalogues import catalogues_of
from brochure.api.printers import edition_for
from brochure.assets import DEFAULTS
from brochure.catalogue.model import Catalogue
from brochure.pages.edition import PRINT, SCREEN
from brochure.pdf.engine import draw
from brochure.pdf.press import finish_press
from brochure.pdf.screen import finish_screen
from brochure.production.brochures import _draft
from brochure.production.job import Job

LANGUAGES = ("en", "el", "ar")
T = TypeVar("T")


def timed(call: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return call(), time.process_time() - start


def measure(job: Job, catalogue: Catalogue) -> str:
    finish = finish_press if job.edition.is_in_inks else finish_screen
    draft, laid_out = timed(lambda: _draft(job, catalogue))
    (pdf, _), drawn = timed(lambda: draw(draft.layout))
    data, finished = timed(lambda: finish(pdf, draft.composition))
    pages = len(draft.layout.pages)
    stages = "".join(f"{1000 * stage / pages:9.1f}" for stage in (laid_out, drawn, finished))
    return f"{pages:6}{stages}{len(data) / 1e6:8.2f} MB"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--printer", action="append", default=[])
    parser.add_argument("--language", action="append", default=[])
    asked = parser.parse_args()
    project = api.open_project(DEFAULTS)
    printers, _ = api.printers(project.folder)
    editions = {"screen": SCREEN}
    for printer in printers:
        if printer.name in asked.printer or not asked.printer:
            editions[printer.name] = edition_for(project, PRINT, printer.name)
    print(f"{'':24}pages   layout     draw   finish    size   (ms a page)")
    for name, edition in editions.items():
        job = job_of(project, edition)
        for catalogue in catalogues_of(project).catalogues:
            if catalogue.language.tag in (asked.language or LANGUAGES):
                line = measure(job, catalogue)
                print(f"{name:20}{catalogue.language.tag:3}{line}")


if __name__ == "__main__":
    main()
