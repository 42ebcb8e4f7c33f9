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
(`ActualText`, 14.9.4).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest

from brochure.pdf.reading_order import Glyph, Reading, direction_of

_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_WEAK = ("EN", "AN", "NSM", "CS", "ES", "ET", "BN")
_TURNED, _NOT_TURNED = ("R", "AL", "AN"), ("L", "EN", "ES", "ET")
"""What MuPDF turns round and what not; the rest goes with what is before it."""
_QUOTES = "“”‘’®"
_HAIR, _INSIDE = 0.001, 0.02
"""Ems: the least by which places can differ, and what Poppler neither takes for a space between
two words nor for a place to begin another line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Glyphs as they are shown in one text object; `says` where they do not say it themselves."""

    glyphs: tuple[Glyph, ...]
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a line stands among.

    `with_marks`, U+200F stands behind words and signs; `is_reversed` where PDFium reads the
    segments of a line from the last to the first; `before` and `after` are what the lines say that
    this one goes on from and that go on from it, `last` what is shown before it at its level.
    """

    with_marks: bool
    is_reversed: bool
    before: str = ""
    after: str = ""
    last: str = ""


def in_pieces(reading: Reading, place: Place) -> list[Piece]:
    """The pieces of a line in the order in which they are shown."""
    runs = [list(run) for _, run in groupby(reading.glyphs, key=lambda glyph: glyph.is_ltr)]
    if not reading.is_rtl and not place.is_reversed:
        return [piece for run in runs for piece in _in_its_place(run)]
    if not reading.is_rtl:
        runs = [list(reading.glyphs)]
    texts = ["".join(glyph.text for glyph in run) for run in runs]
    neighbours = zip([place.before, *texts], [*texts[1:], place.after], strict=False)
    pieces: list[Piece] = []
    for run, (before, after) in zip(runs, neighbours, strict=True):
        if run[0].is_ltr or not reading.is_rtl:
            touches = _touches(before, run[0].text), _touches(run[-1].text, after)
            pieces += _left_to_right(run, touches, with_marks=place.with_marks)
        else:
            pieces += _right_to_left(run, with_marks=place.with_marks)
    return list(_linked(pieces, place.last, goes_on=bool(place.before)))


def said_by(pieces: Iterable[Piece]) -> str:
    """What pieces say in the order shown."""
    return "".join(
        "".join(glyph.text for glyph in piece.glyphs) if piece.says is None else piece.says
        for piece in pieces
    )


def _touches(before: str, after: str) -> bool:
    return bool(before and after) and not (before[-1].isspace() or after[0].isspace())


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
            mark = _RIGHT_TO_LEFT_MARK if is_rtl else _LEFT_TO_RIGHT_MARK
            place = _mark_behind(edge, mark) if edge.has_ink else _mark(_moved(edge, _HAIR), mark)
            yield Piece(glyphs=(place,))
        yield piece
        before, goes_on = levels or before, True


def _levels(text: str) -> list[bool]:
    """Whether MuPDF turns round what it reads, sign by sign; not for those that go with others."""
    kinds = map(unicodedata.bidirectional, text)
    return [kind in _TURNED for kind in kinds if kind in _TURNED + _NOT_TURNED]


def spread(shown: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Glyphs of which the first does not stand where the last does, if either has no ink.

    PDFium asks the two where a line runs to, and between lines that run nowhere it sees no break.
    """
    if len(shown) == 1 or shown[0].x != shown[-1].x:
        return shown
    at = next((at for at in (0, -1) if not shown[at].has_ink), None)
    moved = list(shown)
    if at is not None:
        moved[at] = shown[at]._replace(x=shown[at].x - _HAIR * shown[at].size)
    return tuple(moved)


