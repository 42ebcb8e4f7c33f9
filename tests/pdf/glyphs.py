"""Where ink lies on a finished page: glyphs, lines and planes with their boxes.

Points from the upper left corner of the page, as MuPDF reads them.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pymupdf

SPACE_EM = 0.7
"""Glyphs of one line that stand further apart than this belong to different columns."""
_UNSEEN = "\u200e\u200f\u2066\u2067\u2068\u2069"
"""Signs of direction that the text layer has and the paper has not."""
_HAIR_SPACE_EM = 0.17
"""What is narrower is no space on paper, but one of the text layer."""
AS_SHOWN = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
"""What the structure says in other words has no place on paper."""
_FLAGS = AS_SHOWN | pymupdf.TEXT_PRESERVE_SPANS | pymupdf.TEXT_INHIBIT_SPACES


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def mirrored(self, width: float) -> "Box":
        return Box(x0=width - self.x1, y0=self.y0, x1=width - self.x0, y1=self.y1)

    def inset(self, across: float, down: float) -> "Box":
        return Box(x0=self.x0 + across, y0=self.y0 + down, x1=self.x1 - across, y1=self.y1 - down)

    def near(self, other: "Box", tolerance: float) -> bool:
        pairs = zip(self.edges, other.edges, strict=True)
        return all(abs(one - two) <= tolerance for one, two in pairs)

    def holds(self, other: "Box", tolerance: float = 0.0) -> bool:
        return (
            self.x0 - tolerance <= other.x0
            and self.y0 - tolerance <= other.y0
            and other.x1 <= self.x1 + tolerance
            and other.y1 <= self.y1 + tolerance
        )

    def overlaps(self, other: "Box", tolerance: float = 0.0) -> bool:
        return (
            min(self.x1, other.x1) - max(self.x0, other.x0) > tolerance
            and min(self.y1, other.y1) - max(self.y0, other.y0) > tolerance
        )

    @property
    def edges(self) -> tuple[float, float, float, float]:
        return self.x0, self.y0, self.x1, self.y1


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One character as it stands on the page; `box` is its ink's height, not its line's."""

    text: str
    baseline: float
    size: float
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Glyphs beside each other on one baseline; `text` is read from left to right."""

    text: str
    baseline: float
    size: float
    box: Box


def box_of(rect: Iterable[float]) -> Box:
    x0, y0, x1, y1 = rect
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)


def pictures(page: pymupdf.Page) -> list[tuple[Box, dict]]:
    """Every bitmap with its box; `transform`, `width`, `height` (pixels) and `digest` beside."""
    found = page.get_image_info(hashes=True)
    return [(box_of(info["bbox"]), info) for info in found]


def planes(page: pymupdf.Page) -> list[tuple[Box, tuple[float, ...]]]:
    """Every filled shape or stroke, with its colour."""
    drawn = page.get_drawings()
    return [(box_of(item["rect"]), item["fill"] or item["color"] or ()) for item in drawn]


def glyphs(page: pymupdf.Page) -> Iterator[Glyph]:
    """Every glyph that is not a space."""
    for block in page.get_text("rawdict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    glyph = _glyph(char, span["size"])
                    width = glyph.box.x1 - glyph.box.x0
                    is_on_paper = glyph.text != " " or width > _HAIR_SPACE_EM * glyph.size
                    if glyph.text not in _UNSEEN and is_on_paper:
                        yield glyph


def _glyph(char: dict, size: float) -> Glyph:
    x0, _, x1, _ = char["bbox"]
    baseline = char["origin"][1]
    ink = Box(x0=x0, y0=baseline - 0.72 * size, x1=x1, y1=baseline + 0.22 * size)
    return Glyph(text=char["c"], baseline=baseline, size=size, box=ink)


def lines(page: pymupdf.Page, *, space: float = SPACE_EM) -> list[Line]:
    """The page's lines, from the top; a wide space parts two columns."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs(page), key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - rows[-1][-1].baseline < 0.3:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows for line in _columns(row, space)]


def _columns(row: list[Glyph], space: float) -> Iterator[Line]:
    row = sorted(row, key=lambda glyph: glyph.box.x0 + glyph.box.x1)
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    starts = [
        after.box.x0 - 0.01
        for before, after in itertools.pairwise(inked)
        if after.box.x0 - before.box.x1 > space * max(after.size, before.size)
    ]
    ends = [*starts, float("inf")]
    start = float("-inf")
    for end in ends:
        part = [glyph for glyph in row if start <= glyph.box.x0 < end]
        if any(glyph in inked for glyph in part):
            yield _line(part)
        start = end


def _line(row: list[Glyph]) -> Line:
    boxes = [glyph.box for glyph in row if not glyph.text.isspace()]
    return Line(
        text=" ".join("".join(glyph.text for glyph in row).split()),
        baseline=row[0].baseline,
        size=max(glyph.size for glyph in row),
        box=Box(
            x0=min(box.x0 for box in boxes),
            y0=min(box.y0 for box in boxes),
            x1=max(box.x1 for box in boxes),
            y1=max(box.y1 for box in boxes),
        ),
    )
