"""A laid-out extract of a brochure compiled into a part.

All that is slow is done here, once: the engine draws, the tag tree and the text layer are
repaired, colours become inks. What is left in the engine's file is walked object by object, from
the pages and from the tag tree; a reference is an object with a number, never a pattern.
"""

from __future__ import annotations

import io
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.pdf.content_stream import Instruction, drawn_by, read_content
from brochure.pdf.engine import Layout, bookmarks_of, draw
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.inspection import font_problems
from brochure.pdf.overflow import Folio
from brochure.pdf.part import (
    Destination,
    FaceUse,
    Form,
    Hole,
    PageNumber,
    Part,
    PartPage,
)
from brochure.pdf.press import prepare_press
from brochure.pdf.screen import prepare_screen
from brochure.pdf.text_layer import font_file

_NEAR = 0.01
"""Text space is in CSS pixels: what is nearer than this is in its place."""
_LEVEL = 9
"""Of compression: a part is made once and written often."""
_SHOWING = frozenset(("BT", "Tm", "Tf", "TJ", "Tj", "ET"))
"""The operators of a text that are written anew with another number."""
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
        return _Compiler(file, layout, composition, fonts, name).part((*faults, *more))


@dataclass(slots=True)
class _Compiler:
    """What has been numbered so far, and what is still to be written."""

    file: pikepdf.Pdf
    layout: Layout
    composition: Composition
    fonts: tuple[FontCodes, ...]
    name: str
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    waiting: list[Any] = field(default_factory=list)
    keys: dict[int, int] = field(default_factory=dict)
    used: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def part(self, faults: tuple[Diagnostic, ...]) -> Part:
        pages = list(self.file.pages)
        root = self.file.Root
        document = root.StructTreeRoot.K[0]
        self.numbers[root.Pages.objgen] = Hole.PAGES.at()
        self.numbers[document.objgen] = Hole.DOCUMENT.at()
        shared = [font for font in self.fonts if self._file_of(font)]
        for index, font in enumerate(shared):
            self.numbers[font.objgen] = Hole.FACE.at(index)
        objects: list[Form] = []
        folios = [self._contents(page, at) for at, page in enumerate(pages)]
        places = [self._number(page.obj) for page in pages]
        top = [self._number(kid) for kid in document.K]
        streams: list[Form] = []
        for page, (contents, _) in zip(pages, folios, strict=True):
            self._key(int(page.StructParents))
            del page.Contents
            streams += contents
        while len(objects) < len(self.waiting):
            objects.append(self._form(self.waiting[len(objects)]))
        intents = self._intents(objects)
        tree = pikepdf.NumberTree(root.StructTreeRoot.ParentTree)
        rows = [self._value(tree[key]) for key in self.keys]
        while len(objects) < len(self.waiting):
            objects.append(self._form(self.waiting[len(objects)]))
        self._join(objects, places, folios, streams)
        return Part(
            objects=tuple(objects),
            pages=tuple(
                PartPage(
                    number=place,
                    boxes=_boxes(page),
                    folio=folio,
                    text=self.layout.pages[at],
                )
                for at, (page, place, (_, folio)) in enumerate(
                    zip(pages, places, folios, strict=True)
                )
            ),
            faces=tuple(map(self._face, shared)),
            top=tuple(top),
            rows=tuple(rows),
            bookmarks=bookmarks_of(self.layout),
            destinations=tuple(self._destinations(pages)),
            intents=intents,
            starts=self.layout.starts,
            strangers=tuple(font_problems(self.file, self.composition.families)),
            faults=faults,
        )

    def _file_of(self, font: FontCodes) -> str | None:
        """The name of the file of a font that parts can share."""
        path = font_file(font.base_font, self.composition.families)
        return path.name if path and font.is_truetype else None

    # Objects ---------------------------------------------------------------------------------

    def _number(self, item: Any) -> int:
        """The hole of an object, which is written later if it is new."""
        if item.objgen not in self.numbers:
            self.numbers[item.objgen] = Hole.OBJECT.at(len(self.waiting))
            self.waiting.append(item)
        return self.numbers[item.objgen]

    def _key(self, key: int) -> int:
        return Hole.KEY.at(self.keys.setdefault(key, len(self.keys)))

    def _form(self, item: Any) -> Form:
        if not isinstance(item, pikepdf.Stream):
            return self._value(item)
        data, entries = item.read_raw_bytes(), Dictionary(dict(item.stream_dict.items()))
        if Name.Filter not in entries:
            data = zlib.compress(data, _LEVEL)
            entries.Filter = Name.FlateDecode
        entries.Length = len(data)
        return self._value(entries)._replace(data=data)

    def _value(self, item: Any) -> Form:
        text: list[bytes] = []
        holes: list[int] = []
        self._write(item, text, holes, is_top=True)
        return Form(b"".join(text), tuple(holes))

    def _write(
        self, item: Any, text: list[bytes], holes: list[int], *, is_top: bool = False
    ) -> None:
        is_object = isinstance(item, pikepdf.Object)
        if is_object and item.is_indirect and not is_top:
            text.append(b"%d 0 R")
            holes.append(self._number(item))
        elif isinstance(item, Dictionary):
            self._write_dictionary(item, text, holes)
        elif isinstance(item, Array):
            text.append(b"[")
            for at, kid in enumerate(item):
                text += [b" "] * bool(at)
                self._write(kid, text, holes)
            text.append(b"]")
        else:
            text.append(_plain(item).replace(b"%", b"%%"))

    def _write_dictionary(self, item: Any, text: list[bytes], holes: list[int]) -> None:
        text.append(b"<<")
        for key, value in item.items():
            text.append(Name(key).unparse().replace(b"%", b"%%") + b" ")
            if key in ("/StructParents", "/StructParent"):
                text.append(b"%d")
                holes.append(self._key(int(value)))
            elif key == "/ID" and isinstance(value, String):
                self._write(self._cell(value), text, holes)
            elif key == "/Headers":
                self._write(Array(map(self._cell, value)), text, holes)
            else:
                self._write(value, text, holes)
        text.append(b">>")

    def _cell(self, identifier: Any) -> String:
        """A table cell's identifier, which is the only one in the whole brochure (14.7.2)."""
        return String(f"{self.name}-{identifier}")

    def _intents(self, objects: list[Form]) -> int | None:
        if Name.OutputIntents not in self.file.Root:
            return None
        intents = self.file.make_indirect(Array(self.file.Root.OutputIntents))
        return self._number(intents)

    def _join(
        self,
        objects: list[Form],
        places: list[int],
        folios: list[tuple[list[Form], PageNumber | None]],
        streams: list[Form],
    ) -> None:
        """Add the streams of the pages, and name them there."""
        at = len(objects)
        for index, (place, (contents, folio)) in enumerate(zip(places, folios, strict=True)):
            holes = [Hole.OBJECT.at(at + step) for step in range(len(contents))]
            if folio:
                holes.insert(1, Hole.FOLIO.at(index))
            at += len(contents)
            page = objects[place]
            named = b" ".join([b"%d 0 R"] * len(holes))
            objects[place] = Form(
                page.text.removesuffix(b">>") + b"/Contents [" + named + b"]>>",
                (*page.holes, *holes),
            )
        objects += streams

    def _destinations(self, pages: Sequence[Any]) -> Iterator[Destination]:
        names = self.file.Root.get(Name.Names, Dictionary()).get(Name.Dests, Dictionary())
        numbers = {page.obj.objgen: at for at, page in enumerate(pages)}
        entries = list(names.get(Name.Names, Array()))
        for name, (page, *view) in zip(entries[::2], entries[1::2], strict=True):
            if str(name) not in self.layout.outside:
                yield Destination(
                    name=bytes(name),
                    page=numbers[page.objgen],
                    view=b" ".join(map(_plain, view)),
                )

    # Pages -----------------------------------------------------------------------------------

    def _contents(self, page: Any, number: int) -> tuple[list[Form], PageNumber | None]:
        """What a page draws, in two streams if its number is drawn between them."""
        _, *forms = drawn_by(page)
        for form in forms:
            _Reader(self._named(form), self.used).read(read_content(form), None)
        fonts, steps = self._named(page.obj), read_content(page)
        folio = self.layout.pages[number].folio
        found = _Reader(fonts, self.used).read(steps, folio)
        if found is None or folio is None:
            return [_stream(steps)], None
        start, end, glyphs, matrix, size = found
        inside = [step for step in steps[start:end] if step[1] not in _SHOWING]
        texts = [fonts[font].texts.get(code, "") for font, code in glyphs]
        digits = [at for at, text in enumerate(texts) if text and text in folio.text]
        place = PageNumber(
            state=_unparsed(inside),
            matrix=matrix,
            face=fonts[glyphs[digits[0]][0]].name,
            size=size,
            width=folio.width,
            share=folio.share,
            before=tuple(code for _, code in glyphs[: digits[0]]),
            after=tuple(code for _, code in glyphs[digits[-1] + 1 :]),
        )
        return [_stream(steps[:start]), _stream(steps[end:])], place

    def _named(self, target: Any) -> dict[str, FontCodes]:
        known = {font.objgen: font for font in self.fonts}
        named = target.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
        return {name: known[font.objgen] for name, font in named.items() if font.objgen in known}

    def _face(self, font: FontCodes) -> FaceUse:
        descriptor = font.descriptor
        traits = Dictionary(
            {key: value for key, value in descriptor.items() if key not in _OWN_TRAITS}
        )
        return FaceUse(
            name=font.name,
            base_font=font.base_font,
            file=self._file_of(font) or "",
            traits=self._value(traits).text,
            ascent=int(descriptor.Ascent),
            descent=int(descriptor.Descent),
            codes=font.meanings(self.used[font.name]),
        )


