"""What a page paints: one value for each operator that puts ink on paper."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, NamedTuple

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.geometry import Matrix
from brochure.pdf.preflight.spaces import Colour, Space


class What(enum.Enum):
    """The kinds of painting."""

    TEXT = "text"
    FILL = "area"
    STROKE = "line"
    PICTURE = "picture"
    STENCIL = "one-colour picture"
    SHADING = "gradient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What the extended graphics state says (ISO 32000-1, 8.4.5)."""

    overprints_fill: bool = False
    overprints_stroke: bool = False
    overprint_mode: int = 0
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "Normal"
    is_masked: bool = False


NO_EFFECTS = Effects()


class Picture(NamedTuple):
    """A picture as placed: its dictionary, its samples across and down, and its colours."""

    stream: Any
    width: int
    height: int
    bits: int
    space: Space | None
    name: str

    @property
    def is_line_art(self) -> bool:
        """Whether it is one bit deep: there is no gray to soften its edges."""
        return self.bits == 1


class Lettering(NamedTuple):
    """The text of one operator: its words and its size on paper, in points."""

    words: str
    size_pt: float
    font: str


class Paint(NamedTuple):
    """One painting; a tuple and no dataclass because there are thousands to a page.

    `outline` is the box of the whole object, `box` what the clipping path leaves of it; `width_pt`
    is the thinnest a line gets; `place` names the operator and the forms that it lies in; `mark`
    is the number of the page's marked content that it belongs to (ISO 32000-1, 14.7.4.4).
    """

    what: What
    place: str
    box: Box
    outline: Box
    colour: Colour | None
    effects: Effects
    overprints: bool
    alpha: float
    matrix: Matrix
    mark: int | None = None
    width_pt: float = 0.0
    is_curved: bool = False
    lettering: Lettering | None = None
    picture: Picture | None = None
