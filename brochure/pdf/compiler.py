"""A laid-out extract of a brochure compiled into a part.

All that is slow is done here, once: the engine draws, the tag tree and the text layer are
repaired, colours become inks. What is left in the engine's file is walked object by object, from
the pages and from the tag tree.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.pdf.engine import Layout, Side, bookmarks_of, draw_parted
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.forms import Forms, plain
from brochure.pdf.overflow import Folio
from brochure.pdf.page_codes import PageCodes
from brochure.pdf.part import (
    Destination,
    FaceUse,
    Hole,
    PageNumber,
    Part,
    PartPage,
    PartSide,
)
from brochure.pdf.press import prepare_press
from brochure.pdf.screen import prepare_screen
from brochure.pdf.text_layer import font_file
from brochure.typefaces import Family

_BOXES = (Name.MediaBox, Name.TrimBox, Name.BleedBox)
_OWN_TRAITS = frozenset(
    ("/FontBBox", "/Ascent", "/Descent", "/CapHeight", "/FontFile2", "/FontName")
)
"""What is said of a shared font when it is written."""


def compile_part(
    layout: Layout, composition: Composition, *, name: str, faults: Sequence[Diagnostic] = ()
) -> Part:
    """Draw a layout and take it apart; `name` tells its cells from those of other parts.

    `faults` are those found on the way here.
    """
    drawn, sides, more = draw_parted(layout)
    with pikepdf.open(io.BytesIO(drawn)) as file:
        prepare = prepare_press if composition.edition.is_in_inks else prepare_screen
        fonts = prepare(file, composition)
        return _part(file, layout, sides, composition, fonts, name=name, faults=(*faults, *more))


def _part(
    file: pikepdf.Pdf,
    layout: Layout,
    sides: Sequence[Sequence[Side]],
    composition: Composition,
    fonts: Iterable[FontCodes],
    *,
    name: str,
    faults: tuple[Diagnostic, ...],
) -> Part:
    root, families = file.Root, composition.families
    document = root.StructTreeRoot.K[0]
    shared = [font for font in fonts if _file_of(font, families)]
    forms, codes = Forms(name), PageCodes(shared)
    forms.know(root.Pages, Hole.PAGES.at())
    forms.know(document, Hole.DOCUMENT.at())
    for index, font in enumerate(shared):
        forms.know(font, Hole.FACE.at(index))
    pages = tuple(_Pages(file=file, forms=forms, codes=codes).made(layout, sides))
    top = tuple(forms.hole(kid) for kid in document.K)
    intents = None
    if Name.OutputIntents in root:
        intents = forms.hole(file.make_indirect(Array(root.OutputIntents)))
    forms.write()
    tree = pikepdf.NumberTree(root.StructTreeRoot.ParentTree)
    rows = tuple(forms.row(tree[key]) for key in forms.keys)
    forms.write()
    return Part(
        objects=tuple(forms.written),
        pages=pages,
        faces=tuple(_face(font, families, codes.used[font.name]) for font in shared),
        top=top,
        rows=rows,
        bookmarks=bookmarks_of(layout),
        destinations=tuple(_destinations(file, layout)),
        intents=intents,
        starts=layout.starts,
        faults=faults,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """Makes the pages of a part of what was drawn."""

    file: pikepdf.Pdf
    forms: Forms
    codes: PageCodes

    def made(self, layout: Layout, sides: Sequence[Sequence[Side]]) -> Iterator[PartPage]:
        """Each page, of its text and of what is round it on either side."""
        for page, extent, turns in zip(self.file.pages, layout.pages, sides, strict=False):
            self.codes.note(page)
            (text,) = self._holes([page.Contents.read_bytes()])
            boxes = {name: [float(edge) for edge in page[name]] for name in _BOXES}
            for name in (Name.Contents, *_BOXES):
                del page[name]
            own, other = (self._side(side, boxes) for side in turns)
            yield PartPage(
                number=self.forms.hole(page.obj), text=text, sides=(own, other), extent=extent
            )

    def _side(self, side: Side, boxes: Mapping[Name, Sequence[float]]) -> PartSide:
        ground, _ = self._cut(side.ground, None)
        margins, number = self._cut(side.margins, side.folio)
        moved = (
            b"%s [%s]"
            % (name.unparse(), _values([left + side.shift, bottom, right + side.shift, top]))
            for name, (left, bottom, right, top) in boxes.items()
        )
        return PartSide(
            boxes=b"".join(moved), ground=ground, margins=margins, number=number, folio=side.folio
        )

    def _cut(
        self, drawn: int | None, folio: Folio | None
    ) -> tuple[tuple[int, ...], PageNumber | None]:
        """What a page draws that was drawn apart, and the number that was cut out of it."""
        if drawn is None:
            return (), None
        pieces, number = self.codes.cut(self.file.pages[drawn], folio)
        return self._holes(pieces), number

    def _holes(self, pieces: Sequence[bytes]) -> tuple[int, ...]:
        """What one page draws, in pieces, as streams that leave the state as it was."""
        *before, last = pieces
        first, *rest = *before, last + b"\nQ"
        framed = (b"q\n" + first, *rest)
        return tuple(self.forms.hole(self.file.make_stream(piece)) for piece in framed)


def _destinations(file: pikepdf.Pdf, layout: Layout) -> Iterator[Destination]:
    names = file.Root.get(Name.Names, Dictionary()).get(Name.Dests, Dictionary())
    numbers = {page.obj.objgen: at for at, page in enumerate(file.pages)}
    entries = list(names.get(Name.Names, Array()))
    for name, (page, *view) in zip(entries[::2], entries[1::2], strict=True):
        if str(name) not in layout.outside:
            yield Destination(name=bytes(name), page=numbers[page.objgen], view=_values(view))


def _file_of(font: FontCodes, families: Sequence[Family]) -> str:
    """The name of the file of a font that parts can share."""
    path = font_file(font.base_font, families)
    return path.name if path and font.is_truetype else ""


def _face(font: FontCodes, families: Sequence[Family], codes: Iterable[int]) -> FaceUse:
    traits = {key: value for key, value in font.descriptor.items() if key not in _OWN_TRAITS}
    return FaceUse(
        name=font.name,
        base_font=font.base_font,
        file=_file_of(font, families),
        traits=Dictionary(traits).unparse(),
        ascent=int(font.descriptor.Ascent),
        descent=int(font.descriptor.Descent),
        codes=font.meanings(codes),
    )


def _values(items: Any) -> bytes:
    return b" ".join(map(plain, items))
