"""What happens at the trim: nothing important within the safe zone, no colour without bleed.

The boxes of text and small things are measured, not their ink: a letter's box reaches from a
quarter em below its line to three quarters above.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.measures import mm_to_pt, pt_to_mm
from brochure.pdf.boxes import Box
from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.letters import quoted
from brochure.pdf.preflight.paints import Paint, What
from brochure.pdf.preflight.sheets import Sheet
from brochure.printers import Printer

_SMALL_MM = 30.0
"""What is smaller both ways is a thing and no background."""
_TOUCHING_PT = 0.5
_EXACT_PT = 0.15
"""0.05 mm."""
_SIDES = ("left", "bottom", "right", "top")


def edge_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """Text and small things near the trim, and colour that ends there."""
    if not sheet.is_trimmed and printer.bleed_mm:
        return
    planes: list[Paint] = []
    for paint in sheet.walk.paints:
        if paint.box.width <= 0 or paint.box.height <= 0 or not sheet.trim.meets(paint.box):
            continue
        if paint.alpha == 0 or (paint.colour and paint.colour.is_white and not paint.lettering):
            continue
        yield from _safe(sheet, paint, printer)
        if paint.lettering is None and printer.bleed_mm:
            if not _is_unseen(paint, planes):
                yield from _bleeding(sheet, paint, printer)
            if paint.what is What.FILL and paint.alpha == 1:
                planes.append(paint)


def _safe(sheet: Sheet, paint: Paint, printer: Printer) -> Iterator[Breach]:
    inside = paint.box.insets(sheet.trim)
    nearest = min(inside)
    side = _SIDES[inside.index(nearest)]
    is_text = paint.what is What.TEXT
    if not is_text and (nearest < _TOUCHING_PT or not _is_small(paint.box)):
        return
    if nearest < mm_to_pt(printer.safe_mm) - _EXACT_PT:
        what = quoted(paint) if is_text else f"a small {paint.what.value}"
        found = f"{what} {pt_to_mm(nearest):.1f} mm from the {side} edge"
        yield Breach("safe-zone", sheet, paint.place, found, f"{printer.safe_mm:g} mm or more")


def _is_unseen(paint: Paint, planes: list[Paint]) -> bool:
    """Whether an area lies on a larger one of its own colour."""
    below = [plane for plane in planes if plane.box.holds(paint.box, _EXACT_PT)]
    is_plain = paint.what is What.FILL and paint.colour is not None and not paint.colour.pattern
    return is_plain and bool(below) and below[-1].colour == paint.colour


def _bleeding(sheet: Sheet, paint: Paint, printer: Printer) -> Iterator[Breach]:
    wanted = mm_to_pt(printer.bleed_mm)
    for side, distance in zip(_SIDES, paint.box.insets(sheet.trim), strict=True):
        if -wanted + _EXACT_PT < distance < _TOUCHING_PT:
            past = max(0.0, pt_to_mm(-distance))
            found = f"{paint.what.value} ends {past:.1f} mm past the {side} edge"
            yield Breach("bleed-short", sheet, paint.place, found, f"{printer.bleed_mm:g} mm")


def _is_small(box: Box) -> bool:
    return max(box.width, box.height) < mm_to_pt(_SMALL_MM)
