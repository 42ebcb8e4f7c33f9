"""What PDFium reads on each page of a linked file, compared with what was proved; and its fonts.

A brochure is linked of parts, each of which was proved as a file of its own. The whole is opened
once more, and each of its pages has to say what its part's page said, sign by sign and in the same
order; only the page's number is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from brochure.diagnostics import Diagnostic, diagnose
from brochure.measures import PX_IN_PT
from brochure.pages.composition import Composition
from brochure.pdf.inspection import UsedFont, fonts_on
from brochure.pdf.overflow import Folio, PageText, place_of

if TYPE_CHECKING:
    from brochure.pdf.linker import Extent

_INSIDE_PX, _ABOVE_PT, _NEAR_PT = 1.0, 2.0, 2.0
"""Where a sign of a number is looked for: from the number's edge, from its baseline; how near."""
_SHOWN = 8
"""How many of the words that differ a diagnostic shows."""


class Rereading(NamedTuple):
    """What a linked file says otherwise than its parts did, and every font that its pages use."""

    faults: tuple[Diagnostic, ...]
    fonts: tuple[UsedFont, ...]


def readings(pdf: bytes, pages: Sequence[PageText], *, digits: str) -> tuple[str, ...]:
    """What each page of a file says but for its number; `digits` are those from 0."""
    return tuple(reading for _, reading in _read(pdf, pages, digits=digits, all_pages=len(pages)))


def reread(
    pdf: bytes,
    composition: Composition,
    extent: Extent,
    *,
    proved: Sequence[str],
    first: int,
    pages: int,
) -> Rereading:
    """Compare pages of a linked file, from the `first` on, with what was `proved` of them.

    The file has so many `pages`. Reports `text-changed`.
    """
    faults: list[Diagnostic] = []
    fonts: dict[UsedFont, None] = {}
    read = _read(pdf, extent.pages, digits=composition.digits, first=first, all_pages=pages)
    for number, ((page, reading), wanted) in enumerate(
        zip(read, proved, strict=True), start=first - 1
    ):
        fonts |= dict.fromkeys(fonts_on(page))
        if not alike(reading, wanted):
            faults.append(_fault(number, wanted, reading, composition, extent))
    return Rereading(faults=tuple(faults), fonts=tuple(fonts))


def _read(
    pdf: bytes, pages: Sequence[PageText], *, digits: str, first: int = 1, all_pages: int
) -> Iterator[tuple[Any, str]]:
    """These pages of a file, each open until the next one is asked for, and their texts."""
    import pypdfium2

    figures = str.maketrans("0123456789", digits)
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != all_pages:
            raise ValueError(f"there are {len(document)} pages instead of {all_pages}")
        for number, known in enumerate(pages, start=first):
            page = document[number - 1]
            yield page, _text(page, known.folio, str(number).translate(figures))
    finally:
        document.close()


def _text(page: Any, folio: Folio | None, number: str) -> str:
    """The words of a page in PDFium's order, without the page's number."""
    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    at = _place(page, textpage, folio) if folio else -1
    for start in range(max(at - len(number) + 1, 0), at + 1):
        end = start + len(number)
        if sorted(text[start:end]) == sorted(number):
            text = text[:start] + text[end:]
            break
    return " ".join(text.split())


def alike(one: str, other: str) -> bool:
    """Whether two readings have the same signs; spaces are PDFium's guess from places."""
    return one.replace(" ", "") == other.replace(" ", "")


def _place(page: Any, textpage: Any, folio: Folio) -> int:
    """Which sign of a page's text is one of its number; -1 if there is none."""
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_trimbox()
    x = folio.x + _INSIDE_PX + folio.share * (folio.width - 2 * _INSIDE_PX)
    place = left + x * PX_IN_PT, top - folio.y * PX_IN_PT + _ABOVE_PT
    sign = pdfium.FPDFText_GetCharIndexAtPos(textpage, *place, _NEAR_PT, _NEAR_PT)
    return int(pdfium.FPDFText_GetTextIndexFromCharIndex(textpage, sign)) if sign >= 0 else -1


def _fault(
    page: int, proved: str, read: str, composition: Composition, extent: Extent
) -> Diagnostic:
    before, after = _difference(proved.split(), read.split())
    name = f"Page {page + 1} ({composition.language})"
    return diagnose(
        "text-changed",
        place_of(page, extent.starts, composition),
        problem=f"{name} reads “{after}” where it read “{before}” when it was proved by itself",
        cause="The brochure would say something else than the clinic wrote.",
        fix="Build it once more with --no-cache; if that does not help, report this message.",
    )


def _difference(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """The first words that differ, in one text and in the other."""
    from difflib import SequenceMatcher

    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    _, start, end, other_start, other_end = next(step for step in steps if step[0] != "equal")
    words = before[start:end], after[other_start:other_end]
    one, other = (" ".join(part[:_SHOWN]) + " …" * (len(part) > _SHOWN) for part in words)
    return one, other
