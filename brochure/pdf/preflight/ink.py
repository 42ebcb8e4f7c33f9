"""How much ink lies on one spot.

Colours of text, lines, areas and gradients are added up as they are painted, and with the colour
below where they overprint or multiply. Pictures in inks are added up sample by sample. What is in
RGB is rendered and brought through the printer's profile, because only that can say.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PIL import Image, ImageChops

from brochure.measures import mm_to_pt
from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.paints import Paint, Picture
from brochure.pdf.preflight.pictures import named
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.spaces import Colour, Kind, Space, palette
from brochure.pdf.preflight.streams import Unreadable, decoded, filters_of
from brochure.printers import Printer
from brochure.separation import separation_for

TOLERANCE_PERCENT = 1.0
"""What a picture may have above the limit: JPEG changes single samples by about as much."""
SPECK_MM2 = 4.0
"""What a picture may have of such samples, on paper: 2 by 2 mm."""
_EXACT = 0.05
_STEP_PERCENT = 400 / 255
_UNLIMITED = 400
_RENDERED_DPI = 50
_MIXING = {"Multiply", "Darken", "ColorBurn"}


class InkMeter:
    """Measures the pages of one file against one printer; shared pictures once."""

    def __init__(self, data: bytes, printer: Printer) -> None:
        self._data, self._printer = data, printer
        self._levels: dict[tuple[int, int], list[int]] = {}
        self._rendering: Any = None
        separation = separation_for(printer)
        self._separation = separation and replace(separation, total_ink_percent=_UNLIMITED)

    def breaches(self, sheet: Sheet) -> Iterator[Breach]:
        """What has more than the printer's total ink on one page."""
        inside = [paint for paint in sheet.walk.paints if sheet.bleed.meets(paint.box)]
        yield from self._vector(sheet, inside)
        for paint in inside:
            if paint.picture is not None and paint.picture.space is not None:
                yield from self._picture(sheet, paint, paint.picture)
        if self._separation and any(_needs_profile(paint) for paint in inside):
            yield from self._rendered(sheet)

    @property
    def _allowed(self) -> str:
        return f"at most {self._printer.total_ink_percent:g} %"

    def _vector(self, sheet: Sheet, paints: list[Paint]) -> Iterator[Breach]:
        limit = self._printer.total_ink_percent + _EXACT
        for index, paint in enumerate(paints):
            colour = paint.colour
            if colour is None or colour.space.kind is Kind.REGISTRATION:
                continue
            total = colour.total or 0.0
            if total > limit:
                found = f"{total:.0f} % ({paint.what.value} in {colour})"
                yield Breach("ink-vector", sheet, paint.place, found, self._allowed)
            elif total and (paint.overprints or paint.effects.blend in _MIXING):
                below = _below(paint, paints[:index])
                together = 100 * sum(_overlaid(colour, below, paint).values()) if below else 0.0
                if together > limit:
                    found = f"{together:.0f} % ({paint.what.value} in {colour} on {below})"
                    yield Breach("ink-overlaid", sheet, paint.place, found, self._allowed)

    def _picture(self, sheet: Sheet, paint: Paint, picture: Picture) -> Iterator[Breach]:
        levels = self.levels(picture)
        across, up = paint.matrix.lengths
        area_pt2 = self._over(levels) / max(1, sum(levels)) * across * up
        if area_pt2 > mm_to_pt(1) ** 2 * SPECK_MM2:
            found = f"{highest_percent(levels):.0f} % in {named(sheet, paint, picture)}"
            yield Breach("ink-picture", sheet, paint.place, found, self._allowed)

    def levels(self, picture: Picture) -> list[int]:
        """How many samples have each sum of inks, 255 being all four in full."""
        stream = picture.stream
        key = stream.objgen if stream.is_indirect else None
        if key is None:
            return []
        if key not in self._levels:
            self._levels[key] = _levels(picture)
        return self._levels[key]

    def _over(self, levels: list[int]) -> int:
        """How many samples have too much ink."""
        limit = self._printer.total_ink_percent + TOLERANCE_PERCENT
        return sum(levels[int(limit / _STEP_PERCENT) + 1 :])

    def _rendered(self, sheet: Sheet) -> Iterator[Breach]:
        import pypdfium2

        assert self._separation is not None

        if self._rendering is None:
            self._rendering = pypdfium2.PdfDocument(self._data)
        page = self._rendering[sheet.number - 1]
        scale = min(_RENDERED_DPI / 72, 2000 / max(page.get_size()))
        rendered = page.render(scale=scale).to_pil().convert("RGB")
        levels = sums_of(self._separation.picture(rendered))
        area_pt2 = self._over(levels) / scale**2
        if area_pt2 > mm_to_pt(1) ** 2 * SPECK_MM2:
            found = f"{highest_percent(levels):.0f} % through the profile"
            yield Breach("ink-rendered", sheet, "", found, self._allowed)


