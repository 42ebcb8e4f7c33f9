"""A PDF to be printed in another arrangement: sheets that fold, or pages side by side to cut.

What cannot be folded is refused here, all of it at once, before anything is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.measures import Size
from brochure.pdf.imposition import (
    PANELS,
    Binding,
    Face,
    Fitting,
    FlipEdge,
    Layout,
    back_to_back,
    fitting,
    for_flip,
    n_up,
    padded,
    saddle,
    signatures,
    trifold,
    upright_edge,
)

if TYPE_CHECKING:
    from brochure.pdf.original import Original

THICK = 64
"""Pages beyond which a stapled book springs open and its inner margins vanish in the trimming."""
_SHEET_PAGES = 4
_CREEP_MAX_MM = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How somebody wants a file printed.

    `paper` is a name or a size, such as `305x457`. `signature` is the most pages that are nested
    in each other, all of them if None; `creep_mm` how far the innermost pages of a signature move.
    With `flip_edge` None, the paper is turned on the edge that keeps both sides upright.
    """

    layout: Layout = Layout.SADDLE
    paper: str = "A4"
    creep_mm: float = 0.0
    signature: int | None = None
    has_marks: bool = False
    flip_edge: FlipEdge | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """The sheets as a file, one page a face, and what a person must know to print them.

    `signatures` is how many pages each has, blanks included; empty for what is not stapled.
    """

    data: bytes
    arrangement: Arrangement
    original: Original
    faces: tuple[Face, ...]
    fit: Fitting
    signatures: tuple[int, ...]

    @property
    def flip_edge(self) -> FlipEdge:
        """The edge to turn the paper on."""
        return self.arrangement.flip_edge or upright_edge(self.fit.paper)

    @property
    def blanks(self) -> int:
        """How many pages the folding adds."""
        return sum(page is None for face in self.faces for row in face.rows for page in row)


def make_booklet(
    original: Original, wish: Arrangement, paper: Size
) -> tuple[Booklet, tuple[Diagnostic, ...]]:
    """Arrange a file as a wish without `refusals` says, on `paper`; reports `booklet-thick`.

    Raises `BrochureError` with `booklet-refused` if the file has too many pages for the layout.
    """
    from brochure.pdf.booklet import impose

    _refuse_overfull(original, wish.layout)
    faces, sections = _faces(original, wish)
    fit = fitting(original.page, paper, faces[0])
    duplex = None
    if wish.layout.is_folded or wish.flip_edge:
        duplex = wish.flip_edge or upright_edge(fit.paper)
        faces = for_flip(faces, duplex, fit.paper)
    data = impose(
        original,
        faces,
        fit,
        has_marks=wish.has_marks,
        is_folded=wish.layout.is_folded,
        duplex=duplex,
    )
    booklet = Booklet(
        data=data,
        arrangement=wish,
        original=original,
        faces=faces,
        fit=fit,
        signatures=sections,
    )
    return booklet, tuple(_warnings(booklet))


def _faces(original: Original, wish: Arrangement) -> tuple[tuple[Face, ...], tuple[int, ...]]:
    """The faces of an arrangement, and the pages of each signature."""
    count, binding = original.count, original.binding
    match wish.layout:
        case Layout.SADDLE:
            slots = padded(count)
            size = wish.signature or len(slots)
            faces = saddle(slots, binding, size=size, creep_mm=wish.creep_mm)
            return faces, tuple(len(part) for part in signatures(slots, size))
        case Layout.TRIFOLD:
            return trifold(padded(count, PANELS), binding), ()
        case Layout.TWO_UP:
            return n_up(count, binding, columns=2, is_repeated=wish.is_repeated), ()
        case Layout.FOUR_UP:
            return n_up(count, binding, columns=2, rows=2, is_repeated=wish.is_repeated), ()


