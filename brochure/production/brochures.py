"""One language's brochure, from its catalogue to the finished file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.pages.composition import TIGHTNESS, Composition, Extract
from brochure.production.binding import Bookbinding, Place
from brochure.production.casting_off import CastingOff, Length, length_from
from brochure.production.job import Job, Made, Progress, silent, sources_of
from brochure.production.parts import PartSetting, pages_in
from brochure.production.typesetting import typeset_from
from brochure.production.work import Steps

if TYPE_CHECKING:
    from brochure.pages.compose import Design

_FRONT = Extract(has_front=True)
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
    places = yield from _Setter(job=job, design=design).places()
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


Side = tuple[str, bool]
"""A treatment's anchor, and whether its first page is a verso."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setter:
    """Has the parts of a brochure set; `made` are those of treatments."""

    job: Job
    design: Design
    made: dict[Side, bytes] = field(default_factory=dict)

    def places(self) -> Steps[tuple[Place, ...]]:
        """Every part in its place.

        The pages that treatments begin on are found by casting off. The front says them and stands
        before them: all goes round once more in the rare case that they change its length.
        """
        anchors = [treatment.anchor for treatment in self.design.catalogue.treatments]
        zeros = dict.fromkeys(anchors, 0)
        found = yield [
            self._casting_off(_FRONT, numbers=zeros),
            *(self._casting_off(_section(anchor), tightness=TIGHTNESS) for anchor in anchors),
        ]
        front, *sections = map(length_from, found)
        lengths = dict(zip(anchors, sections, strict=True))
        first = front.pages + 1
        while True:
            numbers, end = self._numbers(lengths, first)
            blanks = 1 if self.job.edition.ends_on_verso and end % 2 else 0
            back = Extract(has_back=True, is_verso=_is_verso(end + blanks))
            wanted = [side for side in _sides(numbers) if side not in self.made]
            opening, closing, *parts = yield [
                self._setting("front", _FRONT, numbers=numbers),
                self._setting("back", back),
                *(self._section_setting(side, lengths) for side in wanted),
            ]
            self.made.update(zip(wanted, parts, strict=True))
            first = pages_in(opening) + 1
            if numbers == self._numbers(lengths, first)[0]:
                break
        places = (Place(part=self.made[side]) for side in _sides(numbers))
        return (Place(part=opening), *places, Place(part=closing, blanks=blanks))

    def _numbers(self, lengths: Mapping[str, Length], page: int) -> tuple[dict[str, int], int]:
        """The page that each treatment begins on, the first on `page`; and that after the last.

        Once a part is made, its own length counts.
        """
        numbers = {}
        for anchor, length in lengths.items():
            numbers[anchor] = page
            part = self.made.get((anchor, _is_verso(page)))
            page += pages_in(part) if part else length.pages
        return numbers, page

    def _casting_off(
        self, extract: Extract, *, numbers: Mapping[str, int] = _ANY, tightness: str = ""
    ) -> CastingOff:
        composition = self._composed(extract, numbers=numbers, tightness=tightness)
        return CastingOff(
            composition=composition,
            roots=self.job.roots,
            search=self.job.assets.folders("templates"),
        )

    def _section_setting(self, side: Side, lengths: Mapping[str, Length]) -> PartSetting:
        anchor, is_verso = side
        tightness = str(lengths[anchor].tightness)
        return self._setting(anchor, _section(anchor, is_verso=is_verso), tightness=tightness)

    def _setting(
        self,
        name: str,
        extract: Extract,
        *,
        numbers: Mapping[str, int] = _ANY,
        tightness: str = "",
    ) -> PartSetting:
        return PartSetting(
            composition=self._composed(extract, numbers=numbers, tightness=tightness),
            name=name,
            roots=self.job.roots,
            search=self.job.assets.folders("templates"),
        )

    def _composed(
        self, extract: Extract, *, numbers: Mapping[str, int], tightness: str
    ) -> Composition:
        from brochure.pages.compose import compose_extract

        levels = dict.fromkeys(extract.sections, tightness)
        return compose_extract(self.design, extract, numbers=numbers, tightness=levels)


def _section(anchor: str, *, is_verso: bool = False) -> Extract:
    return Extract(sections=frozenset((anchor,)), is_verso=is_verso)


def _sides(numbers: Mapping[str, int]) -> Iterator[Side]:
    return ((anchor, _is_verso(page)) for anchor, page in numbers.items())


def _is_verso(page: int) -> bool:
    return page % 2 == 0
