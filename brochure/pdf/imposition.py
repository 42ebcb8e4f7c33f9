"""Which page lies where: from a number of pages to the faces of the sheets, in plain arithmetic.

Pages are counted from 0 in the order of the file; `None` is a blank. A `Face` is one side of a
sheet as a person holds it upright, its cells from the upper left. Faces come in the order of
printing, front and back in turn. Nothing here knows of PDF; lengths are millimetres.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brochure.measures import Size

Slots = tuple[int | None, ...]
"""Pages and blanks in the order in which they are read."""

PANELS = 6
_SHEET_PAGES = 4
_TOLERANCE_MM = 0.2
"""A page may exceed its share of the paper by this much: formats are rounded to millimetres."""


class Layout(enum.Enum):
    """What becomes of the sheets: nested and stapled, cut apart, or folded in three."""

    SADDLE = "saddle"
    TWO_UP = "2up"
    FOUR_UP = "4up"
    TRIFOLD = "trifold"

    @property
    def is_folded(self) -> bool:
        """Whether sheets are folded between their pages, and not cut."""
        return self in (Layout.SADDLE, Layout.TRIFOLD)


class Binding(enum.Enum):
    """The side of the spine, seen from the front cover: right where text runs right to left."""

    LEFT = "left"
    RIGHT = "right"


class FlipEdge(enum.Enum):
    """The edge that a printer turns the paper over on; `/Duplex` of ISO 32000-1, table 150."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One side of a sheet: rows of pages from the upper left.

    `creep_mm` is how far both pages move towards the spine between them. `is_turned` says that
    the whole face is printed upside-down, for a printer that turns the paper head over heels.
    """

    rows: tuple[Slots, ...]
    creep_mm: float = 0.0
    is_turned: bool = False


def padded(count: int, multiple: int = _SHEET_PAGES) -> Slots:
    """Pages 0 to `count` - 1 with blanks before the last, which is the back cover."""
    blanks = (None,) * (-count % multiple)
    if count == 1:
        return (0, *blanks)
    return (*range(count - 1), *blanks, count - 1)


def back_to_back(first: int, second: int, multiple: int = _SHEET_PAGES) -> Slots:
    """Two brochures in one left-bound book that meet in its middle, blanks between them.

    `first` is bound on the left and begins at the front. `second`, whose pages are counted on
    from `first`, is bound on the right: whoever turns the book over sees its front cover, with
    the same spine now at the right, so its pages lie in reverse.
    """
    blanks = (None,) * (-(first + second) % multiple)
    return (*range(first), *blanks, *reversed(range(first, first + second)))


def signatures(slots: Slots, size: int) -> tuple[Slots, ...]:
    """Divide a multiple of four slots into sections of at most `size`, as even as sheets allow."""
    sheets = len(slots) // _SHEET_PAGES
    count = -(-len(slots) // size)
    ends = [sheets * part // count * _SHEET_PAGES for part in range(count + 1)]
    return tuple(slots[start:end] for start, end in itertools.pairwise(ends))


def saddle(
    slots: Slots, binding: Binding, *, size: int | None = None, creep_mm: float = 0.0
) -> tuple[Face, ...]:
    """The faces of a book that is folded in the middle, signature after signature.

    Within a signature, the outermost sheet comes first. Its pages stay where they are; those of
    the innermost sheet of the thickest signature move by `creep_mm`, the others in proportion.
    """
    parts = signatures(slots, size or len(slots))
    thickest = max(len(part) for part in parts) // _SHEET_PAGES
    step_mm = creep_mm / max(thickest - 1, 1)
    return tuple(face for part in parts for face in _nested(part, binding, step_mm))


def _nested(slots: Slots, binding: Binding, step_mm: float) -> Iterator[Face]:
    last = len(slots) - 1
    for sheet in range(len(slots) // _SHEET_PAGES):
        near, far = 2 * sheet, last - 2 * sheet
        for pair in ((slots[far], slots[near]), (slots[near + 1], slots[far - 1])):
            yield Face(rows=(_mirrored(pair, binding),), creep_mm=step_mm * sheet)


def n_up(
    count: int, binding: Binding, *, columns: int, rows: int = 1, is_repeated: bool = False
) -> tuple[Face, ...]:
    """Pages side by side in reading order; `is_repeated` fills each face with one page."""
    cells = columns * rows
    if is_repeated:
        filled: list[Slots] = [(page,) * cells for page in range(count)]
    else:
        slots = (*range(count), *(None,) * (-count % cells))
        filled = [slots[start : start + cells] for start in range(0, len(slots), cells)]
    return tuple(
        Face(
            rows=tuple(
                _mirrored(face[start : start + columns], binding)
                for start in range(0, cells, columns)
            )
        )
        for face in filled
    )


def trifold(slots: Slots, binding: Binding) -> tuple[Face, Face]:
    """Both sides of a leaflet folded in three: cover, the three inside, flap, back.

    The flap is folded in first, over the middle; the cover comes over it.
    """
    cover, start, middle, end, flap, back = slots
    return (
        Face(rows=(_mirrored((flap, back, cover), binding),)),
        Face(rows=(_mirrored((start, middle, end), binding),)),
    )


def _mirrored(row: Slots, binding: Binding) -> Slots:
    return row[::-1] if binding is Binding.RIGHT else row


def for_flip(faces: Sequence[Face], edge: FlipEdge, paper: Size) -> tuple[Face, ...]:
    """Turn the backs upside-down where turning on `edge` would otherwise do so."""
    if edge is upright_edge(paper):
        return tuple(faces)
    return tuple(replace(face, is_turned=bool(i % 2)) for i, face in enumerate(faces))


def upright_edge(paper: Size) -> FlipEdge:
    """The edge to turn on so that both sides stand upright: one that runs up the sheet."""
    return FlipEdge.SHORT if paper.width_mm >= paper.height_mm else FlipEdge.LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """How a grid of pages stands on the paper: centred, reduced by `scale` if need be.

    `paper` is as printed, `page` one page of the source as trimmed.
    """

    paper: Size
    page: Size
    columns: int
    rows: int
    scale: float

    @property
    def margins(self) -> Size:
        """What the paper leaves at each side, and at head and foot."""
        return Size(
            width_mm=(self.paper.width_mm - self.columns * self.page.width_mm * self.scale) / 2,
            height_mm=(self.paper.height_mm - self.rows * self.page.height_mm * self.scale) / 2,
        )

    def column_mm(self, column: int) -> float:
        """Where a column begins, from the sheet's left; one more than there are is its end."""
        return self.margins.width_mm + column * self.page.width_mm * self.scale

    def row_mm(self, row: int) -> float:
        """Where a row ends, from the sheet's foot; row 0 begins at the upper end of row 1."""
        return self.margins.height_mm + (self.rows - 1 - row) * self.page.height_mm * self.scale

    def origin_mm(self, column: int, row: int, creep_mm: float = 0.0) -> tuple[float, float]:
        """The lower left corner of a page's trim, from the sheet's; creep goes to the middle."""
        towards = creep_mm if column < self.columns / 2 else -creep_mm
        return self.column_mm(column) + towards, self.row_mm(row)

    def cell_mm(self, column: int, row: int) -> tuple[float, float, float, float]:
        """What a page may cover: from left and foot, width and height; outside, all the paper."""
        left = self.column_mm(column) if column else 0.0
        foot = self.row_mm(row) if row < self.rows - 1 else 0.0
        is_last = column == self.columns - 1
        right = self.paper.width_mm if is_last else self.column_mm(column + 1)
        head = self.row_mm(row - 1) if row else self.paper.height_mm
        return left, foot, right - left, head - foot


def fitting(page: Size, paper: Size, face: Face) -> Fitting:
    """Stand the face's grid on the paper, upright or lying: as large as it goes, 100 % at most.

    Where both ways are as large, the one that leaves the wider margin all round.
    """
    rows, columns = len(face.rows), len(face.rows[0])
    block = Size(width_mm=columns * page.width_mm, height_mm=rows * page.height_mm)
    tries = [
        Fitting(paper=turned, page=page, columns=columns, rows=rows, scale=_scale(block, turned))
        for turned in (paper.landscape, paper.portrait)
    ]
    return max(
        tries, key=lambda fit: (fit.scale, min(fit.margins.width_mm, fit.margins.height_mm))
    )


def _scale(block: Size, paper: Size) -> float:
    room = Size(width_mm=paper.width_mm + _TOLERANCE_MM, height_mm=paper.height_mm + _TOLERANCE_MM)
    if block.width_mm <= room.width_mm and block.height_mm <= room.height_mm:
        return 1.0
    return min(paper.width_mm / block.width_mm, paper.height_mm / block.height_mm)
