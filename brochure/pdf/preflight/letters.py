"""Text on paper: how small it is and which inks it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.paints import Paint, What
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.spaces import Kind
from brochure.printers import Printer

MIXED_FACTOR = 1.2
"""Type in two or more inks, or white on a colour, has to be that much larger."""
_EXACT_PT = 0.02
_DARK = 0.85
"""Of black: from here on people call it black."""
_QUOTED = 40


def letter_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """Type that is too small, and black text that is mixed or does not overprint as asked."""
    for paint in sheet.walk.paints:
        if paint.lettering is not None and sheet.bleed.meets(paint.box):
            yield from _size(sheet, paint, printer)
            yield from _black(sheet, paint, printer)


def quoted(paint: Paint) -> str:
    """The words of a text, as far as they fit."""
    words = paint.lettering.words if paint.lettering else ""
    short = f"{words[:_QUOTED]}…" if len(words) > _QUOTED else words
    return f"“{short}”" if short else "text"


def _size(sheet: Sheet, paint: Paint, printer: Printer) -> Iterator[Breach]:
    size = paint.lettering.size_pt if paint.lettering else 0.0
    colour = paint.colour
    inks = [amount for amount in (colour.inks or {}).values() if amount] if colour else []
    is_mixed = len(inks) > 1 or (colour is not None and colour.is_white)
    least = printer.smallest_type_pt * (MIXED_FACTOR if is_mixed else 1)
    if size >= least - _EXACT_PT or paint.what is not What.TEXT:
        return
    rule = "type-small" if size < printer.smallest_type_pt - _EXACT_PT else "type-small-mixed"
    found = f"{quoted(paint)} of {size:.1f} pt"
    yield Breach(rule, sheet, paint.place, found, f"at least {least:g} pt")


def _black(sheet: Sheet, paint: Paint, printer: Printer) -> Iterator[Breach]:
    colour = paint.colour
    if colour is None or (inks := colour.inks) is None:
        return
    black = inks.get("Black", 0.0)
    others = sum(amount for name, amount in inks.items() if name != "Black")
    if paint.overprints and colour.is_white:
        yield Breach("white-overprint", sheet, paint.place, quoted(paint), "knocked out")
    if not printer.standard.is_x or colour.space.kind is Kind.REGISTRATION:
        return
    if black >= _DARK and others > 0:
        found = f"{quoted(paint)} in {colour}"
        yield Breach("black-mixed", sheet, paint.place, found, "0, 0, 0, 100")
    is_black = black == 1 and not others
    if is_black and paint.overprints != printer.overprints_black:
        rule = "black-overprint" if printer.overprints_black else "black-knockout"
        allowed = "overprinted" if printer.overprints_black else "knocked out"
        yield Breach(rule, sheet, paint.place, f"{quoted(paint)} in black", allowed)
