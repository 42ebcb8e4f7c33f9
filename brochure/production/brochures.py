"""One language's brochure, from its catalogue to the finished file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.digests import digest_of
from brochure.pages.composition import Composition
from brochure.production.binding import Bookbinding, Place
from brochure.production.job import Job, Made, Progress, silent, sources_of
from brochure.production.parts import PartSetting, pages_in
from brochure.production.typesetting import Typesetting, typeset_from
from brochure.production.work import Steps

if TYPE_CHECKING:
    from brochure.pages.compose import Design, Extract

_AHEAD = 8
"""Treatments set at once, before anybody knows on which side the later ones begin."""
_USUAL_PAGES = 2


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
    sizes = {item.anchor: len(item.markdown) for item in catalogue.treatments}
    setter = _Setter(job=job, design=design, sizes=sizes, lengths=_last_lengths(job, tag, sizes))
    places = yield from setter.places()
    job.cache.put(_lengths_key(job, tag), json.dumps(setter.lengths).encode())
    slug = job.settings.clinic.slug
    binding = Bookbinding(
        composition=facts_of(design),
        places=places,
        name=f"{slug}-{tag}{'-proof' if job.edition.is_proof else ''}.pdf",
        clinic=slug,
    )
    typeset = typeset_from(*(yield [binding]))
    artefact = Artefact(
        path=f"{job.edition.folder}/{typeset.name}",
        edition=job.edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    return Made(artefact=artefact, faults=(*faults, *typeset.faults))


def _last_lengths(job: Job, tag: str, anchors: Collection[str]) -> dict[str, int]:
    """How many pages treatments had when this brochure was last made."""
    known = json.loads(job.cache.get(_lengths_key(job, tag)) or b"{}")
    return {anchor: pages for anchor, pages in known.items() if anchor in anchors}


def _lengths_key(job: Job, tag: str) -> str:
    return digest_of(("lengths", job.edition.name, tag))


@dataclass(slots=True, kw_only=True)
class _Setter:
    """Has the parts of a brochure set; `made` are treatments by anchor and whether it is verso.

    `lengths` are those in pages that are known or were true in the last run: only a guess, and
    nothing but time depends on it. `sizes` are those of the texts.
    """

    job: Job
    design: Design
    sizes: Mapping[str, int]
    lengths: dict[str, int]
    made: dict[tuple[str, bool], bytes] = field(default_factory=dict)

    def places(self) -> Steps[tuple[Place, ...]]:
        """Every part in its place.

        The front says on which pages the treatments begin, and it is before them: its length is
        found first, and once more in the rare case that the numbers change it.
        """
        from brochure.pages.compose import Extract

        anchors = [treatment.anchor for treatment in self.design.catalogue.treatments]
        length = yield from self._front_length(anchors)
        while True:
            firsts = yield from self._sections(anchors, length + 1)
            numbers = dict(zip(anchors, firsts, strict=False))
            blanks = 1 if self.job.edition.ends_on_verso and firsts[-1] % 2 else 0
            back = Extract(has_back=True, is_verso=(firsts[-1] + blanks) % 2 == 0)
            front, end = yield [
                self._setting("front", Extract(has_front=True), numbers=numbers),
                self._setting("back", back),
            ]
            found = pages_in(front)
            if found == length:
                break
            length = found
        sections = (
            Place(part=self.made[anchor, first % 2 == 0]) for anchor, first in numbers.items()
        )
        return (Place(part=front), *sections, Place(part=end, blanks=blanks))

    def _front_length(self, anchors: Sequence[str]) -> Steps[int]:
        """How many pages stand before the treatments, as far as it does not hang on numbers."""
        from brochure.pages.compose import Extract

        composition = self._composed(Extract(has_front=True), numbers=dict.fromkeys(anchors, 0))
        (found,) = yield [
            Typesetting(
                composition=composition,
                roots=self.job.roots,
                search=self.job.assets.folders("templates"),
            )
        ]
        return typeset_from(found).pages

    def _sections(self, anchors: Sequence[str], first: int) -> Steps[list[int]]:
        """Have every treatment set for the side that it begins on.

        Gives the first page of each, and the page after the last.
        """
        firsts = [first]
        while len(firsts) <= len(anchors):
            waiting = anchors[len(firsts) - 1 :]
            wanted = list(islice(self._unset(waiting, firsts[-1]), _AHEAD))
            if wanted:
                yield from self._set(wanted)
            anchor, is_verso = anchors[len(firsts) - 1], firsts[-1] % 2 == 0
            firsts.append(firsts[-1] + pages_in(self.made[anchor, is_verso]))
        return firsts

    def _unset(self, anchors: Sequence[str], page: int) -> Iterator[tuple[str, bool]]:
        """Treatments not yet set for the side they seem to begin on, if the first is one."""
        for anchor in anchors:
            wanted = anchor, page % 2 == 0
            if wanted not in self.made:
                yield wanted
            elif anchor == anchors[0]:
                return
            page += self._likely_pages(anchor)

    def _likely_pages(self, anchor: str) -> int:
        """As many as the treatment had before, or the one most like it in size."""
        if anchor in self.lengths:
            return self.lengths[anchor]
        wanted = self.sizes[anchor]
        nearest = min(self.lengths, key=lambda other: abs(self.sizes[other] - wanted), default="")
        return self.lengths.get(nearest, _USUAL_PAGES)

    def _set(self, wanted: Sequence[tuple[str, bool]]) -> Steps[None]:
        from brochure.pages.compose import Extract
        from brochure.pages.composition import TIGHTNESS

        parts = yield [
            self._setting(
                anchor,
                Extract(sections=frozenset((anchor,)), is_verso=is_verso),
                tightness={anchor: TIGHTNESS},
            )
            for anchor, is_verso in wanted
        ]
        for (anchor, is_verso), part in zip(wanted, parts, strict=True):
            self.made[anchor, is_verso] = part
            self.lengths[anchor] = pages_in(part)

    def _setting(
        self,
        name: str,
        extract: Extract,
        *,
        numbers: Mapping[str, int] = MappingProxyType({}),
        tightness: Mapping[str, str] = MappingProxyType({}),
    ) -> PartSetting:
        return PartSetting(
            composition=self._composed(extract, numbers=numbers, tightness=tightness),
            name=name,
            roots=self.job.roots,
            search=self.job.assets.folders("templates"),
        )

    def _composed(
        self,
        extract: Extract,
        *,
        numbers: Mapping[str, int],
        tightness: Mapping[str, str] = MappingProxyType({}),
    ) -> Composition:
        from brochure.pages.compose import compose_extract

        return compose_extract(self.design, extract, numbers=numbers, tightness=tightness)
