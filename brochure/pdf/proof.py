"""The proof: the finished bytes, opened again, say what the content says.

What PDFium reads on a section's pages is put in the order in which the tag tree reads it and
compared with the section's passages. In the finished file

* every passage is there whole, sign by sign, in pieces of which each is a line's part: what stands
  from left to right on paper is what the Unicode Bidirectional Algorithm makes of the words;
* passages come in their order, in the tag tree and on the page: each piece stands further down
  than the one before, or beside it in the direction of reading;
* no passage comes twice, and nothing lies on a text, cuts it off or takes its ink;
* every glyph has a Unicode value.

Which signs are alike is said in `signs`, what may stand between the pieces of a passage in
`passage_search`. Labels of lists are left out. Furniture (running heads, folios) may say what a
section's `beside` says, and no passage. Cover, contents, overview and back page are asked for
their passages in any order; what stands there besides is the templates' affair. Pages in spreads
have no tags: the order is that of the file they were made from.
"""

from __future__ import annotations

import bisect
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Direction
from brochure.pages.composition import Composition, SectionPlace
from brochure.pdf.passage_search import Piece, Place, longest_in_order, search
from brochure.pdf.press import layout_pages
from brochure.pdf.printed_text import printed_pieces
from brochure.pdf.signs import Wording, signs_of
from brochure.pdf.tag_order import marks_in_order

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout
    from brochure.pdf.linker import Extent

