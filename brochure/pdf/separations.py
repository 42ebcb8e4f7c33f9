"""Content streams in, content streams in inks out.

Every colour operator becomes one of DeviceCMYK or of a spot colour (ISO 32000-1, 8.6.8). Colours
are held back until something is painted, because only then it is known what they are for:

* black text and thin rules overprint, if the printer wants it: `OP`, `op` and `OPM` 1 (8.6.7);
  everything else knocks out;
* a large area of black ink alone gets the printer's rich black;
* inks that are a spot colour's alternate, whole or as a tint, go on the spot's own plate;
* what is painted with an opacity of nothing is not painted, so that a file without a visible
  transparency has none at all (ISO 15930-4, 6.15; ISO 15930-6, 6.16).

Colours inside a luminosity mask are no colours of the page; they become levels of grey. Inside a
form the scale is unknown, and lengths are taken as the form has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Operator

from brochure.measures import mm_to_pt
from brochure.pdf.graphics_state import (
    BLACK,
    Colour,
    Given,
    Level,
    Side,
    State,
    Tint,
    floats,
    opening_state,
    sizes,
    stroke_width,
    times,
)
from brochure.pdf.shadings import Inks, colour_in_inks, family_of, level_of
from brochure.printers import Spot
from brochure.separation import Separation

SPOT = "Spot{}"
"""What the colour space of a spot is called, by its number in `Plates.spots`."""
OVERPRINT, KNOCKOUT = "Overprint", "Knockout"
"""What the two graphics states are called."""

_THIN_PT = 2.0
"""A rule up to this thick overprints; what shows through a broader one is seen."""
_LARGE_PT = mm_to_pt(10)
"""Black ink alone looks grey on an area longer and broader than this."""
_TOLERANCE = 0.002

_CONSTRUCT = frozenset("m l c v y h re W W*".split())
_FILL = frozenset("f F f* B B* b b*".split())
_STROKE = frozenset("S s B B* b b*".split())
_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_DEVICE = {"g": "gray", "G": "gray", "rg": "rgb", "RG": "rgb", "k": "cmyk", "K": "cmyk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plates:
    """What the inks are and how black is laid down; `rich_black` is 0 to 1 of each."""

    separation: Separation
    spots: tuple[Spot, ...]
    overprints_black: bool
    rich_black: Inks


@dataclass(slots=True, kw_only=True)
class _Stream:
    """One content stream on its way through."""

    resources: Any
    plates: Plates
    in_mask: bool
    state: State
    stack: list[State] = field(default_factory=list)
    path: list[Any] = field(default_factory=list)
    out: list[Any] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def separate(
    stream: Any, resources: Any, plates: Plates, *, is_page: bool, in_mask: bool = False
) -> tuple[bytes, set[str]]:
    """The operators of `stream` in inks, and the graphics states of `resources` that they use."""
    work = _Stream(
        resources=resources,
        plates=plates,
        in_mask=in_mask,
        state=opening_state(is_page=is_page, in_mask=in_mask),
    )
    for instruction in pikepdf.parse_content_stream(stream):
        _take(work, instruction)
    return pikepdf.unparse_content_stream(work.out), work.used


def _take(work: _Stream, instruction: Any) -> None:
    name = str(instruction.operator)
    if name in _CONSTRUCT:
        work.path.append(instruction)
    elif name in _FILL or name in _STROKE or name == "n":
        _paint_path(work, instruction, name)
    elif name in _TEXT:
        _paint_text(work, instruction)
    elif name in _DEVICE:
        side = work.state.stroke if name.isupper() else work.state.fill
        side.wanted = _colour(work, _DEVICE[name], instruction.operands)
    elif name in ("cs", "CS"):
        side = work.state.stroke if name == "CS" else work.state.fill
        side.space = instruction.operands[0]
    elif name in ("sc", "scn", "SC", "SCN"):
        side = work.state.stroke if name.isupper() else work.state.fill
        side.wanted = _special(work, side.space, instruction.operands)
    elif name == "gs":
        _take_state(work, instruction)
    elif name in ("Do", "sh"):
        _paint_object(work, instruction, name)
    else:
        _follow(work, instruction.operands, name)
        work.out.append(instruction)


def _follow(work: _Stream, operands: Sequence[Any], name: str) -> None:
    """Keep up with the state that is not a colour."""
    if name == "q":
        work.stack.append(work.state.saved())
    elif name == "Q" and work.stack:
        work.state = work.stack.pop()
    elif name == "cm":
        work.state.matrix = times(floats(operands), work.state.matrix)
    elif name == "w":
        work.state.width = float(operands[0])
    elif name == "Tr":
        work.state.mode = int(operands[0])


# --- colours ------------------------------------------------------------------------------------


def _special(work: _Stream, space: Any, operands: Sequence[Any]) -> Colour:
    named = work.resources.get(Name.ColorSpace, Dictionary()).get(str(space), space)
    family = family_of(named)
    if family in ("pattern", "other"):
        return Given(space, tuple(operands))
    return _colour(work, family, operands)


def _colour(work: _Stream, family: str, operands: Sequence[Any]) -> Colour:
    values = floats(operands)
    if work.in_mask:
        return Level(level_of(family, values))
    inks = colour_in_inks(family, values, work.plates.separation)
    return _spot_tint(inks, work.plates.spots) or inks


def _spot_tint(inks: Inks, spots: Sequence[Spot]) -> Tint | None:
    """The spot and how much of it, if `inks` are its alternate whole or as a tint."""
    if not any(inks):
        return None
    for number, spot in enumerate(spots):
        whole = spot.alternate.fractions
        amount = max(inks) / max(whole)
        if amount <= 1 + _TOLERANCE and all(
            abs(ink - amount * part) <= _TOLERANCE for ink, part in zip(inks, whole, strict=True)
        ):
            return Tint(number, min(amount, 1.0))
    return None


def _write_colour(work: _Stream, side: Side, colour: Colour) -> None:
    if colour is None or colour == side.written:
        return
    side.written = colour
    match colour:
        case Level(level):
            work.out.append(([_round(level)], _operator("g", side)))
        case Tint(spot, amount):
            work.out.append(([Name("/" + SPOT.format(spot))], _operator("cs", side)))
            work.out.append(([_round(amount)], _operator("scn", side)))
        case Given(space, operands):
            work.out.append(([space], _operator("cs", side)))
            work.out.append((list(operands), _operator("scn", side)))
        case _:
            work.out.append(([_round(ink) for ink in colour], _operator("k", side)))


def _operator(name: str, side: Side) -> Operator:
    return Operator(name.upper() if side.is_stroke else name)


def _round(value: float) -> float:
    return round(value, 4)


# --- graphics states ----------------------------------------------------------------------------


def _take_state(work: _Stream, instruction: Any) -> None:
    """Hold an opacity back, pass on every other state."""
    name = str(instruction.operands[0])
    values = work.resources.ExtGState[name]
    sides = ((Name.ca, work.state.fill), (Name.CA, work.state.stroke))
    is_opacity = all(key in ("/Type", "/ca", "/CA") for key in values)
    for key, side in sides:
        if key in values:
            side.opacity, side.opacity_name = float(values[key]), name
            if not is_opacity:
                side.opacity_written = side.opacity
    if not is_opacity:
        work.used.add(name)
        work.out.append(instruction)


def _write_state(work: _Stream, side: Side, overprints: bool) -> None:
    if side.opacity is not None and side.opacity != side.opacity_written:
        side.opacity_written = side.opacity
        _apply(work, side.opacity_name)
    is_judged = work.plates.overprints_black and not work.in_mask
    if is_judged and work.state.overprints is not overprints:
        work.state.overprints = overprints
        _apply(work, f"/{OVERPRINT if overprints else KNOCKOUT}")


def _apply(work: _Stream, name: str) -> None:
    work.used.add(name)
    work.out.append(([Name(name)], Operator("gs")))


# --- painting -----------------------------------------------------------------------------------


def _paint_path(work: _Stream, instruction: Any, name: str) -> None:
    """Write a path together with what its colours have to be."""
    state, path = work.state, work.path
    work.path = []
    fills, strokes = name in _FILL, name in _STROKE
    if fills and not strokes and state.fill.opacity == 0:
        instruction, fills = ([], Operator("n")), False
    if fills:
        colour, overprints = _filling(work, path)
        if strokes:
            overprints = overprints and state.stroke.wanted == BLACK
        _write_state(work, state.fill, overprints)
        _write_colour(work, state.fill, colour)
    if strokes:
        is_black_rule = state.stroke.wanted == BLACK and stroke_width(state) <= _THIN_PT
        _write_state(work, state.stroke, is_black_rule and (not fills or overprints))
        _write_colour(work, state.stroke, state.stroke.wanted)
    if path or name != "n":
        work.out += path
        work.out.append(instruction)


def _filling(work: _Stream, path: Sequence[Any]) -> tuple[Colour, bool]:
    """The colour that a path is filled with, and whether it overprints."""
    colour = work.state.fill.wanted
    if colour != BLACK or work.in_mask:
        return colour, False
    sides = [sorted(size) for size in sizes(path, work.state.matrix)]
    if any(short > _LARGE_PT for short, _ in sides):
        return work.plates.rich_black, False
    return colour, all(short <= _THIN_PT for short, _ in sides)


def _paint_text(work: _Stream, instruction: Any) -> None:
    state = work.state
    sides = []
    if state.mode in (0, 2, 4, 6):
        sides.append(state.fill)
    if state.mode in (1, 2, 5, 6):
        sides.append(state.stroke)
    overprints = bool(sides) and all(side.wanted == BLACK for side in sides)
    for side in sides:
        _write_state(work, side, overprints)
        _write_colour(work, side, side.wanted)
    work.out.append(instruction)


def _paint_object(work: _Stream, instruction: Any, name: str) -> None:
    """A picture, a form or a gradient: it is called with the whole state, and knocks out."""
    has_colours = name == "Do" and _is_coloured(
        work.resources.XObject[str(instruction.operands[0])]
    )
    for side in (work.state.fill, work.state.stroke):
        _write_state(work, side, overprints=False)
        if has_colours:
            _write_colour(work, side, side.wanted)
    work.out.append(instruction)


def _is_coloured(item: Any) -> bool:
    """Whether what is called paints in the colours of its caller: forms and stencils do."""
    return item.get(Name.Subtype) == Name.Form or bool(item.get(Name.ImageMask, False))