def _in_its_place(run: list[Glyph]) -> list[Piece]:
    """A run of a line that is read from left to right.

    Poppler wants U+200E behind a run of the other direction, and behind a hyphen, which it would
    take for one that only divides a word.
    """
    last = max(run, key=lambda glyph: glyph.x + glyph.width)
    end = _mark_behind(last, _LEFT_TO_RIGHT_MARK)
    if run[0].is_ltr:
        return [Piece(glyphs=(*run, end) if last.text == "-" else tuple(run))]
    segments = [segment for _, segment in _by_kind(run)]
    # PDFium sorts what is in several fonts by its place.
    if len(segments) == 1 or len({glyph.font for glyph in run}) > 1:
        return [Piece(glyphs=(*run[::-1], end))]
    text = "".join(glyph.text for glyph in run)
    shown = [glyph for segment in segments for glyph in _before_its_base(segment)]
    if _is_mark(run[-1]):
        shown.append(_mark(shown[-1]._replace(x=shown[-1].x - _HAIR * run[-1].size)))
    return [Piece(glyphs=(end,), says=text), Piece(glyphs=tuple(shown), says="")]


def _before_its_base(segment: list[Glyph]) -> list[Glyph]:
    """Letters as PDFium has to be shown them, or marks as far to the left of their base as can be.

    Poppler would take a mark in the same place for another line's.
    """
    if not _is_mark(segment[0]):
        return segment[::-1]
    hairs = [number * _HAIR for number in range(1, len(segment) + 1)]
    return [
        glyph._replace(x=glyph.x - hair * glyph.size, shift=glyph.shift + hair)
        for glyph, hair in zip(segment, hairs, strict=True)
    ]


def _left_to_right(
    run: list[Glyph], touches: tuple[bool, bool], *, with_marks: bool
) -> list[Piece]:
    """A run that is read from left to right, as PDFium reads it backwards, segment by segment.

    `touches` tells whether what comes before and after it stands without a space.
    """
    segments = list(_segments(run))
    shown = [glyph for segment in reversed(segments) for glyph in segment]
    if with_marks:
        at = shown.index(run[0])
        begin = run[0]._replace(x=run[0].x - _HAIR * run[0].size * (len(run) == 1))
        shown[at:at] = [_mark(begin, _LEFT_TO_RIGHT_MARK)] * (len(segments) > 1) + [_mark(begin)]
    if len(segments) == 1 and not any(map(_is_arabic_digit, run)):
        return [Piece(glyphs=tuple(shown))]
    if _kind(shown[0]) == "N" or touches[1]:
        shown.insert(0, _mark(_moved(shown[0], -_HAIR), _LEFT_TO_RIGHT_MARK))
    text = "".join(glyph.text for glyph in run)
    # Poppler takes signs in one place for one printed twice, and parts a word there.
    last = max(run, key=lambda glyph: glyph.x + glyph.width)
    sign = _mark_behind(last, _LEFT_TO_RIGHT_MARK)
    objects = [shown]
    if len(segments) > 1:
        objects = _without_spaces(shown, last, touches)
    return [
        Piece(glyphs=(sign,), says=text),
        *(Piece(glyphs=tuple(item), says="") for item in objects),
    ]


def _without_spaces(
    shown: list[Glyph], last: Glyph, touches: tuple[bool, bool]
) -> list[list[Glyph]]:
    """Text objects between which and their neighbours PDFium puts no space.

    It puts one where the next object is far from the last sign shown, but not beside a space; and
    a sign that is shown again in its place it drops, with the space before it. So a space without
    ink, shown twice, undoes itself.
    """
    before, after = touches
    objects = [shown]
    if after:
        space = _wide(_mark(shown[0], " "))
        objects = [_twice(space), [space, *shown]]
    if before:
        mark = _wide(_mark_behind(last, _LEFT_TO_RIGHT_MARK))
        space = _moved(mark, -_INSIDE)._replace(text=" ")
        objects += [_twice(space), [space, mark]]
    return objects


def _wide(mark: Glyph) -> Glyph:
    """A mark that takes so much room that PDFium does not compare places to the last digit."""
    return mark._replace(width=_INSIDE * mark.size)


def _twice(space: Glyph) -> list[Glyph]:
    """A text object that has some width, without which PDFium would pass it over."""
    return [space, _moved(space, -_INSIDE)]


