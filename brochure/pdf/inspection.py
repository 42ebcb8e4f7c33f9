"""A look into the finished bytes: fonts that are ours, embedded and complete.

What counts is what PDFium draws a page's text with, in the page itself and in the forms on it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.typefaces import Family

_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLES = "Thin|Extra|Ultra|Light|Regular|Medium|Semi|Demi|Bold|Black|Heavy|Italic|Oblique"
"""What the engine appends to a family's name, word by word: `Noto-Sans-Semi-Bold-Italic`."""


class UsedFont(NamedTuple):
    """A font that text is drawn with; whether its program is in the file (ISO 32000-1, 9.9)."""

    name: str
    is_embedded: bool


def font_faults(
    fonts: Iterable[UsedFont], families: Sequence[Family], name: str
) -> tuple[Diagnostic, ...]:
    """Report `font-stranger` for each font that is not one of `families` or not embedded."""
    return tuple(
        diagnose(
            "font-stranger",
            Location(path=name),
            problem=problem,
            cause="Fonts that are not the project's look different on every machine.",
            fix="Name only families of fonts/fonts.toml in templates and style sheets.",
        )
        for problem in dict.fromkeys(_problems(fonts, families))
    )


def _problems(fonts: Iterable[UsedFont], families: Sequence[Family]) -> Iterator[str]:
    names = "|".join(re.escape(family.name.replace(" ", "-")) for family in families)
    allowed = re.compile(rf"(?:{names})(?:-(?:{_STYLES}))*")
    for font in fonts:
        bare = _SUBSET.sub("", font.name)
        if not allowed.fullmatch(bare):
            yield f"The file uses the font {bare}"
        elif not font.is_embedded:
            yield f"The font {bare} is not inside the file"


def fonts_in(pdf: bytes) -> Iterator[UsedFont]:
    """Every font that a file uses, page by page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield from fonts_on(page)
    finally:
        document.close()


def fonts_on(page: Any) -> list[UsedFont]:
    """The fonts that PDFium draws the text of a page with."""
    import pypdfium2.raw as pdfium

    count, item_at = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    fonts: dict[int, Any] = {}
    _collect(page.raw, count(page.raw), item_at, fonts)
    return [_used(font) for font in fonts.values()]


def _collect(
    holder: Any, count: int, item_at: Callable[[Any, int], Any], fonts: dict[int, Any]
) -> None:
    """Note the fonts of a page or a form by their addresses; many texts share a few."""
    import pypdfium2.raw as pdfium

    for at in range(count):
        item = item_at(holder, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            font = pdfium.FPDFTextObj_GetFont(item)
            fonts[ctypes.addressof(font.contents)] = font
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = pdfium.FPDFFormObj_CountObjects(item)
            _collect(item, inside, pdfium.FPDFFormObj_GetObject, fonts)


def _used(font: Any) -> UsedFont:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, name, size)
    is_embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return UsedFont(name.value.decode("utf-8", "replace"), is_embedded)
