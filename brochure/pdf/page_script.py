"""How the lines of one page are shown: what each goes on from, and with which codes.

The lines of a page come in the order of reading. Whether one goes on where another ended, and to
which side the readers take it, depends on its neighbours; `showing` knows the rest.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from math import inf

from brochure.pdf.font_codes import BLANK, THOUSANDTH, FontCodes
from brochure.pdf.lines import Line
from brochure.pdf.page_direction import is_mostly_rtl
from brochure.pdf.pieces import Piece, kind_of, spread
from brochure.pdf.reading_order import Glyph, in_reading_order
from brochure.pdf.showing import Place, in_pieces, said_by

_WORD_GAP, _SPACE = 0.5, 0.1
"""Ems: what is more is no space between words, what is less is none at all."""
_ON_A_BASE = ("Mn", "Cf")
"""Vowel marks and signs without ink, by their Unicode category."""


class Script:
    """How the lines of one page or form have to be shown."""

    def __init__(
        self, fonts: Mapping[str, FontCodes], lines: Sequence[Line], *, is_reversed: bool
    ) -> None:
        self._fonts = fonts
        self._lines = lines
        self._is_rtl = is_reversed or is_mostly_rtl(lines)
        self._is_reversed = is_reversed
        self._sides = _sides(lines)

    def shown(self) -> Iterator[list[Piece]]:
        """Each line's pieces, with codes that say what it says; none if it stays as it is."""
        before: Line | None = None
        last = ""
        for line, after in zip_longest(self._lines, self._lines[1:]):
            pieces = self._pieces(line, before, after, last)
            yield [replace(piece, glyphs=_coded(piece.glyphs, self._fonts)) for piece in pieces]
            before = line if line.glyphs else before
            last = said_by(pieces) if pieces else line.text

    def _pieces(
        self, line: Line, before: Line | None, after: Line | None, last: str
    ) -> list[Piece]:
        side = self._sides.get(_baseline(line))
        is_reversed = self._is_reversed or (side is not None and side >= 0)
        if not (line.is_plain and line.tag):
            return []
        if not self._is_reversed and side is None and not line.text.endswith("-"):
            return []
        read = in_reading_order(line.glyphs, line.text, is_rtl=self._is_rtl)
        if not read or not all(self._fonts[glyph.font].is_truetype for glyph in read.glyphs):
            return []
        is_level = before and abs(before.matrix[5] - line.matrix[5]) < line.glyphs[0].size
        place = Place(
            with_marks=self._is_rtl,
            is_reversed=is_reversed,
            before=before.text if before and _gap(before, line) <= _WORD_GAP else "",
            after=after.text if after and _gap(line, after) < _SPACE else "",
            last=last if is_level else "",
        )
        glyphs = (*self._space(before, line), *_on_bases(read.glyphs))
        return in_pieces(replace(read, glyphs=glyphs), place)

    def _space(self, before: Line | None, line: Line) -> Iterator[Glyph]:
        """The space between two lines of which one goes on where the other ended.

        The engine leaves a space out that stands alone between two elements.
        """
        if not before or not self._is_rtl or not _SPACE <= _gap(before, line) <= _WORD_GAP:
            return
        if not (before.text.endswith(" ") or line.text.startswith(" ")):
            right = line.glyphs[-1]
            x = right.x + right.width
            yield right._replace(text=" ", x=x, width=0.0, has_ink=False, is_ltr=False)


def _gap(line: Line, after: Line) -> float:
    """How far from the left end of a line the right end of another is, in ems."""
    if not (line.glyphs and after.glyphs) or _baseline(line) != _baseline(after):
        return inf
    left, right = line.glyphs[0], after.glyphs[-1]
    end = line.matrix[4] + line.matrix[0] * left.x
    begin = after.matrix[4] + after.matrix[0] * (right.x + right.width)
    return abs(end - begin) / right.size


def _sides(lines: Iterable[Line]) -> dict[int, int]:
    """By baseline: how many more parts are read from right to left than from left to right.

    Those baselines that have any. PDFium reads a line from its right end if the number is not
    negative.
    """
    sides: dict[int, int] = defaultdict(int)
    turned = set()
    for line in lines:
        for kind, _ in groupby(line.text, key=kind_of):
            sides[_baseline(line)] += (kind == "R") - (kind == "L")
            if kind == "R":
                turned.add(_baseline(line))
    return {baseline: sides[baseline] for baseline in turned}


def _baseline(line: Line) -> int:
    """In whole pixels: lines that have the same are one to the reader."""
    return round(line.matrix[5])


def _on_bases(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Glyphs in the order of reading, each mark that is read backwards where its base begins.

    It is drawn from there in its place: extractors take a step of the pen for the end of a word.
    """
    base = None
    for glyph in glyphs:
        is_mark = not glyph.is_ltr and unicodedata.category(glyph.text[0]) in _ON_A_BASE
        base = base if is_mark and base else glyph
        yield glyph._replace(x=base.x, shift=(glyph.x - base.x) / glyph.size)


def _coded(line: Iterable[Glyph], fonts: Mapping[str, FontCodes]) -> tuple[Glyph, ...]:
    """Glyphs in the order shown, each with the code that shows it as its text, on the line.

    Extractors take a rise for another line.
    """
    coded = []
    for glyph in line:
        text = glyph.text if glyph.is_ltr else glyph.text[::-1]
        is_mark = not glyph.is_ltr and unicodedata.category(text[0]) in _ON_A_BASE
        shape, moved = BLANK, (round(glyph.width / glyph.size * THOUSANDTH), 0)
        if glyph.has_ink:
            shape = glyph.code
            moved = (round(glyph.shift * THOUSANDTH), round(glyph.rise * THOUSANDTH))
        code = fonts[glyph.font].code(shape, text, moved, is_mark=is_mark)
        coded.append(glyph._replace(code=code, rise=0.0))
    return spread(tuple(coded))
