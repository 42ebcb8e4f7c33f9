"""What search, copy and screen readers get: the text that each glyph stands for.

The engine notes a glyph's text where it first meets the glyph, cluster by cluster. In a cluster of
a base and a mark read from right to left, the mark gets the text of both and the base gets none,
for the whole file: every word with that base loses its letters (ISO 32000-1, 9.10.3). A glyph that
the font's own character map names stands for that character, whatever cluster it was met in;
presentation forms are brought back to their letters (Unicode NFKC).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from brochure.typefaces import Family

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]*)>")
_NOT_A_NAME = re.compile(r"[^a-z]|regular")


def repair_text(file: pikepdf.Pdf, families: Sequence[Family]) -> None:
    """Correct the ToUnicode map of every font of `families` in place."""
    files = {_bare(path.stem): path for family in families for path in family.files}
    for font in file.objects:
        if isinstance(font, Dictionary) and Name.ToUnicode in font:
            path = files.get(_bare(str(font.BaseFont).partition("+")[2]))
            if path:
                _repair(font.ToUnicode, _texts_of(path))


def _bare(name: str) -> str:
    """`Noto-Sans-Semi-Bold` and `NotoSans-SemiBold` alike."""
    return _NOT_A_NAME.sub("", name.lower())


def _repair(stream: Any, texts: Mapping[int, frozenset[str]]) -> None:
    before = stream.read_bytes()
    after = _ENTRY.sub(lambda match: _corrected(match, texts), before)
    if after != before:
        stream.write(after)


def _corrected(match: re.Match[bytes], texts: Mapping[int, frozenset[str]]) -> bytes:
    """An entry with its own text if the font names one and the engine's differs from it."""
    named = texts.get(int(match[1], 16), frozenset())
    found = bytes.fromhex(match[2].decode()).decode("utf-16-be")
    if not named or found in named or unicodedata.normalize("NFKC", found) in named:
        return match[0]
    return b"<%s> <%s>" % (match[1], min(named).encode("utf-16-be").hex().encode())


@cache
def _texts_of(path: Path) -> dict[int, frozenset[str]]:
    """The texts that each glyph of a font file stands for by itself, by glyph id."""
    from fontTools.ttLib import TTFont

    texts: dict[int, set[str]] = defaultdict(set)
    with TTFont(path, lazy=True) as font:
        for code, name in font.getBestCmap().items():
            texts[font.getGlyphID(name)].add(unicodedata.normalize("NFKC", chr(code)))
    return {glyph: frozenset(found) for glyph, found in texts.items()}
