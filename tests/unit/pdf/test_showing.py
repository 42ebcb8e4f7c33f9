"""Lines as they are shown, read by what PDFium and MuPDF do with them.

`pdfium` and `mupdf` say in a few lines what the readers' sources do; tests/text_layer asks the
readers themselves.
"""

import unicodedata
from itertools import groupby, pairwise

import pytest

from brochure.pdf.reading_order import Glyph, in_reading_order
from brochure.pdf.showing import in_pieces, kind_of, spread

LINES = {
    "range": ("דקות 45–30 ל", "ל 30–45 דקות"),
    "dose": ("יום 0.5–1 ml עד", "עד 0.5–1 ml יום"),
    "phone": ("+357 22 654321", "+357 22 654321"),
    "brackets in a run": ("2019;81(3):640-649", "2019;81(3):640-649"),
    "word": ("שלום", "שלום"),
    "hyphen before a number": ("20-מ", "מ-20"),
    "letter before a number": ("17:45ו", "ו17:45"),
    "Arabic digits": ("٣٠ دقيقة", "٣٠ دقيقة"),
    "letters and words": ("Smith A, Jones B", "Smith A, Jones B"),
}


def shown(text: str, *, is_rtl: bool, is_reversed: bool = True, before: str = "", last: str = ""):
    """A line as it is shown, given as it reads; glyphs ten units wide, from left to right."""
    runs = [list(run) for _, run in groupby(text, key=lambda sign: _side(sign, is_rtl=is_rtl))]
    left = [
        sign
        for run in (runs[::-1] if is_rtl else runs)
        for sign in (run if _side(run[0], is_rtl=is_rtl) else run[::-1])
    ]
    glyphs = [
        Glyph(code=at, text=sign, x=10.0 * at, width=10, rise=0, font="/F", size=10)
        for at, sign in enumerate(left)
    ]
    reading = in_reading_order(glyphs, text, is_rtl=is_rtl)
    assert reading is not None
    return in_pieces(reading, with_marks=is_rtl, is_reversed=is_reversed, before=before, last=last)


def _side(sign: str, *, is_rtl: bool) -> bool:
    """Whether a sign of these plain lines is read from left to right."""
    kind = kind_of(sign)
    return kind != "R" if not is_rtl or kind in "LR" else sign not in " -"


def pdfium(pieces, *, is_reversed: bool = True) -> str:
    """Text objects by their first place, then segments of a kind, from the last or the first."""
    objects = sorted((piece.glyphs for piece in pieces), key=lambda glyphs: glyphs[0].x)
    segments = [
        (kind, [glyph.text for glyph in found])
        for kind, found in groupby(
            (glyph for shown in objects for glyph in shown), key=lambda g: kind_of(g.text[0])
        )
    ]
    read, turns = "", is_reversed
    for kind, signs in reversed(segments) if is_reversed else segments:
        turns = kind == "R" or (turns and kind != "L")
        backwards = kind == "R" or (kind == "N" and turns)
        read += "".join(map(_mirrored, reversed(signs)) if backwards else signs)
    return _seen(read)


def _mirrored(sign: str) -> str:
    return {"(": ")", ")": "("}.get(sign, sign)


def mupdf(pieces) -> str:
    """Text as shown or as its element says; what is read from right to left is turned round."""
    read, turned, level = "", "", 0
    for piece in pieces:
        for at, sign in enumerate([glyph.text for glyph in piece.glyphs]):
            level = _level(sign, level)
            said = sign if piece.says is None else piece.says[at : at + 1]
            if level:
                turned = said + turned
            else:
                read, turned = read + turned + said, ""
        read, turned = read + turned, ""
        read += (piece.says or "")[len(piece.glyphs) :]
        level = 0
    return _seen(read)


def _level(sign: str, before: int) -> int:
    kind = unicodedata.bidirectional(sign)
    if kind in ("R", "AL", "AN"):
        return 1
    return 0 if kind in ("L", "EN", "ES", "ET") else before


def _seen(text: str) -> str:
    return text.replace("\u200e", "").replace("\u200f", "")


@pytest.mark.parametrize("name", LINES)
def test_both_readers_give_the_line_back(name):
    text = LINES[name][1]
    pieces = shown(text, is_rtl=kind_of(text[-1]) == "R" or kind_of(text[0]) == "R")

    assert pdfium(pieces) == text
    assert mupdf(pieces) == text


def test_a_word_of_the_other_direction_in_a_left_to_right_line():
    pieces = shown("The word שלום עולם is Hebrew", is_rtl=False, is_reversed=False)

    assert pdfium(pieces, is_reversed=False) == "The word שלום עולם is Hebrew"
    assert mupdf(pieces) == "The word שלום עולם is Hebrew"


def test_behind_a_number_stands_a_mark_without_ink():
    (number, rest) = shown("1 ד", is_rtl=True)

    assert [(glyph.text, glyph.has_ink) for glyph in number.glyphs] == [
        ("\u200f", False), ("1", True)
    ]  # fmt: skip
    assert "".join(glyph.text for glyph in rest.glyphs) == "ד "


def test_what_begins_a_line_is_no_part_of_the_one_before():
    """MuPDF goes on in the line before where the direction changes; U+200F does not change it."""
    after_hebrew, _ = shown("120–150", is_rtl=True, last="דקות")
    after_latin, _ = shown("120–150", is_rtl=True, last="90 mm")
    goes_on, _ = shown("120–150", is_rtl=True, before="דקות ", last="דקות ")

    assert [glyph.text for glyph in after_hebrew.glyphs] == ["\u200f", "\u200e"]
    assert [glyph.text for glyph in after_latin.glyphs] == ["\u200e"]
    assert [glyph.text for glyph in goes_on.glyphs] == ["\u200e"]


@pytest.mark.parametrize("line", ["ל 5 מ", "שלום 5 .", "(1) שלום"])
def test_no_piece_begins_and_ends_at_one_place(line):
    """PDFium would not know where it runs to, and take the next line for a part of this one."""
    pieces = [spread(piece.glyphs) for piece in shown(line, is_rtl=True)]

    assert any(len(piece) == 2 for piece in pieces)
    assert all(len(piece) == 1 or piece[0].x != piece[-1].x for piece in pieces)


@pytest.mark.parametrize("name", ["range", "dose"])
def test_the_sign_that_says_a_run_stands_at_its_end(name):
    """Poppler would take it and a letter in the same place for one printed twice."""
    pieces = shown(LINES[name][1], is_rtl=True)
    sign, run = next(pair for pair in pairwise(pieces) if pair[1].says == "")

    right = max(glyph.x + glyph.width for glyph in run.glyphs)

    assert [glyph.x for glyph in sign.glyphs] == [right] * len(sign.glyphs)
