"""One language's handouts, from its catalogue to finished files.

Nothing is composed of a handout that has been made before of the very same things: a clinic hands
out a hundred of them. The files go out by e-mail, so their size has a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue, Treatment
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.production.fitting import MOST_PAGES, Fitting
from brochure.production.job import Job, Made, Progress, sources_of
from brochure.production.recipes import Larder, Order
from brochure.production.typesetting import typeset_from
from brochure.production.work import Steps

if TYPE_CHECKING:
    from brochure.pages.handout import Design

LARGEST_BYTES = 500_000


def make_handouts(
    job: Job,
    catalogue: Catalogue,
    treatments: Sequence[Treatment],
    stems: Mapping[str, str],
    progress: Progress,
) -> Iterator[Steps[Made]]:
    """The handouts of these treatments of `catalogue`.

    `stems` names each file by the key of the treatment's section.
    """
    desk = _Desk(job=job, catalogue=catalogue)
    for treatment in treatments:
        yield _make_handout(desk, treatment, stems[treatment.section], progress)


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What the handouts of one language share; their design is made for the first new one."""

    job: Job
    catalogue: Catalogue

    @cached_property
    def larder(self) -> Larder:
        page = self.job.settings.handout.format
        return Larder(job=self.job, catalogue=self.catalogue, page=page)

    @cached_property
    def design(self) -> tuple[Design, tuple[Diagnostic, ...]]:
        from brochure.pages.handout import design_handouts

        job = self.job
        return design_handouts(
            self.catalogue,
            job.settings,
            job.edition,
            assets=job.assets,
            typefaces=job.typefaces,
            site_root=job.site_root,
            cache=job.cache,
        )


def _make_handout(desk: _Desk, treatment: Treatment, stem: str, progress: Progress) -> Steps[Made]:
    edition, tag = desk.job.edition, desk.catalogue.language.tag
    progress(tag, treatment.slug)
    path = f"{edition.folder}/{tag}/{stem}-{tag}{edition.suffix}.pdf"
    order = Order(treatment, path, lambda: _fitting(desk, treatment, path))
    ((data, faults),) = yield from desk.larder.fetch([order])
    typeset = typeset_from(data)
    artefact = Artefact(
        path=path,
        edition=edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(desk.job, [treatment])),
        title=treatment.title,
    )
    found = (*faults, *typeset.faults, *_length_faults(artefact, treatment.place))
    return Made(artefact=artefact, faults=found)


def _fitting(
    desk: _Desk, treatment: Treatment, path: str
) -> tuple[Fitting, tuple[Diagnostic, ...]]:
    from brochure.pages.handout import compose_handout

    design, faults = desk.design
    composition, more = compose_handout(design, treatment)
    work = Fitting(
        composition=composition,
        name=path,
        roots=desk.job.roots,
        search=desk.job.assets.folders("templates"),
    )
    return work, (*faults, *more)


def _length_faults(artefact: Artefact, place: Location) -> Iterator[Diagnostic]:
    """Report `handout-large` and `handout-long`."""
    if len(artefact.data) > LARGEST_BYTES:
        yield diagnose(
            "handout-large",
            place,
            problem=f"The handout {artefact.path} is larger than {LARGEST_BYTES // 1000} kB",
            cause="Patients get it by e-mail and read it on a phone.",
            fix="Take pictures out of the text.",
        )
    if artefact.pages > MOST_PAGES:
        yield diagnose(
            "handout-long",
            place,
            problem=f"The handout {artefact.path} has {artefact.pages} pages; expected are "
            f"{MOST_PAGES} at most",
            cause="Patients read a leaflet of a sheet or two, and put a longer one aside.",
            fix="Shorten the text, or make two treatments of it.",
        )
