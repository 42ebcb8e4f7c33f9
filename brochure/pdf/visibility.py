"""Whether what a page draws can be seen, as PDFium reads it.

A text that is there can still not be seen: outside the trim box (ISO 32000-2, 14.11.2), outside
its clipping path (8.5.4), under a plane or picture that is drawn later, in the colour of the plane
it stands on, without size, or drawn without ink (9.3.6). Boxes are in points from the page's lower
left corner. What a picture shows is not looked at.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
_NO_FORM = -1
_TOLERANCE_PT = 1.0
_LEAST_PT = 1.0
"""Text of a smaller size is a speck."""
_INVISIBLE = 3
"""The text rendering mode that draws nothing (ISO 32000-2, table 104)."""
_OPAQUE = 255
_ALIKE = 8
"""Colours whose parts differ by less, of 255, are one colour to the eye."""
_WHITE = (255, 255, 255)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One thing that the page draws.

    `form` counts, from 0, the page's own forms it is in, -1 outside; `matrix` brings it into the
    page's space, `frame` is what the forms it is in are cut to.
    """

    item: Any
    form: int
    matrix: Matrix
    frame: Box

    @cached_property
    def kind(self) -> int:
        """PDFium's number for text, path, picture, shading or form."""
        import pypdfium2.raw as pdfium

        return int(pdfium.FPDFPageObj_GetType(self.item))

    @cached_property
    def box(self) -> Box:
        """The object's bounds on the page, before it is cut."""
        import pypdfium2.raw as pdfium

        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(self.item, left, bottom, right, top)
        corners = itertools.product((left.value, right.value), (bottom.value, top.value))
        return _bounds([_moved(corner, self.matrix) for corner in corners])

    @cached_property
    def frames(self) -> Box:
        """What the object is cut to."""
        clip = _clip(self.item, self.matrix)
        return _common(clip, self.frame) if clip else self.frame

    @cached_property
    def colour(self) -> tuple[Colour, int]:
        """What the object is filled with, and how opaque (0 to 255)."""
        import pypdfium2.raw as pdfium

        parts = [ctypes.c_uint() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetFillColor(self.item, *parts):
            return (0, 0, 0), _OPAQUE
        red, green, blue, alpha = (part.value for part in parts)
        return (red, green, blue), alpha

    @cached_property
    def is_picture(self) -> bool:
        """Whether this is a bitmap."""
        import pypdfium2.raw as pdfium

        return bool(self.kind == pdfium.FPDF_PAGEOBJ_IMAGE)

    @cached_property
    def is_plane(self) -> bool:
        """Whether this is a picture or a filled shape that nothing shows through."""
        import pypdfium2.raw as pdfium

        if self.is_picture:
            return True
        if self.kind != pdfium.FPDF_PAGEOBJ_PATH or self.colour[1] != _OPAQUE:
            return False
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        return bool(pdfium.FPDFPath_GetDrawMode(self.item, fill, stroke) and fill.value)

    def lies_at(self, point: Point) -> bool:
        """Whether the plane is there."""
        if not _contains(_common(self.box, self.frames), point):
            return False
        return self.is_picture or _winds_round(self.outline, point)

    @cached_property
    def outline(self) -> list[list[Point]]:
        """The corners of a shape, one list for each of its parts."""
        import pypdfium2.raw as pdfium

        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(self.item, own)
        matrix = _joined((own.a, own.b, own.c, own.d, own.e, own.f), self.matrix)
        count = pdfium.FPDFPath_CountSegments(self.item)
        segments = (pdfium.FPDFPath_GetPathSegment(self.item, at) for at in range(count))
        return _parts(segments, matrix)


def drawn_on(page: Any) -> Iterator[Drawn]:
    """What a page and the forms on it draw, in order."""
    import pypdfium2.raw as pdfium

    forms = itertools.count()
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, at)
        is_form = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM
        form = next(forms) if is_form else _NO_FORM
        yield from _opened(Drawn(item=item, form=form, matrix=AS_IT_IS, frame=EVERYWHERE))


def _opened(drawn: Drawn) -> Iterator[Drawn]:
    """An object, or what it draws if it is a form (ISO 32000-2, 8.10)."""
    import pypdfium2.raw as pdfium

    if drawn.kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield drawn
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn.item, own)
    matrix = _joined((own.a, own.b, own.c, own.d, own.e, own.f), drawn.matrix)
    for at in range(pdfium.FPDFFormObj_CountObjects(drawn.item)):
        item = pdfium.FPDFFormObj_GetObject(drawn.item, at)
        yield from _opened(Drawn(item=item, form=drawn.form, matrix=matrix, frame=drawn.frames))


