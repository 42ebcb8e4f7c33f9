"""Walks through a page's content as a press would, and notes everything that is painted.

Content streams, forms, tiling patterns, glyphs of Type 3 fonts, soft masks and the appearances of
annotations, each with the state that is in force there (ISO 32000-1, 8.4 to 9.4, 11.6.5, 12.5.5).
Boxes are in points of the page's user space, clipped by the boxes of the clipping paths.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from brochure.pdf.preflight.colour_operators import COLOURS
from brochure.pdf.preflight.content import Content, Operators
from brochure.pdf.preflight.geometry import UNIT, Matrix
from brochure.pdf.preflight.object_operators import OBJECTS
from brochure.pdf.preflight.paints import Paint
from brochure.pdf.preflight.path_operators import PATHS
from brochure.pdf.preflight.state import Library, Scope, State, box_of, matrix_of
from brochure.pdf.preflight.streams import Unreadable, decoded
from brochure.pdf.preflight.syntax import Operation, operations
from brochure.pdf.preflight.text_operators import TEXT

_OPERATORS: Operators = {**PATHS, **COLOURS, **TEXT, **OBJECTS}
_DEEPEST = 24
_MOST_OPERATIONS = 2_000_000
_MORE_FOR_A_PAGE = 20_000
_COST_OF_A_STREAM = 250
"""What it takes to begin one, in operators."""
_PAGE = "the page's content"


class Reader:
    """Reads the pages of one file; streams that are used again are taken apart once."""

    def __init__(self, pages: int = 0) -> None:
        self.library = Library()
        self._parsed: dict[tuple[int, int], list[Operation]] = {}
        self._scopes: dict[tuple[int, int], Scope] = {}
        self._most = self._left = _MOST_OPERATIONS + pages * _MORE_FOR_A_PAGE

    def operations_of(self, stream: Any) -> list[Operation]:
        """The operators of a content stream, or of an array of them; raises `Unreadable`."""
        if not isinstance(stream, Array | Stream):
            raise Unreadable("what should be a content stream is something else")
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
        self._left -= count
        if self._left < 0:
            raise Exhausted(f"the file has more than {self._most:,} operators")

    def scope_of(self, stream: Any, outer: Scope) -> Scope:
        """The resources of a form, its own or those of what it is painted in."""
        own = stream.get("/Resources")
        if own is None:
            return outer
        key = own.objgen if own.is_indirect else stream.objgen
        if key not in self._scopes:
            self._scopes[key] = Scope(own, self.library)
        return self._scopes[key]


class Exhausted(Exception):
    """A file has more operators than anybody would print; the page is left as it is."""


class Walk:
    """One page: `paints` is what reaches the paper, `masks` what only lets other things through.

    `faults` are the parts that could not be read, with their places; `marks` the numbers of the
    page's marked content that is open.
    """

    def __init__(self, reader: Reader, page: Any, index: int) -> None:
        self.reader, self.index = reader, index
        self.paints: list[Paint] = []
        self.masks: list[Paint] = []
        self.faults: list[tuple[str, str]] = []
        self.scopes: list[tuple[str, Scope]] = []
        self.marks: list[int | None] = []
        self._once: set[object] = set()
        self._active: set[tuple[int, int]] = set()
        try:
            self._page(page)
        except Exhausted as error:
            self.faults.append((_PAGE, str(error)))
        except Exception as error:  # whatever a damaged file does to the library
            self.faults.append((_PAGE, f"an entry of the wrong kind ({error})"))

    def _page(self, page: Any) -> None:
        contents = page.get("/Contents")
        if contents is not None:
            scope = Scope(page.get("/Resources"), self.reader.library)
            self.run(contents, scope, State(), "", 0)
        for number, annotation in enumerate(page.get("/Annots", Array()), 1):
            if isinstance(annotation, Dictionary):
                self._appearance(annotation, f"annotation {number}, ")

    def run(self, stream: Any, scope: Scope, state: State, place: str, depth: int) -> None:
        """Walk through one content stream."""
        if depth > _DEEPEST:
            self.faults.append((place, "forms lie in forms more than 24 deep"))
            return
        if self.once("scope", scope):
            self.scopes.append((place, scope))
        try:
            found = self.reader.operations_of(stream)
            self.reader.spend(len(found) + _COST_OF_A_STREAM)
            Content(self, scope, state, place, depth).run(found, _OPERATORS)
        except Unreadable as error:
            self.faults.append((place or _PAGE, str(error)))

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
        self.run(item, self.reader.scope_of(item, scope), inner, place, depth + 1)
        self._active.discard(item.objgen)

    @property
    def mark(self) -> int | None:
        """The number of the innermost numbered marked content that is open."""
        return next((mark for mark in reversed(self.marks) if mark is not None), None)

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
        shift = area.left - drawn.left * across, area.bottom - drawn.bottom * up
        fit = Matrix(across, 0, 0, up, *shift)
        self.form(looks, Scope(None, self.reader.library), State(fit), place, 0)
