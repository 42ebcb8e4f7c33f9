"""What a finished file says on each section's pages, in the order in which its tag tree reads it.

Pages in spreads have no tags: the order is that of the file they were made from. What no tag
holds is furniture: running heads, folios, a table's head on its next page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.languages import Direction
from brochure.pages.composition import Composition, SectionPlace
from brochure.pdf.passage_search import Piece, Pieces
from brochure.pdf.press import layout_pages
from brochure.pdf.printed_text import printed_pieces
from brochure.pdf.tag_order import marks_in_order

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout
    from brochure.pdf.linker import Extent

_Order = Mapping[tuple[int | None, int | None], int]
"""The place in the order of reading of each page's marked content, by page and number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSection:
    """A section with what is printed on its pages: tagged text in its order, and furniture."""

    place: SectionPlace
    language: str
    first_page: int
    tagged: Pieces
    furniture: tuple[Piece, ...]

    @property
    def is_rtl(self) -> bool:
        """Whether its lines run from right to left."""
        return self.place.direction is Direction.RTL


def printed_sections(
    pdf: bytes, composition: Composition, layout: Layout | Extent, *, drawn: bytes
) -> Iterator[PrintedSection]:
    """What a finished file says, which was made from what was `drawn`, section by section."""
    pages = layout_pages(composition, len(layout.pages))
    order = _order(pdf, drawn, pages)
    pieces = list(_read(pdf, pages))
    for place, first, end in _extents(composition, layout):
        yield _section(place, composition, pieces, order, range(first, end))


def _order(pdf: bytes, drawn: bytes, pages: Sequence[Sequence[int | None]]) -> _Order:
    """The place of each piece of marked content in the order of the tag tree.

    `pages` are those of the layout that are on each page of the finished file.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        marks = [(pages[page][0], mcid) for page, mcid in marks_in_order(file)]
    if not marks:
        with pikepdf.open(io.BytesIO(drawn)) as file:
            marks = list(marks_in_order(file))
    return {mark: number for number, mark in enumerate(marks)}


def _read(pdf: bytes, pages: Sequence[Sequence[int | None]]) -> Iterator[Piece]:
    """The text of a finished file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, on_page in enumerate(pages[: len(document)]):
            for printed in printed_pieces(document[number]):
                page = on_page[max(printed.form, 0) if len(on_page) > 1 else 0]
                if page is not None:
                    yield Piece(page=page, printed=printed)
    finally:
        document.close()


def _extents(
    composition: Composition, layout: Layout | Extent
) -> list[tuple[SectionPlace, int, int]]:
    """Each section with its first page and the page after its last."""
    places = {section.anchor: section for section in composition.sections}
    begun = [(places[anchor], first) for anchor, first in layout.starts]
    if composition.front:
        begun.insert(0, (composition.front, 0))
    ends = [*(first for _, first in begun[1:]), len(layout.pages)]
    return [(place, first, end) for (place, first), end in zip(begun, ends, strict=True)]


def _section(
    place: SectionPlace,
    composition: Composition,
    pieces: Sequence[Piece],
    order: _Order,
    pages: range,
) -> PrintedSection:
    here = [piece for piece in pieces if piece.page in pages and piece.clusters]
    places = [(order.get((piece.page, piece.printed.mcid)), piece) for piece in here]
    tagged = [(at, piece) for at, piece in places if at is not None]
    return PrintedSection(
        place=place,
        language=composition.language,
        first_page=pages.start,
        tagged=Pieces(piece for _, piece in sorted(tagged, key=lambda each: each[0])),
        furniture=tuple(
            piece for at, piece in places if at is None and not piece.printed.why_hidden
        ),
    )
