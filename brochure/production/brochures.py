"""One language's brochure, from its catalogue to the finished file.

A section whose last page would hold only a few lines is set a little tighter, spacing first and
then size, before a near-empty page is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic
from brochure.production.job import Job, Progress, silent, sources_of

if TYPE_CHECKING:
    from brochure.pages.composition import Composition
    from brochure.pages.edition import Edition
    from brochure.pdf.engine import Layout

NEAR_EMPTY = 0.5
"""A page under a quarter full is never wanted; aiming higher keeps a treatment on its spread."""
TIGHTEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A composition as it was laid out, with what was found on the way."""

    composition: Composition
    layout: Layout
    faults: tuple[Diagnostic, ...]


def make_brochure(
    job: Job, catalogue: Catalogue, progress: Progress = silent
) -> tuple[Artefact, list[Diagnostic]]:
    """Compose, lay out, finish and inspect one language's brochure."""
    from brochure.pdf.engine import draw
    from brochure.pdf.inspection import font_faults
    from brochure.pdf.overflow import overflow_faults

    tag = catalogue.language.tag
    progress(tag, "laying out")
    draft = _draft(job, catalogue)
    if tails := near_empty_tails(draft.layout):
        progress(tag, "tightening")
        if tightness := _tightened(job, catalogue, tails):
            draft = _draft(job, catalogue, tightness=tightness)
    progress(tag, "finishing")
    composition, layout = draft.composition, draft.layout
    drawn, faults = draw(layout)
    pages = _pages(job.edition, len(layout.pages))
    name = _file_name(job, tag, pages)
    data = _finished(drawn, composition, name)
    artefact = Artefact(
        path=f"{job.edition.folder}/{name}",
        edition=job.edition.name,
        language=tag,
        pages=pages,
        data=data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    return artefact, [
        *draft.faults,
        *faults,
        *overflow_faults(layout.pages, layout.starts, composition),
        *font_faults(data, composition.families, name),
        *_preflight(data, job.edition, name),
    ]


def _preflight(data: bytes, edition: Edition, name: str) -> tuple[Diagnostic, ...]:
    """What the printer would say of the finished file, if it goes to one."""
    if edition.printer is None:
        return ()
    from brochure.pdf.preflight import preflight

    return preflight(data, edition.printer, name)


def _pages(edition: Edition, laid_out: int) -> int:
    """How many pages the finished brochure has, with the blanks that its printer wants."""
    from brochure.pdf.press import pages_for

    if edition.printer is None or not edition.is_in_inks:
        return laid_out
    return pages_for(edition.printer, laid_out)


def _file_name(job: Job, tag: str, pages: int) -> str:
    """The name that the brochure's printer wants, or ours."""
    slug, printer = job.settings.clinic.slug, job.edition.printer
    if printer is None:
        return f"{slug}-{tag}{'-proof' if job.edition.is_proof else ''}.pdf"
    version = job.settings.imprint.version
    return printer.file_named(clinic=slug, language=tag, version=version, pages=pages)


def _finished(drawn: bytes, composition: Composition, name: str) -> bytes:
    from brochure.pdf.press import finish_press
    from brochure.pdf.screen import finish_screen

    if composition.edition.is_in_inks:
        return finish_press(drawn, composition, name=name)
    return finish_screen(drawn, composition)


def _draft(
    job: Job,
    catalogue: Catalogue,
    *,
    tightness: Mapping[str, int] = MappingProxyType({}),
    only: frozenset[str] = frozenset(),
) -> Draft:
    from brochure.pages.compose import compose_brochure
    from brochure.pdf.engine import lay_out

    composition, faults = compose_brochure(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
        tightness=tightness,
        only=only,
    )
    search = job.assets.folders("templates")
    layout, more = lay_out(composition, roots=job.roots, search=search)
    return Draft(composition=composition, layout=layout, faults=(*faults, *more))


def near_empty_tails(layout: Layout) -> frozenset[str]:
    """The sections of two pages or more whose last page is less than `NEAR_EMPTY` full."""
    ends = [start for _, start in layout.starts[1:]] + [len(layout.pages)]
    sections = [
        (anchor, [page for page in layout.pages[start:end] if not page.is_blank])
        for (anchor, start), end in zip(layout.starts, ends, strict=True)
    ]
    return frozenset(
        anchor for anchor, pages in sections if len(pages) > 1 and pages[-1].fill < NEAR_EMPTY
    )


def _tightened(job: Job, catalogue: Catalogue, tails: frozenset[str]) -> dict[str, int]:
    """How tight each of the sections has to be set; none for one that cannot be saved."""
    saved: dict[str, int] = {}
    for level in range(1, TIGHTEST + 1):
        left = tails - saved.keys()
        if not left:
            break
        draft = _draft(job, catalogue, tightness=dict.fromkeys(left, level), only=left)
        saved.update(dict.fromkeys(left - near_empty_tails(draft.layout), level))
    return saved