_Order = Mapping[tuple[int | None, int | None], int]
"""The place in the order of reading of each page's marked content, by page and number."""
_SHOWN = 60
_TOUCHING_PT = 1.0
_PHRASE = 3
"""Words: of fewer, only a piece of its own is a repeat."""
_CAUSES = {
    "text-lost": "What the clinic wrote would not be in its brochure.",
    "text-changed": "The brochure would say something else than the clinic wrote.",
    "text-repeated": "Whoever reads the brochure would read it twice.",
    "text-hidden": "It is in the file, but nobody who looks at the page can read it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A section with what is printed on its pages: tagged text in its order, and furniture."""

    place: SectionPlace
    language: str
    first_page: int
    tagged: tuple[Piece, ...]
    furniture: tuple[Piece, ...]

    @property
    def is_rtl(self) -> bool:
        return self.place.direction is Direction.RTL

    def fault(
        self, code: str, words: str, found: str, *, page: int, place: Location | None = None
    ) -> Diagnostic:
        shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        return diagnose(
            code,
            place or self.place.place,
            problem=f"“{shown}” on page {page + 1} ({self.language}) {found}",
            cause=_CAUSES[code],
            fix="Undo the last change to the templates; if there was none, report this message.",
        )


def prove_text(
    pdf: bytes, composition: Composition, layout: Layout | Extent, *, drawn: bytes
) -> tuple[Diagnostic, ...]:
    """Compare a finished file, which was made from what was `drawn`, with the content.

    Reports `text-lost`, `text-changed`, `text-repeated` and `text-hidden`.
    """
    pages = layout_pages(composition, len(layout.pages))
    order = _order(pdf, pages) or _order(drawn, [(page,) for page in range(len(layout.pages))])
    pieces = list(_read(pdf, pages))
    return tuple(
        fault
        for place, first, end in _extents(composition, layout)
        for fault in _proved(_section(place, composition, pieces, order, range(first, end)))
    )


def _order(pdf: bytes, pages: Sequence[Sequence[int | None]]) -> _Order:
    """The place of each piece of marked content in the order of the tag tree.

    `pages` are those of the layout that are on each page of the file.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        marks = [(pages[page][0], mcid) for page, mcid in marks_in_order(file)]
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
) -> _Section:
    here = [piece for piece in pieces if piece.page in pages and piece.clusters]
    places = [(order.get((piece.page, piece.printed.mcid)), piece) for piece in here]
    tagged = [(at, piece) for at, piece in places if at is not None]
    return _Section(
        place=place,
        language=composition.language,
        first_page=pages.start,
        tagged=tuple(piece for _, piece in sorted(tagged, key=lambda each: each[0])),
        furniture=tuple(
            piece for at, piece in places if at is None and not piece.printed.why_hidden
        ),
    )


def _proved(section: _Section) -> Iterator[Diagnostic]:
    wanted = [Wording(passage.text) for passage in section.place.passages]
    whole = [tuple(search(text, section.tagged, is_rtl=section.is_rtl)) for text in wanted]
    if section.place.is_in_order:
        chosen = longest_in_order(whole)
        yield from _out_of_place(section, chosen)
    else:
        chosen = _apart(wanted, whole)
    yield from _missing(section, wanted, whole, chosen)
    yield from _unseen(section, chosen)
    if section.place.is_in_order:
        yield from _repeated(section, wanted, chosen)


def _apart(wanted: Sequence[Wording], places: Sequence[Sequence[Place]]) -> dict[int, Place]:
    """A place of its own for each passage, by number, in any order; the longest choose first."""
    chosen: dict[int, Place] = {}
    used: set[int] = set()
    for number in sorted(range(len(wanted)), key=lambda number: -len(wanted[number].inked)):
        place = next((place for place in places[number] if used.isdisjoint(place)), None)
        if place:
            chosen[number] = place
            used.update(place)
    return chosen


def _out_of_place(section: _Section, chosen: Mapping[int, Place]) -> Iterator[Diagnostic]:
    """Report the passages that the page shows before what they come after."""
    owners = [(number, at) for number in sorted(chosen) for at in chosen[number]]
    for (_, before), (number, after) in pairwise(owners):
        piece = section.tagged[after]
        if not _follows(section.tagged[before], piece, section.place.direction):
            passage = section.place.passages[number]
            found = "does not stand where it comes in the text"
            yield section.fault(
                "text-changed", passage.text, found, page=piece.page, place=passage.place
            )


def _follows(before: Piece, after: Piece, direction: Direction) -> bool:
    """Whether a piece stands where one looks next after another.

    Where one of the two runs against the direction of the text, either side is right.
    """
    if before.page != after.page:
        return after.page > before.page
    one, two = before.printed.box, after.printed.box
    if (two[1] + two[3]) / 2 < one[1] or (one[1] + one[3]) / 2 > two[3]:
        return True
    is_right_of = two[0] >= one[2] - _TOUCHING_PT
    is_left_of = two[2] <= one[0] + _TOUCHING_PT
    is_rtl = direction is Direction.RTL
    if is_right_of or is_left_of:
        is_level = (one[1] + one[3]) / 2 < two[3]
        turned = before.is_rtl is not is_rtl or after.is_rtl is not is_rtl
        return (is_left_of if is_rtl else is_right_of) or (is_level and turned)
    return False


def _missing(
    section: _Section,
    wanted: Sequence[Wording],
    whole: Sequence[Sequence[Place]],
    chosen: Mapping[int, Place],
) -> Iterator[Diagnostic]:
    """Report the passages that are not whole, or stand in another place."""
    used = {at for place in chosen.values() for at in place}
    for number, passage in enumerate(section.place.passages):
        if number in chosen:
            continue
        elsewhere = [place for place in whole[number] if used.isdisjoint(place)]
        if elsewhere:
            used.update(elsewhere[0])
            page = section.tagged[elsewhere[0][0]].page
            code, words, found = "text-changed", passage.text, "stands in another place"
        else:
            hole = _hole(section, number, chosen, used)
            page = hole[0].page if hole else section.first_page
            code, words, found = _difference(section, wanted[number].signs, hole)
        yield section.fault(code, words, found, page=page, place=passage.place)


def _hole(
    section: _Section, number: int, chosen: Mapping[int, Place], used: set[int]
) -> list[Piece]:
    """What stands where a passage should be: between those before and after it."""
    start, end = 0, len(section.tagged)
    if section.place.is_in_order:
        start = max((chosen[at][-1] for at in chosen if at < number), default=0)
        end = min((chosen[at][0] for at in chosen if at > number), default=end)
    return [section.tagged[at] for at in range(start, end) if at not in used]


def _difference(section: _Section, signs: str, hole: Sequence[Piece]) -> tuple[str, str, str]:
    """A code, the words of a passage that the hole lacks, and what is said of them."""
    there = _words_of(piece.text for piece in hole)
    lost = [word for word in signs.split() if word not in there]
    beside = _words_of([signs, *(passage.text for passage in section.place.passages)])
    beside |= _words_of(section.place.beside)
    strange = [word for piece in hole for word in piece.text.split() if word not in beside]
    if not lost:
        return "text-changed", signs, "has its words in another order"
    if strange and section.place.is_in_order:
        return "text-changed", " ".join(lost), f"reads “{' '.join(strange)[:_SHOWN]}”"
    return "text-lost", " ".join(lost), "is not there"


def _words_of(texts: Iterable[str]) -> set[str]:
    """The words of texts, those divided at a line's end whole."""
    text = " ".join(map(signs_of, texts))
    return {*text.split(), *text.replace("- ", "").split()}


def _unseen(section: _Section, chosen: Mapping[int, Place]) -> Iterator[Diagnostic]:
    """Report what cannot be seen, and what has no Unicode value."""
    owners = {at: number for number, place in chosen.items() for at in place}
    for at, piece in enumerate(section.tagged):
        place = section.place.passages[owners[at]].place if at in owners else None
        why = piece.printed.why_hidden
        if why and not piece.is_ornament:
            found = f"cannot be seen: {why}"
            yield section.fault("text-hidden", piece.text, found, page=piece.page, place=place)
        if piece.printed.has_unmapped:
            found = "has a sign that no software can read"
            yield section.fault("text-changed", piece.text, found, page=piece.page, place=place)


def _repeated(
    section: _Section, wanted: Sequence[Wording], chosen: Mapping[int, Place]
) -> Iterator[Diagnostic]:
    """Report the passages that are there once more than they were written."""
    used = {at for place in chosen.values() for at in place}
    beside = {signs_of(text).strip() for text in section.place.beside}
    allowed = {word for text in beside for word in text.split()}
    tagged = [piece for at, piece in enumerate(section.tagged) if at not in used]
    left, furniture = (
        [piece for piece in pieces if not allowed.issuperset(piece.text.split())]
        for pieces in (tagged, section.furniture)
    )
    for number in sorted(chosen):
        text, passage = wanted[number], section.place.passages[number]
        if text.signs in beside or not any(sign.isalpha() for sign in text.signs):
            continue
        again = _again(section, text, left) or _again(section, text, furniture)
        if again:
            beside.add(text.signs)
            yield section.fault(
                "text-repeated",
                passage.text,
                "is there once more",
                page=again.page,
                place=passage.place,
            )


def _again(section: _Section, wanted: Wording, pieces: Sequence[Piece]) -> Piece | None:
    """The piece in which a passage begins, by itself or as a phrase among other words."""
    whole = next(search(wanted, pieces, is_rtl=section.is_rtl), None)
    if whole:
        return pieces[whole[0]]
    ends = list(accumulate(len(piece.text) + 1 for piece in pieces))
    at = f" {' '.join(piece.text for piece in pieces)} ".find(f" {wanted.signs} ")
    is_phrase = len(wanted.signs.split()) >= _PHRASE
    return pieces[bisect.bisect(ends, at)] if at >= 0 and is_phrase else None