def why_hidden(text: Drawn, trim: Box, before: Sequence[Drawn], later: Sequence[Drawn]) -> str:
    """Why a text cannot be seen, empty if it can; `before` and `later` are the planes round it."""
    below = [plane for plane in before if _meets(text, plane)]
    above = [plane for plane in later if _meets(text, plane)]
    points = _along(text.box) if below or above else [_middle(text.box)]
    reasons = {
        "it is off the page": not _holds(trim, text.box),
        "it has no size": _size_pt(text) < _LEAST_PT,
        "it is drawn without ink": _has_no_ink(text),
        "it is cut off": not _holds(text.frames, text.box),
        "something lies on it": any(plane.lies_at(point) for plane in above for point in points),
        "it has the colour of its ground": any(
            _is_on_its_colour(text, below, point) for point in points
        ),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "")


def _size_pt(text: Drawn) -> float:
    """The size of type on the page."""
    import pypdfium2.raw as pdfium

    size, own = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(text.item, size)
    pdfium.FPDFPageObj_GetMatrix(text.item, own)
    matrix = _joined((own.a, own.b, own.c, own.d, own.e, own.f), text.matrix)
    return size.value * math.hypot(matrix[2], matrix[3])


def _meets(text: Drawn, plane: Drawn) -> bool:
    left, bottom, right, top = _common(text.box, plane.box)
    return left < right and bottom < top


def _along(box: Box) -> list[Point]:
    """Points along the middle of a line, less than a letter apart."""
    left, bottom, right, top = box
    step = max((top - bottom) / 2, _LEAST_PT)
    count = max(int((right - left) / step), 1)
    return [
        (left + (right - left) * (at + 0.5) / count, (bottom + top) / 2) for at in range(count)
    ]


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _has_no_ink(text: Drawn) -> bool:
    import pypdfium2.raw as pdfium

    mode = pdfium.FPDFTextObj_GetTextRenderMode(text.item)
    return mode == _INVISIBLE or text.colour[1] == 0


def _is_on_its_colour(text: Drawn, before: Sequence[Drawn], point: Point) -> bool:
    """Whether a text has the colour of the plane, or of the paper, that it stands on."""
    ground = next((plane for plane in reversed(before) if plane.lies_at(point)), None)
    if ground and ground.is_picture:
        return False
    pairs = zip(text.colour[0], ground.colour[0] if ground else _WHITE, strict=True)
    return all(abs(one - two) < _ALIKE for one, two in pairs)


def _clip(item: Any, matrix: Matrix) -> Box | None:
    """The box that all of an object's clipping paths have in common, if it has any."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    common = None
    for number in range(max(count, 0)):
        segments = (
            pdfium.FPDFClipPath_GetPathSegment(path, number, at)
            for at in range(pdfium.FPDFClipPath_CountPathSegments(path, number))
        )
        if points := [point for part in _parts(segments, matrix) for point in part]:
            common = _common(common or EVERYWHERE, _bounds(points))
    return common


def _parts(segments: Iterator[Any], matrix: Matrix) -> list[list[Point]]:
    """The points of a path; a curve's are those that it is drawn from."""
    import pypdfium2.raw as pdfium

    parts: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in segments:
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            parts[-1].append(_moved((x.value, y.value), matrix))
    return parts


def _winds_round(outline: Sequence[Sequence[Point]], point: Point) -> bool:
    """Whether a shape is there by the even-odd rule (ISO 32000-2, 8.5.3.3.3)."""
    x, y = point
    crossings = 0
    for part in outline:
        for (x1, y1), (x2, y2) in itertools.pairwise([*part, *part[:1]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def _joined(first: Matrix, then: Matrix) -> Matrix:
    """One transformation after the other (ISO 32000-2, 8.3.4)."""
    a, b, c, d, e, f = first
    (e, f) = _moved((e, f), then)
    origin = (then[4], then[5])
    (a, b), (c, d) = _moved((a, b), then), _moved((c, d), then)
    return (a - origin[0], b - origin[1], c - origin[0], d - origin[1], e, f)


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _bounds(points: Sequence[Point]) -> Box:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _common(one: Box, two: Box) -> Box:
    left, bottom = max(one[0], two[0]), max(one[1], two[1])
    return left, bottom, min(one[2], two[2]), min(one[3], two[3])


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + _TOLERANCE_PT
        and outer[1] <= inner[1] + _TOLERANCE_PT
        and inner[2] <= outer[2] + _TOLERANCE_PT
        and inner[3] <= outer[3] + _TOLERANCE_PT
    )


def _contains(box: Box, point: Point) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
