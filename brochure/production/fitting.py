"""A handout set as loosely as it fits, and finished: the piece of work that takes all the time.

A handout whose last page would be less than half full, or that would have more than four pages, is
set as much tighter as it takes to do without its last page, and left as it was if nothing helps.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.production.typesetting import (
    finished,
    near_empty_tails,
    type_case_of,
    typeset_bytes,
)
from brochure.production.work import Done

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout

MOST_PAGES = 4


class _Setting(NamedTuple):
    composition: Composition
    layout: Layout
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A handout in its loosest setting, and the HTML of ever tighter ones.

    The file is called `name`. `roots` and `search` are as for `pdf.engine.lay_out`; nothing that
    lasts depends on them.
    """

    composition: Composition
    tighter: tuple[str, ...]
    name: str
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Set it; the result is what `typeset_from` reads."""
        loose = self._set(self.composition.html)
        is_full = not near_empty_tails(loose.layout)
        is_loose = is_full and len(loose.layout.pages) <= MOST_PAGES
        composition, layout, faults = loose if is_loose else self._tightened(loose)
        typeset = finished(layout, composition, faults, name=self.name)
        has_given = loose.layout.shelf.given or layout.shelf.given
        is_sound = not has_given and not any(fault.is_error for fault in typeset.faults)
        return Done(data=typeset_bytes(typeset), lasts=is_sound)

    def _tightened(self, loose: _Setting) -> _Setting:
        """The least tight setting that does without the last page, or the loose one.

        What is tighter is never longer; so half of the settings are left out each time.
        """
        most_pages = len(loose.layout.pages) - 1
        fitting, first, end = loose, 0, len(self.tighter)
        while first < end:
            middle = (first + end) // 2
            setting = self._set(self.tighter[middle])
            if len(setting.layout.pages) <= most_pages:
                fitting, end = setting, middle
            else:
                first = middle + 1
        return fitting

    def _set(self, html: str) -> _Setting:
        from brochure.pdf.engine import lay_out

        composition = replace(self.composition, html=html)
        case = type_case_of(composition.families)
        layout, faults = lay_out(composition, roots=self.roots, search=self.search, case=case)
        return _Setting(composition, layout, faults)
