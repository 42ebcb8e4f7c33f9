"""What search, copy and screen readers get: the text that each glyph stands for.

*Maps.* The engine notes a glyph's text where it first meets the glyph, cluster by cluster. In a
cluster of a base and a mark read from right to left, the mark gets the text of both and the base
gets none, for the whole file: every word with that base loses its letters (ISO 32000-2, 9.10.3).
A glyph that the font's own character map names stands for that character, whatever cluster it was
met in; presentation forms are brought back to their letters (Unicode NFKC).

*Codes.* Extractors turn what is read from right to left round, letter by letter. So that they turn
it right, a code says exactly what its glyph says there: a bracket is the one that was written and
not the one that it looks like (UAX #9, L4), a ligature's letters run backwards, a raised vowel
mark stands on the line where its base begins. Behind a left-to-right word and behind a sign there
is U+200F, without ink: Poppler takes signs for numbers and would go on reading to the left. In
which order all this is shown is decided in `showing`.

*Truth.* What a line says is noted by the engine beside its glyphs. Where the codes of a line, in
the order of the content, do not say just that, its structure element does (`ActualText`, 14.9.4).
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
from pikepdf import Array, Dictionary, Name, String

from brochure.languages import Direction
from brochure.pages.composition import Composition
from brochure.pdf.content_stream import Instruction, drawn_by, write_content
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.lines import Line, read_lines, text_object
from brochure.pdf.page_direction import makeweight
from brochure.pdf.page_script import Script
from brochure.pdf.pieces import Piece
from brochure.pdf.reading_order import Glyph
from brochure.typefaces import Family

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{4})> ?<([0-9A-Fa-f]*)>")
_NOT_A_NAME = re.compile(r"[^a-z]|regular")


def repair_codes(file: pikepdf.Pdf, composition: Composition) -> tuple[FontCodes, ...]:
    """Make the text of a file that the engine drew of a composition read true, in place.

    Gives the fonts, with codes that are not yet written.
    """
    _repair_maps(file, composition.families)
    fonts: dict[tuple[int, int], FontCodes] = {}
    is_reversed = composition.direction is Direction.RTL
    for page in file.pages:
        owners = _owners(file, page)
        for target, steps in drawn_by(page):
            known = _fonts_of(file, target, fonts)
            if not known:
                continue
            lines, rest = read_lines(steps, known)
            content: list[Instruction] = []
            script = Script(known, lines, is_reversed=is_reversed)
            shown = list(script.shown())
            for line, pieces in zip(lines, shown, strict=True):
                content += _shown(file, owners, line, pieces, known)
            if target == page.obj:  # a form may be drawn within a tag
                end = next((at for at, step in enumerate(rest, start=1) if step[1] == "EMC"), 0)
                rest[end:end] = makeweight(lines, shown, known, is_rtl=is_reversed)
            write_content(file, target, [*content, *rest])
    return tuple(fonts.values())


def _repair_maps(file: pikepdf.Pdf, families: Sequence[Family]) -> None:
    """Correct the ToUnicode map of every font of `families`."""
    for font in file.objects:
        if isinstance(font, Dictionary) and Name.ToUnicode in font:
            path = font_file(str(font.BaseFont), families)
            if path:
                _repair(font.ToUnicode, _texts_of(path))


def font_file(base_font: str, families: Sequence[Family]) -> Path | None:
    """The file of the font that a PDF calls `base_font`, if it is one of `families`."""
    files = {_bare(path.stem): path for family in families for path in family.files}
    return files.get(_bare(base_font.partition("+")[2]))


def _fonts_of(
    file: pikepdf.Pdf, target: Any, fonts: dict[tuple[int, int], FontCodes]
) -> dict[str, FontCodes]:
    """The fonts of a page or form by name; those met for the first time go into `fonts`."""
    known = {}
    names = target.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    for name, font in names.items():
        if Name.DescendantFonts in font:
            if font.objgen not in fonts:
                fonts[font.objgen] = FontCodes(file, font)
            known[name] = fonts[font.objgen]
    return known


def _owners(file: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    """The structure elements of a page's marked content, by its number (14.7.5.4)."""
    root = file.Root.get(Name.StructTreeRoot)
    if root is None or Name.StructParents not in page:
        return Array()
    return pikepdf.NumberTree(root.ParentTree)[int(page.StructParents)]


def _shown(
    file: pikepdf.Pdf,
    owners: Any,
    line: Line,
    pieces: Sequence[Piece],
    fonts: Mapping[str, FontCodes],
) -> list[Instruction]:
    """What is drawn before a line, and the line; its structure elements say what it says."""
    objects = [text_object(line.matrix, piece.glyphs, fonts) for piece in pieces]
    said = _told(file, owners, line, [glyph for piece in pieces for glyph in piece.glyphs])
    if said is None or all(piece.says is None for piece in pieces):
        return [*line.before, *(objects or line.shown)]
    steps = list(line.before)
    said.K = Array()
    for piece, shown in zip(pieces, objects, strict=True):
        mcid = line.mcid
        if len(said.K):
            mcid = len(owners)
            steps += [([], "EMC"), ([Name(line.tag), Dictionary(MCID=mcid)], "BDC")]
            owners.append(None)
        span = Dictionary(Type=Name.StructElem, S=Name.Span, P=said, Pg=said.Pg, K=Array([mcid]))
        if piece.says is not None:
            span.ActualText = String(piece.says)
        owners[mcid] = file.make_indirect(span)
        said.K.append(owners[mcid])
        steps.append(shown)
    return steps


def _told(file: pikepdf.Pdf, owners: Any, line: Line, shown: Sequence[Glyph]) -> Any:
    """The structure element that says what a line says, if its codes do not (14.9.4)."""
    if line.mcid is None or line.mcid >= len(owners) or not line.text:
        return None
    owner = owners[line.mcid]
    read = "".join(glyph.text for glyph in shown or line.glyphs)
    if read == line.text or not isinstance(owner, Dictionary):
        return None
    said = _inside(file, owner, line.mcid) if Name.Link == owner.S else owner
    said.ActualText = String(line.text)
    owners[line.mcid] = _inside(file, said, line.mcid)
    return said


def _inside(file: pikepdf.Pdf, owner: Any, mcid: int) -> Any:
    """A `Span` of its own for one piece of an element's marked content.

    MuPDF takes an element's text for that of its marked content and turns it round; it does not
    look at the element's parents.
    """
    span = Dictionary(Type=Name.StructElem, S=Name.Span, P=owner, Pg=owner.Pg, K=Array([mcid]))
    span = file.make_indirect(span)
    owner.K = Array([span if kid == mcid else kid for kid in owner.K])
    return span


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