def sums_of(inks: Image.Image) -> list[int]:
    """How many samples of a CMYK picture have each sum, in steps of four in 255 (1.6 %).

    Halves are rounded off, so a level stands for sums from itself up to the next.
    """
    cyan, magenta, yellow, black = inks.split()
    pairs = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    return ImageChops.add(*pairs, scale=2).histogram()


def _levels(picture: Picture) -> list[int]:
    space = picture.space
    if space is None or (inks := _process(space)) is None:
        return []
    if space.name.startswith("Indexed"):
        return _palette_levels(picture, space)
    try:
        return sums_of(inks_of(picture)) if inks == 4 else []
    except (OSError, ValueError, Unreadable, Image.DecompressionBombError):
        return []


def _process(space: Space) -> int | None:
    """Of how many inks a space is, if they can be added up sample by sample."""
    root = space.base if space.name.startswith("Indexed") and space.base else space
    kinds = (Kind.CMYK, Kind.PROFILED_INKS)
    return root.components if root.kind in kinds and root.components == 4 else None


def _palette_levels(picture: Picture, space: Space) -> list[int]:
    """Every entry of the palette stands for an equal part of the picture: which is used, and how
    often, is not looked at."""
    totals = [entry.total or 0.0 for entry in palette(space)]
    levels = [0] * 256
    for total in totals:
        levels[int(total / _STEP_PERCENT)] += picture.width * picture.height // len(totals)
    return levels


def inks_of(picture: Picture) -> Image.Image:
    """The samples of a picture in four inks of 8 bits; raises `OSError` or `Unreadable`."""
    stream = picture.stream
    filters = filters_of(stream)
    decode = [float(value) for value in stream.get("/Decode", [])]
    is_inverted = decode[:2] == [1.0, 0.0]
    if filters and filters[-1] in ("/DCTDecode", "/JPXDecode"):
        if len(filters) > 1:
            raise Unreadable("a picture is packed twice over")
        image: Image.Image = Image.open(io.BytesIO(stream.read_raw_bytes()))
        # Pillow turns every CMYK JPEG round, as Photoshop writes them; PDF does not.
        is_inverted ^= filters[-1] == "/DCTDecode"
        if image.mode != "CMYK":
            raise Unreadable(f"a picture in four inks holds {image.mode}")
    elif picture.bits != 8:
        raise Unreadable(f"a picture of {picture.bits} bits in four inks")
    else:
        size = (picture.width, picture.height)
        data = decoded(stream, 4 * picture.width * picture.height + picture.height)
        image = Image.frombytes("CMYK", size, data[: 4 * size[0] * size[1]])
    return ImageChops.invert(image) if is_inverted else image


def highest_percent(levels: list[int]) -> float:
    """The most ink of more than a speck of 0.01 % of the samples, in percent."""
    left = sum(levels) * 0.0001
    for level in range(len(levels) - 1, -1, -1):
        left -= levels[level]
        if left < 0:
            return level * _STEP_PERCENT
    return 0.0


def _needs_profile(paint: Paint) -> bool:
    space = paint.picture.space if paint.picture else None
    space = space or (paint.colour.space if paint.colour else None)
    return space is not None and any(
        part.kind in (Kind.RGB, Kind.CALIBRATED) for part in space.chain
    )


def _below(paint: Paint, earlier: list[Paint]) -> Colour | None:
    """The colour of the last area that was painted under all of `paint`."""
    for other in reversed(earlier):
        if other.outline.holds(paint.box, 0.01) and other.colour and other.alpha == 1:
            return other.colour if other.colour.inks else None
    return None


def _overlaid(colour: Colour, below: Colour, paint: Paint) -> dict[str, float]:
    """The inks of one colour on another, by overprinting (8.6.7) or by multiplying."""
    over, under = dict(colour.inks or {}), dict(below.inks or {})
    if not paint.overprints:
        names = dict.fromkeys((*under, *over))
        return {name: 1 - (1 - over.get(name, 0.0)) * (1 - under.get(name, 0.0)) for name in names}
    if colour.space.kind is Kind.CMYK and paint.effects.overprint_mode == 1:
        over = {name: amount for name, amount in over.items() if amount}
    return under | over
