"""How the lines of one page are shown: what each goes on from, and with which codes.

The lines of a page come in the order of reading. Whether one goes on where another ended, and to
which side the readers take it, depends on its neighbours; `showing` knows the rest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.pdf.chains import SPACE, WORD_GAP, Joined, joined
from brochure.pdf.font_codes import BLANK, THOUSANDTH, FontCodes
from brochure.pdf.lines import Line
from brochure.pdf.pieces import INSIDE, Piece, spread
from brochure.pdf.reading_order import Glyph, in_reading_order, is_right_to_left
from brochure.pdf.showing import Place, in_pieces, said_by

_ON_A_BASE = ("Mn", "Cf")
"""Vowel marks and signs without ink, by their Unicode category."""


class Script:
    """How the lines of one page or form have to be shown."""

    def __init__(
        self, fonts: Mapping[str, FontCodes], lines: Sequence[Line], *, is_reversed: bool
    ) -> None:
        self._fonts = fonts
        self._lines = lines
        self._is_reversed = is_reversed

    def shown(self) -> Iterator[list[Piece]]:
        """Each line's pieces, with codes that say what it says; none if it stays as it is."""
        if not (self._is_reversed or any(map(_asks, self._lines))):
            yield from [[]] * len(self._lines)
            return
        items = joined(self._lines, self._is_chained, is_rtl=self._is_reversed)
        last = ""
        for line in self._lines:
            pieces = self._pieces(next(items), last) if line.glyphs else []
            yield [replace(piece, glyphs=_coded(piece.glyphs, self._fonts)) for piece in pieces]
            last = said_by(pieces) if pieces else line.text

    def _is_chained(self, line: Line) -> bool:
        return bool(line.tag) and not (self._is_reversed and is_right_to_left(line.text))

    def _pieces(self, item: Joined, last: str) -> list[Piece]:
        line, before, after = item.line, item.before, item.after
        if not (line.is_plain and line.tag):
            return []
        if not (self._is_reversed or item.link or _asks(line)):
            return []
        is_rtl = self._is_reversed and item.link is None
        read = in_reading_order(line.glyphs, line.text, is_rtl=is_rtl)
        if not read or not all(self._fonts[glyph.font].is_truetype for glyph in read.glyphs):
            return []
        is_level = before and abs(before.matrix[5] - line.matrix[5]) < line.glyphs[0].size
        most = WORD_GAP if self._is_reversed else SPACE
        place = Place(
            with_marks=not item.is_led,
            is_reversed=self._is_reversed,
            before=before.text if before and item.gap_before <= most else "",
            after=after.text if after and item.gap_after < SPACE else "",
            last=last if is_level else "",
            link=item.link,
        )
        glyphs = (*self._space(item), *_on_bases(read.glyphs))
        return in_pieces(replace(read, glyphs=glyphs), place)

    def _space(self, item: Joined) -> Iterator[Glyph]:
        """The space between two lines of which one goes on where the other ended.

        The engine leaves a space out that stands alone between two elements.
        """
        line, before = item.line, item.before
        if not before or not self._is_reversed or not SPACE <= item.gap_before <= WORD_GAP:
            return
        if not (before.text.endswith(" ") or line.text.startswith(" ")):
            goes_right = item.link is not None and item.link.number > 0
            edge = line.glyphs[0 if goes_right else -1]
            end = item.link.end if item.link else edge.x + edge.width
            x = edge.x if goes_right else end + INSIDE * edge.size
            yield edge._replace(text=" ", x=x, width=0.0, has_ink=False, is_ltr=goes_right)


def _asks(line: Line) -> bool:
    """Whether a line of a left-to-right text has to be shown in another way than the engine's."""
    return is_right_to_left(line.text) or line.text.endswith("-")


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
