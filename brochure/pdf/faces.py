"""The fonts of a linked file: one program a face, for all its parts.

The engine keeps the font's own glyph numbers when it makes a subset, so that what parts show can
share a subset of the original file, made once (HarfBuzz). Parts that mean the same by a code share
a PDF font as well; where two differ, the later one gets a font of its own with the same program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from brochure.pdf.font_codes import (
    THOUSANDTH,
    Code,
    Shift,
    cmap_of,
    free_code,
    glyph_map,
    with_glyphs,
)
from brochure.pdf.part import FaceUse, PageNumber
from brochure.pdf.writer import Writer
from brochure.typefaces import Family

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that no viewer reads; the engine drops the same."""


@dataclass(slots=True)
class _Font:
    """One PDF font of a face: the meanings of its codes."""

    number: int
    codes: dict[int, Code]


@dataclass(slots=True)
class _Face:
    use: FaceUse
    file: Path
    fonts: list[_Font] = field(default_factory=list)


class Faces:
    """Collects what parts show in each face; `write` puts the fonts into the file."""

    def __init__(self, writer: Writer, families: Sequence[Family]) -> None:
        self._writer = writer
        self._files = {file.name: file for family in families for file in family.files}
        self._faces: dict[str, _Face] = {}

    def join(self, use: FaceUse) -> int:
        """The number of a font with which a part can show its codes."""
        face = self._faces.setdefault(use.name, _Face(use, self._files[use.file]))
        for font in face.fonts:
            if all(
                font.codes.get(code, meaning) == meaning for code, meaning in use.codes.items()
            ):
                font.codes |= use.codes
                return font.number
        face.fonts.append(_Font(self._writer.reserve(), dict(use.codes)))
        return face.fonts[-1].number

    def numbered(self, place: PageNumber, font: int, text: str) -> bytes:
        """Draw a page's number with the PDF font `font`; its digits join the font's codes."""
        face = self._faces[place.face]
        codes = next(item.codes for item in face.fonts if item.number == font)
        shown, width = [], 0.0
        for glyph, advance, letter in _shaped(face.file, text):
            code = _code_of(Code(glyph=glyph, text=letter, width=float(round(advance))), codes)
            shown.append(f"<{code:04x}>")
            width += advance / THOUSANDTH * place.size
        *turn, x, y = place.matrix
        x += (place.width - width) * place.share
        matrix = " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in (*turn, x, y))
        size = f"{place.size:.6f}".rstrip("0").rstrip(".")
        lines = (f"{matrix} Tm", f"/{place.face} {size} Tf", f"[{''.join(shown)}] TJ", "ET")
        return b"\n".join((b"BT", place.state, *(line.encode() for line in lines)))

    def write(self) -> str:
        """Write every font; gives a digest of them: what they draw, and what that means."""
        digest = hashlib.blake2b(digest_size=32)
        for face in self._faces.values():
            program = self._write_face(face)
            meanings = [sorted(font.codes.items()) for font in face.fonts]
            digest.update(repr((face.use.name, face.use.traits, meanings, len(program))).encode())
            digest.update(program)
        return digest.hexdigest()

    def _write_face(self, face: _Face) -> bytes:
        """Write the fonts of a face; gives the program that they share."""
        meanings = [code for font in face.fonts for code in font.codes.values()]
        glyphs = frozenset(code.glyph for code in meanings if code.glyph >= 0)
        places = sorted({(code.glyph, code.shift) for code in meanings if code.shift is not None})
        program, added = font_program(face.file, glyphs, tuple(places))
        stream = self._writer.stream(program, b"/Length1 %d" % len(program))
        use = face.use
        name = b"/" + use.base_font.encode()
        widest = max((code.width for code in meanings), default=0)
        descriptor = self._writer.add(
            b"%s/FontName %s/FontBBox [0 %d %d %d]/Ascent %d/Descent %d/CapHeight %d"
            b"/FontFile2 %d 0 R>>"
            % (
                use.traits.removesuffix(b">>"),
                name,
                use.descent,
                widest,
                use.ascent,
                use.ascent,
                use.descent,
                use.ascent,
                stream,
            )
        )
        for font in face.fonts:
            self._write_font(font, name, descriptor, added)
        return program

    def _write_font(
        self, font: _Font, name: bytes, descriptor: int, added: dict[tuple[int, Shift], int]
    ) -> None:
        glyphs = {
            code: meaning.glyph if meaning.shift is None else added[meaning.glyph, meaning.shift]
            for code, meaning in font.codes.items()
        }
        mapping = b"/Identity"
        if any(code != glyph for code, glyph in glyphs.items()):
            mapping = b"%d 0 R" % self._writer.stream(glyph_map(glyphs))
        texts = {code: meaning.text for code, meaning in font.codes.items()}
        descendant = self._writer.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont %s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/CIDToGIDMap %s/W [%s]/FontDescriptor %d 0 R>>"
            % (name, mapping, _widths(font.codes), descriptor)
        )
        self._writer.put(
            font.number,
            b"<</Type/Font/Subtype/Type0/BaseFont %s/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (name, descendant, self._writer.stream(cmap_of(texts))),
        )


