"""Lines as they are shown, read by what PDFium and MuPDF do with them.

`pdfium` and `mupdf` say in a few lines what the readers' sources do; tests/text_layer asks the
readers themselves.
"""

import re
import unicodedata
from dataclasses import replace
from itertools import groupby, pairwise
from types import MappingProxyType

import pytest

from brochure.pages.bidi import right_to_left_runs
from brochure.pdf.chains import joined
from brochure.pdf.lines import Line
from brochure.pdf.pieces import kind_of, spread
from brochure.pdf.reading_order import Glyph, in_reading_order
from brochure.pdf.showing import Place, in_pieces

LINES = {
    "range": "ל 30–45 דקות",
    "dose": "עד 0.5–1 ml יום",
    "phone": "+357 22 654321",
    "brackets in a run": "2019;81(3):640-649",
    "word": "שלום",
    "hyphen before a number": "מ-20",
    "letter before a number": "ו17:45",
    "Arabic digits": "٣٠ دقيقة",
    "letters and words": "Smith A, Jones B",
    "brackets": "שלום (עולם) יום",
    "bracket and sign": "שלום (עולם)! יום",
    "quotation mark in a word": "ד\u201dר כהן",
    "sign behind a dose": "עד 0.5–1 ml! יום",
    "bracket before a dose": "סיב (1064 nm) יום",
    "number behind a hyphen": "לא מ-20 mg/ml ליום",
    "dash behind a bracket": "שלום (עולם) — יום",
    "sign behind Arabic digits": "دقته ٩٥٪، ولا",
}
LTR_LINES = [
    "The word שלום עולם is Hebrew",
    "a (שלום עולם), b",
    "שלום עולם; שלום עולם!",
    "שלום עולם (שלום) x",
    "in ד\u201dר, הוא שלום: “שלום עולם”",
    "שלום (x)",
]
CHAINS = [
    ("Smith A, Jones B. 2019;81(3):640-649. ", "doi:10.1016/j.jaad"),
    ("Lancet 2015;385:1295–1304", "."),
    ("Arita R. ", "A word", " of ", "another", " one."),
    ("Pain 2012;41:278–940; ", "34946656", ", ", "doi", "."),
    ("micro", "gram"),
    ("(", "PubMed", ")."),
]


def shown(
    text: str, *, is_rtl: bool, is_reversed: bool = True, fonts=MappingProxyType({}), **place
):
    """A line as it is shown, given as it reads; glyphs ten units wide, from left to right."""
    runs = [list(run) for _, run in groupby(text, key=lambda sign: _side(sign, is_rtl=is_rtl))]
    left = [
        sign
        for run in (runs[::-1] if is_rtl else runs)
        for sign in (run if _side(run[0], is_rtl=is_rtl) else run[::-1])
    ]
    glyphs = [glyph._replace(font=fonts.get(glyph.text, "/F")) for glyph in _glyphs(left)]
    reading = in_reading_order(glyphs, text, is_rtl=is_rtl)
    assert reading is not None
    pieces = in_pieces(reading, Place(with_marks=is_rtl, is_reversed=is_reversed, **place))
    return [replace(piece, glyphs=spread(piece.glyphs)) for piece in pieces]


def _glyphs(signs) -> list[Glyph]:
    """Glyphs from left to right."""
    return [
        Glyph(code=at, text=sign, x=10.0 * at, width=10, rise=0, font="/F", size=10)
        for at, sign in enumerate(signs)
    ]


def shown_as_chain(*texts: str):
    """Lines that go on to the right of each other, as they are shown in a right-to-left text."""
    lines, at = [], 0.0
    for text in texts:
        matrix, glyphs = (1, 0, 0, 1, at, 0), _glyphs(text)
        lines.append(Line(before=[], text=text, mcid=0, tag="/Span", matrix=matrix, glyphs=glyphs))
        at += 10.0 * len(text)
    said = ["", *texts, ""]
    for number, item in enumerate(joined(lines, lambda line: True, is_rtl=True)):
        place = Place(
            with_marks=True, is_reversed=True, before=said[number], after=said[number + 2],
            link=item.link,
        )  # fmt: skip
        reading = in_reading_order(item.line.glyphs, item.line.text, is_rtl=False)
        assert reading is not None
        for piece in in_pieces(reading, place):
            glyphs = spread(piece.glyphs)
            here = tuple(glyph._replace(x=glyph.x + item.line.left) for glyph in glyphs)
            yield replace(piece, glyphs=here)


