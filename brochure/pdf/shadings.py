"""Colour spaces and gradients: what is in light is told from what is in inks, and brought there.

A gradient's function keeps its shape and gets its colours in inks (ISO 32000-1, 7.10): type 2 at
both ends, type 3 in each of its parts, type 0 in each of its samples. The engine makes types 2
and 3, drawings of the clinic bring no other; a calculator (type 4) is left for preflight to find.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from PIL import Image
from pikepdf import Array, Dictionary, Name

from brochure.pdf.inks import Inks, Press, grey, inks_of, picture_in_inks

LAB_CSS = "lab"
"""What CSS Color 4 calls the D50 space that PDF calls `Lab`."""


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


def colour_in_inks(family: str, values: tuple[float, ...], press: Press) -> Inks:
    """A colour of one of the first four families in inks."""
    if family == "cmyk":
        cyan, magenta, yellow, black = values
        return cyan, magenta, yellow, black
    if family == "gray":
        return grey(values[0])
    return inks_of(*_rgb(family, values), press)


def level_of(family: str, values: tuple[float, ...]) -> float:
    """How light a colour is in a luminosity mask, 0 to 1 (ISO 32000-1, 11.3.5.3)."""
    if family == "gray":
        return values[0]
    if family == "cmyk":
        cyan, magenta, yellow, black = values
        return 1 - min(1, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black)
    red, green, blue = _rgb(family, values)
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _rgb(family: str, values: tuple[float, ...]) -> tuple[float, float, float]:
    if family == "rgb":
        red, green, blue = values
    else:
        from coloraide import Color

        red, green, blue = Color(LAB_CSS, values).convert("srgb").fit().coords()
    return red, green, blue


def separate_shading(shading: Any, press: Press) -> None:
    """Bring a gradient that is in RGB into inks, in place."""
    if family_of(shading.ColorSpace) != "rgb" or not isinstance(shading.Function, Dictionary):
        return
    shading.Function = _function(shading.Function, press)
    shading.ColorSpace = Name.DeviceCMYK


def _function(function: Any, press: Press) -> Any:
    kind = int(function.FunctionType)
    if kind == 2:
        for name, otherwise in ((Name.C0, (0.0,) * 3), (Name.C1, (1.0,) * 3)):
            values = tuple(float(value) for value in function.get(name, otherwise))
            function[name] = Array([round(ink, 5) for ink in inks_of(*values, press)])
    elif kind == 3:
        function.Functions = Array([_function(part, press) for part in function.Functions])
    elif kind == 0 and int(function.BitsPerSample) == 8:
        samples = function.read_bytes()
        row = Image.frombytes("RGB", (len(samples) // 3, 1), samples)
        function.write(picture_in_inks(row, press).tobytes())
        function.Range = Array([0, 1] * 4)
        if Name.Decode in function:
            del function.Decode
    return function


def separate_picture(image: Any, press: Press) -> None:
    """Bring a picture that is in RGB into inks, in place; a photograph stays a JPEG."""
    is_photo = image.get(Name.Filter) == Name.DCTDecode
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    data = picture_in_inks(picture, press)
    for name in (Name.Decode, Name.DecodeParms, Name.Intent):
        if name in image:
            del image[name]
    if is_photo:
        image.write(_jpeg(data), filter=Name.DCTDecode)
        image.Decode = Array([1, 0] * 4)  # Pillow writes inks as Adobe does, upside down
    else:
        image.write(data.tobytes())
    image.ColorSpace, image.BitsPerComponent = Name.DeviceCMYK, 8


def _jpeg(picture: Image.Image) -> bytes:
    import io

    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()


_QUALITY = 92