def refusals(wish: Arrangement) -> Iterator[Diagnostic]:
    """Report `booklet-refused` for everything in a wish that no file could fulfil."""
    signature, is_saddle = wish.signature, wish.layout is Layout.SADDLE
    if signature is not None and (signature < _SHEET_PAGES or signature % _SHEET_PAGES):
        yield _refusal(
            problem=f"A signature of {signature} pages cannot be folded",
            cause="A folded sheet has four pages, so a signature has 4, 8, 12, 16 …",
            fix=f"Try --signature {max(round(signature / _SHEET_PAGES), 1) * _SHEET_PAGES}.",
        )
    if not is_saddle and (signature is not None or wish.creep_mm):
        yield _refusal(
            problem=f"The layout {wish.layout.value} has neither signatures nor creep",
            cause="Both belong to sheets that are nested in each other and stapled.",
            fix="Leave out --signature and --creep, or choose --layout saddle.",
        )
    if not 0 <= wish.creep_mm <= _CREEP_MAX_MM:
        yield _refusal(
            problem=f"The creep is {wish.creep_mm:g} mm; expected 0 to {_CREEP_MAX_MM:g} mm",
            cause="It says how far the innermost sheet sticks out once all are folded.",
            fix="Fold as many sheets of the paper as the booklet has, and measure it.",
        )
    if wish.is_repeated and wish.layout.is_folded:
        yield _refusal(
            problem=f"The layout {wish.layout.value} cannot repeat pages",
            cause="Copies of one page stand side by side to be cut apart, not to be folded.",
            fix="Choose --layout 2up or 4up, or leave out --repeat.",
        )


def _refuse_overfull(original: Original, layout: Layout) -> None:
    if layout is Layout.TRIFOLD and original.count > PANELS:
        fault = _refusal(
            original,
            problem=f"The file has {original.count} pages; a leaflet folded in three has {PANELS}",
            cause="One sheet has three pages on each side.",
            fix=f"Name a file of up to {PANELS} pages, or choose another --layout.",
        )
        raise BrochureError([fault])


def _refusal(
    original: Original | None = None, *, problem: str, cause: str, fix: str
) -> Diagnostic:
    place = Location(path=original.name) if original else None
    return diagnose("booklet-refused", place, problem=problem, cause=cause, fix=fix)


def _warnings(booklet: Booklet) -> Iterator[Diagnostic]:
    pages = max(booklet.signatures, default=0)
    if pages > THICK:
        yield diagnose(
            "booklet-thick",
            Location(path=booklet.original.name),
            problem=f"{pages} pages are nested in each other; up to {THICK} can be stapled well",
            cause=f"{pages // _SHEET_PAGES} folded sheets are too thick for staples and spring "
            "open.",
            fix="Divide them with --signature 16 and have them sewn or glued, or bind the pages "
            "singly.",
        )


def bind_back_to_back(one: Original, other: Original, *, multiple: int = _SHEET_PAGES) -> Original:
    """Two brochures as one left-bound file, each with its own front cover; in either order.

    `multiple` is what a printer wants the number of pages to be divisible by. Raises
    `BrochureError` with `booklet-refused` if they cannot be bound together.
    """
    from brochure.pdf.original import read_original
    from brochure.pdf.rebound import bind_together

    if faults := tuple(_mismatches(one, other)):
        raise BrochureError(faults)
    first, second = (one, other) if one.binding is Binding.LEFT else (other, one)
    slots = back_to_back(first.count, second.count, math.lcm(multiple, _SHEET_PAGES))
    labels = [
        f"{original.language} {number + 1}".strip()
        for original in (first, second)
        for number in range(original.count)
    ]
    title = " · ".join(dict.fromkeys(filter(None, (first.title, second.title))))
    data = bind_together(first, second, slots, labels=labels, title=title)
    return read_original(data, f"{first.name} + {second.name}", Binding.LEFT)


def one_sided(one: Binding, other: Binding) -> Iterator[Diagnostic]:
    """Report `booklet-refused` for two brochures with their spines on one side."""
    if one is other:
        yield _refusal(
            problem=f"Both brochures are bound on the {one.value}; expected one on each side",
            cause="A flip-book has one spine. It opens from both covers only if one brochure is "
            "read from left to right and the other from right to left; otherwise one of them "
            "would be upside-down.",
            fix="Name one right-to-left language, such as ar or he, or make two booklets.",
        )


def _mismatches(one: Original, other: Original) -> Iterator[Diagnostic]:
    from brochure.pdf.original import is_same

    yield from one_sided(one.binding, other.binding)
    if not is_same(one.page, other.page):
        yield _refusal(
            other,
            problem=f"Its pages are {other.page}, those of {one.name} are {one.page}",
            cause="Both brochures are cut together, so their pages have to be of one size.",
            fix="Build both in the same page format.",
        )
    if one.press != other.press:
        yield _refusal(
            other,
            problem=f"It is made for “{other.press or 'no press'}”, {one.name} for "
            f"“{one.press or 'no press'}”",
            cause="A file for the print shop has one set of inks and one output intent.",
            fix="Build both for the same printer.",
        )
