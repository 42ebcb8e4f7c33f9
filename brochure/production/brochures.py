"""One language's brochure, from its catalogue to the finished file.

A section whose last page would hold only a few lines is set a little tighter, spacing first and
then size, before a near-empty page is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.production.job import Job, Made, Progress, silent, sources_of
from brochure.production.typesetting import Aim, Typesetting, typeset_from
from brochure.production.work import Steps

TIGHTEST = 4


def make_brochure(job: Job, catalogue: Catalogue, progress: Progress = silent) -> Steps[Made]:
    """Compose one language's brochure, and have it set and finished."""
    tag = catalogue.language.tag
    progress(tag, "laying out")
    composition, faults = _composed(job, catalogue)
    typeset = typeset_from(*(yield [_setting(job, composition, Aim.FULL_PAGES)]))
    if not typeset.data:
        progress(tag, "tightening")
        tightness = yield from _tightened(job, catalogue, frozenset(typeset.tails))
        composition, faults = _composed(job, catalogue, tightness=tightness)
        progress(tag, "finishing")
        typeset = typeset_from(*(yield [_setting(job, composition, Aim.FINISHED)]))
    artefact = Artefact(
        path=f"{job.edition.folder}/{typeset.name}",
        edition=job.edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    return Made(artefact=artefact, faults=(*faults, *typeset.faults))


def _tightened(job: Job, catalogue: Catalogue, tails: frozenset[str]) -> Steps[dict[str, int]]:
    """How tight each of the sections has to be set; none for one that cannot be saved.

    Every level is tried for all of them at once, so that as many processes can share the work.
    """
    levels = range(1, TIGHTEST + 1)
    trials = [
        _composed(job, catalogue, tightness=dict.fromkeys(tails, level), only=tails)[0]
        for level in levels
    ]
    results = yield [_setting(job, trial, Aim.TRIAL) for trial in trials]
    saved: dict[str, int] = {}
    for level, result in zip(levels, results, strict=True):
        cured = tails - saved.keys() - set(typeset_from(result).tails)
        saved.update(dict.fromkeys(cured, level))
    return saved


def _composed(
    job: Job,
    catalogue: Catalogue,
    *,
    tightness: Mapping[str, int] = MappingProxyType({}),
    only: frozenset[str] = frozenset(),
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    from brochure.pages.compose import compose_brochure

    return compose_brochure(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
        cache=job.cache,
        tightness=tightness,
        only=only,
    )


def _setting(job: Job, composition: Composition, aim: Aim) -> Typesetting:
    slug = job.settings.clinic.slug
    proof = "-proof" if job.edition.is_proof else ""
    return Typesetting(
        composition=composition,
        aim=aim,
        name=f"{slug}-{composition.language}{proof}.pdf",
        clinic=slug,
        roots=job.roots,
        search=job.assets.folders("templates"),
    )