@dataclass(slots=True)
class _Reader:
    """Follows a content stream: which codes each font shows, and where the page's number is."""

    fonts: dict[str, FontCodes]
    used: dict[str, set[int]]

    def read(self, steps: Sequence[Instruction], folio: Folio | None) -> Any:
        """The steps, glyphs, matrix and size of the text that is the page's number."""
        font, size, start = "", 0.0, 0
        matrix: tuple[float, ...] = ()
        shown: list[tuple[str, int]] = []
        found = None
        for at, (operands, operator) in enumerate(steps):
            if operator == "BT":
                start, shown, matrix = at, [], ()
            elif operator == "Tf":
                font, size = str(operands[0]), float(operands[1])
            elif operator == "Tm":
                matrix = tuple(float(number) for number in operands)
            elif operator in ("TJ", "Tj") and font in self.fonts:
                codes = list(_codes(operands[0]))
                self.used[self.fonts[font].name].update(codes)
                shown += [(font, code) for code in codes]
            elif operator == "ET" and folio and matrix and self._is_number(shown, matrix, folio):
                found = (start, at + 1, shown, matrix, size)
        return found

    def _is_number(
        self, shown: list[tuple[str, int]], matrix: tuple[float, ...], folio: Folio
    ) -> bool:
        said = "".join(self.fonts[font].texts.get(code, "") for font, code in shown)
        is_there = abs(matrix[4] - folio.x) < _NEAR
        return is_there and said.strip("\u200e\u200f") == folio.text