def shown_with_isolates(text: str, fonts=MappingProxyType({})):
    """A left-to-right line as it is shown, its isolates as lines of their own."""
    ends = [0, *(end for run in right_to_left_runs(text) for end in run), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends)]
    at = 0.0
    for number, part in enumerate(parts):
        pieces = [] if not part else shown(
            part, is_rtl=number % 2 == 1, is_reversed=False, fonts=fonts,
            before=parts[number - 1] if number else "",
            after=parts[number + 1] if number + 1 < len(parts) else "",
        )  # fmt: skip
        for piece in pieces:
            yield replace(
                piece, glyphs=tuple(glyph._replace(x=glyph.x + at) for glyph in piece.glyphs)
            )
        at += 10.0 * len(part)


def _side(sign: str, *, is_rtl: bool) -> bool:
    """Whether a sign of these plain lines is read from left to right."""
    kind = kind_of(sign)
    return kind != "R" if not is_rtl or kind in "LR" else sign not in " -!()\u201d,+"


def pdfium(pieces, *, is_reversed: bool = True) -> str:
    """Text objects by their first place, then segments of a kind, from the last or the first.

    From the last where most are read from right to left, and in every right-to-left document.
    """
    objects = [piece.glyphs for piece in pieces if _extent(piece.glyphs)]
    line = "".join(_in_one_line(sorted(objects, key=lambda glyphs: glyphs[0].x)))
    segments = [(kind, list(found)) for kind, found in groupby(line, key=kind_of)]
    kinds = [kind for kind, _ in segments]
    is_reversed |= 0 < kinds.count("R") >= kinds.count("L")
    read, turns = "", is_reversed
    for kind, signs in reversed(segments) if is_reversed else segments:
        turns = kind == "R" or (turns and kind != "L")
        backwards = kind == "R" or (kind == "N" and turns)
        read += "".join(map(_mirrored, reversed(signs)) if backwards else signs)
    return " ".join(_seen(read).split())


def _extent(glyphs) -> float:
    """How wide a text object is; PDFium passes over those that are not."""
    ends = [
        glyph.x + (glyph.width if glyph.has_ink and glyph.text != " " else 0) for glyph in glyphs
    ]
    return max(ends) - min(glyph.x for glyph in glyphs)


def _in_one_line(objects):
    """The signs of text objects, with a space where one is far from the next.

    What is shown twice in one place is left out, and a space before it.
    """
    line: list[Glyph] = []
    end = None
    for shown in objects:
        first = shown[0]
        gap = abs(end.x + end.width - first.x) if end else 0
        if end and " " not in (first.text, end.text) and gap > max(end.width, first.width) / 6:
            line.append(first._replace(text=" ", x=-1))
        for at, glyph in enumerate(shown):
            if at and line[-1].text != " " and _goes_right(shown[at - 1], glyph):
                line.append(first._replace(text=" ", x=-1))
            if not any(_is_again(glyph, other) for other in line[-7:]):
                line.append(glyph)
            elif at == 0 and line[-1].text == " ":
                line.pop()
        end = shown[-1] if line[-1] is shown[-1] else end
    return [glyph.text for glyph in line]


def _goes_right(before, glyph) -> bool:
    return glyph.x - before.x - before.width > max(before.width, glyph.width) / 6


def _is_again(one: Glyph, other: Glyph) -> bool:
    is_one = (one.text, one.has_ink) == (other.text, other.has_ink)
    is_one &= one.has_ink or one.text == " " or one.width == other.width
    return is_one and abs(one.x - other.x) < 0.07 * one.size


def _mirrored(sign: str) -> str:
    return {"(": ")", ")": "(", "\u201d": "\u201c"}.get(sign, sign)


def mupdf(pieces) -> str:
    """Text as shown or as its element says; what is read from right to left is turned round."""
    read, turned, level = "", "", 0
    for piece in pieces:
        for at, sign in enumerate("".join(glyph.text for glyph in piece.glyphs)):
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
    return re.sub("[\u200e\u200f\u2066\u2069]", "", text)


