"""Printer's marks: where to cut, whether the inks register, and how much of each was laid down.

Everything lies outside the bleed, and everything but the colour bar is in registration colour,
which is the Separation `All` (ISO 32000-1, 8.6.6.4). The marks are page artifacts (14.8.2.2.2).
Each function gives content stream operators; all lengths in points from the sheet's lower left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name

from brochure.measures import mm_to_pt
from brochure.pdf.boxes import Box, Sheet
from brochure.printers import Marks

REGISTRATION = "Registration"
"""The name that the marks give their colour space; see `registration_space`."""

SLUG_MM = {Marks.NONE: 0.0, Marks.CROP: 7.0, Marks.FULL: 11.0}
"""How far the sheet reaches beyond the bleed."""

_WEIGHT_PT = 0.25
_GAP_PT = mm_to_pt(1)
"""Between the bleed and a mark, so that no mark is seen where the cut wanders."""
_LENGTH_PT = mm_to_pt(5)
_DASH_PT = mm_to_pt(1)
_RADIUS_PT = mm_to_pt(1.5)
_PATCH_PT = mm_to_pt(4)
_ARC = 0.5523
"""How far a Bézier curve's handles reach for a quarter of a circle of radius 1."""

_BAR = (
    *((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)),
    *((0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5)),
    *((1, 1, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0)),
)
"""The colour bar: each ink whole and at half, then the overlaps."""

Line = tuple[float, float, float, float]
"""From x, y to x, y."""


def registration_space() -> Array:
    """The colour space that prints on every plate."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def as_artifact(content: bytes) -> bytes:
    """`content` as a mark of the printer's, which a screen reader passes over."""
    return b"/Artifact <</Type /Page>> BDC\nq\n" + content + b"\nQ\nEMC\n" if content else b""


def strokes(lines: Iterable[Line], *, dash_pt: float = 0) -> bytes:
    """Hairlines in registration colour, dashed for a fold."""
    dash = f"[{numbers(dash_pt)}] 0 d " if dash_pt else ""
    paths = "".join(f"{numbers(x1, y1)} m {numbers(x2, y2)} l S\n" for x1, y1, x2, y2 in lines)
    return f"/{REGISTRATION} CS 1 SCN {_WEIGHT_PT} w {dash}\n{paths}".encode()


def crop_marks(trim: Box, *, bleed_pt: float) -> bytes:
    """Two marks at each corner of `trim`, outside `bleed_pt`, that show where to cut."""
    return strokes(_corners(trim, bleed_pt + _GAP_PT))


def _corners(trim: Box, away: float) -> Iterator[Line]:
    far = away + _LENGTH_PT
    for x, out in ((trim.left, -1), (trim.right, 1)):
        for y, up in ((trim.bottom, -1), (trim.top, 1)):
            yield x + out * away, y, x + out * far, y
            yield x, y + up * away, x, y + up * far


def inner_marks(
    trim: Box, *, columns: Iterable[float], rows: Iterable[float], bleed_pt: float, is_fold: bool
) -> bytes:
    """Marks outside `bleed_pt` where `trim` is folded (dashed) or cut apart.

    `columns` are places along its foot and its head, `rows` along its sides.
    """
    away = bleed_pt + _GAP_PT
    far = away + _LENGTH_PT
    ends, sides = ((trim.bottom, -1), (trim.top, 1)), ((trim.left, -1), (trim.right, 1))
    upright = [(x, y + out * away, x, y + out * far) for x in columns for y, out in ends]
    lying = [(x + out * away, y, x + out * far, y) for y in rows for x, out in sides]
    return strokes((*upright, *lying), dash_pt=_DASH_PT if is_fold else 0)


def full_marks(sheet: Sheet) -> bytes:
    """A registration target in the middle of each side, and a colour bar at the foot."""
    middle_x = (sheet.media.left + sheet.media.right) / 2
    middle_y = (sheet.media.bottom + sheet.media.top) / 2
    half = (sheet.bleed.left - sheet.media.left) / 2
    places = (
        (middle_x, sheet.media.bottom + half),
        (middle_x, sheet.media.top - half),
        (sheet.media.left + half, middle_y),
        (sheet.media.right - half, middle_y),
    )
    targets = b"".join(_target(x, y) for x, y in places)
    first = middle_x + 2 * _RADIUS_PT + _GAP_PT
    return targets + _colour_bar(first, sheet.media.bottom + half, sheet.trim.right - first)


def _target(x: float, y: float) -> bytes:
    """A circle with a cross through it, at x, y."""
    r, reach = _RADIUS_PT, _RADIUS_PT * 1.6
    cross = strokes(((x - reach, y, x + reach, y), (x, y - reach, x, y + reach)))
    c = r * _ARC
    circle = (
        f"{numbers(x + r, y)} m "
        f"{numbers(x + r, y + c, x + c, y + r, x, y + r)} c "
        f"{numbers(x - c, y + r, x - r, y + c, x - r, y)} c "
        f"{numbers(x - r, y - c, x - c, y - r, x, y - r)} c "
        f"{numbers(x + c, y - r, x + r, y - c, x + r, y)} c S\n"
    )
    return cross + circle.encode()


def _colour_bar(left: float, middle: float, width: float) -> bytes:
    """As much of the colour bar as `width` has room for, its patches made smaller if need be."""
    side = min(_PATCH_PT, (width - _GAP_PT) / len(_BAR))
    patches = (
        f"{numbers(*inks)} k {numbers(left + index * side, middle - side / 2, side, side)} re f\n"
        for index, inks in enumerate(_BAR)
    )
    return "".join(patches).encode()


def numbers(*values: float) -> str:
    """Numbers as a content stream has them, to a thousandth."""
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
