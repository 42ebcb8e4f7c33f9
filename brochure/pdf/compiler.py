"""A laid-out extract of a brochure compiled into a part.

All that is slow is done here, once: the engine draws, the tag tree and the text layer are
repaired, colours become inks. What is left in the engine's file is walked object by object, from
the pages and from the tag tree.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.pdf.engine import Layout, bookmarks_of, draw
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.forms import Forms, plain
from brochure.pdf.page_codes import PageCodes
from brochure.pdf.part import Destination, FaceUse, Hole, Part, PartPage
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
    drawn, more = draw(layout)
    with pikepdf.open(io.BytesIO(drawn)) as file:
        prepare = prepare_press if composition.edition.is_in_inks else prepare_screen
        fonts = prepare(file, composition)
        return _part(file, layout, composition, fonts, name=name, faults=(*faults, *more))


def _part(
    file: pikepdf.Pdf,
    layout: Layout,
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
    pages = tuple(_pages(file, layout, forms, codes))
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


def _pages(
    file: pikepdf.Pdf, layout: Layout, forms: Forms, codes: PageCodes
) -> Iterator[PartPage]:
    for at, (page, text) in enumerate(zip(file.pages, layout.pages, strict=True)):
        folio = codes.take_number(file, page, text.folio)
        if folio:
            forms.know(page.Contents[1], Hole.FOLIO.at(at))
        boxes = (b"%s [%s]" % (name.unparse(), _values(page[name])) for name in _BOXES)
        yield PartPage(number=forms.hole(page.obj), boxes=b"".join(boxes), folio=folio, text=text)


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
