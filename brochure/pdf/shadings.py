"""Colour spaces and gradients: what is in light is told from what is in inks, and brought there.

A gradient's function keeps its shape and gets its colours in inks (ISO 32000-1, 7.10): type 2 at
both ends, type 3 in each of its parts, type 0 in each of its samples. The engine makes types 2
and 3, drawings of the clinic bring no other; a calculator (type 4) is left for preflight to find.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image

from brochure.separation import Separation

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black from 0 to 1."""
Rgb = tuple[float, float, float]

_QUALITY = 92
_MARGIN_PERCENT = 10
"""What writing a photograph as a JPEG can add to the ink of a sample."""


def family_of(space: Any) -> str:
    """`rgb`, `gray`, `cmyk`, `lab`, `pattern` or `other` (spots, tables of colours)."""
    name = space[0] if isinstance(space, Array) else space
    if name == Name.ICCBased:
        return {1: "gray", 3: "rgb", 4: "cmyk"}[int(space[1].N)]
    return _FAMILIES.get(str(name), "other")


_FAMILIES = {
    "/DeviceRGB": "rgb",
    "/CalRGB": "rgb",
    "/DeviceGray": "gray",
    "/CalGray": "gray",
    "/DeviceCMYK": "cmyk",
    "/Lab": "lab",
    "/Pattern": "pattern",
}


def colour_in_inks(family: str, values: tuple[float, ...], separation: Separation) -> Inks:
    """A colour of one of the first four families in inks."""
    if family == "cmyk":
        cyan, magenta, yellow, black = values
        return cyan, magenta, yellow, black
    if family == "gray":
        return 0.0, 0.0, 0.0, 1 - values[0]
    return _inks(_rgb(family, values), separation)


def _inks(rgb: Rgb, separation: Separation) -> Inks:
    channels = (round(255 * min(max(channel, 0.0), 1.0)) for channel in rgb)
    return separation.ink("#{:02x}{:02x}{:02x}".format(*channels)).fractions


def level_of(family: str, values: tuple[float, ...]) -> float:
    """How light a colour is in a luminosity mask, 0 to 1 (ISO 32000-1, 11.3.5.3)."""
    if family == "gray":
        return values[0]
    if family == "cmyk":
        cyan, magenta, yellow, black = values
        return 1 - min(1, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black)
    red, green, blue = _rgb(family, values)
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _rgb(family: str, values: tuple[float, ...]) -> Rgb:
    if family == "rgb":
        red, green, blue = values
    else:
        from coloraide import Color

        red, green, blue = Color("lab", values).convert("srgb").fit().coords()
    return red, green, blue


def separate_shading(shading: Any, separation: Separation) -> None:
    """Bring a gradient that is in RGB into inks, in place."""
    if family_of(shading.ColorSpace) != "rgb" or isinstance(shading.Function, Array):
        return
    shading.Function = _function(shading.Function, separation)
    shading.ColorSpace = Name.DeviceCMYK


def _function(function: Any, separation: Separation) -> Any:
    kind = int(function.FunctionType)
    if kind == 2:
        for name, otherwise in ((Name.C0, (0.0,) * 3), (Name.C1, (1.0,) * 3)):
            red, green, blue = (float(value) for value in function.get(name, otherwise))
            function[name] = Array(list(_inks((red, green, blue), separation)))
    elif kind == 3:
        function.Functions = Array([_function(part, separation) for part in function.Functions])
    elif kind == 0 and int(function.BitsPerSample) == 8:
        samples = function.read_bytes()
        row = Image.frombytes("RGB", (len(samples) // 3, 1), samples)
        function.write(separation.picture(row).tobytes())
        function.Range = Array([0, 1] * 4)
        if Name.Decode in function:
            del function.Decode
    return function


def separate_picture(image: Any, separation: Separation) -> None:
    """Bring a picture that is in RGB into inks, in place; a photograph stays a JPEG."""
    is_photo = image.get(Name.Filter) == Name.DCTDecode
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    inks = separation.picture(picture, margin_percent=_MARGIN_PERCENT if is_photo else 0)
    for name in (Name.Decode, Name.DecodeParms, Name.Intent):
        if name in image:
            del image[name]
    if is_photo:
        image.write(_jpeg(inks), filter=Name.DCTDecode)
        image.Decode = Array([1, 0] * 4)  # Pillow writes inks as Adobe does, upside down
    else:
        image.write(inks.tobytes())
    image.ColorSpace, image.BitsPerComponent = Name.DeviceCMYK, 8


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()
