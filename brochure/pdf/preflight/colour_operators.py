"""The operators of colour (ISO 32000-1, 8.6.8 and, for `d1`, 9.6.5)."""

from __future__ import annotations

from typing import Any

from brochure.pdf.preflight.content import Content, Operators
from brochure.pdf.preflight.spaces import CMYK, GRAY, RGB, Colour, Space
from brochure.pdf.preflight.syntax import Name


def _set_fill(content: Content, colour: Colour) -> None:
    if not content.keeps_colour:
        content.state.fill = colour


def _set_stroke(content: Content, colour: Colour) -> None:
    if not content.keeps_colour:
        content.state.stroke = colour


def _fill_space(content: Content, name: str) -> None:
    space = content.scope.space(name)
    _set_fill(content, Colour(space, space.initial))


def _stroke_space(content: Content, name: str) -> None:
    space = content.scope.space(name)
    _set_stroke(content, Colour(space, space.initial))


def _fill_colour(content: Content, *values: Any) -> None:
    _set_fill(content, _colour(content, content.state.fill, values))


def _stroke_colour(content: Content, *values: Any) -> None:
    _set_stroke(content, _colour(content, content.state.stroke, values))


def _colour(content: Content, before: Colour, values: tuple[Any, ...]) -> Colour:
    pattern = None
    if values and isinstance(values[-1], Name):
        pattern = content.scope.item("Pattern", values[-1])
        values = values[:-1]
    return Colour(before.space, tuple(map(float, values)), pattern)


def _fill_gray(content: Content, value: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceGray", GRAY), (value,)))


def _stroke_gray(content: Content, value: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceGray", GRAY), (value,)))


def _fill_rgb(content: Content, red: float, green: float, blue: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceRGB", RGB), (red, green, blue)))


def _stroke_rgb(content: Content, red: float, green: float, blue: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceRGB", RGB), (red, green, blue)))


def _fill_cmyk(content: Content, *values: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceCMYK", CMYK), values))


def _stroke_cmyk(content: Content, *values: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceCMYK", CMYK), values))


def _device(content: Content, name: str, device: Space) -> Space:
    """A device space, or what the resources put in its place (8.6.5.6)."""
    return content.scope.space(name) if "/ColorSpace" in content.scope.resources else device


def _glyph_shape(content: Content, *_: float) -> None:
    """`d1`: what follows has no colour of its own (9.6.5)."""
    content.keeps_colour = True


COLOURS: Operators = {
    "cs": _fill_space, "CS": _stroke_space, "sc": _fill_colour, "scn": _fill_colour,
    "SC": _stroke_colour, "SCN": _stroke_colour, "g": _fill_gray, "G": _stroke_gray,
    "rg": _fill_rgb, "RG": _stroke_rgb, "k": _fill_cmyk, "K": _stroke_cmyk, "d1": _glyph_shape,
}  # fmt: skip
