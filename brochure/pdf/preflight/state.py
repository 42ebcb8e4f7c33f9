"""The graphics state, and the resources of one content stream (ISO 32000-1, 8.4 and 7.8.3)."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.fonts import Font
from brochure.pdf.preflight.geometry import EVERYWHERE, IDENTITY, Matrix
from brochure.pdf.preflight.paints import NO_EFFECTS, Effects, Picture
from brochure.pdf.preflight.spaces import BLACK, Colour, Space, Spaces

_EM = 1000


class State:
    """What `q` keeps and `Q` brings back; the only value here that changes while it is used."""

    __slots__ = (
        "clip", "ctm", "effects", "fill", "font", "leading", "letter_space", "render", "rise",
        "scale", "size", "stroke", "width", "word_space",
    )  # fmt: skip

    def __init__(self, ctm: Matrix = IDENTITY, clip: Box = EVERYWHERE) -> None:
        self.ctm, self.clip = ctm, clip
        self.fill = self.stroke = BLACK
        self.effects: Effects = NO_EFFECTS
        self.width = 1.0
        self.font: Font | None = None
        self.size = self.leading = self.letter_space = self.word_space = self.rise = 0.0
        self.scale = 1.0
        self.render = 0

    def copy(self) -> State:
        """The state as `q` puts it aside."""
        other = State.__new__(State)
        for name in State.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def advance(self, text: bytes) -> float:
        """How far a string moves on, in unscaled text space (9.4.4)."""
        font = self.font
        if font is None:
            return 0.0
        codes = font.codes(text)
        widths, other = font.widths, font.other_width
        length = sum(widths.get(code, other) for code in codes) * self.size
        length += self.letter_space * len(codes)
        if self.word_space and font.kind != "Type0":
            length += self.word_space * text.count(b" ")
        return length * self.scale

    def kerning(self, number: float) -> float:
        """How far a number between strings moves back, as a forward length."""
        return -number / _EM * self.size * self.scale


class Library:
    """What is shared by all pages of a file: its fonts and colour spaces, each read once."""

    def __init__(self) -> None:
        self.spaces = Spaces()
        self._fonts: dict[tuple[int, int], Font] = {}

    def font(self, dictionary: Any) -> Font:
        """The font of a dictionary."""
        key = dictionary.objgen if dictionary.is_indirect else (-id(dictionary), 0)
        return self._fonts.setdefault(key, Font(dictionary))

    @property
    def fonts(self) -> tuple[Font, ...]:
        """Every font that a content stream has named."""
        return tuple(self._fonts.values())


class Scope:
    """The resources of one content stream, each looked up once by its name."""

    def __init__(self, resources: Any, library: Library) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.library = library
        self._items: dict[tuple[str, str], Any] = {}
        self._spaces: dict[str, Space] = {}
        self._effects: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._fonts: dict[str, Font] = {}
        self._pictures: dict[str, Picture] = {}

    def item(self, category: str, name: str) -> Any:
        """A resource as it stands in the file, or `None`."""
        key = (category, name)
        if key not in self._items:
            found = self.resources.get(f"/{category}")
            self._items[key] = found.get(f"/{name}") if isinstance(found, Dictionary) else None
        return self._items[key]

    def space(self, name: str) -> Space:
        """The colour space that is called `name` here."""
        if name not in self._spaces:
            self._spaces[name] = self.library.spaces.named(name, self.resources)
        return self._spaces[name]

    def font(self, name: str) -> Font | None:
        """The font that is called `name` here."""
        if name not in self._fonts:
            found = self.item("Font", name)
            if not isinstance(found, Dictionary):
                return None
            self._fonts[name] = self.library.font(found)
        return self._fonts[name]

    def effects(self, name: str) -> tuple[Any, dict[str, Any]]:
        """An extended graphics state: its dictionary, and what of `Effects` it sets."""
        if name not in self._effects:
            found = self.item("ExtGState", name)
            found = found if isinstance(found, Dictionary) else Dictionary()
            self._effects[name] = (found, _changes(found))
        return self._effects[name]

    def picture(self, name: str, stream: Any) -> Picture:
        """The image XObject that is called `name` here."""
        if name not in self._pictures:
            self._pictures[name] = self.picture_of(stream, name)
        return self._pictures[name]

    def picture_of(self, stream: Any, name: str) -> Picture:
        """An image XObject with its numbers and its colour space."""
        is_stencil = bool(stream.get("/ImageMask", False))
        listed = stream.get("/ColorSpace")
        space = self.library.spaces.read(listed, self.resources) if listed is not None else None
        return Picture(
            stream=stream,
            width=int(stream.get("/Width", 0)),
            height=int(stream.get("/Height", 0)),
            bits=1 if is_stencil else int(stream.get("/BitsPerComponent", 8)),
            space=None if is_stencil else space,
            name=name,
        )


def _changes(dictionary: Any) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "/OP" in dictionary:
        # Without its own key, filling follows stroking (ISO 32000-1, table 58).
        changes["overprints_stroke"] = changes["overprints_fill"] = bool(dictionary["/OP"])
    if "/op" in dictionary:
        changes["overprints_fill"] = bool(dictionary["/op"])
    if "/OPM" in dictionary:
        changes["overprint_mode"] = int(dictionary["/OPM"])
    for key, name in (("/ca", "alpha_fill"), ("/CA", "alpha_stroke")):
        if key in dictionary:
            changes[name] = float(dictionary[key])
    if (blend := dictionary.get("/BM")) is not None:
        first = blend[0] if isinstance(blend, Array) and len(blend) else blend
        changes["blend"] = str(first)[1:]
    if (mask := dictionary.get("/SMask")) is not None:
        changes["is_masked"] = isinstance(mask, Dictionary)
    return changes


def matrix_of(item: Any) -> Matrix:
    """The `Matrix` entry of a form or pattern."""
    found = item.get("/Matrix")
    if not isinstance(found, Array) or len(found) != 6:
        return IDENTITY
    return Matrix(*(float(number) for number in found))


def box_of(item: Any) -> Box | None:
    """An array of four numbers as a box, with its corners in order."""
    if not isinstance(item, Array) or len(item) != 4:
        return None
    x0, y0, x1, y1 = (float(number) for number in item)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def shading_colour(shading: Any, spaces: Spaces, resources: Any) -> Colour:
    """The colour of a gradient that takes the most ink, of those that its functions name."""
    space = spaces.read(shading.get("/ColorSpace", Name.DeviceGray), resources)
    stops = [Colour(space, values) for values in _stops(shading.get("/Function"), 0)]
    known = [stop for stop in stops if len(stop.values) == space.components]
    return max(known, key=lambda stop: stop.total or 0.0, default=Colour(space, ()))


def _stops(function: Any, depth: int) -> list[tuple[float, ...]]:
    """The values at the ends of exponential and stitched functions (7.10.3, 7.10.4)."""
    if depth > 4 or not isinstance(function, Dictionary | Stream | Array):
        return []
    if isinstance(function, Array):
        parts = [_stops(part, depth + 1) for part in function]
        if not all(parts):
            return []
        return [tuple(part[end][0] for part in parts) for end in (0, -1)]
    if "/Functions" in function:
        return [stop for part in function.Functions for stop in _stops(part, depth + 1)]
    if function.get("/FunctionType") != 2:
        return []
    ends = (function.get("/C0", [0.0]), function.get("/C1", [1.0]))
    return [tuple(float(value) for value in end) for end in ends]
