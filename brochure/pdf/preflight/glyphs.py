"""Fonts in the file, whole enough for every letter that is shown, and letters that have names.

(ISO 32000-1, 9.6 to 9.10.) Judged after all pages, because a font is used on many.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.fonts import Font
from brochure.pdf.preflight.paints import What
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.streams import Unreadable, decoded

_OUTLINES = 30
"""So many little curved areas on a page without text are letters."""
_TALLEST_PT = 40


def font_breaches(fonts: Sequence[Font], sheets: Sequence[Sheet]) -> Iterator[Breach]:
    """What is wrong with each font, told of the first page that shows it."""
    for font in fonts:
        if not font.pages:
            continue
        index, place = next(iter(font.pages.items()))
        sheet = sheets[index]
        if font.kind == "Type3":
            yield Breach("font-type3", sheet, place, f"font {font.name}", "TrueType or OpenType")
        elif font.program is None:
            yield Breach("font-missing", sheet, place, f"font {font.name}", "embedded")
        if missing := _missing(font):
            found = f"{missing} letters of font {font.name}"
            yield Breach("glyph-missing", sheet, place, found, "all in the font")
        if unnamed := sum(font.is_unmapped(code) for code in font.used):
            found = f"{unnamed} of {len(font.used)} letters of font {font.name}"
            yield Breach("text-unmapped", sheet, place, found, "mapped to Unicode")


def _missing(font: Font) -> int:
    """How many codes show no glyph, where a code is the number of one."""
    if font.kind != "Type0":
        return 0
    blank = 1 if 0 in font.used else 0
    if font.program is None or not font.is_by_glyph:
        return blank
    count = _glyph_count(font)
    return blank + sum(code >= count for code in font.used) if count else blank


def _glyph_count(font: Font) -> int:
    """The number of glyphs in a TrueType program; 0 if it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(decoded(font.program)), lazy=True) as program:
            return int(program["maxp"].numGlyphs)
    except (TTLibError, Unreadable, KeyError, AssertionError, ValueError):
        return 0


def outline_breaches(sheet: Sheet) -> Iterator[Breach]:
    """A page whose letters are drawn; the slug line beyond the bleed is always."""
    paints = sheet.walk.paints
    if any(paint.what is What.TEXT for paint in paints):
        return
    count = sum(
        paint.what is What.FILL
        and paint.is_curved
        and paint.outline.height < _TALLEST_PT
        and sheet.bleed.meets(paint.box)
        for paint in paints
    )
    if count >= _OUTLINES:
        found = f"no text and {count} small curved shapes"
        yield Breach("text-outlines", sheet, "page", found, "text as text")
