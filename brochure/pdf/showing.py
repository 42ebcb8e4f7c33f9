"""The order in which the glyphs of a line are shown, so that every reader gives the line back.

Where a glyph stands is settled; when it is shown is free (ISO 32000-2, 9.4.1), and readers go by
different things. Poppler goes by place. PDFium goes by place from text object to text object, and
within one by the order shown; where the file says `/Direction /R2L` it cuts a line where the kind
of sign changes and reads the segments from the last to the first. MuPDF goes by the order shown
alone, begins a line where text read from left to right jumps, and turns round what is read from
right to left.

So in a right-to-left document the parts of a line are text objects of their own, in the order of
reading. A part that is read from left to right and has several segments ("30–45 min") shows
them from the last to the first, and a sign without ink before it says what the whole part says
(`ActualText`, 14.9.4): `backward_runs`. In any other document it is the parts read from right to
left that are shown otherwise: `forward_runs`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from brochure.pdf.backward_runs import left_to_right
from brochure.pdf.forward_runs import right_to_left
from brochure.pdf.pieces import (
    HAIR,
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT,
    Link,
    Piece,
    adjoin,
    is_changed,
    is_mark,
    kind_at,
    mark_at,
    mark_behind,
    moved,
    wide,
)
from brochure.pdf.reading_order import Glyph, Reading, direction_of, is_right_to_left

_TURNED, _NOT_TURNED = ("R", "AL", "AN"), ("L", "EN", "ES", "ET")
"""What MuPDF turns round and what not; the rest goes with what is before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a line stands among.

    `with_marks`, U+200F stands behind words and signs; `is_reversed` where PDFium reads the
    segments of a line from the last to the first; `before` and `after` are what the lines say that
    this one goes on from and that go on from it, `last` what is shown before it at its level;
    `link` is its place among lines that go on from left to right, if there are others.
    """

    with_marks: bool
    is_reversed: bool
    before: str = ""
    after: str = ""
    last: str = ""
    link: Link | None = None


def in_pieces(reading: Reading, place: Place) -> list[Piece]:
    """The pieces of a line in the order in which they are shown."""
    if not place.is_reversed:
        return list(_in_its_place(reading, place))
    runs = [list(run) for _, run in groupby(reading.glyphs, key=lambda glyph: glyph.is_ltr)]
    is_one_run = place.link is not None or not reading.is_rtl
    if is_one_run:
        led = _leads(reading.glyphs[0])
        runs = [list(run) for run in (reading.glyphs[:led], reading.glyphs[led:]) if run]
    texts = ["".join(glyph.text for glyph in run) for run in runs]
    neighbours = zip([place.before, *texts], [*texts[1:], place.after], strict=False)
    pieces: list[Piece] = []
    for run, (before, after) in zip(runs, neighbours, strict=True):
        if run[0].is_ltr or (is_one_run and not _leads(run[0])):
            touches = adjoin(before, run[0].text), adjoin(run[-1].text, after)
            shown = left_to_right(run, touches, with_marks=place.with_marks, link=place.link)
            if is_one_run and pieces and shown[0].says is not None:
                # MuPDF would put the space before a sign that the text on the right ends with.
                pieces = [replace(piece, says="") for piece in pieces]
                shown[0] = replace(shown[0], says=f" {shown[0].says}")
            pieces += shown
        else:
            pieces += _with_the_line(run, with_marks=place.with_marks)
    goes_left = place.link is None or place.link.number == 0
    return list(_linked(pieces, place.last, goes_on=bool(place.before) and goes_left))


def _in_its_place(reading: Reading, place: Place) -> Iterator[Piece]:
    """A line that is read from left to right, whatever runs are in it."""
    runs = [list(run) for _, run in groupby(reading.glyphs, key=lambda glyph: glyph.is_ltr)]
    if reading.is_rtl:
        runs = [list(reading.glyphs)]
    texts = ["".join(glyph.text for glyph in run) for run in runs]
    neighbours = zip([place.before, *texts], [*texts[1:], place.after], strict=False)
    for run, text, (before, after) in zip(runs, texts, neighbours, strict=True):
        if is_right_to_left(text) or place.link:
            yield from right_to_left(
                run,
                (adjoin(before, text), adjoin(text, after)),
                goes_on=bool(before),
                is_apart=bool(place.last) and not before,
                link=place.link,
            )
        elif text.endswith("-"):
            # Poppler would take it for a hyphen that only divides a word.
            yield Piece(glyphs=(*run, mark_behind(run[-1], LEFT_TO_RIGHT)))
        else:
            yield Piece(glyphs=tuple(run))


def _leads(glyph: Glyph) -> bool:
    """Whether a glyph is the space that leads from the text on the right to this one."""
    return glyph.text == " " and not (glyph.has_ink or glyph.is_ltr)


def said_by(pieces: Iterable[Piece]) -> str:
    """What pieces say in the order shown."""
    return "".join(
        "".join(glyph.text for glyph in piece.glyphs) if piece.says is None else piece.says
        for piece in pieces
    )


def _linked(pieces: Iterable[Piece], last: str, *, goes_on: bool) -> Iterator[Piece]:
    """Pieces, with a mark before each that MuPDF would take for the wrong line's.

    It begins a line where text jumps, unless the direction changes there.
    """
    before = _levels(last)
    for piece in pieces:
        levels = [] if piece.says == "" else _levels("".join(item.text for item in piece.glyphs))
        if before and levels and (before[-1] is levels[0]) is goes_on:
            is_rtl = before[-1] is not goes_on
            edge = max(piece.glyphs, key=lambda glyph: glyph.x + glyph.width)
            mark = RIGHT_TO_LEFT if is_rtl else LEFT_TO_RIGHT
            place = mark_behind(edge, mark) if edge.has_ink else mark_at(moved(edge, HAIR), mark)
            yield Piece(glyphs=(place,))
        yield piece
        before, goes_on = levels or before, True


def _levels(text: str) -> list[bool]:
    """Whether MuPDF turns round what it reads, sign by sign; not for those that go with others."""
    kinds = map(unicodedata.bidirectional, text)
    return [kind in _TURNED for kind in kinds if kind in _TURNED + _NOT_TURNED]


def _with_the_line(run: list[Glyph], *, with_marks: bool) -> list[Piece]:
    """A run that is read from right to left; what MuPDF does not turn round stands alone.

    So do brackets and the like, which PDFium turns round unless U+200E goes before them.
    """
    pieces: list[list[Glyph]] = []
    for glyph in _marked(run) if with_marks else run:
        if not pieces or not _goes_with(pieces[-1], glyph):
            pieces.append([])
        pieces[-1].append(glyph)
    return [Piece(glyphs=tuple(_as_shown(piece))) for piece in pieces]


def _goes_with(piece: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a glyph can be in a piece with those before it.

    PDFium passes over a space that a piece begins with if a sign comes next, like a dash.
    """
    if glyph.text in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        return True
    first = piece[0]
    if kind_at(glyph) == "N" and not glyph.text.isspace() and _is_space(piece):
        return False
    return not (is_changed(first) or is_changed(glyph)) and _stays(first) is _stays(glyph)


