"""One font of a finished PDF and the codes that text is shown with.

A code stands for a glyph and for a text. The engine makes the two the same number and gives a
glyph one text for the whole file; here a glyph may have several codes, each with a text of its
own (`CIDToGIDMap` and `ToUnicode`, ISO 32000-2, 9.7.4.3 and 9.10.3). A glyph can be had higher or
lower, so that a vowel mark keeps to its line, and one without ink or width carries a text that no
glyph of the page shows alone. A font that is not TrueType keeps the engine's codes.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Name

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]*)>")
_ENTRIES_A_BLOCK = 100
_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
THOUSANDTH = 1000
Shift = tuple[int, int]
"""How far a glyph is moved to the right and up, in thousandths of an em."""
BLANK = -1
"""The glyph that shows nothing; what it is moved by is the room that it takes."""


def texts_of(stream: Any) -> dict[int, str]:
    """A ToUnicode map as the engine writes it: the text of each code."""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _ENTRY.findall(stream.read_bytes())
    }


def cmap_of(texts: dict[int, str]) -> bytes:
    """A ToUnicode map with these texts (ISO 32000-2, 9.10.3)."""
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()]
    blocks = [
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
        for start in range(0, len(lines), _ENTRIES_A_BLOCK)
        if (block := lines[start : start + _ENTRIES_A_BLOCK])
    ]
    return _CMAP.format(blocks="\n".join(blocks)).encode()


class FontCodes:
    """The codes of one font; `write` puts the new ones into the file."""

    def __init__(self, file: pikepdf.Pdf, font: Any) -> None:
        self._file, self._font = file, font
        self._descendant = font.DescendantFonts[0]
        self.texts = texts_of(font.ToUnicode)
        self.is_truetype: bool = Name.FontFile2 in self._descendant.FontDescriptor
        """Whether glyphs and codes can be added."""
        self._widths = _widths(self._descendant)
        self._default_width = float(self._descendant.get(Name.DW, 1000))
        self._codes: dict[tuple[int, str, Shift | None], int] = {}
        self._next = max(self.texts, default=0) + 1

    def width(self, code: int) -> float:
        """How far a code moves on, in thousandths of the type size."""
        return self._widths.get(code, self._default_width)

    def code(self, glyph: int, text: str, shift: Shift = (0, 0), *, is_mark: bool = False) -> int:
        """The code that shows `glyph`, or `BLANK`, as `text`, moved by `shift`.

        A mark takes no room of its own.
        """
        is_same = shift == (0, 0) and not (is_mark and self.width(glyph))
        if is_same and self.texts.get(glyph) == text:
            return glyph
        key = (glyph, text, None if is_same and glyph != BLANK else shift)
        if key not in self._codes:
            self._codes[key] = self._next
            self.texts[self._next] = text
            room = shift[0] if glyph == BLANK else 0.0
            self._widths[self._next] = self.width(glyph) if key[2] is None else room
            self._next += 1
        return self._codes[key]

    def write(self) -> None:
        """Put the added codes into the PDF's font, and their glyphs into the font program."""
        if not self._codes:
            return
        self._font.ToUnicode.write(cmap_of(self.texts))
        program = self._descendant.FontDescriptor.FontFile2
        places = {(glyph, shift) for glyph, _, shift in self._codes if shift is not None}
        data, added = _with_glyphs(program.read_bytes(), sorted(places))
        program.write(data)
        program.Length1 = len(data)
        glyphs = list(range(self._next))
        for (glyph, _, shift), code in self._codes.items():
            glyphs[code] = glyph if shift is None else added[glyph, shift]
            self._descendant.W.extend([code, Array([self._widths[code]])])
        self._descendant.CIDToGIDMap = self._file.make_stream(
            struct.pack(f">{self._next}H", *glyphs)
        )


def _widths(descendant: Any) -> dict[int, float]:
    """The widths of a font's codes: `first [width …]` or `first last width` (9.7.4.3)."""
    widths: dict[int, float] = {}
    entries = iter(descendant.get(Name.W, Array()))
    for first in entries:
        second = next(entries)
        if isinstance(second, Array):
            widths |= {int(first) + at: float(width) for at, width in enumerate(second)}
        else:
            width = float(next(entries))
            widths |= dict.fromkeys(range(int(first), int(second) + 1), width)
    return widths


def _with_glyphs(
    program: bytes, places: Sequence[tuple[int, Shift]]
) -> tuple[bytes, dict[tuple[int, Shift], int]]:
    """A TrueType font with each glyph once more, moved and without width, and their numbers."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent

    font = TTFont(io.BytesIO(program), recalcBBoxes=False, recalcTimestamp=False, lazy=True)
    order, outlines, metrics = font.getGlyphOrder(), font["glyf"], font["hmtx"]
    em = font["head"].unitsPerEm
    added = {place: len(order) + at for at, place in enumerate(places)}
    font.setGlyphOrder([*order, *(f"added{number}" for number in added.values())])
    for (glyph, shift), number in added.items():
        outline = Glyph()
        if glyph != BLANK:
            part = GlyphComponent()
            part.glyphName, part.flags = order[glyph], ROUND_XY_TO_GRID
            part.x, part.y = (round(distance * em / THOUSANDTH) for distance in shift)
            outline.numberOfContours, outline.components = -1, [part]
            outline.recalcBounds(outlines)
        outlines[f"added{number}"] = outline
        room = round(shift[0] * em / THOUSANDTH) if glyph == BLANK else 0
        metrics[f"added{number}"] = (room, getattr(outline, "xMin", 0))
    output = io.BytesIO()
    font.save(output)
    return output.getvalue(), added
