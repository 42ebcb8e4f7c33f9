"""Casting off: how many pages an extract of a brochure takes, before its part is made.

A section whose last page would hold only a few lines is set a little tighter, spacing first and
then size, before a near-empty page is allowed. How tight it probably has to be follows from how
many lines there are, so that few levels are laid out in vain.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from brochure.pages.composition import TIGHTNESS, Composition
from brochure.production.typesetting import NEAR_EMPTY, near_empty_tails, type_case_of
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout

TIGHTEST = 4
_LEVELS = ((0.18, 2), (0.21, 3), (NEAR_EMPTY, TIGHTEST))
"""The level that is tried first if a section's last page is not fuller than this."""


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
        if TIGHTNESS in self.composition.html and near_empty_tails(loose):
            length = self._tightened(loose.pages[-1].fill) or length
        return Done(data=b"%d %d" % length, lasts=not loose.shelf.given)

    def _tightened(self, left: float) -> Length | None:
        """The length at the first tightness that saves a page of which so much is full."""
        first = next(level for most, level in _LEVELS if left <= most)
        for tightness in range(first, TIGHTEST + 1):
            layout = self._laid_out(tightness)
            if not near_empty_tails(layout):
                return Length(len(layout.pages), tightness)
        return None

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
