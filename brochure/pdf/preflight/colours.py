"""The colour of every painting: inks only (ISO 15930-7, 6.4; ISO 32000-1, 8.6).

A space made from another counts as all that it is made from: an indexed RGB is RGB, and so is a
spot colour whose stand-in is RGB. Marks outside the bleed may be in registration colour.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.paints import Paint, What
from brochure.pdf.preflight.pictures import named
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.spaces import Kind, Space
from brochure.printers import Printer

_INKS = "CMYK, gray or a spot colour"
_RULES = {
    Kind.RGB: "colour-rgb",
    Kind.CALIBRATED: "colour-calibrated",
    Kind.PROFILED_INKS: "colour-calibrated",
    Kind.UNKNOWN: "colour-unknown",
}
_SEEN = 0.05
"""Points by which something has to reach into a box to be seen there."""


def colour_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """Paintings in RGB, in colours by a profile, in unknown ones or in registration colour."""
    inside = sheet.bleed.grown(-_SEEN)
    for paint in (*sheet.walk.paints, *sheet.walk.masks):
        space = space_of(paint)
        if space is None:
            continue
        kinds = {part.kind for part in space.chain}
        for kind in sorted(kinds & _RULES.keys(), key=lambda kind: kind.value):
            found = f"{_what(sheet, paint)} in {space.name}"
            yield Breach(_RULES[kind], sheet, paint.place, found, _INKS)
        if Kind.REGISTRATION in kinds and inside.meets(paint.box):
            yield Breach("registration", sheet, paint.place, _what(sheet, paint), _INKS)


def space_of(paint: Paint) -> Space | None:
    """The colour space that something is painted in."""
    if paint.picture is not None and paint.picture.space is not None:
        return paint.picture.space
    return paint.colour.space if paint.colour else None


def _what(sheet: Sheet, paint: Paint) -> str:
    """“text”, “area”, “picture Im1”."""
    if paint.what is What.PICTURE and paint.picture:
        return named(sheet, paint, paint.picture)
    return paint.what.value
