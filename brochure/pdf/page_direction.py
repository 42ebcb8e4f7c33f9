"""The direction in which Poppler takes a whole page.

It counts letters: a page with more of them that are read from left to right is read so from line
to line and from column to column, whatever the document says. A page of a right-to-left text may
have many, in its references, and a page of another text many that are read from right to left;
there marks without ink are counted with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pikepdf import Name

from brochure.pdf.content_stream import Instruction
from brochure.pdf.font_codes import BLANK, THOUSANDTH, FontCodes
from brochure.pdf.lines import Line, text_object
from brochure.pdf.pieces import LEFT_TO_RIGHT, RIGHT_TO_LEFT, SHADOW, Piece, kind_of
from brochure.pdf.reading_order import Glyph, is_right_to_left

_AT_ONCE = 32
"""How many signs one code says: MuPDF has known no more before, Poppler knows 63."""
_SIZE = 0.1
"""How large the marks are beside the page's last line, so that they need little room."""


def makeweight(
    lines: Sequence[Line],
    shown: Sequence[Sequence[Piece]],
    fonts: Mapping[str, FontCodes],
    *,
    is_rtl: bool,
) -> Iterator[Instruction]:
    """Marks, behind all that a page shows, for which Poppler takes it for what it is."""
    if not (is_rtl or any(is_right_to_left(line.text) for line in lines)):
        return
    drawn = [
        [glyph for piece in pieces for glyph in piece.glyphs] or line.glyphs
        for line, pieces in zip(lines, shown, strict=True)
    ]
    missing = 1 + sum(_lean(glyph, is_rtl=is_rtl) for glyph in chain.from_iterable(drawn))
    places = [
        (line.matrix, glyph)
        for line in reversed(lines)
        for glyph in line.glyphs
        if fonts[glyph.font].is_truetype
    ]
    if missing <= 0 or not places:
        return
    matrix, place = places[0]
    yield [Name.Artifact], "BMC"
    mark = RIGHT_TO_LEFT if is_rtl else LEFT_TO_RIGHT
    yield text_object(matrix, list(_marks(missing, mark, place, fonts)), fonts)
    yield [], "EMC"


def _lean(glyph: Glyph, *, is_rtl: bool) -> int:
    """How many letters more are read the other way; a mark may be lost as a shadow."""
    kinds = [kind_of(sign) for sign in glyph.text]
    own, other = ("R", "L") if is_rtl else ("L", "R")
    return kinds.count(other) - kinds.count(own) * glyph.has_ink


def _marks(
    number: int, mark: str, place: Glyph, fonts: Mapping[str, FontCodes]
) -> Iterator[Glyph]:
    room = round(SHADOW * THOUSANDTH)
    code = fonts[place.font].code(BLANK, mark * _AT_ONCE, (room, 0), is_mark=True)
    size = _SIZE * place.size
    for at in range(-(-number // _AT_ONCE)):
        yield place._replace(code=code, x=place.x + at * SHADOW * size, size=size)
