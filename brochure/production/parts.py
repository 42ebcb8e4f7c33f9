"""The parts of a brochure as pieces of work: each is laid out once, and kept.

A part is kept as a pickle that only makes values of ours: nothing in it can run when it is read.
How many pages it has, and whether it is proved, stands before it.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

from brochure.pages.composition import Composition
from brochure.production.typesetting import type_case_of
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.part import Part

_VALUES = {
    "brochure.diagnostics": ("Diagnostic", "Evidence", "Location", "Severity"),
    "brochure.pdf.engine": ("Bookmark",),
    "brochure.pdf.font_codes": ("Code",),
    "brochure.pdf.overflow": ("Folio", "PageText", "Stray"),
    "brochure.pdf.part": ("Destination", "FaceUse", "Form", "PageNumber", "Part", "PartPage"),
}
"""What a part is made of, by module."""
_HEAD = Struct(">I?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSetting:
    """An extract of a brochure to be set and compiled; `name` is its own among all parts.

    `roots` and `search` are as for `pdf.engine.lay_out`; nothing that lasts depends on them.
    """

    composition: Composition
    name: str
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Compile it; the result is what `part_from` reads."""
        from brochure.pdf.compiler import compile_part
        from brochure.pdf.engine import lay_out

        composition = self.composition
        case = type_case_of(composition.families)
        layout, faults = lay_out(composition, roots=self.roots, search=self.search, case=case)
        part = compile_part(layout, composition, name=self.name, faults=faults)
        if not composition.edition.is_in_inks:
            # What print shops take is made of the whole file, and proved as a whole.
            part = replace(part, readings=_proved(part, composition))
        is_sound = not layout.shelf.given and not any(fault.is_error for fault in part.faults)
        head = _HEAD.pack(len(part.pages), bool(part.readings))
        return Done(data=head + pickle.dumps(part, protocol=5), lasts=is_sound)


def _proved(part: Part, composition: Composition) -> tuple[str, ...]:
    """What the pages of a part say, if as a file of its own it says what the clinic wrote."""
    from brochure.pdf.linker import Binding, extent_of, link
    from brochure.pdf.proof import prove_text
    from brochure.pdf.rereading import readings

    bound = (Binding(part=part, first=1),)
    plain = replace(composition, edition=replace(composition.edition, printer=None))
    data, extent = link(bound, plain), extent_of(bound)
    if prove_text(data, plain, extent, drawn=data):
        return ()
    return readings(data, extent.pages, digits=composition.digits)


def part_from(data: bytes) -> Part:
    """What `PartSetting.do` gave."""
    part: Part = _Unpickler(io.BytesIO(data[_HEAD.size :])).load()
    return part


def pages_in(data: bytes) -> int:
    """How many pages such a part has."""
    pages, _ = _HEAD.unpack_from(data)
    return int(pages)


def is_proved_in(data: bytes) -> bool:
    """Whether such a part says what the clinic wrote."""
    _, is_proved = _HEAD.unpack_from(data)
    return bool(is_proved)


class _Unpickler(pickle.Unpickler):
    """Reads parts, and nothing that is not in them (Python's own advice on pickles)."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member  # as some versions of Python write the member of an enumeration
        if name not in _VALUES.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is in no part")
        return super().find_class(module, name)


def _member(kind: type[Enum], name: str) -> Enum:
    if not issubclass(kind, Enum):
        raise pickle.UnpicklingError(f"{kind.__name__} has no members")
    return kind[name]
