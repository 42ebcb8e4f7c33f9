"""One language's brochure, from its catalogue to the finished file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from brochure.catalogue.model import Catalogue
from brochure.delivery.artefact import Artefact
from brochure.diagnostics import Diagnostic
from brochure.pages.composition import TIGHTNESS, Extract
from brochure.production.binding import Bookbinding, Place
from brochure.production.casting_off import CastingOff, Length, length_from
from brochure.production.job import Job, Made, Progress, silent, sources_of
from brochure.production.parts import PartSetting, is_proved_in, pages_in
from brochure.production.recipes import Larder, Order
from brochure.production.typesetting import typeset_from
from brochure.production.work import Steps, Work, side_by_side

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
    artefact = Artefact(
        path=f"{job.edition.folder}/{typeset.name}",
        edition=job.edition.name,
        language=tag,
        pages=typeset.pages,
        data=typeset.data,
        sources=tuple(sources_of(job, catalogue.treatments)),
    )
    found = (*faults, *design.stock.gallery.faults, *typeset.faults)
    return Made(artefact=artefact, faults=found)


Side = tuple[str, bool]
"""A treatment's anchor, and whether its first page is a verso."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setter:
    """Has the parts of a brochure set; `made` are those of treatments."""

    job: Job
    design: Design
    larder: Larder
    made: dict[Side, bytes] = field(default_factory=dict)

    def places(self) -> Steps[tuple[Place, ...]]:
        """Every part in its place.

        The pages that treatments begin on are found by casting off. The front says them and stands
        before them: all goes round once more in the rare case that they change its length.
        """
        first, lengths = yield from side_by_side(self._first_page(), self._lengths())
        while True:
            numbers, end = self._numbers(lengths, first)
            ends, _ = yield from side_by_side(
                self._ends(numbers, end), self._make(numbers, lengths)
            )
            first = pages_in(ends[0].part) + 1
            if (numbers, end) == self._numbers(lengths, first):
                break
        places = (Place(part=self.made[side]) for side in _sides(numbers))
        return (ends[0], *places, ends[1])

    def _first_page(self) -> Steps[int]:
        """The page after the front."""
        zeros = dict.fromkeys(self.design.sections, 0)
        (found,) = yield [CastingOff(**self._extracted(_FRONT, numbers=zeros))]
        return length_from(found).pages + 1

    def _ends(self, numbers: Mapping[str, int], end: int) -> Steps[tuple[Place, Place]]:
        """The front, which says the numbers, and the back, for which page `end` is free."""
        blanks = 1 if self.job.edition.ends_on_verso and end % 2 else 0
        back = Extract(has_back=True, is_verso=_is_verso(end + blanks))
        opening, closing = yield [
            PartSetting(name="front", **self._extracted(_FRONT, numbers=numbers)),
            PartSetting(name="back", **self._extracted(back)),
        ]
        return Place(part=opening), Place(part=closing, blanks=blanks)

    def _lengths(self) -> Steps[dict[str, Length]]:
        """How long every treatment is, by anchor, in their order."""
        anchors = list(self.design.sections)
        orders = [self._order(a, "length", partial(self._casting_off, a)) for a in anchors]
        supplies = yield from self.larder.fetch(orders)
        lengths = (length_from(supply.data) for supply in supplies)
        return dict(zip(anchors, lengths, strict=True))

    def _make(self, numbers: Mapping[str, int], lengths: Mapping[str, Length]) -> Steps[None]:
        """Have the treatments set that are not made yet for the sides they begin on."""
        wanted = [side for side in _sides(numbers) if side not in self.made]
        orders = [
            self._order(
                anchor,
                "verso" if is_verso else "recto",
                partial(self._setting, anchor, str(lengths[anchor].tightness), is_verso=is_verso),
            )
            for anchor, is_verso in wanted
        ]
        supplies = yield from self.larder.fetch(orders)
        self.made.update(zip(wanted, (supply.data for supply in supplies), strict=True))

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

    def _order(self, anchor: str, name: str, work: Callable[[], Work]) -> Order:
        """The order of a piece of work on a treatment, which may be the first of its category."""
        treatment, _ = self.design.sections[anchor]
        opens = anchor in self.design.openings

        def compose() -> tuple[Work, tuple[Diagnostic, ...]]:
            faults = self.design.stock.gallery.faults
            known = len(faults)
            return work(), tuple(faults[known:])

        return Order(treatment, f"{name}, first" if opens else name, compose)

    def _casting_off(self, anchor: str) -> CastingOff:
        return CastingOff(**self._extracted(_section(anchor), tightness=TIGHTNESS))

    def _setting(self, anchor: str, tightness: str, *, is_verso: bool) -> PartSetting:
        extract = _section(anchor, is_verso=is_verso)
        return PartSetting(name=anchor, **self._extracted(extract, tightness=tightness))

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


def _section(anchor: str, *, is_verso: bool = False) -> Extract:
    return Extract(sections=frozenset((anchor,)), is_verso=is_verso)


def _sides(numbers: Mapping[str, int]) -> Iterator[Side]:
    return ((anchor, _is_verso(page)) for anchor, page in numbers.items())


def _is_verso(page: int) -> bool:
    return page % 2 == 0
