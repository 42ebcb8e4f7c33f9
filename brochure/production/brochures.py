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
    from brochure.pdf.screen import finish_screen

    tag = catalogue.language.tag
    proof = "-proof" if job.edition.is_proof else ""
    name = f"{job.settings.clinic.slug}-{tag}{proof}.pdf"
    progress(tag, "laying out")
    draft = _draft(job, catalogue)
    if tails := near_empty_tails(draft.layout):
        progress(tag, "tightening")
        if tightness := _tightened(job, catalogue, tails):
            draft = _draft(job, catalogue, tightness=tightness)
    progress(tag, "finishing")
    composition, layout = draft.composition, draft.layout
    drawn, faults = draw(layout)
    data = finish_screen(drawn, composition)
    artefact = Artefact(
        path=f"{job.edition.folder}/{name}",
        edition=job.edition.name,
        language=tag,
        pages=len(layout.pages),
        data=data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    return artefact, [
        *draft.faults,
        *faults,
        *overflow_faults(layout.pages, layout.starts, composition),
        *font_faults(data, composition.families, name),
    ]


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
    return frozenset(
        anchor
        for (anchor, start), end in zip(layout.starts, ends, strict=True)
        if end - start > 1 and layout.pages[end - 1].fill < NEAR_EMPTY
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
