"""What a page of a finished file shows as text, and whether it can be seen, as PDFium reads it.

A text that is there can still not be seen: outside the trim box (ISO 32000-2, 14.11.2), outside
its clipping path (8.5.4), under a plane or picture that is drawn later, or drawn without ink
(9.3.6). Boxes are in points from the page's lower left corner.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
_TOLERANCE_PT = 1.0
_INVISIBLE = 3
"""The text rendering mode that draws nothing (ISO 32000-2, table 104)."""
_OPAQUE = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """One thing that the page draws: text, or what could cover it."""

    item: Any
    kind: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """One text object; `is_hidden_by` says why it cannot be seen, and is empty if it can."""

    text: str
    box: Box
    is_hidden_by: str

    def goes_on(self, after: ShownText) -> bool:
        """Whether `after` stands to the right of this on the same line, with nothing between."""
        height = self.box[3] - self.box[1]
        is_level = abs(self.box[1] + self.box[3] - after.box[1] - after.box[3]) < height
        return is_level and abs(after.box[0] - self.box[2]) < height / 2


def shown_texts(page: Any) -> list[ShownText]:
    """Every text of a page in the order in which it is drawn."""
    import pypdfium2.raw as pdfium

    drawn = list(_drawn(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject))
    trim, textpage = page.get_trimbox(), page.get_textpage()
    covers = [(at, item) for at, item in enumerate(drawn) if _covers(item)]
    shown = []
    for at, item in enumerate(drawn):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and (text := _text(item, textpage)).strip():
            later = [cover for place, cover in covers if place > at]
            why = _hidden(item, trim, later)
            shown.append(ShownText(text=text, box=item.box, is_hidden_by=why))
    return shown


def _drawn(parent: Any, count: Any, get: Any) -> Iterator[_Drawn]:
    """What a page or a form draws, in order."""
    import pypdfium2.raw as pdfium

    for at in range(count(parent)):
        item = get(parent, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _drawn(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
            continue
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            yield _Drawn(item=item, kind=kind, box=(left, bottom, right, top))


def _hidden(text: _Drawn, trim: Box, later: Sequence[_Drawn]) -> str:
    import pypdfium2.raw as pdfium

    middle = ((text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2)
    if text.box[0] == text.box[2]:
        return ""
    if not _holds(trim, text.box):
        return "it is off the page"
    if pdfium.FPDFTextObj_GetTextRenderMode(text.item) == _INVISIBLE or _alpha(text.item) == 0:
        return "it has no colour"
    clip = _clip(text.item)
    if clip and not _holds(clip, text.box):
        return "it is cut off"
    if any(_contains(cover.box, middle) for cover in later):
        return "something lies on it"
    return ""


def _covers(item: _Drawn) -> bool:
    """Whether this is an opaque plane or a picture."""
    import pypdfium2.raw as pdfium

    if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if item.kind != pdfium.FPDF_PAGEOBJ_PATH or _alpha(item.item) != _OPAQUE:
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    drawn = pdfium.FPDFPath_GetDrawMode(item.item, fill, stroke)
    return bool(drawn and fill.value)


def _alpha(item: Any) -> int:
    import pypdfium2.raw as pdfium

    colour = [ctypes.c_uint() for _ in range(4)]
    return colour[3].value if pdfium.FPDFPageObj_GetFillColor(item, *colour) else _OPAQUE


def _clip(item: Any) -> Box | None:
    """The box of what an object is clipped to, if it is clipped."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    boxes = [box for number in range(max(count, 0)) if (box := _points(path, number))]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _points(path: Any, number: int) -> Box | None:
    import pypdfium2.raw as pdfium

    points = []
    for at in range(pdfium.FPDFClipPath_CountPathSegments(path, number)):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append((x.value, y.value))
    if not points:
        return None
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + _TOLERANCE_PT
        and outer[1] <= inner[1] + _TOLERANCE_PT
        and inner[2] <= outer[2] + _TOLERANCE_PT
        and inner[3] <= outer[3] + _TOLERANCE_PT
    )


def _contains(box: Box, point: tuple[float, float]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _text(text: _Drawn, textpage: Any) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFTextObj_GetText(text.item, textpage.raw, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFTextObj_GetText(text.item, textpage.raw, buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
