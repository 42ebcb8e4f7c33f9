"""The parts of a brochure as pieces of work: each is laid out once, and kept.

A part is kept as a pickle that only makes values of ours: nothing in it can run when it is read.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure.pages.composition import Composition
from brochure.production.typesetting import near_empty_tails, type_case_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSetting:
    """An extract of a brochure to be set and compiled; `name` is its own among all parts.

    If it `must_be_full`, nothing comes of it where a section's last page is nearly empty. `roots`
    and `search` are as for `pdf.engine.lay_out`; nothing that lasts depends on them.
    """

    composition: Composition
    name: str
    must_be_full: bool = False
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Compile it; the result is what `part_from` reads, or empty."""
        from brochure.pdf.compiler import compile_part
        from brochure.pdf.engine import lay_out

        composition = self.composition
        case = type_case_of(composition.families)
        layout, faults = lay_out(composition, roots=self.roots, search=self.search, case=case)
        if self.must_be_full and near_empty_tails(layout):
            return Done(data=b"", lasts=not layout.shelf.given)
        part = compile_part(layout, composition, name=self.name, faults=faults)
        # What print shops take is made of the whole file, and proved as a whole.
        if not composition.edition.is_in_inks:
            part = replace(part, is_proved=_is_true(part, composition))
        is_sound = not layout.shelf.given and not any(fault.is_error for fault in part.faults)
        return Done(data=pickle.dumps(part, protocol=5), lasts=is_sound)


def _is_true(part: Part, composition: Composition) -> bool:
    """Whether the part, as a file of its own, says what the clinic wrote."""
    from brochure.pdf.linker import Binding, extent_of, link
    from brochure.pdf.proof import prove_text

    bound = (Binding(part=part, first=1),)
    plain = replace(composition, edition=replace(composition.edition, printer=None))
    data = link(bound, plain)
    return not prove_text(data, plain, extent_of(bound), drawn=data)


def part_from(data: bytes) -> Part:
    """What `PartSetting.do` gave."""
    part: Part = _Unpickler(io.BytesIO(data)).load()
    return part


class _Unpickler(pickle.Unpickler):
    """Reads parts, and nothing that is not in them (Python's own advice on pickles)."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in _VALUES.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is in no part")
        return super().find_class(module, name)
