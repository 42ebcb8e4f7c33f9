"""How tight a text has to be set for its last page not to be nearly empty, told from its pages.

Every level of `.tight-N` (`templates/styles/treatment.css`, `handout.css`) takes a layout to try.
What is learned from the loose one, which is laid out in any case, saves most of the vain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import TIGHTNESS, Composition
from brochure.production.typesetting import type_case_of

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout
    from brochure.pdf.overflow import PageText

TIGHTEST = 4
_NEAR_EMPTY = 0.5
"""A page under a quarter full is never wanted; aiming higher keeps a treatment on its spread."""
_LEVELS = ((0.04, 2), (0.095, 3), (0.25, TIGHTEST))
"""The first level worth trying if the text is longer than its pages without the last by not more
than this share of them. Of 189 texts in three scripts that ended on a nearly empty page, a looser
one would have saved none, nor the tightest what was longer still. Level 1 rarely saves any."""


class Setting(NamedTuple):
    """A composition as it was laid out, and what was found then."""

    composition: Composition
    layout: Layout
    faults: tuple[Diagnostic, ...]


def set_at(
    composition: Composition, tightness: int, *, roots: Sequence[Path], search: Sequence[Path]
) -> Setting:
    """Lay out what has `TIGHTNESS` in its HTML, as tight as this: 0 is loose.

    `roots` and `search` are as for `pdf.engine.lay_out`.
    """
    from brochure.pdf.engine import lay_out

    html = composition.html.replace(TIGHTNESS, str(tightness))
    composition = replace(composition, html=html)
    case = type_case_of(composition.families)
    return Setting(composition, *lay_out(composition, roots=roots, search=search, case=case))


def ends_near_empty(pages: Sequence[PageText]) -> bool:
    """Whether the last of several pages is less than half full."""
    return len(pages) > 1 and pages[-1].fill < _NEAR_EMPTY


def levels_worth_trying(pages: Sequence[PageText]) -> range:
    """The levels that may save the last of these pages, which are set loosely, in order."""
    kept = len(pages) - 1
    excess = sum(page.fill for page in pages) / kept - 1
    first = next((level for most, level in _LEVELS if excess <= most), TIGHTEST + 1)
    return range(first, TIGHTEST + 1)
