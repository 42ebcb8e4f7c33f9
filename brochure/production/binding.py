"""The parts of a brochure put together, finished and inspected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.production.collating import Place, bindings_of
from brochure.production.typesetting import Typeset, typeset_bytes
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.inspection import UsedFont
    from brochure.pdf.linker import Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookbinding:
    """Parts to be linked to one file; `composition` says what the file as a whole is.

    What it must say need not be there if it `is_proved`, because every part is: then nothing is
    read here, but in `Collating`.

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

        composition, printer = self.composition, self.composition.edition.printer
        bindings = tuple(bindings_of(self.places))
        linked = link(bindings, composition)
        data = linked.data
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
        fonts = () if self.is_proved else tuple(fonts_in(data))
        faults = tuple(_inspected(data, bindings, composition, fonts, name))
        if not self.is_proved and not any(fault.is_error for fault in faults):
            # What a known fault does to the text would only hide that fault.
            faults += prove_text(data, composition, extent_of(bindings), drawn=linked.data)
        typeset = Typeset(pages=pages, name=name, faults=faults, data=data, fonts=linked.fonts)
        return Done(data=typeset_bytes(typeset), lasts=not any(fault.is_error for fault in faults))


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
