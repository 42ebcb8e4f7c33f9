"""A handout set as loosely as it fits, and finished: the piece of work that takes all the time.

A handout whose last page would be less than half full, or that would have more than four pages, is
set as much tighter as it takes to do without its last page, and left as it was if nothing helps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from brochure.pages.composition import Composition
from brochure.production.tightness import Setting, ends_near_empty, levels_worth_trying, set_at
from brochure.production.typesetting import finished, typeset_bytes
from brochure.production.work import Done

MOST_PAGES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A handout with `TIGHTNESS` in its HTML.

    The file is called `name`. `roots` and `search` are as for `pdf.engine.lay_out`; nothing that
    lasts depends on them.
    """

    composition: Composition
    name: str
    roots: tuple[Path, ...] = field(default=(), compare=False)
    search: tuple[Path, ...] = field(default=(), compare=False)

    def do(self) -> Done:
        """Set it; the result is what `typeset_from` reads."""
        loose = self._set(0)
        pages = loose.layout.pages
        is_long = ends_near_empty(pages) or len(pages) > MOST_PAGES
        composition, layout, faults = self._tightened(loose) if is_long else loose
        typeset = finished(layout, composition, faults, name=self.name)
        has_given = loose.layout.shelf.given or layout.shelf.given
        is_sound = not has_given and not any(fault.is_error for fault in typeset.faults)
        return Done(data=typeset_bytes(typeset), lasts=is_sound)

    def _tightened(self, loose: Setting) -> Setting:
        """The first setting worth trying that does without the last page, or the loose one."""
        for tightness in levels_worth_trying(loose.layout.pages):
            setting = self._set(tightness)
            if len(setting.layout.pages) < len(loose.layout.pages):
                return setting
        return loose

    def _set(self, tightness: int) -> Setting:
        return set_at(self.composition, tightness, roots=self.roots, search=self.search)
