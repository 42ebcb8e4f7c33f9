"""Lines that are too thin, and white that overprints."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.paints import Paint, What
from brochure.pdf.preflight.sheets import Sheet
from brochure.printers import Printer

_EXACT_PT = 0.01
_LONG = 5
"""An area this many times longer than wide is a line."""


def line_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """Strokes and thin areas under the printer's hairline; white areas that overprint."""
    for paint in sheet.walk.paints:
        if paint.what not in (What.FILL, What.STROKE) or not sheet.bleed.meets(paint.box):
            continue
        if paint.colour and paint.overprints and paint.colour.is_white:
            found = f"a white {paint.what.value}"
            yield Breach("white-overprint", sheet, paint.place, found, "knocked out")
        width = thickness_pt(paint)
        if width is not None and width < printer.hairline_pt - _EXACT_PT:
            found = f"a line of {width:.2f} pt"
            allowed = f"at least {printer.hairline_pt} pt"
            yield Breach("hairline", sheet, paint.place, found, allowed)


def thickness_pt(paint: Paint) -> float | None:
    """How thick a line is where it is thinnest; `None` for an area that is no line."""
    if paint.what is What.STROKE:
        return paint.width_pt
    thin, long = sorted((paint.outline.width, paint.outline.height))
    return thin if long > _LONG * thin and not paint.is_curved else None
