"""The parts of a brochure put together, finished and inspected: the last piece of its work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.production.parts import part_from
from brochure.production.typesetting import Typeset, typeset_bytes
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.inspection import UsedFont
    from brochure.pdf.linker import Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part in its place: what `part_from` reads, and how many blank pages come before it."""

    part: bytes
    blanks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookbinding:
    """Parts to be linked to one file; `composition` says what the file as a whole is.

    What it must say need not be there if it `is_proved`, because every part is; then each page has
    to read as it did in its part.

    The file is called `name`, or what its printer wants to be told of `clinic`.
    """

    composition: Composition
    places: tuple[Place, ...]
    name: str
    clinic: str
    is_proved: bool

    def do(self) -> Done:
        """Link and finish it; the result is what `typeset_from` reads."""
        from brochure.pdf.inspection import fonts_in
        from brochure.pdf.linker import extent_of, link
        from brochure.pdf.press import finish_press, pages_for
        from brochure.pdf.proof import prove_text
        from brochure.pdf.rereading import reread

        composition, printer = self.composition, self.composition.edition.printer
        bindings = tuple(self._bindings())
        data = linked = link(bindings, composition)
        pages, name = bindings[-1].last, self.name
        if printer is not None and composition.edition.is_in_inks:
            pages = pages_for(printer, pages)
        if printer is not None:
            name = printer.file_named(
                clinic=self.clinic,
                language=composition.language,
                version=composition.version,
                pages=pages,
            )
        if composition.edition.is_in_inks:
            data = finish_press(data, composition, name=name)
        extent = extent_of(bindings)
        if self.is_proved:
            changes, fonts = reread(data, composition, extent, proved=_readings(bindings))
        else:
            changes, fonts = (), tuple(fonts_in(data))
        faults = tuple(_inspected(data, bindings, composition, fonts, name))
        if not any(fault.is_error for fault in faults):
            # What a known fault does to the text would only hide that fault.
            if not self.is_proved:
                changes = prove_text(data, composition, extent, drawn=linked)
            faults += changes
        typeset = Typeset(pages=pages, name=name, faults=faults, data=data)
        return Done(data=typeset_bytes(typeset), lasts=not any(fault.is_error for fault in faults))

    def _bindings(self) -> Iterator[Binding]:
        from brochure.pdf.linker import Binding

        first = 1
        for place in self.places:
            binding = Binding(
                part=part_from(place.part), first=first + place.blanks, blanks=place.blanks
            )
            yield binding
            first = binding.last + 1


def _readings(bindings: tuple[Binding, ...]) -> list[str]:
    """What was read on each page of the parts when they were proved."""
    return [
        reading
        for binding in bindings
        for reading in (*[""] * binding.blanks, *binding.part.readings)
    ]


def _inspected(
    data: bytes,
    bindings: tuple[Binding, ...],
    composition: Composition,
    fonts: Iterable[UsedFont],
    name: str,
) -> Iterator[Diagnostic]:
    """What was found in the parts and in the file, and what its printer would say of it."""
    from brochure.pdf.inspection import font_faults
    from brochure.pdf.linker import extent_of
    from brochure.pdf.overflow import overflow_faults

    extent = extent_of(bindings)
    for binding in bindings:
        yield from binding.part.faults
    yield from overflow_faults(extent.pages, extent.starts, composition)
    yield from font_faults(fonts, composition.families, name)
    if composition.edition.printer:
        from brochure.pdf.preflight import preflight

        yield from preflight(data, composition.edition.printer, name)
