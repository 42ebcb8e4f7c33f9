"""Light into ink: sRGB colours and pictures as the four inks of one press, and back for the eye.

Everything goes through the ICC profile of the printer's output condition. Pictures take the
printer's rendering intent (ICC.1, 6.2: perceptual, or relative colorimetric with black-point
compensation), single colours always the latter, so that a brand's colour stays what it is. What
is over the total ink is taken from cyan, magenta and yellow alike, which keeps the hue, and never
from black. Neutral greys of single colours are black ink alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure.printers import INKS, Ink, Intent, Printer

if TYPE_CHECKING:
    from PIL import Image

_FULL = 255
_NEUTRAL = 3
"""Channels of eight bits no further apart than this make a grey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What pictures and colours are separated for: a profile, an intent, the most ink."""

    profile: Path
    intent: Intent
    total_ink_percent: float

    def ink(self, colour: str) -> Ink:
        """The mixture of an sRGB colour `#rrggbb`, in whole percent, as a printer mixes it."""
        return _ink(self, colour)

    def appearance(self, ink: Ink) -> str:
        """How a mixture looks on this press's paper, as `#rrggbb`; bare paper is white."""
        return _appearance(self, ink)

    def limited(self, ink: Ink) -> Ink:
        """The mixture within the total ink."""
        colour = ink.total - ink.black
        share = min(1.0, (self.total_ink_percent - ink.black) / colour) if colour else 1.0
        mixed = (ink.cyan * share, ink.magenta * share, ink.yellow * share, ink.black)
        return Ink(**dict(zip(INKS, mixed, strict=True)))

    def picture(self, picture: Image.Image, *, margin_percent: float = 0) -> Image.Image:
        """An RGB or CMYK picture in CMYK, at least `margin_percent` below the total ink.

        A CMYK picture with a profile of its own goes through both; one without stays as it is.
        """
        inks = self._inks(picture)
        return _limited(inks, self.total_ink_percent - margin_percent)

    def _inks(self, picture: Image.Image) -> Image.Image:
        from PIL import ImageCms

        own = picture.info.get("icc_profile")
        if picture.mode != "CMYK":
            transform = _transform(self.profile, self.intent)
        elif own and own != self.profile.read_bytes():
            try:
                transform = _between(own, self.profile, self.intent)
            except (ImageCms.PyCMSError, OSError):
                return picture
        else:
            return picture
        converted = ImageCms.applyTransform(picture, transform)
        assert converted is not None, "a new picture was asked for"
        return converted


def separation_for(printer: Printer) -> Separation | None:
    """The separation that a printer wants; none for one that takes RGB."""
    if printer.condition is None:
        return None
    return Separation(
        profile=printer.condition.profile,
        intent=printer.intent,
        total_ink_percent=printer.total_ink_percent,
    )


def largest_total_percent(picture: Image.Image) -> float:
    """The most ink on any sample of a CMYK picture, in percent."""
    from PIL import ImageMath

    bands = dict(zip(INKS, picture.split(), strict=True))
    total: Any = ImageMath.lambda_eval(
        lambda plate: plate["cyan"] + plate["magenta"] + plate["yellow"] + plate["black"], **bands
    )
    return float(total.getextrema()[1]) * 100 / _FULL


def _limited(picture: Image.Image, most_percent: float) -> Image.Image:
    """Take from cyan, magenta and yellow, sample by sample, what is over `most_percent`."""
    from PIL import Image, ImageMath

    if largest_total_percent(picture) <= most_percent:
        return picture
    *colours, black = picture.split()
    most = most_percent * _FULL / 100
    share: Any = ImageMath.lambda_eval(
        lambda plate: plate["min"](
            (most - plate["float"](plate["black"]))
            / plate["max"](plate["float"](plate["c"] + plate["m"] + plate["y"]), 1.0),
            1.0,
        ),
        black=black,
        **dict(zip("cmy", colours, strict=True)),
    )
    reduced: Iterable[Any] = (
        ImageMath.lambda_eval(
            lambda plate: plate["convert"](plate["ink"] * plate["share"], "L"),
            ink=colour,
            share=share,
        )
        for colour in colours
    )
    return Image.merge("CMYK", (*reduced, black))


@cache
def _ink(separation: Separation, colour: str) -> Ink:
    from PIL import Image, ImageCms

    channels = tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))
    if max(channels) - min(channels) <= _NEUTRAL:
        return _grey(separation, sum(channels) / 3)
    pixel = Image.new("RGB", (1, 1), channels)
    transform = _transform(separation.profile, Intent.RELATIVE)
    mixed: Any = ImageCms.applyTransform(pixel, transform)
    percents = (float(round(part * 100 / _FULL)) for part in mixed.getpixel((0, 0)))
    return separation.limited(Ink(**dict(zip(INKS, percents, strict=True))))


def _grey(separation: Separation, level: float) -> Ink:
    """The tint of black alone that looks most like a grey level of 0 to 255."""
    blacks = (Ink(cyan=0, magenta=0, yellow=0, black=float(tint)) for tint in range(101))
    return min(blacks, key=lambda ink: abs(_level(separation.appearance(ink)) - level))


def _level(colour: str) -> float:
    return sum(int(colour[start : start + 2], 16) for start in (1, 3, 5)) / 3


@cache
def _appearance(separation: Separation, ink: Ink) -> str:
    from PIL import Image, ImageCms

    pixel = Image.new("CMYK", (1, 1), tuple(round(part * _FULL) for part in ink.fractions))
    seen: Any = ImageCms.applyTransform(pixel, _proof(separation.profile))
    return "#{:02x}{:02x}{:02x}".format(*seen.getpixel((0, 0)))


@cache
def _transform(profile: Path, intent: Intent) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.getOpenProfile(str(profile)),
        "RGB",
        "CMYK",
        **_rendering(intent),
    )


@lru_cache(maxsize=8)
def _between(own: bytes, profile: Path, intent: Intent) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.getOpenProfile(io.BytesIO(own)),
        ImageCms.getOpenProfile(str(profile)),
        "CMYK",
        "CMYK",
        **_rendering(intent),
    )


@cache
def _proof(profile: Path) -> Any:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.getOpenProfile(str(profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        **_rendering(Intent.RELATIVE),
    )


def _rendering(intent: Intent) -> dict[str, Any]:
    from PIL import ImageCms

    if intent is Intent.PERCEPTUAL:
        return {"renderingIntent": ImageCms.Intent.PERCEPTUAL}
    return {
        "renderingIntent": ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "flags": ImageCms.Flags.BLACKPOINTCOMPENSATION,
    }
