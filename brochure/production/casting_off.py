"""Casting off: how many pages an extract of a brochure takes, before its part is made.

A section whose last page would hold only a few lines is set a little tighter, spacing first and
then size, before a near-empty page is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from brochure.pages.composition import TIGHTNESS, Composition
from brochure.production.tightness import (
    TIGHTEST,
    ends_near_empty,
    levels_worth_trying,
    set_at,
)
from brochure.production.typesetting import type_case_of
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout
    from brochure.pdf.overflow import PageText

_LEVELS = ((0.18, 2), (0.21, 3))
"""The level that is tried first, if more is not needed, where a section's last page is not fuller
than this; else the tightest."""


class Length(NamedTuple):
    """How many pages an extract takes, set as tight as `tightness` says (0 is loose)."""

    pages: int
    tightness: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingOff:
    """An extract of a brochure that begins on a recto, to be laid out and not drawn.

    Where its HTML has `TIGHTNESS`, it is set only as tight as saves a near-empty page, or loosely
    if nothing helps. `roots` and `search` are as for `pdf.engine.lay_out`; nothing that
    lasts depends on them.
    """

    composition: Composition
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Lay it out; the result is what `length_from` reads."""
        loose = self._laid_out(0)
        length = Length(len(loose.pages))
        if TIGHTNESS in self.composition.html and ends_near_empty(loose.pages):
            length = self._tightened(loose.pages) or length
        return Done(data=b"%d %d" % length, lasts=not loose.shelf.given)

    def _tightened(self, loose: Sequence[PageText]) -> Length | None:
        """The length at the first tightness that saves the last of these pages."""
        levels, left = levels_worth_trying(loose), loose[-1].fill
        first = next((level for most, level in _LEVELS if left <= most), TIGHTEST)
        for tightness in range(max(first, levels.start), levels.stop):
            pages = self._laid_out(tightness).pages
            if not ends_near_empty(pages):
                return Length(len(pages), tightness)
        return None

    def _laid_out(self, tightness: int) -> Layout:
        from brochure.pdf.engine import lay_out

        layout, _ = lay_out(
            set_at(self.composition, tightness),
            roots=self.roots,
            search=self.search,
            case=type_case_of(self.composition.families),
        )
        return layout


def length_from(data: bytes) -> Length:
    """What `CastingOff.do` gave."""
    return Length(*map(int, data.split()))
