"""From light to ink: RGB as the four process inks of one output condition.

Colours go through the printer's ICC profile (relative colorimetric with black-point compensation,
or perceptual, as the printer says), and then within its total ink: what is too much is taken from
cyan, magenta and yellow alike, which keeps the hue, and never from black. Neutral greys are black
ink alone, so that type and rules are on one plate and no grey has a cast. Pictures go through a
lattice of such colours, the corners within the limit and so everything between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFilter

from brochure.printers import Intent, Printer

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black from 0 to 1."""

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
_NEUTRAL = 0.04
"""Channels no further apart than this are a grey."""
_NEARLY_BLACK = 0.1
_NODES = 33
"""Colours along each edge of the lattice; pictures differ from the profile by 0.1 % in the mean, 4 % at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What colours are converted for: a profile, the intent, and the most ink (0 to 4)."""

    profile: Path
    intent: Intent
    limit: float


def press_of(printer: Printer) -> Press:
    """What the colours of `printer` are converted for."""
    assert printer.condition is not None, "only printers with inks have a press"
    return Press(
        profile=printer.condition.profile,
        intent=printer.intent,
        limit=printer.total_ink_percent / 100,
    )


def grey(level: float) -> Inks:
    """A grey from 0 (black) to 1 (white) in black ink alone."""
    return 0.0, 0.0, 0.0, 1.0 - level


@cache
def inks_of(red: float, green: float, blue: float, press: Press) -> Inks:
    """An sRGB colour, each channel from 0 to 1, in the inks of `press`."""
    channels = tuple(min(max(channel, 0.0), 1.0) for channel in (red, green, blue))
    if max(channels) <= _NEARLY_BLACK:
        return BLACK
    if max(channels) - min(channels) <= _NEUTRAL:
        return grey(sum(channels) / 3)
    pixel = Image.new("RGB", (1, 1), tuple(round(255 * channel) for channel in channels))
    converted: Any = ImageCms.applyTransform(pixel, _transform(press)).getpixel((0, 0))  # type: ignore[union-attr]
    return _limited(*(amount / 255 for amount in converted), limit=press.limit)


def picture_in_inks(picture: Image.Image, press: Press) -> Image.Image:
    """An RGB picture in CMYK."""
    return picture.filter(_lattice(press))


def _limited(cyan: float, magenta: float, yellow: float, black: float, *, limit: float) -> Inks:
    colour = cyan + magenta + yellow
    share = min(1.0, (limit - black) / colour) if colour else 1.0
    return cyan * share, magenta * share, yellow * share, black


@cache
def _transform(press: Press) -> Any:
    is_relative = press.intent is Intent.RELATIVE
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.getOpenProfile(str(press.profile)),
        "RGB",
        "CMYK",
        renderingIntent=(
            ImageCms.Intent.RELATIVE_COLORIMETRIC if is_relative else ImageCms.Intent.PERCEPTUAL
        ),
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION if is_relative else ImageCms.Flags.NONE,
    )


@cache
def _lattice(press: Press) -> ImageFilter.Color3DLUT:
    steps = [round(255 * node / (_NODES - 1)) for node in range(_NODES)]
    nodes = bytes(part for b in steps for g in steps for r in steps for part in (r, g, b))
    image = Image.frombytes("RGB", (_NODES * _NODES, _NODES), nodes)
    converted: Any = ImageCms.applyTransform(image, _transform(press))
    table = [part for inks in _quads(converted.tobytes(), press.limit) for part in inks]
    return ImageFilter.Color3DLUT(_NODES, table, channels=4, target_mode="CMYK", _copy_table=False)


def _quads(data: bytes, limit: float) -> Iterator[Inks]:
    """Each four bytes as inks within `limit`, less what rounding to bytes can add."""
    safe = limit - 4 * 0.5 / 255
    for start in range(0, len(data), 4):
        cyan, magenta, yellow, black = (amount / 255 for amount in data[start : start + 4])
        yield _limited(cyan, magenta, yellow, black, limit=safe)
