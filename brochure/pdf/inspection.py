"""A look into the finished bytes: fonts that are ours, embedded and complete."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.typefaces import Family

_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLES = "Thin|Extra|Ultra|Light|Regular|Medium|Semi|Demi|Bold|Black|Heavy|Italic|Oblique"
"""What the engine appends to a family's name, word by word: `Noto-Sans-Semi-Bold-Italic`."""


def font_faults(pdf: bytes, families: Sequence[Family], name: str) -> tuple[Diagnostic, ...]:
    """Report `font-stranger` for each font that is not one of `families` or not embedded."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return tuple(
            diagnose(
                "font-stranger",
                Location(path=name),
                problem=problem,
                cause="Fonts that are not the project's look different on every machine.",
                fix="Name only families of fonts/fonts.toml in templates and style sheets.",
            )
            for problem in dict.fromkeys(_problems(file, families))
        )


def _problems(file: pikepdf.Pdf, families: Sequence[Family]) -> Iterator[str]:
    """What is wrong with the fonts of an open file."""
    names = "|".join(re.escape(family.name.replace(" ", "-")) for family in families)
    allowed = re.compile(rf"(?:{names})(?:-(?:{_STYLES}))*")
    for font in file.objects:
        if not isinstance(font, Dictionary) or font.get(Name.Type) != Name.Font:
            continue
        base = str(font.get(Name.BaseFont, "/")).lstrip("/")
        bare = _SUBSET.sub("", base)
        if not allowed.fullmatch(bare):
            yield f"The file uses the font {bare}"
        elif not _is_embedded(font):
            yield f"The font {bare} is not inside the file"


def _is_embedded(font: Any) -> bool:
    """Whether a font program is in the file (ISO 32000-1, 9.9)."""
    if Name.DescendantFonts in font:
        return all(_is_embedded(descendant) for descendant in font.DescendantFonts)
    descriptor = font.get(Name.FontDescriptor, Dictionary())
    names = (Name.FontFile, Name.FontFile2, Name.FontFile3)
    return font.get(Name.Subtype) == Name.Type3 or any(name in descriptor for name in names)
