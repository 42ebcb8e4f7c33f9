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

from brochure.pages.composition import TIGHTNESS, Composition
from brochure.production.tightness import (
    TIGHTEST,
    Setting,
    ends_near_empty,
    levels_worth_trying,
    set_at,
)
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.part import Part

_VALUES = {
    "brochure.diagnostics": ("Diagnostic", "Evidence", "Location", "Severity"),
    "brochure.pdf.engine": ("Bookmark",),
    "brochure.pdf.font_codes": ("Code",),
    "brochure.pdf.overflow": ("Folio", "PageText", "Stray"),
    "brochure.pdf.part": (
        "Destination",
        "FaceUse",
        "Form",
        "PageNumber",
        "Part",
        "PartPage",
        "PartSide",
    ),
}
"""What a part is made of, by module."""
_HEAD = Struct(">I?")


_LEVELS = ((0.18, 2), (0.21, 3))
"""The level that is tried first, if more is not needed, where a section's last page is not fuller
than this; else the tightest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSetting:
    """An extract of a brochure to be set and compiled; `name` is its own among all parts.

    Where its HTML has `TIGHTNESS`, it is set only as tight as saves a near-empty page, spacing
    first and then size, or loosely if nothing helps. `roots` and `search` are as for
    `pdf.engine.lay_out`; nothing that lasts depends on them.
    """

    composition: Composition
    name: str
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Compile it; the result is what `part_from` reads."""
        from brochure.pdf.compiler import compile_part

        composition, layout, faults = self.set()
        part = compile_part(layout, composition, name=self.name, faults=faults)
        if not composition.edition.is_in_inks:
            # What print shops take is made of the whole file, and proved as a whole.
            part = replace(part, readings=_proved(part, composition))
        is_sound = not layout.shelf.given and not any(fault.is_error for fault in part.faults)
        head = _HEAD.pack(len(part.pages), bool(part.readings))
        return Done(data=head + pickle.dumps(part, protocol=5), lasts=is_sound)

    def set(self) -> Setting:
        """Lay it out, as tight as is good for it."""
        loose = self._set(0)
        pages = loose.layout.pages
        if TIGHTNESS not in self.composition.html or not ends_near_empty(pages):
            return loose
        levels, left = levels_worth_trying(pages), pages[-1].fill
        first = next((level for most, level in _LEVELS if left <= most), TIGHTEST)
        for tightness in range(max(first, levels.start), levels.stop):
            setting = self._set(tightness)
            if not ends_near_empty(setting.layout.pages):
                return setting
        return loose

    def _set(self, tightness: int) -> Setting:
        return set_at(self.composition, tightness, roots=self.roots, search=self.search)


def _proved(part: Part, composition: Composition) -> tuple[str, ...]:
    """What the pages of a part say, if as a file of its own it says what the clinic wrote.

    Whatever side it begins on: turned, it has to read the same.
    """
    from brochure.pdf.linker import Binding, extent_of, link
    from brochure.pdf.proof import prove_text
    from brochure.pdf.rereading import alike, readings

    plain = replace(composition, edition=replace(composition.edition, printer=None))
    recto, verso = ((Binding(part=part, first=1 + blanks, blanks=blanks),) for blanks in (0, 1))
    data, extent = link(recto, plain).data, extent_of(recto)
    if prove_text(data, plain, extent, drawn=data):
        return ()
    read = readings(data, extent.pages, digits=composition.digits)
    data, extent = link(verso, plain).data, extent_of(verso)
    _, *turned = readings(data, extent.pages, digits=composition.digits)
    return read if all(map(alike, read, turned)) else ()


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
