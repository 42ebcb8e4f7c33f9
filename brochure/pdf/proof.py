"""The proof: the finished bytes, opened again, say what the content says.

What PDFium reads on a section's pages is put in the order in which the tag tree reads it and
compared with the section's passages: those of a treatment, those of cover, contents and overview
together, those of the back page. In the finished file

* every passage is there whole, sign by sign, in pieces of which each is a line's part: what stands
  from left to right on paper is what the Unicode Bidirectional Algorithm makes of the words;
* passages come in their order, in the tag tree and on the page: each piece stands further down
  than the one before, or beside it in the direction of reading;
* no passage comes twice, not even on the pages of another section, and nothing lies on a text,
  cuts it off or takes its ink;
* every glyph has a Unicode value.

Which signs are alike is said in `signs`, what may stand between the pieces of a passage in
`passage_search`. Labels of lists are left out. What a section's `beside` says may stand there
besides; furniture (running heads, folios) may say nothing else that is a passage.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Direction
from brochure.pages.composition import Composition, Passage
from brochure.pdf.passage_search import Piece, Pieces, Place, longest_in_order, search
from brochure.pdf.printed_sections import PrintedSection, printed_sections
from brochure.pdf.signs import Wording, signs_of

if TYPE_CHECKING:
    from brochure.pdf.engine import Layout
    from brochure.pdf.linker import Extent

_SHOWN = 60
_TOUCHING_PT = 1.0
_PHRASE = 3
"""Words: of fewer, only a piece of its own is a repeat."""
_WORD = re.compile(r"\w+")
_CAUSES = {
    "text-lost": "What the clinic wrote would not be in its brochure.",
    "text-changed": "The brochure would say something else than the clinic wrote.",
    "text-repeated": "Whoever reads the brochure would read it twice.",
    "text-hidden": "It is in the file, but nobody who looks at the page can read it.",
}


def prove_text(
    pdf: bytes, composition: Composition, layout: Layout | Extent, *, drawn: bytes
) -> tuple[Diagnostic, ...]:
    """Compare a finished file, which was made from what was `drawn`, with the content.

    Reports `text-lost`, `text-changed`, `text-repeated` and `text-hidden`.
    """
    sections = list(printed_sections(pdf, composition, layout, drawn=drawn))
    return tuple(fault for section in sections for fault in _proved(section, sections))


def _fault(
    section: PrintedSection,
    code: str,
    words: str,
    found: str,
    *,
    page: int,
    place: Location | None = None,
) -> Diagnostic:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return diagnose(
        code,
        place or section.place.place,
        problem=f"“{shown}” on page {page + 1} ({section.language}) {found}",
        cause=_CAUSES[code],
        fix="Undo the last change to the templates; if there was none, report this message.",
    )


def _proved(section: PrintedSection, sections: Sequence[PrintedSection]) -> Iterator[Diagnostic]:
    wanted = [Wording(passage.text) for passage in section.place.passages]
    whole = [tuple(search(text, section.tagged, is_rtl=section.is_rtl)) for text in wanted]
    chosen = longest_in_order(whole)
    yield from _out_of_place(section, chosen)
    yield from _missing(section, wanted, whole, chosen)
    yield from _unseen(section, chosen)
    yield from _repeated(section, wanted, chosen, sections)


def _out_of_place(section: PrintedSection, chosen: Mapping[int, Place]) -> Iterator[Diagnostic]:
    """Report the passages that the page shows before what they come after."""
    direction = section.place.direction
    earlier: Place = ()
    for number in sorted(chosen):
        ahead, pieces = (
            [section.tagged[at] for at in place] for place in (earlier, chosen[number])
        )
        is_in_place = _goes_on(ahead, pieces[0], direction) and all(
            _follows(*step, direction) for step in pairwise(pieces)
        )
        if not is_in_place:
            page, passage = pieces[0].page, section.place.passages[number]
            found = "does not stand where it comes in the text"
            yield _fault(
                section, "text-changed", passage.text, found, page=page, place=passage.place
            )
        earlier = chosen[number]


def _goes_on(ahead: Sequence[Piece], piece: Piece, direction: Direction) -> bool:
    """Whether a passage that begins with `piece` stands where one looks next after another.

    A row of a table may go on overleaf: then its second cell begins beside its first.
    """
    if not ahead or _follows(ahead[-1], piece, direction):
        return True
    level = [other for other in ahead if other.page == piece.page]
    return bool(level) and _is_beside(level[-1], piece, direction)


def _follows(before: Piece, after: Piece, direction: Direction) -> bool:
    """Whether a piece stands where one looks next after another."""
    if before.page != after.page:
        return after.page > before.page
    one, two = before.printed.box, after.printed.box
    is_below = (two[1] + two[3]) / 2 < one[1] or (one[1] + one[3]) / 2 > two[3]
    return is_below or _is_beside(before, after, direction)


def _is_beside(before: Piece, after: Piece, direction: Direction) -> bool:
    """Whether a piece stands beside another, on the side to which one reads.

    Where one of the two runs against the direction of the text, either side is right.
    """
    one, two = before.printed.box, after.printed.box
    is_right_of = two[0] >= one[2] - _TOUCHING_PT
    is_left_of = two[2] <= one[0] + _TOUCHING_PT
    is_rtl = direction is Direction.RTL
    is_level = (one[1] + one[3]) / 2 < two[3]
    turned = before.is_rtl is not is_rtl or after.is_rtl is not is_rtl
    if is_level and turned:
        return is_right_of or is_left_of
    return is_left_of if is_rtl else is_right_of


def _missing(
    section: PrintedSection,
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
        yield _fault(section, code, words, found, page=page, place=passage.place)


def _hole(
    section: PrintedSection, number: int, chosen: Mapping[int, Place], used: set[int]
) -> list[Piece]:
    """What stands where a passage should be: between those before and after it."""
    start = max((chosen[at][-1] for at in chosen if at < number), default=0)
    end = min((chosen[at][0] for at in chosen if at > number), default=len(section.tagged))
    return [section.tagged[at] for at in range(start, end) if at not in used]


def _difference(
    section: PrintedSection, signs: str, hole: Sequence[Piece]
) -> tuple[str, str, str]:
    """A code, the words of a passage that the hole lacks, and what is said of them."""
    there = _words_of(piece.text for piece in hole)
    lost = [word for word in signs.split() if word not in there]
    beside = _words_of([signs, *(passage.text for passage in section.place.passages)])
    beside |= _words_of(section.place.beside)
    strange = [word for piece in hole for word in piece.text.split() if word not in beside]
    if not lost:
        return "text-changed", signs, "has its words in another order"
    if _has_letters("".join(strange)) or (strange and not _has_letters("".join(lost))):
        return "text-changed", " ".join(lost), f"reads “{' '.join(strange)[:_SHOWN]}”"
    return "text-lost", " ".join(lost), "is not there"


def _words_of(texts: Iterable[str]) -> set[str]:
    """The words of texts, those divided at a line's end whole."""
    text = " ".join(map(signs_of, texts))
    return {*text.split(), *text.replace("- ", "").split()}


