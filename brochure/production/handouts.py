"""One language's handouts, from its catalogue to finished files.

A handout whose last page would be less than half full is set as much tighter as it takes to do
without that page, and left as it was if nothing helps. The files go out by e-mail, so their size
has a limit.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue, Treatment
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.production.brochures import TIGHTEST, Draft, near_empty_tails
from brochure.production.job import Job, Progress, sources_of

if TYPE_CHECKING:
    from brochure.pages.handout import Design
    from brochure.pdf.engine import TypeCase

LARGEST_BYTES = 500_000
_LEVELS = range(2, TIGHTEST + 1)
"""How tight a handout is tried; the first level alone rarely saves a page of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """What all handouts of one language are made with."""

    job: Job
    design: Design
    case: TypeCase


def make_handouts(
    job: Job,
    catalogue: Catalogue,
    treatments: Sequence[Treatment],
    stems: Mapping[str, str],
    progress: Progress,
) -> tuple[list[Artefact], list[Diagnostic]]:
    """Make the handouts of these treatments of `catalogue`.

    `stems` names each file by the key of the treatment's section.
    """
    from brochure.pages.handout import design_handouts
    from brochure.pdf.engine import type_case

    design, faults = design_handouts(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
    )
    artefacts, found = [], list(faults)
    with type_case(job.typefaces.available) as case:
        bench = _Bench(job=job, design=design, case=case)
        for treatment in treatments:
            progress(catalogue.language.tag, treatment.slug)
            artefact, more = _make_handout(bench, treatment, stems[treatment.section])
            artefacts.append(artefact)
            found += more
    return artefacts, found


def _make_handout(
    bench: _Bench, treatment: Treatment, stem: str
) -> tuple[Artefact, Iterable[Diagnostic]]:
    from brochure.pdf.engine import draw
    from brochure.pdf.inspection import font_faults
    from brochure.pdf.overflow import overflow_faults
    from brochure.pdf.screen import finish_screen

    edition, tag = bench.job.edition, bench.design.catalogue.language.tag
    draft = _best_draft(bench, treatment)
    composition, layout = draft.composition, draft.layout
    drawn, faults = draw(layout)
    artefact = Artefact(
        path=f"{edition.folder}/{tag}/{stem}-{tag}{edition.suffix}.pdf",
        edition=edition.name,
        language=tag,
        pages=len(layout.pages),
        data=finish_screen(drawn, composition),
        sources=tuple(sources_of(bench.job, [treatment])),
        title=treatment.title,
    )
    return artefact, (
        *draft.faults,
        *faults,
        *overflow_faults(layout.pages, layout.starts, composition),
        *font_faults(artefact.data, composition.families, artefact.path),
        *_size_faults(artefact, treatment.place),
    )


def _best_draft(bench: _Bench, treatment: Treatment) -> Draft:
    """The least tight draft without a near-empty last page, or the one that is not tightened."""

    @cache
    def draft(tightness: int) -> Draft:
        return _draft(bench, treatment, tightness)

    loose = draft(0)
    if not near_empty_tails(loose.layout):
        return loose
    saving = bisect.bisect(_LEVELS, False, key=lambda level: _saves(draft(level), loose))
    return draft(_LEVELS[saving]) if saving < len(_LEVELS) else loose


def _saves(tight: Draft, loose: Draft) -> bool:
    return len(tight.layout.pages) < len(loose.layout.pages)


def _draft(bench: _Bench, treatment: Treatment, tightness: int) -> Draft:
    from brochure.pages.handout import compose_handout
    from brochure.pdf.engine import lay_out

    composition, faults = compose_handout(bench.design, treatment, tightness=tightness)
    layout, more = lay_out(
        composition,
        roots=bench.job.roots,
        search=bench.job.assets.folders("templates"),
        case=bench.case,
    )
    return Draft(composition=composition, layout=layout, faults=(*faults, *more))


def _size_faults(artefact: Artefact, place: Location) -> Iterator[Diagnostic]:
    """Report `handout-large`."""
    if len(artefact.data) > LARGEST_BYTES:
        yield diagnose(
            "handout-large",
            place,
            problem=f"The handout {artefact.path} is larger than {LARGEST_BYTES // 1000} kB",
            cause="Patients get it by e-mail and read it on a phone.",
            fix="Take pictures out of the text.",
        )
