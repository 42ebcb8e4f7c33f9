"""Walks through a page's content as a press would, and notes everything that is painted.

Content streams, forms, tiling patterns, glyphs of Type 3 fonts, soft masks and the appearances of
annotations, each with the state that is in force there (ISO 32000-1, 8.4 to 9.4, 11.6.5, 12.5.5).
Boxes are in points of the page's user space, clipped by the boxes of the clipping paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.preflight.geometry import EVERYWHERE, IDENTITY, UNIT, Box, Matrix
from brochure.pdf.preflight.paints import Lettering, Paint, What
from brochure.pdf.preflight.spaces import CMYK, GRAY, RGB, Colour
from brochure.pdf.preflight.state import (
    Library,
    Scope,
    State,
    box_of,
    matrix_of,
    shading_colour,
)
from brochure.pdf.preflight.streams import Unreadable, decoded
from brochure.pdf.preflight.syntax import Name as Word
from brochure.pdf.preflight.syntax import Operation, operations

_DEEPEST = 24
_MOST_OPERATIONS = 2_000_000
_COST_OF_A_STREAM = 500
"""What it takes to begin one, in operators."""
_ASCENT, _DESCENT = 0.75, -0.25
"""How far letters reach above and below their line, in ems: what most fonts' letters do."""
_INVISIBLE = 3


class Reader:
    """Reads the pages of one file; streams that are used again are taken apart once."""

    def __init__(self) -> None:
        self.library = Library()
        self._parsed: dict[tuple[int, int], list[Operation]] = {}
        self._budget = _MOST_OPERATIONS

    def operations_of(self, stream: Any) -> list[Operation]:
        """The operators of a content stream, or of an array of them; raises `Unreadable`."""
        key = stream.objgen if stream.is_indirect else None
        if key is None or key not in self._parsed:
            parts = stream if isinstance(stream, Array) else [stream]
            data = b"\n".join(decoded(part) for part in parts if isinstance(part, Stream))
            found = list(operations(data))
            if key is None:
                return found
            self._parsed[key] = found
        return self._parsed[key]

    def spend(self, count: int) -> None:
        """Count operators, so that forms that call each other cannot go on for ever."""
        self._budget -= count
        if self._budget < 0:
            raise Exhausted(f"the file has more than {_MOST_OPERATIONS:,} operators")


class Exhausted(Exception):
    """A file has more operators than anybody would print; the page is left as it is."""


class Walk:
    """One page: `paints` is what reaches the paper, `masks` what only lets other things through.

    `faults` are the parts that could not be read, with their places.
    """

    def __init__(self, reader: Reader, page: Any, index: int) -> None:
        self.reader, self.index = reader, index
        self.paints: list[Paint] = []
        self.masks: list[Paint] = []
        self.faults: list[tuple[str, str]] = []
        self.scopes: list[tuple[str, Scope]] = []
        self._once: set[object] = set()
        self._active: set[tuple[int, int]] = set()
        try:
            self._page(page)
        except Exhausted as error:
            self.faults.append(("the page's content", str(error)))

    def _page(self, page: Any) -> None:
        contents = page.get("/Contents")
        if contents is not None:
            self._run(contents, page.get("/Resources", Dictionary()), State(), "", 0)
        for number, annotation in enumerate(page.get("/Annots", Array()), 1):
            if isinstance(annotation, Dictionary):
                self._appearance(annotation, f"annotation {number}, ")

    def _run(self, stream: Any, resources: Any, state: State, place: str, depth: int) -> None:
        """Walk through one content stream."""
        if depth > _DEEPEST:
            self.faults.append((place, "forms lie in forms more than 24 deep"))
            return
        scope = Scope(resources, self.reader.library)
        self.scopes.append((place, scope))
        try:
            found = self.reader.operations_of(stream)
            self.reader.spend(len(found) + _COST_OF_A_STREAM)
            _Stream(self, scope, state, place, depth).run(found)
        except Unreadable as error:
            self.faults.append((place or "the page's content", str(error)))

    def form(self, item: Any, scope: Scope, state: State, place: str, depth: int) -> None:
        """Walk through a form XObject, a pattern's cell or a mask's group."""
        if item.objgen in self._active:
            self.faults.append((place, "a form contains itself"))
            return
        inner = state.copy()
        inner.ctm = inner.ctm.after(matrix_of(item))
        if box := box_of(item.get("/BBox")):
            inner.clip = inner.clip.within(inner.ctm.box(box))
        self._active.add(item.objgen)
        self._run(item, item.get("/Resources", scope.resources), inner, place, depth + 1)
        self._active.discard(item.objgen)

    def once(self, *key: object) -> bool:
        """Whether this is the first time that the page comes by here."""
        is_new = key not in self._once
        self._once.add(key)
        return is_new

    def mask(self, group: Any, scope: Scope, state: State, place: str, depth: int) -> None:
        """Walk through a soft mask's group: its colours count, its ink does not."""
        paints, self.paints = self.paints, self.masks
        try:
            self.form(group, scope, state, place, depth)
        finally:
            self.paints = paints

    def _appearance(self, annotation: Any, place: str) -> None:
        """The normal appearance, brought from its box into the rectangle (12.5.5)."""
        looks = annotation.get("/AP", Dictionary()).get("/N")
        if isinstance(looks, Dictionary) and not isinstance(looks, Stream):
            looks = looks.get(str(annotation.get("/AS", "/Off")))
        area = box_of(annotation.get("/Rect"))
        if not isinstance(looks, Stream) or area is None:
            return
        drawn = matrix_of(looks).box(box_of(looks.get("/BBox")) or UNIT)
        if drawn.width <= 0 or drawn.height <= 0:
            return
        across, up = area.width / drawn.width, area.height / drawn.height
        fit = Matrix(across, 0, 0, up, area.x0 - drawn.x0 * across, area.y0 - drawn.y0 * up)
        self.form(looks, Scope(None, self.reader.library), State(fit), place, 0)