def _codes(shown: Any) -> Iterator[int]:
    for item in shown if isinstance(shown, Array) else [shown]:
        if isinstance(item, String):
            data = bytes(item)
            for at in range(0, len(data), 2):
                yield int.from_bytes(data[at : at + 2])


def _boxes(page: Any) -> bytes:
    names = (Name.MediaBox, Name.TrimBox, Name.BleedBox)
    return b"".join(
        b"%s [%s]" % (str(name).encode(), b" ".join(map(_plain, page[name]))) for name in names
    )


def _stream(steps: Sequence[Instruction]) -> Form:
    data = zlib.compress(_unparsed(steps), _LEVEL)
    return Form(b"<</Filter/FlateDecode/Length %d>>" % len(data), (), data)


def _unparsed(steps: Sequence[Instruction]) -> bytes:
    plain = [(operands, pikepdf.Operator(operator)) for operands, operator in steps]
    return bytes(pikepdf.unparse_content_stream(plain))


def _plain(item: Any) -> bytes:
    """A value without parts, as it is written (7.3)."""
    match item:
        case None:
            return b"null"
        case bool():
            return b"true" if item else b"false"
        case int():
            return b"%d" % item
        case Decimal() | float():
            return format(item, "f").encode()
        case _:
            return bytes(item.unparse())
