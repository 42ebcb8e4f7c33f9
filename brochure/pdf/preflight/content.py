"""One content stream on its way through a press: what is in force, and what it paints.

The operators themselves stand in four modules by subject; `interpreter` hands them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pikepdf import Stream

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.geometry import EVERYWHERE, IDENTITY
from brochure.pdf.preflight.paints import Paint, What
from brochure.pdf.preflight.spaces import Colour
from brochure.pdf.preflight.state import Scope, State, shading_colour
from brochure.pdf.preflight.syntax import Operation

if TYPE_CHECKING:
    from brochure.pdf.preflight.interpreter import Walk

Operators = Mapping[str, Callable[..., None]]
"""Functions by the name of their operator; each takes a `Content` and the operands."""
_MISUSED = (TypeError, ValueError, IndexError, AttributeError, OverflowError)
"""What operands of the wrong kind or number end in."""


class Content:
    """One content stream: its resources, the state in force, the path begun, the place in text.

    `place` names the forms that it lies in, `depth` how many; `base` is the matrix at its start,
    which patterns go by.
    """

    def __init__(self, walk: Walk, scope: Scope, state: State, place: str, depth: int) -> None:
        self.walk, self.scope, self.state = walk, scope, state
        self.place, self.depth, self.base = place, depth, state.ctm
        self.stack: list[State] = []
        self.operator = 0
        self.path: list[float] = []
        self.is_curved = False
        self.clips_next = False
        self.line = self.at = IDENTITY
        self.keeps_colour = False

    def run(self, found: list[Operation], operators: Operators) -> None:
        """Carry out one operator after the other; a misused one is a fault of the page."""
        for number, (name, operands) in enumerate(found, 1):
            operator = operators.get(name)
            if operator is None:
                continue
            self.operator = number
            try:
                operator(self, *operands)
            except _MISUSED:
                self.walk.faults.append((self.here, f"“{name}” is used wrongly"))

    @property
    def here(self) -> str:
        """Which operator is at work, for people."""
        return f"{self.place}operator {self.operator}"

    def paint(
        self, what: What, outline: Box, colour: Colour | None, name: str = "", **more: Any
    ) -> None:
        """Note a painting, with everything that is in force."""
        state = self.state
        if colour and colour.pattern is not None:
            colour = self._through_pattern(colour)
        is_stroke = what is What.STROKE
        effects = state.effects
        self.walk.paints.append(
            Paint(
                what=what,
                place=f"{self.here}{f' ({name})' if name else ''}",
                box=outline.within(state.clip),
                outline=outline,
                colour=colour,
                effects=effects,
                overprints=effects.overprints_stroke if is_stroke else effects.overprints_fill,
                alpha=effects.alpha_stroke if is_stroke else effects.alpha_fill,
                matrix=state.ctm,
                mark=self.walk.mark,
                **more,
            )
        )

    def shading_colour(self, shading: Any) -> Colour:
        """The colour of a gradient that takes the most ink."""
        return shading_colour(shading, self.scope.library.spaces, self.scope.resources)

    def _through_pattern(self, colour: Colour) -> Colour:
        """Walk through a tiling pattern's cell, once a page; or the colour of a shading's."""
        pattern = colour.pattern
        if "/Shading" in pattern:
            return self.shading_colour(pattern.Shading)
        if isinstance(pattern, Stream) and self.walk.once("pattern", pattern.objgen):
            state = State(self.base, EVERYWHERE)
            if colour.space.base:
                state.fill = state.stroke = Colour(colour.space.base, colour.values)
            self.walk.form(pattern, self.scope, state, f"{self.place}pattern, ", self.depth)
        return colour