class _Stream:
    """The operators of one content stream, each a method of `_OPERATORS`."""

    def __init__(self, walk: Walk, scope: Scope, state: State, place: str, depth: int) -> None:
        self.walk, self.scope, self.state = walk, scope, state
        self.place, self.depth, self.base = place, depth, state.ctm
        self.stack: list[State] = []
        self.operator = 0
        self.path: list[float] = []
        self.is_curved = False
        self.clips_next = False
        self.line = self.at = IDENTITY
        self.keeps_colour = False

    def run(self, found: list[Operation]) -> None:
        methods = _OPERATORS
        for number, (operator, operands) in enumerate(found, 1):
            method = methods.get(operator)
            if method is None:
                continue
            self.operator = number
            try:
                method(self, *operands)
            except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
                self.walk.faults.append((self._here, f"“{operator}” is used wrongly"))

    @property
    def _here(self) -> str:
        return f"{self.place}operator {self.operator}"

    # --- state

    def save(self) -> None:
        self.stack.append(self.state)
        self.state = self.state.copy()

    def restore(self) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, *numbers: float) -> None:
        self.state.ctm = self.state.ctm.after(Matrix(*numbers))

    def line_width(self, width: float) -> None:
        self.state.width = width

    def extended(self, name: str) -> None:
        dictionary, changes = self.scope.effects(name)
        state = self.state
        if changes:
            state.effects = replace(state.effects, **changes)
        if "/LW" in dictionary:
            state.width = float(dictionary["/LW"])
        if "/Font" in dictionary:
            state.font = self.walk.reader.library.font(dictionary["/Font"][0])
            state.size = float(dictionary["/Font"][1])
        mask = dictionary.get("/SMask")
        group = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream) and self.walk.once("mask", group.objgen):
            place = f"{self.place}soft mask of {name}, "
            self.walk.mask(group, self.scope, State(state.ctm), place, self.depth)

    # --- paths

    def point(self, x: float, y: float) -> None:
        self.path += (x, y)

    def curve(self, *numbers: float) -> None:
        if len(numbers) % 2:
            raise ValueError("a point has two numbers")
        self.is_curved = True
        self.path += numbers

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self.path += (x, y, x + width, y + height)

    def _extent(self) -> Box:
        """The box of the path's points; a curve never leaves its control points'."""
        across, up = self.path[::2], self.path[1::2]
        return Box(min(across), min(up), max(across), max(up))

    def clip(self) -> None:
        self.clips_next = True

    def end(self) -> None:
        if self.clips_next and self.path:
            self.state.clip = self.state.clip.within(self.state.ctm.box(self._extent()))
        self.path, self.clips_next, self.is_curved = [], False, False

    def fill_path(self) -> None:
        if self.path:
            outline = self.state.ctm.box(self._extent())
            self._paint(What.FILL, outline, self.state.fill, is_curved=self.is_curved)
        self.end()

    def stroke_path(self) -> None:
        self._stroke()
        self.end()

    def _stroke(self) -> None:
        if not self.path:
            return
        state = self.state
        outline = state.ctm.box(self._extent()).grown(state.width * max(state.ctm.lengths) / 2)
        width = state.width * state.ctm.smallest_scale
        self._paint(What.STROKE, outline, state.stroke, width_pt=width)

    def fill_and_stroke(self) -> None:
        self._stroke()
        self.fill_path()

    def shade(self, name: str) -> None:
        shading = self.scope.item("Shading", name)
        if isinstance(shading, Dictionary | Stream):
            colour = self._shading_colour(shading)
            self._paint(What.SHADING, self.state.clip, colour, name=f"gradient {name}")

    def _shading_colour(self, shading: Any) -> Colour:
        return shading_colour(shading, self.walk.reader.library.spaces, self.scope.resources)

    # --- colours

    def _set_fill(self, colour: Colour) -> None:
        if not self.keeps_colour:
            self.state.fill = colour

    def _set_stroke(self, colour: Colour) -> None:
        if not self.keeps_colour:
            self.state.stroke = colour

    def fill_space(self, name: str) -> None:
        space = self.scope.space(name)
        self._set_fill(Colour(space, space.initial))

    def stroke_space(self, name: str) -> None:
        space = self.scope.space(name)
        self._set_stroke(Colour(space, space.initial))

    def fill_colour(self, *values: Any) -> None:
        self._set_fill(self._colour(self.state.fill, values))

    def stroke_colour(self, *values: Any) -> None:
        self._set_stroke(self._colour(self.state.stroke, values))

    def _colour(self, before: Colour, values: tuple[Any, ...]) -> Colour:
        pattern = None
        if values and isinstance(values[-1], Word):
            pattern = self.scope.item("Pattern", values[-1])
            values = values[:-1]
        return Colour(before.space, tuple(map(float, values)), pattern)

    def fill_gray(self, value: float) -> None:
        self._set_fill(Colour(self._device("DeviceGray", GRAY), (value,)))

    def stroke_gray(self, value: float) -> None:
        self._set_stroke(Colour(self._device("DeviceGray", GRAY), (value,)))

    def fill_rgb(self, red: float, green: float, blue: float) -> None:
        self._set_fill(Colour(self._device("DeviceRGB", RGB), (red, green, blue)))

    def stroke_rgb(self, red: float, green: float, blue: float) -> None:
        self._set_stroke(Colour(self._device("DeviceRGB", RGB), (red, green, blue)))

    def fill_cmyk(self, *values: float) -> None:
        self._set_fill(Colour(self._device("DeviceCMYK", CMYK), values))

    def stroke_cmyk(self, *values: float) -> None:
        self._set_stroke(Colour(self._device("DeviceCMYK", CMYK), values))

    def _device(self, name: str, device: Any) -> Any:
        """A device space, or what the resources put in its place (8.6.5.6)."""
        return self.scope.space(name) if "/ColorSpace" in self.scope.resources else device

    # --- text

    def begin_text(self) -> None:
        self.line = self.at = IDENTITY

    def font(self, name: str, size: float) -> None:
        self.state.font, self.state.size = self.scope.font(name), size

    def text_matrix(self, *numbers: float) -> None:
        self.line = self.at = Matrix(*numbers)

    def next_line(self, x: float, y: float) -> None:
        self.line = self.at = self.line.after(Matrix(1, 0, 0, 1, x, y))

    def next_line_leading(self, x: float, y: float) -> None:
        self.state.leading = -y
        self.next_line(x, y)

    def new_line(self) -> None:
        self.next_line(0, -self.state.leading)

    def show(self, text: bytes) -> None:
        self.show_parts([text])

    def show_on_new_line(self, text: bytes) -> None:
        self.new_line()
        self.show(text)

    def show_spaced(self, words: float, letters: float, text: bytes) -> None:
        self.state.word_space, self.state.letter_space = words, letters
        self.show_on_new_line(text)

    def letter_space(self, space: float) -> None:
        self.state.letter_space = space

    def word_space(self, space: float) -> None:
        self.state.word_space = space

    def text_scale(self, percent: float) -> None:
        self.state.scale = percent / 100

    def leading(self, leading: float) -> None:
        self.state.leading = leading

    def text_rise(self, rise: float) -> None:
        self.state.rise = rise

    def text_render(self, mode: float) -> None:
        self.state.render = int(mode)

    def show_parts(self, parts: list[Any]) -> None:
        state, font = self.state, self.state.font
        if font is None:
            return
        text = b"".join([part for part in parts if isinstance(part, bytes)])
        back = sum([part for part in parts if not isinstance(part, bytes)])
        length = state.advance(text) + state.kerning(back)
        start, self.at = self.at, self.at.after(Matrix(1, 0, 0, 1, length, 0))
        if not text or state.render == _INVISIBLE:
            return
        codes = font.codes(text)
        font.used.update(codes)
        font.pages.setdefault(self.walk.index, self._here)
        matrix = state.ctm.after(start)
        if font.kind == "Type3":
            self._glyphs(font, codes, matrix)
        low, high = (state.size * part + state.rise for part in (_DESCENT, _ASCENT))
        outline = matrix.box(Box(min(0, length), min(low, high), max(0, length), max(low, high)))
        size = abs(state.size) * matrix.letter_height
        lettering = Lettering(font.words(text).strip(), size, font.name)
        if not lettering.words and font.texts:
            return
        stroked = state.render % 4 == 1
        self._paint(
            What.TEXT, outline, state.stroke if stroked else state.fill, lettering=lettering
        )

    def _glyphs(self, font: Any, codes: list[int], matrix: Matrix) -> None:
        """The drawings of a Type 3 font's glyphs, each once a page (9.6.5)."""
        drawings = font.dictionary.get("/CharProcs", Dictionary())
        names = dict(_differences(font.dictionary.get("/Encoding")))
        state = self.state.copy()
        size = state.size
        state.ctm = matrix.after(Matrix(size, 0, 0, size, 0, state.rise))
        own = font.dictionary.get("/FontMatrix", Array([0.001, 0, 0, 0.001, 0, 0]))
        state.ctm = state.ctm.after(Matrix(*(float(number) for number in own)))
        for code in dict.fromkeys(codes):
            drawing = drawings.get(names.get(code, "/none"))
            if isinstance(drawing, Stream) and self.walk.once("glyph", drawing.objgen):
                place = f"{self.place}glyph {code} of font {font.name}, "
                resources = font.dictionary.get("/Resources", self.scope.resources)
                self.walk._run(drawing, resources, state.copy(), place, self.depth + 1)

    def glyph_shape(self, *_: float) -> None:
        """`d1`: what follows has no colour of its own (9.6.5)."""
        self.keeps_colour = True

    # --- objects

    def external(self, name: str) -> None:
        item = self.scope.item("XObject", name)
        if not isinstance(item, Stream):
            return
        if item.get("/Subtype") == Name.Image:
            self._picture(self.scope.picture(name, item))
        elif item.get("/Subtype") == Name.Form:
            self.walk.form(item, self.scope, self.state, f"{self.place}form {name}, ", self.depth)

    def inline_image(self, dictionary: dict[str, Any], data: bytes) -> None:
        full = {_LONG.get(key, key): value for key, value in dictionary.items()}
        stream = Dictionary()
        for key in ("Width", "Height", "BitsPerComponent"):
            stream[f"/{key}"] = int(full.get(key, 1))
        if full.get("ImageMask"):
            stream.ImageMask = True
        picture = self.scope.picture_of(stream, "in the content itself")
        space = full.get("ColorSpace")
        if isinstance(space, Word):
            picture = picture._replace(space=self.scope.space(space))
        elif isinstance(space, list) and len(space) > 1 and isinstance(space[1], Word):
            picture = picture._replace(space=self.scope.space(space[1]))
        self._picture(picture)

    def _picture(self, picture: Any) -> None:
        what = What.PICTURE if picture.space else What.STENCIL
        colour = None if picture.space else self.state.fill
        outline = self.state.ctm.box(UNIT)
        self._paint(what, outline, colour, picture=picture)

    def _paint(
        self, what: What, outline: Box, colour: Colour | None, name: str = "", **more: Any
    ) -> None:
        state = self.state
        if colour and colour.pattern is not None:
            colour = self._through_pattern(colour, outline.within(state.clip))
        is_stroke = what is What.STROKE
        effects = state.effects
        self.walk.paints.append(
            Paint(
                what=what,
                place=f"{self._here}{f' ({name})' if name else ''}",
                box=outline.within(state.clip),
                outline=outline,
                colour=colour,
                effects=effects,
                overprints=effects.overprints_stroke if is_stroke else effects.overprints_fill,
                alpha=effects.alpha_stroke if is_stroke else effects.alpha_fill,
                matrix=state.ctm,
                **more,
            )
        )

    def _through_pattern(self, colour: Colour, box: Box) -> Colour:
        """Walk through a tiling pattern's cell, once a page; or the colour of a shading's."""
        pattern = colour.pattern
        if "/Shading" in pattern:
            return self._shading_colour(pattern.Shading)
        if isinstance(pattern, Stream) and self.walk.once("pattern", pattern.objgen):
            state = State(self.base, EVERYWHERE)
            if colour.space.base:
                state.fill = state.stroke = Colour(colour.space.base, colour.values)
            self.walk.form(pattern, self.scope, state, f"{self.place}pattern, ", self.depth)
        return colour


