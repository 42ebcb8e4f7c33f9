"""Pictures as placed: dots per inch on paper, depth, second versions (ISO 32000-1, 8.9).

The samples across and down are spread over the lengths that the matrix gives the unit square's
sides, however it turns them; the coarser of both counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.measures import PT_PER_INCH, pixels_for, pt_to_mm
from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.paints import Paint, Picture
from brochure.pdf.preflight.sheets import Sheet
from brochure.printers import Printer

_DEEPEST = 8
_SPECK_MM = 1.0
"""A picture smaller than this, a dot of a pattern, has no sharpness to judge."""


def resolution_dpi(paint: Paint, picture: Picture) -> float:
    """Dots per inch as placed, across or down, whichever is coarser."""
    across, up = paint.matrix.lengths
    per_point = [
        samples / length
        for samples, length in ((picture.width, across), (picture.height, up))
        if length > 0
    ]
    return min(per_point, default=0.0) * PT_PER_INCH


def picture_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """Pictures that are too coarse, too deep or that have a second version."""
    for paint in sheet.walk.paints:
        picture = paint.picture
        if picture is None or not sheet.bleed.meets(paint.box):
            continue
        yield from _resolution(sheet, paint, picture, printer)
        if picture.bits > _DEEPEST:
            found = f"{picture.bits} bits in {named(sheet, paint, picture)}"
            yield Breach("picture-depth", sheet, paint.place, found, "8 bits")
        if "/Alternates" in picture.stream:
            found = f"{named(sheet, paint, picture)} with alternates"
            yield Breach("picture-alternate", sheet, paint.place, found, "one version")


def named(sheet: Sheet, paint: Paint, picture: Picture) -> str:
    """A picture by the words that a blind reader is told, or by the file's own name for it."""
    words = sheet.alternative(paint.mark)
    return f"picture “{words}”" if words else f"picture {picture.name}"


def _resolution(
    sheet: Sheet, paint: Paint, picture: Picture, printer: Printer
) -> Iterator[Breach]:
    least = printer.line_art_dpi_min if picture.is_line_art else printer.picture_dpi_min
    wanted = printer.line_art_dpi if picture.is_line_art else printer.picture_dpi
    width_mm, height_mm = (pt_to_mm(length) for length in paint.matrix.lengths)
    dpi = resolution_dpi(paint, picture)
    if dpi >= least - 0.5 or min(width_mm, height_mm) < _SPECK_MM:
        return
    needed = f"{pixels_for(width_mm, dpi=wanted)} × {pixels_for(height_mm, dpi=wanted)}"
    found = (
        f"{named(sheet, paint, picture)} of {picture.width} × {picture.height} pixels, "
        f"{width_mm:.0f} × {height_mm:.0f} mm on the page, {dpi:.0f} dpi"
    )
    allowed = f"at least {least} dpi; {needed} pixels give {wanted} dpi"
    rule = "line-art-dpi" if picture.is_line_art else "picture-dpi"
    yield Breach(rule, sheet, paint.place, found, allowed)