def _code_of(meaning: Code, codes: dict[int, Code]) -> int:
    """The code that shows and says this: the glyph's own, unless that says something else."""
    if codes.setdefault(meaning.glyph, meaning).text == meaning.text:
        return meaning.glyph
    for code, other in codes.items():
        if other == meaning:
            return code
    code = free_code((meaning.glyph, meaning.text, None), codes)
    codes[code] = meaning
    return code


def _widths(codes: dict[int, Code]) -> bytes:
    """The widths of codes that follow each other, together (9.7.4.3)."""
    parts: list[str] = []
    last = None
    for code in sorted(codes):
        if last is None or code != last + 1:
            parts.append(f"{']' if parts else ''}{' ' * bool(parts)}{code}[")
        else:
            parts.append(" ")
        parts.append(f"{codes[code].width:g}")
        last = code
    return ("".join(parts) + "]" * bool(parts)).encode()


@cache
def _shaped(file: Path, text: str) -> tuple[tuple[int, float, str], ...]:
    """The glyphs of a number: each with its advance, in thousandths of the size, and its digit."""
    import uharfbuzz

    font = uharfbuzz.Font(_face_of(file))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    uharfbuzz.shape(font, buffer)
    scale = THOUSANDTH / font.face.upem
    return tuple(
        (info.codepoint, place.x_advance * scale, text[info.cluster])
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


@cache
def _face_of(file: Path) -> object:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))


@cache
def font_program(
    file: Path, glyphs: frozenset[int], places: tuple[tuple[int, Shift], ...]
) -> tuple[bytes, dict[tuple[int, Shift], int]]:
    """A subset of a font file with these glyphs under their own numbers.

    Behind them come the glyphs of `places`, moved and without width, whose numbers are given.
    """
    import uharfbuzz

    wanted = glyphs | {0}
    sparse = uharfbuzz.subset(_face_of(file), _input(wanted, retains=True))
    short = uharfbuzz.subset(sparse, _input(range(max(wanted) + 1), retains=False))
    data = short.blob.data
    return with_glyphs(data, places) if places else (data, {})


def _input(glyphs: Iterable[int], *, retains: bool) -> object:
    import uharfbuzz

    wish = uharfbuzz.SubsetInput()
    wish.glyph_set.update(glyphs)
    flags = uharfbuzz.SubsetFlags
    wish.flags = flags.PASSTHROUGH_UNRECOGNIZED | flags.DESUBROUTINIZE
    if retains:
        wish.flags |= flags.RETAIN_GIDS
        wish.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED)
    else:
        wish.flags |= flags.NO_HINTING
    return wish