def _as_shown(piece: list[Glyph]) -> list[Glyph]:
    first = piece[0]
    if is_changed(first):
        end = wide(mark_behind(first, LEFT_TO_RIGHT))
        return [mark_at(moved(first, -HAIR)), first, end]
    shown = piece[::-1]
    if _is_space(piece):
        # PDFium passes over a text object without any extent.
        return [mark_at(shown[0]), *shown, wide(mark_behind(first, RIGHT_TO_LEFT))]
    if kind_at(shown[0]) == "w" or (len(shown) > 1 and kind_at(shown[0]) != "R"):
        shown.insert(0, mark_at(shown[0]))
    return shown


def _is_space(piece: Sequence[Glyph]) -> bool:
    return all(glyph.text.isspace() for glyph in piece)


def _stays(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.text[0]) in _NOT_TURNED


def _marked(run: Sequence[Glyph]) -> list[Glyph]:
    """A run in the order of reading, with U+200F to the left of what Poppler takes for numbers.

    It stands between a vowel mark and a sign too: PDFium gives a mark the direction of what stands
    to its left.
    """
    if run[0].is_ltr:
        return [mark_at(run[0]), *run]
    marked: list[Glyph] = []
    for glyph, after in zip_longest(run, run[1:]):
        marked.append(glyph)
        is_last = after is None or after.text.isspace()
        if _is_sign(glyph) if is_last else is_mark(glyph) and _is_sign(after):
            marked.append(mark_at(glyph))
    return marked


def _is_sign(glyph: Glyph) -> bool:
    return not (glyph.text.isspace() or direction_of(glyph) is False)
