"""The operators of text (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.content import Content, Operators
from brochure.pdf.preflight.fonts import Font
from brochure.pdf.preflight.geometry import IDENTITY, Matrix
from brochure.pdf.preflight.paints import Lettering, What

_ASCENT, _DESCENT = 0.75, -0.25
"""How far letters reach above and below their line, in ems: what most fonts' letters do."""
_INVISIBLE = 3


def _begin_text(content: Content) -> None:
    content.line = content.at = IDENTITY


def _font(content: Content, name: str, size: float) -> None:
    content.state.font, content.state.size = content.scope.font(name), size


def _text_matrix(content: Content, *numbers: float) -> None:
    content.line = content.at = Matrix(*numbers)


def _next_line(content: Content, x: float, y: float) -> None:
    content.line = content.at = content.line.after(Matrix(1, 0, 0, 1, x, y))


def _next_line_leading(content: Content, x: float, y: float) -> None:
    content.state.leading = -y
    _next_line(content, x, y)


def _new_line(content: Content) -> None:
    _next_line(content, 0, -content.state.leading)


def _show(content: Content, text: bytes) -> None:
    _show_parts(content, [text])


def _show_on_new_line(content: Content, text: bytes) -> None:
    _new_line(content)
    _show(content, text)


def _show_spaced(content: Content, words: float, letters: float, text: bytes) -> None:
    content.state.word_space, content.state.letter_space = words, letters
    _show_on_new_line(content, text)


def _letter_space(content: Content, space: float) -> None:
    content.state.letter_space = space


def _word_space(content: Content, space: float) -> None:
    content.state.word_space = space


def _text_scale(content: Content, percent: float) -> None:
    content.state.scale = percent / 100


def _leading(content: Content, length: float) -> None:
    content.state.leading = length


def _text_rise(content: Content, rise: float) -> None:
    content.state.rise = rise


def _text_render(content: Content, mode: float) -> None:
    content.state.render = int(mode)


def _show_parts(content: Content, parts: list[Any]) -> None:
    """`TJ`: strings, with numbers between them that move back; the others are this one too."""
    state, face = content.state, content.state.font
    if face is None:
        return
    text = b"".join([part for part in parts if isinstance(part, bytes)])
    back = sum([part for part in parts if not isinstance(part, bytes)])
    length = state.advance(text) + state.kerning(back)
    start, content.at = content.at, content.at.after(Matrix(1, 0, 0, 1, length, 0))
    if not text or state.render == _INVISIBLE:
        return
    codes = face.codes(text)
    face.used.update(codes)
    face.pages.setdefault(content.walk.index, content.here)
    matrix = state.ctm.after(start)
    if face.kind == "Type3":
        _glyphs(content, face, codes, matrix)
    low, high = (state.size * part + state.rise for part in (_DESCENT, _ASCENT))
    outline = matrix.box(Box(min(0, length), min(low, high), max(0, length), max(low, high)))
    size = abs(state.size) * matrix.letter_height
    lettering = Lettering(face.words(text).strip(), size, face.name)
    if not lettering.words and face.texts:
        return
    stroked = state.render % 4 == 1
    content.paint(What.TEXT, outline, state.stroke if stroked else state.fill, lettering=lettering)


def _glyphs(content: Content, face: Font, codes: list[int], matrix: Matrix) -> None:
    """The drawings of a Type 3 font's glyphs, each once a page (9.6.5)."""
    drawings = face.dictionary.get("/CharProcs", Dictionary())
    names = dict(_differences(face.dictionary.get("/Encoding")))
    state = content.state.copy()
    size = state.size
    state.ctm = matrix.after(Matrix(size, 0, 0, size, 0, state.rise))
    own = face.dictionary.get("/FontMatrix", Array([0.001, 0, 0, 0.001, 0, 0]))
    state.ctm = state.ctm.after(Matrix(*(float(number) for number in own)))
    for code in dict.fromkeys(codes):
        drawing = drawings.get(names.get(code, "/none"))
        if isinstance(drawing, Stream) and content.walk.once("glyph", drawing.objgen):
            place = f"{content.place}glyph {code} of font {face.name}, "
            scope = content.walk.reader.scope_of(face.dictionary, content.scope)
            content.walk.run(drawing, scope, state.copy(), place, content.depth + 1)


def _differences(encoding: Any) -> Iterator[tuple[int, str]]:
    """Codes and glyph names of an encoding's `Differences` (9.6.6)."""
    code = 0
    listed: Any = Array()
    if isinstance(encoding, Dictionary):
        listed = encoding.get("/Differences", listed)
    for item in listed:
        if isinstance(item, Name):
            yield code, str(item)
            code += 1
        else:
            code = int(item)


TEXT: Operators = {
    "BT": _begin_text, "Tf": _font, "Tm": _text_matrix, "Td": _next_line, "TD": _next_line_leading,
    "T*": _new_line, "Tj": _show, "TJ": _show_parts, "'": _show_on_new_line, '"': _show_spaced,
    "Tc": _letter_space, "Tw": _word_space, "Tz": _text_scale, "TL": _leading, "Ts": _text_rise,
    "Tr": _text_render,
}  # fmt: skip
