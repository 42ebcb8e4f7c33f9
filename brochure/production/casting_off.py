"""Casting off: how many pages an extract of a brochure takes, before its part is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from brochure.pages.composition import Composition
from brochure.production.typesetting import type_case_of
from brochure.production.work import Done


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingOff:
    """An extract of a brochure to be laid out and not drawn.

    `roots` and `search` are as for `pdf.engine.lay_out`; nothing that lasts depends on them.
    """

    composition: Composition
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Lay it out; the result is what `length_from` reads."""
        from brochure.pdf.engine import lay_out

        case = type_case_of(self.composition.families)
        layout, _ = lay_out(self.composition, roots=self.roots, search=self.search, case=case)
        return Done(data=b"%d" % len(layout.pages), lasts=not layout.shelf.given)


def length_from(data: bytes) -> int:
    """What `CastingOff.do` gave."""
    return int(data)
