"""The pages of a bound brochure read once more, some parts at a time.

What is read depends on the parts, the pages they stand on and the fonts they share: where these
are the same, it has been read before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from brochure.pages.composition import Composition
from brochure.production.parts import pages_in, part_from
from brochure.production.typesetting import Typeset, faults_bytes
from brochure.production.work import Done
from brochure.typefaces import Family

if TYPE_CHECKING:
    from brochure.pdf.linker import Binding

_FEWEST, _RUNS = 16, 8
"""Parts that are read together, and how often at most: a whole file is handed over each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part in its place: what `part_from` reads, and how many blank pages come before it."""

    part: bytes
    blanks: int = 0

    @property
    def pages(self) -> int:
        """How many pages it takes, blanks included."""
        return self.blanks + pages_in(self.part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collating:
    """Parts in their places, the first page of which is `first`, to be read in a finished file.

    `fonts` is the digest of what all pages of the file share, `digits` are those from 0. The file
    has so many `pages`; it is called `name`, and `composition` says where its texts were written.
    """

    places: tuple[Place, ...]
    first: int
    fonts: str
    digits: str
    families: tuple[Family, ...]
    data: bytes = field(compare=False, repr=False)
    pages: int = field(compare=False)
    name: str = field(compare=False)
    composition: Composition = field(compare=False, repr=False)

    def do(self) -> Done:
        """Read them; the result is what `faults_from` reads."""
        from brochure.pdf.inspection import font_faults
        from brochure.pdf.linker import extent_of
        from brochure.pdf.rereading import reread

        bindings = tuple(bindings_of(self.places, first=self.first))
        changes, fonts = reread(
            self.data,
            self.composition,
            extent_of(bindings),
            proved=_readings(bindings),
            first=self.first,
            pages=self.pages,
        )
        faults = (*changes, *font_faults(fonts, self.families, self.name))
        return Done(data=faults_bytes(faults), lasts=not faults)


def collating(
    typeset: Typeset, places: Sequence[Place], composition: Composition
) -> Iterator[Collating]:
    """All that is to be read in a bound brochure: the front by itself, then some parts each."""
    firsts = list(accumulate((place.pages for place in places), initial=1))
    together = max(_FEWEST, math.ceil(len(places) / _RUNS))
    edges = [0, *range(1, len(places), together), len(places)]
    for start, end in pairwise(edges):
        yield Collating(
            places=tuple(places[start:end]),
            first=firsts[start],
            fonts=typeset.fonts,
            digits=composition.digits,
            families=composition.families,
            data=typeset.data,
            pages=typeset.pages,
            name=typeset.name,
            composition=composition,
        )


def bindings_of(places: Iterable[Place], *, first: int = 1) -> Iterator[Binding]:
    """The parts, and the page that each of them begins on if `first` is that of all."""
    from brochure.pdf.linker import Binding

    for place in places:
        binding = Binding(
            part=part_from(place.part), first=first + place.blanks, blanks=place.blanks
        )
        yield binding
        first = binding.last + 1


def _readings(bindings: Iterable[Binding]) -> list[str]:
    """What was read on each page of the parts when they were proved."""
    return [
        reading
        for binding in bindings
        for reading in (*[""] * binding.blanks, *binding.part.readings)
    ]