def _unseen(section: PrintedSection, chosen: Mapping[int, Place]) -> Iterator[Diagnostic]:
    """Report what cannot be seen, and what has no Unicode value."""
    owners = {at: number for number, place in chosen.items() for at in place}
    for at, piece in enumerate(section.tagged):
        place = section.place.passages[owners[at]].place if at in owners else None
        why = piece.printed.why_hidden
        if why and not piece.is_ornament:
            found = f"cannot be seen: {why}"
            yield _fault(section, "text-hidden", piece.text, found, page=piece.page, place=place)
        if piece.printed.has_unmapped:
            found = "has a sign that no software can read"
            yield _fault(section, "text-changed", piece.text, found, page=piece.page, place=place)


def _repeated(
    section: PrintedSection,
    wanted: Sequence[Wording],
    chosen: Mapping[int, Place],
    sections: Sequence[PrintedSection],
) -> Iterator[Diagnostic]:
    """Report the passages of any section that are there once more than they were written."""
    left = list(_left_over(section, chosen))
    if not any(_has_letters(piece.text) for pieces in left for piece in pieces):
        return
    said = {signs_of(text).strip() for text in section.place.beside}
    own = [(wanted[number], section.place.passages[number]) for number in sorted(chosen)]
    heads = {
        passage: section.tagged[chosen[number][0]].page
        for number, passage in enumerate(section.place.passages)
        if passage.is_head and number in chosen
    }
    for text, passage in (*own, *_phrases(other for other in sections if other is not section)):
        if text.signs in said or not _has_letters(text.signs):
            continue
        said.add(text.signs)
        again = _again(section, text, left, heads.get(passage))
        if again:
            page, found = again.page, "is there once more"
            yield _fault(
                section, "text-repeated", passage.text, found, page=page, place=passage.place
            )


def _left_over(section: PrintedSection, chosen: Mapping[int, Place]) -> Iterator[list[Piece]]:
    """What no passage is in and that says what is not beside: tagged pieces, then furniture."""
    used = {at for place in chosen.values() for at in place}
    allowed = _words_of(section.place.beside)
    tagged = [piece for at, piece in enumerate(section.tagged) if at not in used]
    for pieces in (tagged, section.furniture):
        yield [piece for piece in pieces if not allowed.issuperset(piece.text.split())]


def _phrases(sections: Iterable[PrintedSection]) -> Iterator[tuple[Wording, Passage]]:
    """The passages that are long enough to be told from others' words."""
    passages = (passage for section in sections for passage in section.place.passages)
    texts = ((Wording(passage.text), passage) for passage in passages)
    return (item for item in texts if _is_phrase(item[0]))


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_phrase(text: Wording) -> bool:
    return len(_WORD.findall(text.signs)) >= _PHRASE


def _again(
    section: PrintedSection, wanted: Wording, left: Sequence[Sequence[Piece]], page: int | None
) -> Piece | None:
    """The piece in which a passage begins, by itself or as a phrase among other words.

    It is looked for on one page, or on all.
    """
    words = " ".join(_WORD.findall(wanted.signs))
    for everywhere in left:
        pieces = Pieces(piece for piece in everywhere if page in (None, piece.page))
        if whole := next(search(wanted, pieces, is_rtl=section.is_rtl), None):
            return pieces[whole[0]]
        texts = [" ".join(_WORD.findall(piece.text)) for piece in pieces]
        ends = list(accumulate(len(text) + 1 for text in texts))
        at = f" {' '.join(texts)} ".find(f" {words} ")
        if at >= 0 and _is_phrase(wanted):
            return pieces[bisect.bisect(ends, at)]
    return None
