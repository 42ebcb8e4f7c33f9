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


def fill_space(content: Content, name: str) -> None:
    space = content.scope.space(name)
    _set_fill(content, Colour(space, space.initial))


def stroke_space(content: Content, name: str) -> None:
    space = content.scope.space(name)
    _set_stroke(content, Colour(space, space.initial))


def fill_colour(content: Content, *values: Any) -> None:
    _set_fill(content, _colour(content, content.state.fill, values))


def stroke_colour(content: Content, *values: Any) -> None:
    _set_stroke(content, _colour(content, content.state.stroke, values))


def _colour(content: Content, before: Colour, values: tuple[Any, ...]) -> Colour:
    pattern = None
    if values and isinstance(values[-1], Name):
        pattern = content.scope.item("Pattern", values[-1])
        values = values[:-1]
    return Colour(before.space, tuple(map(float, values)), pattern)


def fill_gray(content: Content, value: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceGray", GRAY), (value,)))


def stroke_gray(content: Content, value: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceGray", GRAY), (value,)))


def fill_rgb(content: Content, red: float, green: float, blue: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceRGB", RGB), (red, green, blue)))


def stroke_rgb(content: Content, red: float, green: float, blue: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceRGB", RGB), (red, green, blue)))


def fill_cmyk(content: Content, *values: float) -> None:
    _set_fill(content, Colour(_device(content, "DeviceCMYK", CMYK), values))


def stroke_cmyk(content: Content, *values: float) -> None:
    _set_stroke(content, Colour(_device(content, "DeviceCMYK", CMYK), values))


def _device(content: Content, name: str, device: Any) -> Any:
    """A device space, or what the resources put in its place (8.6.5.6)."""
    return content.scope.space(name) if "/ColorSpace" in content.scope.resources else device


def glyph_shape(content: Content, *_: float) -> None:
    """`d1`: what follows has no colour of its own (9.6.5)."""
    content.keeps_colour = True


COLOURS: Operators = {
    "cs": fill_space, "CS": stroke_space, "sc": fill_colour, "scn": fill_colour,
    "SC": stroke_colour, "SCN": stroke_colour, "g": fill_gray, "G": stroke_gray,
    "rg": fill_rgb, "RG": stroke_rgb, "k": fill_cmyk, "K": stroke_cmyk, "d1": glyph_shape,
}  # fmt: skip
