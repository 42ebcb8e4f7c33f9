"""One font of a finished PDF and the codes that text is shown with.

A code stands for a glyph and for a text. The engine makes the two the same number and gives a
glyph one text for the whole file; here a glyph may have several codes, each with a text of its
own (`CIDToGIDMap` and `ToUnicode`, ISO 32000-2, 9.7.4.3 and 9.10.3). An added code is made of
what it stands for, so that two files nearly always agree on it and can share a font. A glyph can
be had higher or lower, so that a vowel mark keeps to its line, and one without ink or width
carries a text that no glyph of the page shows alone. A font that is not TrueType keeps the
engine's codes.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

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
_FIRST_ADDED, _LAST_CODE = 0x4000, 0xFFFE


class Code(NamedTuple):
    """What a code shows and says: a glyph, moved if there is a `shift`, and its text.

    `width` is how far it moves on, in thousandths of the type size. Of a large brochure's parts
    ten thousand are read and compared, so it is a tuple.
    """

    glyph: int
    text: str
    width: float
    shift: Shift | None = None


def texts_of(stream: Any) -> dict[int, str]:
    """A ToUnicode map as the engine writes it: the text of each code."""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _ENTRY.findall(stream.read_bytes())
    }


def cmap_of(texts: dict[int, str]) -> bytes:
    """A ToUnicode map with these texts (ISO 32000-2, 9.10.3)."""
    lines = [f"<{code:04x}> <{texts[code].encode('utf-16-be').hex()}>" for code in sorted(texts)]
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

    @property
    def objgen(self) -> tuple[int, int]:
        """The number of the font's object."""
        number, generation = self._font.objgen
        return number, generation

    @property
    def base_font(self) -> str:
        """The font's name, with the tag of its subset."""
        return str(self._font.BaseFont).lstrip("/")

    @property
    def name(self) -> str:
        """What the engine's pages call the font, which is the tag of its subset."""
        return self.base_font.partition("+")[0]

    @property
    def descriptor(self) -> Any:
        """What the PDF says of the font as a whole (9.8)."""
        return self._descendant.FontDescriptor

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
            added = self._codes[key] = free_code(key, self.texts)
            self.texts[added] = text
            room = shift[0] if glyph == BLANK else 0.0
            self._widths[added] = self.width(glyph) if key[2] is None else room
        return self._codes[key]

    def meanings(self, codes: Iterable[int]) -> dict[int, Code]:
        """What these codes show and say."""
        added = {code: (glyph, shift) for (glyph, _, shift), code in self._codes.items()}
        meanings = {}
        for code in sorted(codes):
            glyph, shift = added.get(code, (code, None))
            text, width = self.texts.get(code, ""), self.width(code)
            meanings[code] = Code(glyph=glyph, text=text, width=width, shift=shift)
        return meanings

    def write(self) -> None:
        """Put the added codes into the PDF's font, and their glyphs into the font program."""
        if not self._codes:
            return
        self._font.ToUnicode.write(cmap_of(self.texts))
        program = self._descendant.FontDescriptor.FontFile2
        places = {(glyph, shift) for glyph, _, shift in self._codes if shift is not None}
        data, added = with_glyphs(program.read_bytes(), sorted(places))
        program.write(data)
        program.Length1 = len(data)
        glyphs = {code: code for code in self.texts}
        for (glyph, _, shift), code in self._codes.items():
            glyphs[code] = glyph if shift is None else added[glyph, shift]
            self._descendant.W.extend([code, Array([self._widths[code]])])
        self._descendant.CIDToGIDMap = self._file.make_stream(glyph_map(glyphs))


def free_code(key: tuple[int, str, Shift | None], taken: Container[int]) -> int:
    """A code for a glyph that says a text, moved by a shift: the same in nearly every file."""
    room = _LAST_CODE - _FIRST_ADDED
    start = zlib.crc32(repr(key).encode())
    places = (_FIRST_ADDED + (start + step) % room for step in range(room))
    return next(code for code in places if code not in taken)


def glyph_map(glyphs: Mapping[int, int]) -> bytes:
    """A CIDToGIDMap: the glyph of each code (9.7.4.3); what is in no text shows nothing."""
    data = bytearray(2 * max(glyphs) + 2)
    for code, glyph in glyphs.items():
        struct.pack_into(">H", data, 2 * code, glyph)
    return bytes(data)


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


def with_glyphs(
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
