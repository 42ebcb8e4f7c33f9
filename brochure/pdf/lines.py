"""The lines of text in a content stream, read and written.

The engine shows each line in a text object of its own (ISO 32000-2, 9.4): `Tm` once, then `Tf`,
`Ts` and `TJ`; round it stand the number of its marked content and the note of what it says
(`engine`). Text space is in CSS pixels; the origin is the line's start on its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Dictionary, Name

from brochure.pdf.content_stream import RAW, Instruction
from brochure.pdf.font_codes import THOUSANDTH, FontCodes
from brochure.pdf.reading_order import Glyph

_STEP = 0.5
"""Thousandths of an em: what is less is left to gather."""


@dataclass(slots=True, kw_only=True)
class Line:
    """One text object: `glyphs` from left to right, `text` as noted by the engine.

    `before` is what is drawn between the line before and this one, `shown` the text object as it
    was; `is_plain` tells whether nothing else is in it than what this module can write. `tag` is
    that of its marked content, if nothing else stands between the two.
    """

    before: list[Instruction]
    text: str
    mcid: int | None
    tag: str
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    glyphs: list[Glyph] = field(default_factory=list)
    shown: list[Instruction] = field(default_factory=list)
    is_plain: bool = True

    @property
    def left(self) -> float:
        """Where the glyphs begin on the left, as `matrix` has it."""
        return self.matrix[4] + self.matrix[0] * min(glyph.x for glyph in self.glyphs)

    @property
    def right(self) -> float:
        """Where they end on the right."""
        end = max(glyph.x + glyph.width for glyph in self.glyphs)
        return self.matrix[4] + self.matrix[0] * end


def read_lines(
    instructions: Iterable[Instruction], fonts: Mapping[str, FontCodes]
) -> tuple[list[Line], list[Instruction]]:
    """Every line with what is drawn before it, and what is drawn after the last; no notes."""
    reader = _Reader(fonts)
    for operands, operator in instructions:
        reader.read(operands, operator)
    return reader.lines, reader.between


class _Mark(NamedTuple):
    """Marked content: its number and tag, or what it notes."""

    mcid: int | None = None
    note: str | None = None
    tag: str = ""


class _Reader:
    """Follows the state of text and of marked content from operator to operator."""

    def __init__(self, fonts: Mapping[str, FontCodes]) -> None:
        self.lines: list[Line] = []
        self.between: list[Instruction] = []
        self._fonts = fonts
        self._line: Line | None = None
        self._marks = [_Mark()]
        self._font, self._size, self._rise, self._x = "", 0.0, 0.0, 0.0

    def read(self, operands: Any, operator: str) -> None:
        if operator in ("BDC", "BMC") and self._opens_note(operands, operator):
            return
        if operator == "EMC" and self._marks.pop().note is not None:
            return
        if operator == "BT":
            inside_out = self._marks[::-1]
            mcid = next((mark.mcid for mark in inside_out if mark.mcid is not None), None)
            text = next((mark.note for mark in inside_out if mark.note is not None), "")
            tag = next((mark.tag for mark in inside_out if mark.note is None), "")
            self._line = Line(before=self.between, text=text, mcid=mcid, tag=tag)
            self._x = self._rise = 0.0
        if self._line is None:
            self.between.append((operands, operator))
            return
        self._line.shown.append((operands, operator))
        if operator == "ET":
            self.lines.append(self._line)
            self._line, self.between = None, []
        elif operator != "BT":
            self._read_shown(self._line, operands, operator)

    def _opens_note(self, operands: Any, operator: str) -> bool:
        """Follow marked content that opens; whether it is the engine's note of a text."""
        marks = operands[1] if operator == "BDC" else None
        if not isinstance(marks, Dictionary):
            self._marks.append(_Mark())
            return False
        number = marks.get(Name.MCID)
        is_note = number is None and Name.ActualText in marks
        note = str(marks.ActualText) if is_note else None
        mcid = None if number is None else int(number)
        self._marks.append(_Mark(mcid, note, "" if mcid is None else str(operands[0])))
        return is_note

    def _read_shown(self, line: Line, operands: Any, operator: str) -> None:
        if operator == "Tm":
            line.matrix = tuple(float(number) for number in operands)
            self._x = 0.0
        elif operator == "Tf" and str(operands[0]) in self._fonts:
            self._font, self._size = str(operands[0]), float(operands[1])
        elif operator == "Ts":
            self._rise = float(operands[0])
        elif operator == "TJ" and self._font and self._size:
            self._read_strings(line, operands[0])
        else:
            line.is_plain = False

    def _read_strings(self, line: Line, items: Any) -> None:
        font = self._fonts[self._font]
        for item in items:
            if not isinstance(item, pikepdf.String):
                self._x -= float(item) / THOUSANDTH * self._size
                continue
            data = bytes(item)
            for at in range(0, len(data), 2):
                code = int.from_bytes(data[at : at + 2])
                width = font.width(code) / THOUSANDTH * self._size
                line.glyphs.append(
                    Glyph(
                        code=code,
                        text=font.texts.get(code, ""),
                        x=self._x,
                        width=width,
                        rise=self._rise / self._size,
                        font=self._font,
                        size=self._size,
                    )
                )
                self._x += width


def text_object(
    matrix: Sequence[float], glyphs: Iterable[Glyph], fonts: Mapping[str, FontCodes]
) -> Instruction:
    """A text object that shows glyphs in the order in which they are given."""
    steps = ["BT", " ".join(map(_number, matrix)) + " Tm"]
    x, font, items = 0.0, "", list[str]()
    for glyph in glyphs:
        if glyph.font != font:
            steps += [f"[{''.join(items)}] TJ"] * bool(items)
            steps.append(f"{glyph.font} {_number(glyph.size)} Tf")
            font, items = glyph.font, []
        back = (x - glyph.x) / glyph.size * THOUSANDTH
        if abs(back) >= _STEP:
            items.append(_number(back))
            x = glyph.x
        items.append(f"<{glyph.code:04x}>")
        x += fonts[glyph.font].width(glyph.code) / THOUSANDTH * glyph.size
    steps += [f"[{''.join(items)}] TJ", "ET"]
    return "\n".join(steps).encode(), RAW


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"
