"""A brochure laid out as one document, to compare the one that is linked from parts with."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf

from brochure import api
from brochure.api.brochures import job_of
from brochure.api.catalogues import catalogues_of
from brochure.pages.compose import Design, compose_extract, design_brochure, facts_of
from brochure.pages.composition import TIGHTNESS, Composition, Extract
from brochure.pages.edition import SCREEN, Edition
from brochure.pdf.engine import draw, lay_out
from brochure.pdf.press import finish_press, prepare_press
from brochure.pdf.screen import finish_screen
from brochure.production.parts import PartSetting


def whole(
    folder: Path,
    language: str,
    numbers: Mapping[str, int],
    *,
    edition: Edition = SCREEN,
    name: str = "",
) -> bytes:
    """An edition for the clinic in `folder`; treatments begin on the pages `numbers`.

    `name` is that of a file for print.
    """
    project = api.open_project(folder)
    job = job_of(project, edition)
    (catalogue,) = (
        item for item in catalogues_of(project).catalogues if item.language.tag == language
    )
    design, _ = design_brochure(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
    )
    anchors = frozenset(treatment.anchor for treatment in catalogue.treatments)
    extract = Extract(has_front=True, sections=anchors, has_back=True)
    tightness = {anchor: _tightness(design, anchor) for anchor in anchors}
    composition = compose_extract(design, extract, numbers=numbers, tightness=tightness)
    layout, faults = lay_out(composition, roots=job.roots)
    assert faults == ()
    assert dict(layout.starts).items() >= {name: at - 1 for name, at in numbers.items()}.items()
    drawn, faults = draw(layout)
    assert faults == ()
    facts = facts_of(design, is_proved=True)
    said = replace(composition, keywords=facts.keywords, date=facts.date, version=facts.version)
    return _pressed(drawn, said, name) if edition.is_in_inks else finish_screen(drawn, said)


def _pressed(drawn: bytes, composition: Composition, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as file:
        for font in prepare_press(file, composition):
            font.write()
        prepared = io.BytesIO()
        file.save(prepared)
    return finish_press(prepared.getvalue(), composition, name=name)


def _tightness(design: Design, anchor: str) -> int:
    """How tight a section is set."""
    extract = Extract(sections=frozenset((anchor,)))
    composition = compose_extract(design, extract, numbers={}, tightness={anchor: TIGHTNESS})
    html = PartSetting(composition=composition, name=anchor).set().composition.html
    return int(re.findall(r"\btight-(\d)", html)[0])


def destinations(file: pikepdf.Pdf) -> dict[str, tuple[int, list[str]]]:
    """Where each name leads: the page, from 1, and the place on it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
    entries = list(file.Root.Names.Dests.Names)
    return {
        str(name): (numbers[page.objgen], _place(page, view))
        for name, (page, _, *view) in zip(entries[::2], entries[1::2], strict=True)
    }


def outline(file: pikepdf.Pdf) -> list[tuple[int, str, int, list[str], int]]:
    """Every bookmark: level, title, page, place, and how many show below it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}

    def below(item, level):
        while item is not None:
            page, _, *view = item.Dest
            shown = _place(page, view)
            yield level, str(item.Title), numbers[page.objgen], shown, int(item.get("/Count", 0))
            yield from below(item.get("/First"), level + 1)
            item = item.get("/Next")

    return list(below(file.Root.Outlines.First, 1))


def links(file: pikepdf.Pdf) -> list[list[tuple[str, str, list[str]]]]:
    """What each page's links lead to and say, and where they lie."""
    return [
        [
            (
                str(item.get("/Dest", item.get("/A", {}).get("/URI", ""))),
                str(item.Contents),
                [*_place(page, item.Rect[:2]), *_place(page, item.Rect[2:])],
            )
            for item in page.get("/Annots", [])
        ]
        for page in file.pages
    ]


def _place(page, view) -> list[str]:
    """A place on a page as it is seen, whatever number its left edge has."""
    x, *rest = map(float, view)
    return [f"{part:.3f}" for part in (x - float(page["/TrimBox"][0]), *rest)]
