"""Pictures brought to the size, crop and form that a page needs.

A picture is cropped round its focal point to the frame's shape, brought down (never up) to the
edition's resolution, and written as a JPEG: in sRGB, or separated into the inks of a press, within
its total ink. A picture that cannot be used becomes a plane in the category's hue with a fine
pattern and the treatment's initial.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

from brochure.pages.colours import Hue
from brochure.pages.frames import Frame
from brochure.pages.letters import initial_of
from brochure.separation import Separation, largest_total_percent

MAX_PIXELS = 120_000_000
MAX_BYTES = 100_000_000
_MARGINS_PERCENT = (4, 8, 16, 32, 64)
"""How far below the total ink a picture is separated, so that what JPEG rounds up stays within:
the first that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPicture:
    """The bytes of a picture ready for print."""

    data: bytes
    media_type: str


class PictureError(Exception):
    """A picture file cannot be used; the message says why, in plain words."""


@lru_cache(maxsize=256)
def prepare_picture(
    path: Path,
    modified_ns: int,
    frame: Frame,
    focus: tuple[float, float],
    separation: Separation | None = None,
) -> PreparedPicture:
    """Crop and scale the picture at `path` for `frame`; raises `PictureError`.

    `modified_ns` only tells one state of the file from another.
    """
    picture = _open(path, modified_ns, keeps_inks=separation is not None)
    cropped = picture.crop(_crop_box(picture.size, frame, focus))
    width = min(cropped.width, frame.pixels[0])
    height = max(1, round(width * frame.height_mm / frame.width_mm))
    if width < cropped.width:
        cropped = cropped.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if frame.is_grey:
        cropped = cropped.convert("L")
    data = (
        _in_inks(cropped, frame.quality, separation)
        if separation
        else _jpeg(cropped, frame.quality)
    )
    return PreparedPicture(data=data, media_type="image/jpeg")


def _in_inks(picture: Image.Image, quality: int, separation: Separation) -> bytes:
    """A CMYK JPEG none of whose decoded samples has more than the total ink."""
    for margin in _MARGINS_PERCENT:
        data = _jpeg(separation.picture(picture, margin_percent=margin), quality)
        with Image.open(io.BytesIO(data)) as decoded:
            if largest_total_percent(decoded) <= separation.total_ink_percent:
                break
    return data


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    """Without a profile: what is on the page is in the colours of the page."""
    try:
        return _written(picture, quality, optimize=True)
    except OSError:  # Pillow keeps too little room to optimise a picture that is all noise
        return _written(picture, quality, optimize=False)


def _written(picture: Image.Image, quality: int, *, optimize: bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(
        buffer, "JPEG", quality=quality, subsampling=0, optimize=optimize, icc_profile=None
    )
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _open(path: Path, modified_ns: int, *, keeps_inks: bool) -> Image.Image:
    """The decoded picture; a card and a page ask for the same one in turn."""
    if path.stat().st_size > MAX_BYTES:
        raise PictureError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise PictureError(f"the picture has {width} × {height} pixels")
                picture.load()
                ImageOps.exif_transpose(picture, in_place=True)
                return picture if keeps_inks and picture.mode == "CMYK" else _flat(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureError("the picture has far too many pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise PictureError("the file is not a picture, or it is damaged") from None


def let_go() -> None:
    """Give back the memory of the last decoded picture: of a camera's it is 60 to 90 MB."""
    _open.cache_clear()


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, transparency laid on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    if picture.mode.startswith("I"):  # 16 bits a sample; a plain conversion would clip them
        picture = picture.point(lambda sample: sample * (1 / 256)).convert("L")
    return _in_srgb(picture)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Convert through the picture's own colour profile, if it has one that can be used."""
    profile = picture.info.get("icc_profile")
    if profile:
        from PIL import ImageCms

        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _crop_box(
    size: tuple[int, int], frame: Frame, focus: tuple[float, float]
) -> tuple[int, int, int, int]:
    """The largest box of the frame's shape inside `size`, round the focal point."""
    width, height = size
    shape = frame.width_mm / frame.height_mm
    box_width = max(1, min(width, round(height * shape)))
    box_height = max(1, min(height, round(width / shape)))
    left = round((width - box_width) * focus[0] / 100)
    top = round((height - box_height) * focus[1] / 100)
    return left, top, left + box_width, top + box_height


def placeholder(
    title: str, hue: Hue[str], frame: Frame, families: tuple[str, ...]
) -> PreparedPicture:
    """A drawn plane that stands in for a missing picture, as SVG in millimetres."""
    width, height = frame.width_mm, frame.height_mm
    gap = 3.0
    lines = "".join(
        f"M{offset:.2f} 0L{offset - height:.2f} {height:.2f}"
        for offset in (gap * index for index in range(int((width + height) / gap) + 1))
    )
    size = height * 0.5
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {width:.2f} {height:.2f}">'
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="{hue.tint}"/>'
        f'<path d="{lines}" stroke="{hue.mid}" stroke-width="0.12" fill="none"/>'
        f'<circle cx="{width / 2:.2f}" cy="{height / 2:.2f}" r="{height * 0.36:.2f}" '
        f'fill="{hue.tint}"/>'
        f'<text x="{width / 2:.2f}" y="{height / 2 + size * 0.35:.2f}" text-anchor="middle" '
        f'font-family="{", ".join(families)}" font-weight="300" font-size="{size:.2f}" '
        f'fill="{hue.deep}">{initial_of(title)}</text></svg>'
    )
    return PreparedPicture(data=svg.encode(), media_type="image/svg+xml")
