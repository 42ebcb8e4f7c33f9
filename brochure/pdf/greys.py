"""A finished file without colours: what is painted in RGB becomes the grey that looks as light.

The style sheets of such an edition have greys only, and its photographs come in grey; what is left
are the colours of the clinic's own drawings, and greys that the engine writes as RGB, for which an
office printer would mix its inks. DeviceGray is printed with black alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.pdf.content_stream import Instruction, read_content, write_content
from brochure.pdf.shadings import family_of

_GREY = {"rg": "g", "RG": "G"}
_WEIGHTS = (0.299, 0.587, 0.114)
"""Of red, green and blue in a colour's lightness (ITU-R BT.601), as Pillow weighs pictures."""


def remove_colours(file: pikepdf.Pdf) -> None:
    """Leave only DeviceGray in what the pages of `file` draw."""
    seen: set[tuple[int, int]] = set()
    for page in file.pages:
        for item in (page.obj, *_reached(page.obj, seen)):
            _remove_from(file, item)


def _reached(holder: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Every form, picture, pattern and gradient that a page or form draws with, each once."""
    resources = holder.get(Name.Resources, Dictionary())
    states = resources.get(Name.ExtGState, Dictionary()).values()
    masks = [state.SMask.G for state in states if Name.G in state.get(Name.SMask, Dictionary())]
    kinds = (Name.XObject, Name.Pattern, Name.Shading)
    named = [item for kind in kinds for item in resources.get(kind, Dictionary()).values()]
    for item in (*masks, *named):
        if item.objgen == (0, 0) or item.objgen not in seen:
            seen.add(item.objgen)
            yield item
            yield from _reached(item, seen)


def _remove_from(file: pikepdf.Pdf, item: Any) -> None:
    if item.get(Name.Subtype) == Name.Image:
        _grey_picture(item)
    elif item.get(Name.PatternType) == 2 or Name.ShadingType in item:
        shading = item.get(Name.Shading, item)
        if family_of(shading.ColorSpace) == "rgb":
            shading.ColorSpace = Name.DeviceGray
            _grey_function(shading.Function)
    else:
        write_content(file, item, [_grey(part) for part in read_content(item)])
        if family_of(item.get(Name.Group, Dictionary()).get(Name.CS)) == "rgb":
            item.Group.CS = Name.DeviceGray


def _grey(instruction: Instruction) -> Instruction:
    operands, operator = instruction
    if operator not in _GREY:
        return instruction
    return [_lightness(operands)], _GREY[operator]


def _lightness(colour: Any) -> float:
    return round(sum(w * float(part) for w, part in zip(_WEIGHTS, colour, strict=True)), 4)


def _grey_function(function: Any) -> None:
    """Exponential functions and those stitched from them (ISO 32000-1, 7.10.3 and 7.10.4)."""
    for part in function.get(Name.Functions, ()):
        _grey_function(part)
    for end in (Name.C0, Name.C1):
        if len(function.get(end, ())) == len(_WEIGHTS):
            function[end] = Array([_lightness(function[end])])


def _grey_picture(image: Any) -> None:
    if image.get(Name.ColorSpace, Name.DeviceGray) == Name.DeviceGray:
        return
    buffer = io.BytesIO()
    pikepdf.PdfImage(image).as_pil_image().convert("L").save(buffer, "JPEG", quality=80)
    image.write(buffer.getvalue(), filter=Name.DCTDecode)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