def _segments(run: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Neighbours of one kind in the order of reading, each as PDFium has to be shown it.

    It turns signs round, brackets too, unless a letter that is read from left to right goes before
    them; U+200E is one. Poppler wants one behind a sign that ends the run.
    """
    goes_right = False
    for kind, segment in _by_kind(run):
        is_turned = not goes_right and (len(segment) > 1 or _is_bracket(segment[0]))
        if kind == "N" and (is_turned or segment[-1] is run[-1]):
            segment.append(_mark_behind(segment[-1], _LEFT_TO_RIGHT_MARK))
            goes_right = True
        elif kind in "LR":
            goes_right = kind == "L"
        yield segment[::-1] if kind == "R" else segment


def _by_kind(run: Sequence[Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    return ((kind, list(found)) for kind, found in groupby(run, key=_kind))


def _is_bracket(glyph: Glyph) -> bool:
    """Whether PDFium makes another sign of one that it reads from right to left."""
    return _has_another(glyph.text[0])


@cache
def _has_another(sign: str) -> bool:
    is_plain = kind_of(sign) != "N" or unicodedata.normalize("NFKC", sign) == sign
    return bool(unicodedata.mirrored(sign)) or sign in _QUOTES or not is_plain


@cache
def kind_of(sign: str) -> str:
    """What a sign is to PDFium: `L` or `R` by its direction, weak (`w`) or none (`N`)."""
    bidi = unicodedata.bidirectional(sign)
    if bidi in ("R", "AL"):
        return "R"
    return "L" if bidi == "L" else "w" if bidi in _WEAK else "N"


def _kind(glyph: Glyph) -> str:
    return kind_of(glyph.text[0])


def _is_arabic_digit(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.text[0]) == "AN"


def _right_to_left(run: list[Glyph], *, with_marks: bool) -> list[Piece]:
    """A run that is read from right to left; what MuPDF does not turn round stands alone.

    So do brackets and the like, which PDFium turns round unless U+200E goes before them.
    """
    pieces: list[list[Glyph]] = []
    for glyph in _marked(run) if with_marks else run:
        first = pieces[-1][0] if pieces else None
        is_new = first is None or (glyph.has_ink and not _goes_with(first, glyph))
        if is_new:
            pieces.append([])
        pieces[-1].append(glyph)
    return [Piece(glyphs=tuple(_as_shown(piece))) for piece in pieces]


def _goes_with(first: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph can be in the piece of another."""
    return not (_is_bracket(first) or _is_bracket(glyph)) and _stays(first) is _stays(glyph)


def _as_shown(piece: list[Glyph]) -> list[Glyph]:
    first = piece[0]
    if _is_bracket(first):
        end = _wide(_mark_behind(first, _LEFT_TO_RIGHT_MARK))
        return [_mark(_moved(first, -_HAIR)), first, end]
    shown = piece[::-1]
    if all(glyph.text.isspace() for glyph in piece):
        # PDFium passes over a text object without any extent.
        return [_mark(shown[0]), *shown, _wide(_mark_behind(first, _RIGHT_TO_LEFT_MARK))]
    if len(shown) > 1 and _kind(shown[0]) != "R":
        shown.insert(0, _mark(shown[0]))
    return shown


def _stays(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.text[0]) in _NOT_TURNED


def _marked(run: Sequence[Glyph]) -> list[Glyph]:
    """A run in the order of reading, with U+200F to the left of what Poppler takes for numbers.

    It stands between a vowel mark and a sign too: PDFium gives a mark the direction of what stands
    to its left.
    """
    if run[0].is_ltr:
        return [_mark(run[0]), *run]
    marked: list[Glyph] = []
    for glyph, after in zip_longest(run, run[1:]):
        marked.append(glyph)
        is_last = after is None or after.text.isspace()
        if _is_sign(glyph) if is_last else _is_mark(glyph) and _is_sign(after):
            marked.append(_mark(glyph))
    return marked


def _is_sign(glyph: Glyph) -> bool:
    return not (glyph.text.isspace() or direction_of(glyph) is False)


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.text[-1]) == "Mn"


def _moved(glyph: Glyph, ems: float) -> Glyph:
    return glyph._replace(x=glyph.x + ems * glyph.size)


def _mark(glyph: Glyph, mark: str = _RIGHT_TO_LEFT_MARK) -> Glyph:
    return glyph._replace(text=mark, width=0.0, rise=0.0, has_ink=False)


def _mark_behind(glyph: Glyph, mark: str) -> Glyph:
    """A mark at the right edge of a glyph."""
    return _mark(glyph._replace(x=glyph.x + glyph.width - _INSIDE * glyph.size), mark)
