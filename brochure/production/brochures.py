"""One language's brochure, from its catalogue to the finished file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic
from brochure.pages.composition import TIGHTNESS, Extract
from brochure.production.binding import Bookbinding
from brochure.production.casting_off import CastingOff, length_from
from brochure.production.collating import Place, collating
from brochure.production.job import Job, Made, Progress, silent, sources_of
from brochure.production.parts import PartSetting, is_proved_in, pages_in
from brochure.production.recipes import Larder, Order
from brochure.production.typesetting import faults_from, typeset_from
from brochure.production.work import Steps, Work, side_by_side

if TYPE_CHECKING:
    from brochure.pages.compose import Design

_FRONT = Extract(has_front=True)
_TRIALS = 3
"""How often the front is set for numbers that may have changed its length."""
_ANY: Mapping[str, int] = MappingProxyType({})


def make_brochure(job: Job, catalogue: Catalogue, progress: Progress = silent) -> Steps[Made]:
    """Compose one language's brochure, have its parts set, and have them bound."""
    from brochure.pages.compose import design_brochure, facts_of

    tag = catalogue.language.tag
    progress(tag, "laying out")
    design, faults = design_brochure(
        catalogue,
        job.settings,
        job.edition,
        assets=job.assets,
        typefaces=job.typefaces,
        site_root=job.site_root,
        cache=job.cache,
    )
    page = job.settings.page.format
    larder = Larder(job=job, catalogue=catalogue, page=page)
    places = yield from _Setter(job=job, design=design, larder=larder).places()
    slug = job.settings.clinic.slug
    is_proved = all(is_proved_in(place.part) for place in places)
    binding = Bookbinding(
        composition=facts_of(design, is_proved=is_proved),
        places=places,
        name=f"{slug}-{tag}{'-proof' if job.edition.is_proof else ''}.pdf",
        clinic=slug,
        is_proved=is_proved,
    )
    typeset = typeset_from(*(yield [binding]))
    read = (yield collating(typeset, places, binding.composition)) if is_proved else ()
    inspected = (*typeset.faults, *chain.from_iterable(map(faults_from, read)))
    artefact = Artefact(
        path=f"{job.edition.folder}/{typeset.name}",
        edition=job.edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    found = (*faults, *design.stock.gallery.faults, *_unhidden(inspected))
    return Made(artefact=artefact, faults=found)


def _unhidden(faults: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Faults without what the text reads otherwise, if another one could be why."""
    others = [fault for fault in faults if fault.code != "text-changed"]
    return others if any(fault.is_error for fault in others) else faults


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setter:
    """Has the parts of a brochure set, each of them once."""

    job: Job
    design: Design
    larder: Larder

    def places(self) -> Steps[tuple[Place, ...]]:
        """Every part in its place.

        The front stands before the treatments and says on which pages they begin: it is cast off
        while they are set, and set again in the rare case that their numbers change its length.
        Should that never end, blank pages make up for what it is shorter.
        """
        treatments, (back, first) = yield from side_by_side(
            self._treatments(), side_by_side(self._back(), self._first_page())
        )
        for trial in count(1):
            *numbers, end = accumulate(map(pages_in, treatments), initial=first)
            front = yield from self._front(dict(zip(self.design.sections, numbers, strict=True)))
            missing = first - 1 - pages_in(front)
            if missing == 0 or (missing > 0 and trial > _TRIALS):
                break
            first -= missing
        blanks = [missing, *[0] * len(treatments)]
        blanks[-1] += 1 if self.job.edition.ends_on_verso and end % 2 else 0
        inner = zip((*treatments, back), blanks, strict=True)
        return Place(part=front), *(Place(part=part, blanks=before) for part, before in inner)

    def _first_page(self) -> Steps[int]:
        """The page after the front."""
        zeros = dict.fromkeys(self.design.sections, 0)
        # Composed when its turn comes: it has pictures of all treatments.
        (found,) = yield (CastingOff(**self._extracted(_FRONT, numbers=zeros)) for _ in range(1))
        return length_from(found) + 1

    def _front(self, numbers: Mapping[str, int]) -> Steps[bytes]:
        """The front, which says the numbers of the pages that treatments begin on."""
        (front,) = yield [PartSetting(name="front", **self._extracted(_FRONT, numbers=numbers))]
        return front

    def _back(self) -> Steps[bytes]:
        (back,) = yield [PartSetting(name="back", **self._extracted(Extract(has_back=True)))]
        return back

    def _treatments(self) -> Steps[list[bytes]]:
        """Every treatment, in their order."""
        orders = [self._order(anchor) for anchor in self.design.sections]
        supplies = yield from self.larder.fetch(orders)
        return [supply.data for supply in supplies]

    def _order(self, anchor: str) -> Order:
        """The order of a treatment, which may be the first of its category."""
        treatment, _ = self.design.sections[anchor]
        opens = anchor in self.design.openings

        def compose() -> tuple[Work, tuple[Diagnostic, ...]]:
            faults = self.design.stock.gallery.faults
            known = len(faults)
            extract = Extract(sections=frozenset((anchor,)))
            work = PartSetting(name=anchor, **self._extracted(extract, tightness=TIGHTNESS))
            return work, tuple(faults[known:])

        return Order(treatment, "section, first" if opens else "section", compose)

    def _extracted(
        self, extract: Extract, *, numbers: Mapping[str, int] = _ANY, tightness: str = ""
    ) -> dict[str, Any]:
        """What any work on an extract needs."""
        from brochure.pages.compose import compose_extract

        levels = dict.fromkeys(extract.sections, tightness)
        return {
            "composition": compose_extract(
                self.design, extract, numbers=numbers, tightness=levels
            ),
            "roots": self.job.roots,
            "search": self.job.assets.folders("templates"),
        }
