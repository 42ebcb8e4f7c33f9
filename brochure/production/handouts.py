"""One language's handouts, from its catalogue to finished files.

A handout whose last page would be less than half full, or that would have more than four pages, is
set as much tighter as it takes to do without its last page, and left as it was if nothing helps.
The files go out by e-mail, so their size has a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue, Treatment
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.production.job import Job, Made, Progress, sources_of
from brochure.production.parts import TIGHTEST
from brochure.production.typesetting import Aim, Typeset, Typesetting, typeset_from
from brochure.production.work import Steps

if TYPE_CHECKING:
    from brochure.pages.handout import Design

LARGEST_BYTES = 500_000
MOST_PAGES = 4
_LEVELS = range(2, TIGHTEST + 1)
"""How tight a handout is tried; the first level alone rarely saves a page of this size."""


def make_handouts(
    job: Job,
    catalogue: Catalogue,
    treatments: Sequence[Treatment],
    stems: Mapping[str, str],
    progress: Progress,
) -> tuple[Iterator[Steps[Made]], tuple[Diagnostic, ...]]:
    """The handouts of these treatments of `catalogue`, and what is wrong with all of them.

    `stems` names each file by the key of the treatment's section.
    """
    from brochure.pages.handout import design_handouts

    design, faults = design_handouts(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
        cache=job.cache,
    )
    made = (
        _make_handout(job, design, treatment, stems[treatment.section], progress)
        for treatment in treatments
    )
    return made, faults


def _make_handout(
    job: Job, design: Design, treatment: Treatment, stem: str, progress: Progress
) -> Steps[Made]:
    edition, tag = job.edition, design.catalogue.language.tag
    progress(tag, treatment.slug)
    path = f"{edition.folder}/{tag}/{stem}-{tag}{edition.suffix}.pdf"
    typeset, faults = yield from _typeset(job, design, treatment, path)
    artefact = Artefact(
        path=path,
        edition=edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(job, [treatment])),
        title=treatment.title,
    )
    found = (*faults, *typeset.faults, *_length_faults(artefact, treatment.place))
    return Made(artefact=artefact, faults=found)


def _typeset(
    job: Job, design: Design, treatment: Treatment, path: str
) -> Steps[tuple[Typeset, tuple[Diagnostic, ...]]]:
    """The least tight handout that is not too long, or the one that is not tightened."""
    from brochure.pages.handout import compose_handout

    faults: list[Diagnostic] = []

    def setting(tightness: int, aim: Aim, most_pages: int | None = None) -> Typesetting:
        composition, found = compose_handout(design, treatment, tightness=tightness)
        faults[:] = found  # the same at every tightness
        return Typesetting(
            composition=composition,
            aim=aim,
            most_pages=most_pages,
            name=path,
            roots=job.roots,
            search=job.assets.folders("templates"),
        )

    loose = typeset_from(*(yield [setting(0, Aim.FULL_PAGES, MOST_PAGES)]))
    if loose.data:
        return loose, tuple(faults)
    best, levels = None, _LEVELS
    while levels:
        middle = len(levels) // 2
        saving = setting(levels[middle], Aim.FINISHED, loose.pages - 1)
        typeset = typeset_from(*(yield [saving]))
        best = typeset if typeset.data else best
        levels = levels[:middle] if typeset.data else levels[middle + 1 :]
    return best or typeset_from(*(yield [setting(0, Aim.FINISHED)])), tuple(faults)


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
