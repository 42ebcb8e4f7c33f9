"""What PDFium reads on each page of a linked file, compared with what was proved; and its fonts.

A brochure is linked of parts, each of which was proved as a file of its own. The whole is opened
once more, and each of its pages has to say what its part's page said, sign by sign and in the same
order; only the page's number is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from brochure.diagnostics import Diagnostic, diagnose
from brochure.measures import PX_IN_PT
from brochure.pages.composition import Composition
from brochure.pdf.inspection import UsedFont, fonts_on
from brochure.pdf.overflow import Folio, PageText, place_of

if TYPE_CHECKING:
    from brochure.pdf.linker import Extent

NOTHING = hashlib.sha256().digest()
"""What is read on a page without text."""
_INSIDE_PX, _ABOVE_PT, _NEAR_PT = 1.0, 2.0, 2.0
"""Where a sign of a number is looked for: from the number's edge, from its baseline; how near."""


class Rereading(NamedTuple):
    """What a linked file says otherwise than its parts did, and every font that its pages use."""

    faults: tuple[Diagnostic, ...]
    fonts: tuple[UsedFont, ...]


def readings(pdf: bytes, pages: Sequence[PageText], *, digits: str) -> tuple[bytes, ...]:
    """A digest of what each page of a file says but for its number; `digits` are those from 0."""
    return tuple(reading for _, reading in _read(pdf, pages, digits=digits))


def reread(
    pdf: bytes, composition: Composition, extent: Extent, *, proved: Sequence[bytes]
) -> Rereading:
    """Compare each page of a linked file with what was `proved`; reports `text-changed`."""
    faults: list[Diagnostic] = []
    fonts: dict[UsedFont, None] = {}
    read = _read(pdf, extent.pages, digits=composition.digits)
    for number, ((page, reading), wanted) in enumerate(zip(read, proved, strict=True)):
        fonts |= dict.fromkeys(fonts_on(page))
        if reading != wanted:
            faults.append(_fault(number, composition, extent))
    return Rereading(faults=tuple(faults), fonts=tuple(fonts))


def _read(pdf: bytes, pages: Sequence[PageText], *, digits: str) -> Iterator[tuple[Any, bytes]]:
    """Each page of a file, open until the next one is asked for, and the digest of its text."""
    import pypdfium2

    figures = str.maketrans("0123456789", digits)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, (page, known) in enumerate(zip(document, pages, strict=True), start=1):
            text = _text(page, known.folio, str(number).translate(figures))
            yield page, hashlib.sha256(text.encode("utf-8", "replace")).digest()
    finally:
        document.close()


def _text(page: Any, folio: Folio | None, number: str) -> str:
    """The signs of a page in PDFium's order, without spaces and without the page's number."""
    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    at = _place(page, textpage, folio) if folio else -1
    for start in range(max(at - len(number) + 1, 0), at + 1):
        end = start + len(number)
        if sorted(text[start:end]) == sorted(number):
            text = text[:start] + text[end:]
            break
    return "".join(text.split())


def _place(page: Any, textpage: Any, folio: Folio) -> int:
    """Which sign of a page's text is one of its number; -1 if there is none."""
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_trimbox()
    x = folio.x + _INSIDE_PX + folio.share * (folio.width - 2 * _INSIDE_PX)
    place = left + x * PX_IN_PT, top - folio.y * PX_IN_PT + _ABOVE_PT
    sign = pdfium.FPDFText_GetCharIndexAtPos(textpage, *place, _NEAR_PT, _NEAR_PT)
    return int(pdfium.FPDFText_GetTextIndexFromCharIndex(textpage, sign)) if sign >= 0 else -1


def _fault(page: int, composition: Composition, extent: Extent) -> Diagnostic:
    return diagnose(
        "text-changed",
        place_of(page, extent.starts, composition),
        problem=f"Page {page + 1} ({composition.language}) does not read as it did when it was "
        "proved by itself",
        cause="The brochure would say something else than the clinic wrote.",
        fix="Build it once more with --no-cache; if that does not help, report this message.",
    )
