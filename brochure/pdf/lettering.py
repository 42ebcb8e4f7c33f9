"""A line of small print as outlines, so that it needs no font and reads as no text.

Letters are set one after the other, without shaping: Latin, Greek and Cyrillic stand that; for a
text in any other script there is `legible`, which says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from brochure.pdf.marks import numbers
from brochure.typefaces import Family, characters_of

_UNSHAPED = frozenset(("LATIN", "GREEK", "CYRILLIC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A character's outline as path operators, and its width, in the font's units."""

    path: bytes
    width: float


class _ContentPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes an outline as path operators (ISO 32000-1, 8.5.2), in the font's own units."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        flat = (value for point in points for value in point)
        self.operators.append(f"{numbers(*flat)} {operator}")

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._add("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._add("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self._add("c", *points)

    def _closePath(self) -> None:
        self.operators.append("h")


def legible(text: str, file: Path) -> bool:
    """Whether `text` can be set letter by letter from left to right with the font `file`."""
    letters = (unicodedata.name(character, "") for character in text if character.isalpha())
    is_plain = all(name.partition(" ")[0] in _UNSHAPED for name in letters)
    return is_plain and {ord(character) for character in text} <= characters_of(file)


def lettering_font(families: Sequence[Family]) -> Path:
    """The first font that has the letters from A to z, upright and of regular weight."""
    files = [file for family in families for file in family.files]
    plain = [file for file in files if legible("Az09", file)]
    return min(plain, key=lambda file: "regular" not in file.stem.lower())


def lettering(text: str, file: Path, *, x: float, y: float, size_pt: float) -> bytes:
    """`text` on a base line that starts at x, y, as filled paths."""
    face = _face(file)
    scale = size_pt / face["head"].unitsPerEm
    written = []
    for character in text:
        letter = _letter(file, character)
        place = f"q {scale:.6f} 0 0 {scale:.6f} {numbers(x, y)} cm "
        written.append(place.encode() + letter.path + b" f Q\n")
        x += letter.width * scale
    return b"".join(written)


@cache
def _letter(file: Path, character: str) -> _Letter:
    face = _face(file)
    glyphs = face.getGlyphSet()
    glyph = glyphs[face.getBestCmap()[ord(character)]]
    pen = _ContentPen(glyphs)
    glyph.draw(pen)
    return _Letter(path=" ".join(pen.operators).encode(), width=glyph.width)


@cache
def _face(file: Path) -> TTFont:
    return TTFont(file)