def _differences(encoding: Any) -> Iterator[tuple[int, str]]:
    """Codes and glyph names of an encoding's `Differences` (9.6.6)."""
    code = 0
    listed: Any = Array()
    if isinstance(encoding, Dictionary):
        listed = encoding.get("/Differences", listed)
    for item in listed:
        if isinstance(item, Name):
            yield code, str(item)
            code += 1
        else:
            code = int(item)


_LONG = {
    "W": "Width", "H": "Height", "BPC": "BitsPerComponent", "CS": "ColorSpace",
    "IM": "ImageMask", "F": "Filter", "DP": "DecodeParms", "D": "Decode", "I": "Interpolate",
}  # fmt: skip
_OPERATORS: dict[str, Callable[..., None]] = {
    "q": _Stream.save, "Q": _Stream.restore, "cm": _Stream.concatenate,
    "w": _Stream.line_width, "gs": _Stream.extended,
    "m": _Stream.point, "l": _Stream.point, "c": _Stream.curve, "v": _Stream.curve,
    "y": _Stream.curve, "re": _Stream.rectangle, "W": _Stream.clip, "W*": _Stream.clip,
    "n": _Stream.end, "f": _Stream.fill_path, "F": _Stream.fill_path, "f*": _Stream.fill_path,
    "S": _Stream.stroke_path, "s": _Stream.stroke_path,
    "B": _Stream.fill_and_stroke, "B*": _Stream.fill_and_stroke,
    "b": _Stream.fill_and_stroke, "b*": _Stream.fill_and_stroke, "sh": _Stream.shade,
    "cs": _Stream.fill_space, "CS": _Stream.stroke_space,
    "sc": _Stream.fill_colour, "scn": _Stream.fill_colour,
    "SC": _Stream.stroke_colour, "SCN": _Stream.stroke_colour,
    "g": _Stream.fill_gray, "G": _Stream.stroke_gray, "rg": _Stream.fill_rgb,
    "RG": _Stream.stroke_rgb, "k": _Stream.fill_cmyk, "K": _Stream.stroke_cmyk,
    "BT": _Stream.begin_text, "Tf": _Stream.font, "Tm": _Stream.text_matrix,
    "Td": _Stream.next_line, "TD": _Stream.next_line_leading, "T*": _Stream.new_line,
    "Tj": _Stream.show, "TJ": _Stream.show_parts, "'": _Stream.show_on_new_line,
    '"': _Stream.show_spaced, "Tc": _Stream.letter_space, "Tw": _Stream.word_space,
    "Tz": _Stream.text_scale, "TL": _Stream.leading, "Ts": _Stream.text_rise,
    "Tr": _Stream.text_render, "d1": _Stream.glyph_shape,
    "Do": _Stream.external, "BI": _Stream.inline_image,
}  # fmt: skip