@pytest.mark.parametrize("name", LINES)
def test_both_readers_give_the_line_back(name):
    text = LINES[name]
    pieces = shown(text, is_rtl=kind_of(text[-1]) == "R" or kind_of(text[0]) == "R")

    assert pdfium(pieces) == text
    assert mupdf(pieces) == text


@pytest.mark.parametrize("text", LTR_LINES)
def test_words_of_the_other_direction_in_a_left_to_right_line(text):
    pieces = list(shown_with_isolates(text))

    assert pdfium(pieces, is_reversed=False) == text
    assert mupdf(pieces) == text


def test_a_run_in_two_fonts_is_shown_in_the_order_of_reading():
    """PDFium sorts what is in several fonts by its place."""
    fonts = {"\u2212": "/G", "+": "/G"}

    assert pdfium(shown("\u2212196 °C", is_rtl=True, fonts=fonts)) == "\u2212196 °C"
    word = list(shown_with_isolates("x (שלום + עולם)", fonts))
    assert pdfium(word, is_reversed=False) == "x (שלום + עולם)"


def test_a_word_in_the_next_cell_is_none_of_the_one_before():
    """MuPDF goes on where the direction changes, however far away that is."""
    cell = shown("שלום", is_rtl=False, is_reversed=False, last="word")
    next_to_it = shown("שלום", is_rtl=False, is_reversed=False, last="word", before="word")

    assert [piece.says for piece in cell][:2] == ["שלום", ""]
    assert [piece.says for piece in next_to_it] == [None]


def test_the_space_that_leads_to_a_phone_is_no_part_of_it():
    """Poppler would move it to the phone's other end; MuPDF has it before the phone."""
    space = Glyph(
        code=0, text=" ", x=150, width=0, rise=0, font="/F", size=10, has_ink=False, is_ltr=False
    )
    reading = in_reading_order(_glyphs("+357 22 654321"), "+357 22 654321", is_rtl=True)
    led = replace(reading, glyphs=(space, *reading.glyphs))

    first, *others = in_pieces(led, Place(with_marks=True, is_reversed=True))

    assert [glyph.text for glyph in first.glyphs] == ["\u200f", " ", "\u200f"]
    assert all(glyph.text != " " or glyph.has_ink for piece in others for glyph in piece.glyphs)
    assert (first.says, others[0].says) == ("", " +357 22 654321")


@pytest.mark.parametrize("texts", CHAINS)
def test_lines_that_go_on_to_the_right_come_in_their_order(texts):
    pieces = list(shown_as_chain(*texts))

    assert pdfium(pieces) == "".join(texts)
    assert mupdf(pieces) == "".join(texts)


def test_only_the_first_of_such_lines_has_a_mark_at_its_left_edge():
    """Poppler would read what is on the right of it first."""
    pieces = list(shown_as_chain("Smith A. ", "doi:10", "."))

    marks = [glyph.x for piece in pieces for glyph in piece.glyphs if glyph.text == "\u200f"]
    assert [x for x in marks if 0 < x < 155] == []


def test_behind_a_number_stands_a_mark_without_ink():
    (number, rest) = shown("1 ד", is_rtl=True)

    assert [(glyph.text, glyph.has_ink) for glyph in number.glyphs] == [
        ("\u200f", False), ("1", True)
    ]  # fmt: skip
    assert "".join(glyph.text for glyph in rest.glyphs) == "ד "


@pytest.mark.parametrize(
    ("last", "before", "mark"),
    [
        ("דקות", "", "\u200f"),
        ("90 mm", "", None),
        ("דקות ", "דקות ", None),
        ("90 mm ", "90 mm ", "\u200f"),
    ],
)
def test_what_begins_a_line_is_no_part_of_the_one_before(last, before, mark):
    """MuPDF begins a line where text jumps, but goes on where its direction changes too."""
    first = shown("120–150", is_rtl=True, last=last, before=before)[0]

    assert (first.glyphs[0].text if first.says is None else None) == mark


@pytest.mark.parametrize("line", ["ל 5 מ", "שלום 5 .", "(1) שלום"])
def test_no_piece_begins_and_ends_at_one_place(line):
    """PDFium would not know where it runs to, and take the next line for a part of this one."""
    pieces = [piece.glyphs for piece in shown(line, is_rtl=True)]

    assert any(len(piece) == 2 for piece in pieces)
    assert all(len(piece) == 1 or piece[0].x != piece[-1].x for piece in pieces)
