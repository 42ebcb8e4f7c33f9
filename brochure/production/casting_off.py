"""Casting off: how many pages an extract of a brochure takes, before its part is made.

A section whose last page would hold only a few lines is set a little tighter, spacing first and
then size, before a near-empty page is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from brochure.pages.composition import TIGHTNESS, Composition
from brochure.production.typesetting import near_empty_tails, type_case_of
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout

TIGHTEST = 4
_MIDDLE = 2
"""The level that is tried first."""


class Length(NamedTuple):
    """How many pages an extract takes, set as tight as `tightness` says (0 is loose)."""

    pages: int
    tightness: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingOff:
    """An extract of a brochure that begins on a recto, to be laid out and not drawn.

    Where its HTML has `TIGHTNESS`, it is set as loosely as goes without a near-empty page, or
    loosely if nothing helps. `roots` and `search` are as for `pdf.engine.lay_out`; nothing that
    lasts depends on them.
    """

    composition: Composition
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Lay it out; the result is what `length_from` reads."""
        loose = self._laid_out(0)
        length = Length(len(loose.pages))
        if TIGHTNESS in self.composition.html and near_empty_tails(loose):
            length = self._tightened() or length
        return Done(data=b"%d %d" % length, lasts=not loose.shelf.given)

    def _tightened(self) -> Length | None:
        """The length at the least tightness that saves the near-empty page, if one does."""
        for tightness in range(_MIDDLE, TIGHTEST + 1):
            if saved := self._saved(tightness):
                looser = self._saved(tightness - 1) if tightness == _MIDDLE else None
                return looser or saved
        return None

    def _saved(self, tightness: int) -> Length | None:
        layout = self._laid_out(tightness)
        return None if near_empty_tails(layout) else Length(len(layout.pages), tightness)

    def _laid_out(self, tightness: int) -> Layout:
        from brochure.pdf.engine import lay_out

        composition = self.composition
        html = composition.html.replace(TIGHTNESS, str(tightness))
        layout, _ = lay_out(
            replace(composition, html=html),
            roots=self.roots,
            search=self.search,
            case=type_case_of(composition.families),
        )
        return layout


def length_from(data: bytes) -> Length:
    """What `CastingOff.do` gave."""
    return Length(*map(int, data.split()))
