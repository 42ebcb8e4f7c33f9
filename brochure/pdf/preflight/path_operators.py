"""The operators of the graphics state and of paths (ISO 32000-1, 8.4.4 and 8.5)."""

from __future__ import annotations

from dataclasses import replace

from pikepdf import Dictionary, Stream

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.content import Content, Operators
from brochure.pdf.preflight.geometry import Matrix
from brochure.pdf.preflight.paints import What
from brochure.pdf.preflight.state import State


def _save(content: Content) -> None:
    content.stack.append(content.state)
    content.state = content.state.copy()


def _restore(content: Content) -> None:
    if content.stack:
        content.state = content.stack.pop()


def _concatenate(content: Content, *numbers: float) -> None:
    content.state.ctm = content.state.ctm.after(Matrix(*numbers))


def _line_width(content: Content, width: float) -> None:
    content.state.width = width


def _extended(content: Content, name: str) -> None:
    """`gs`: what an extended graphics state sets, its soft mask included (8.4.5)."""
    dictionary, changes = content.scope.effects(name)
    state = content.state
    if changes:
        state.effects = replace(state.effects, **changes)
    if "/LW" in dictionary:
        state.width = float(dictionary["/LW"])
    if "/Font" in dictionary:
        state.font = content.scope.library.font(dictionary["/Font"][0])
        state.size = float(dictionary["/Font"][1])
    mask = dictionary.get("/SMask")
    group = mask.get("/G") if isinstance(mask, Dictionary) else None
    if isinstance(group, Stream) and content.walk.once("mask", group.objgen):
        place = f"{content.place}soft mask of {name}, "
        content.walk.mask(group, content.scope, State(state.ctm), place, content.depth)


def _point(content: Content, x: float, y: float) -> None:
    content.path += (x, y)


def _curve(content: Content, *numbers: float) -> None:
    if len(numbers) % 2:
        raise ValueError("a point has two numbers")
    content.is_curved = True
    content.path += numbers


def _rectangle(content: Content, x: float, y: float, width: float, height: float) -> None:
    content.path += (x, y, x + width, y + height)


def _extent(content: Content) -> Box:
    """The box of the path's points; a curve never leaves its control points'."""
    across, up = content.path[::2], content.path[1::2]
    return Box(min(across), min(up), max(across), max(up))


def _clip(content: Content) -> None:
    content.clips_next = True


def _end(content: Content) -> None:
    if content.clips_next and content.path:
        content.state.clip = content.state.clip.within(content.state.ctm.box(_extent(content)))
    content.path, content.clips_next, content.is_curved = [], False, False


def _fill_path(content: Content) -> None:
    if content.path:
        outline = content.state.ctm.box(_extent(content))
        content.paint(What.FILL, outline, content.state.fill, is_curved=content.is_curved)
    _end(content)


def _stroke_path(content: Content) -> None:
    _stroke(content)
    _end(content)


def _stroke(content: Content) -> None:
    if not content.path:
        return
    state = content.state
    outline = state.ctm.box(_extent(content)).grown(state.width * max(state.ctm.lengths) / 2)
    width = state.width * state.ctm.smallest_scale
    content.paint(What.STROKE, outline, state.stroke, width_pt=width)


def _fill_and_stroke(content: Content) -> None:
    _stroke(content)
    _fill_path(content)


PATHS: Operators = {
    "q": _save, "Q": _restore, "cm": _concatenate, "w": _line_width, "gs": _extended,
    "m": _point, "l": _point, "c": _curve, "v": _curve, "y": _curve, "re": _rectangle,
    "W": _clip, "W*": _clip, "n": _end, "f": _fill_path, "F": _fill_path, "f*": _fill_path,
    "S": _stroke_path, "s": _stroke_path, "B": _fill_and_stroke, "B*": _fill_and_stroke,
    "b": _fill_and_stroke, "b*": _fill_and_stroke,
}  # fmt: skip
