"""Parts linked to one finished file, as a linker makes a program of object files.

Every part keeps its objects; what is new is their numbers (ISO 32000-2, 7.3.10), the page tree
(7.7.3), one outline (12.3.3), one tree of names (12.3.2.4), one parent tree with a leaf for each
part (14.7.5.4), one program for each font, and the number on each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from brochure.languages import Direction
from brochure.pages.composition import Composition
from brochure.pdf.engine import Bookmark
from brochure.pdf.faces import Faces
from brochure.pdf.metadata import info_of, xmp_of
from brochure.pdf.overflow import PageText
from brochure.pdf.part import Form, Hole, Part, PartPage, PartSide
from brochure.pdf.screen import SCREEN_CLAIMS
from brochure.pdf.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A part in its place: how many `blanks` are before it, and the number of its first page."""

    part: Part
    first: int
    blanks: int = 0

    @property
    def pages(self) -> Iterator[tuple[PartPage, PartSide]]:
        """Its pages, each with the side of the leaf that it is on."""
        is_turned = self.first % 2 == 0
        return ((page, page.sides[is_turned]) for page in self.part.pages)

    @property
    def last(self) -> int:
        """The number of its last page."""
        return self.first + len(self.part.pages) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The pages of linked parts, and the page (from 0) on which each section begins."""

    pages: tuple[PageText, ...]
    starts: tuple[tuple[str, int], ...]


def extent_of(bound: Sequence[Binding]) -> Extent:
    """What is known of the pages of linked parts, blanks included."""
    blank = PageText(fill=0.0, strays=(), is_blank=True)
    return Extent(
        pages=tuple(
            page for binding in bound for page in (*[blank] * binding.blanks, *_extents(binding))
        ),
        starts=tuple(
            (anchor, binding.first - 1 + page)
            for binding in bound
            for anchor, page in binding.part.starts
        ),
    )


def _extents(binding: Binding) -> Iterator[PageText]:
    return (replace(page.extent, folio=side.folio) for page, side in binding.pages)


class Linked(NamedTuple):
    """A linked file, and a digest of its fonts: all that its pages share and draw text with."""

    data: bytes
    fonts: str


def link(bound: Sequence[Binding], composition: Composition) -> Linked:
    """Link parts to a file; `composition` says what the file as a whole is."""
    return _Linker(composition).linked(bound)


@dataclass(slots=True)
class _Marked:
    """An entry of the outline on its way into the tree."""

    mark: Bookmark
    page: int
    number: int
    kids: list[_Marked]


class _Linker:
    """What is written so far of the trees that all parts share."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._digits = str.maketrans("0123456789", composition.digits)
        self._writer = Writer()
        self._catalog, self._info, self._pages, self._tree, self._document = (
            self._writer.reserve() for _ in range(5)
        )
        self._faces = Faces(self._writer, composition.families)
        self._kids: list[int] = []
        self._top: list[int] = []
        self._leaves: list[int] = []
        self._marks: list[tuple[Bookmark, int]] = []
        self._names: dict[bytes, bytes] = {}
        self._intents: int | None = None
        self._keys = 0

    def linked(self, bound: Sequence[Binding]) -> Linked:
        writer = self._writer
        for binding in bound:
            self._join(binding)
        fonts = self._faces.write()
        writer.put(
            self._pages,
            b"<</Type/Pages/Count %d/Kids [%s]>>" % (len(self._kids), _references(self._kids)),
        )
        writer.put(
            self._document,
            b"<</Type/StructElem/S/Document/P %d 0 R/K [%s]>>"
            % (self._tree, _references(self._top)),
        )
        parents = writer.add(b"<</Kids [%s]>>" % _references(self._leaves))
        writer.put(
            self._tree,
            b"<</Type/StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._document, parents, self._keys),
        )
        writer.put(
            self._info, _dictionary(info_of(self._composition, date=self._composition.date))
        )
        writer.put(self._catalog, self._root())
        facts = self._composition
        name = f"{facts.author}\0{facts.title}\0{facts.language}\0{facts.edition.name}"
        data = writer.finished(root=self._catalog, info=self._info, name=name)
        return Linked(data, fonts)

    def _join(self, binding: Binding) -> None:
        """Write a part's objects under their new numbers, and note what the trees need of it."""
        part = binding.part
        numbers = self._numbers(binding)
        places = [numbers[page.number] for page in part.pages]
        drawn = self._drawn(binding, numbers)
        for hole, form in enumerate(part.objects, start=Hole.OBJECT.at()):
            if hole in drawn:
                page = _filled(form, numbers).removesuffix(b">>")
                self._writer.put(numbers[hole], b"%s%s>>" % (page, drawn[hole]))
            elif form.data is None:
                self._writer.put(numbers[hole], _filled(form, numbers))
            elif form.holes:
                self._writer.put_stream(numbers[hole], _filled(form, numbers), form.data)
        self._kids += [*self._blanks(binding), *places]
        self._top += [numbers[hole] for hole in part.top]
        self._leaves.append(self._leaf(part, numbers))
        self._keys += len(part.rows)
        self._marks += [(mark, places[mark.page]) for mark in part.bookmarks]
        for place in part.destinations:
            self._names.setdefault(place.name, b"[%d 0 R %s]" % (places[place.page], place.view))
        if self._intents is None and part.intents is not None:
            self._intents = numbers[part.intents]

    def _numbers(self, binding: Binding) -> dict[int, int]:
        """What fills each hole of a part."""
        part, writer = binding.part, self._writer
        numbers = {Hole.PAGES.at(): self._pages, Hole.DOCUMENT.at(): self._document}
        for hole, form in enumerate(part.objects, start=Hole.OBJECT.at()):
            is_alone = form.data is None or form.holes
            numbers[hole] = (
                writer.reserve() if is_alone else writer.known(_filled(form, {}), form.data or b"")
            )
        for index, use in enumerate(part.faces):
            numbers[Hole.FACE.at(index)] = self._faces.join(use)
        numbers |= {Hole.KEY.at(key): self._keys + key for key in range(len(part.rows))}
        return numbers

    def _drawn(self, binding: Binding, numbers: dict[int, int]) -> dict[int, bytes]:
        """What pages still lack, by object: their boxes, and what they draw on their side."""
        fonts = {
            use.name: numbers[Hole.FACE.at(index)] for index, use in enumerate(binding.part.faces)
        }
        found = {}
        for number, (page, side) in enumerate(binding.pages, start=binding.first):
            streams = [numbers[hole] for hole in (*side.ground, page.text, *side.margins)]
            if side.number:
                text = str(number).translate(self._digits)
                folio = self._faces.numbered(side.number, fonts[side.number.face], text)
                streams.insert(-1, self._writer.stream(folio))
            found[page.number] = b"%s/Contents [%s]" % (side.boxes, _references(streams))
        return found

    def _blanks(self, binding: Binding) -> Iterator[int]:
        """Empty pages before a part, of the size of its first."""
        for _ in range(binding.blanks):
            contents = self._writer.known(b"<</Length 0>>", b"")
            boxes = binding.part.pages[0].sides[0].boxes
            yield self._writer.add(
                b"<</Type/Page/Parent %d 0 R%s/Resources<<>>/Contents %d 0 R>>"
                % (self._pages, boxes, contents)
            )

    def _leaf(self, part: Part, numbers: dict[int, int]) -> int:
        """A part's share of the parent tree."""
        rows = b" ".join(
            b"%d %s" % (self._keys + key, _filled(row, numbers))
            for key, row in enumerate(part.rows)
        )
        last = self._keys + len(part.rows) - 1
        return self._writer.add(b"<</Limits [%d %d]/Nums [%s]>>" % (self._keys, last, rows))

    def _root(self) -> bytes:
        composition, writer = self._composition, self._writer
        packet = xmp_of(composition, date=composition.date, claims=SCREEN_CLAIMS)
        metadata = writer.known(b"<</Type/Metadata/Subtype/XML/Length %d>>" % len(packet), packet)
        is_rtl = composition.direction is Direction.RTL
        has_spreads = composition.edition.has_spreads
        entries = [
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R" % (self._pages, self._tree),
            b"/MarkInfo<</Marked true>>/Lang %s" % text_string(composition.language),
            b"/Metadata %d 0 R" % metadata,
            b"/ViewerPreferences<</DisplayDocTitle true/Direction/%s>>"
            % (b"R2L" if is_rtl else b"L2R"),
            b"/PageLayout/%s/PageMode/%s"
            % ((b"TwoPageRight", b"UseOutlines") if has_spreads else (b"OneColumn", b"UseNone")),
            b"/PageLabels<</Nums [0<</S/D>>]>>",
        ]
        if self._names:
            names = b" ".join(
                b"%s %s" % (_hexadecimal(name), self._names[name]) for name in sorted(self._names)
            )
            entries.append(b"/Names<</Dests<</Names [%s]>>>>" % names)
        if self._intents is not None:
            entries.append(b"/OutputIntents %d 0 R" % self._intents)
        if self._marks:
            entries.append(b"/Outlines %d 0 R" % self._outlines())
        return b"".join(entries) + b">>"

    def _outlines(self) -> int:
        root = self._writer.reserve()
        tops = _nested(self._marks, self._writer)
        count = self._put_marks(tops, root)
        self._writer.put(root, b"<<%s>>" % _ends(tops, count))
        return root

    def _put_marks(self, marks: Sequence[_Marked], parent: int) -> int:
        """Write entries that stand next to each other; gives how many show when all are open."""
        shown = len(marks)
        for at, item in enumerate(marks):
            below = self._put_marks(item.kids, item.number)
            mark = item.mark
            text = b"<</Title %s/Dest [%d 0 R/XYZ %s %s 0]/Parent %d 0 R" % (
                text_string(mark.label),
                item.page,
                _decimal(mark.x),
                _decimal(mark.y),
                parent,
            )
            if at:
                text += b"/Prev %d 0 R" % marks[at - 1].number
            if at + 1 < len(marks):
                text += b"/Next %d 0 R" % marks[at + 1].number
            if item.kids:
                text += _ends(item.kids, below if mark.is_open else -below)
            self._writer.put(item.number, text + b">>")
            shown += below if mark.is_open else 0
        return shown


def _filled(form: Form, numbers: dict[int, int]) -> bytes:
    return form.text % tuple([numbers[hole] for hole in form.holes])


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _ends(marks: Sequence[_Marked], count: int) -> bytes:
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (marks[0].number, marks[-1].number, count)


def _nested(marks: Iterable[tuple[Bookmark, int]], writer: Writer) -> list[_Marked]:
    """The entries put into each other: each into the last one of a lower level before it."""
    tops: list[_Marked] = []
    path: list[_Marked] = []
    for mark, page in marks:
        item = _Marked(mark=mark, page=page, number=writer.reserve(), kids=[])
        while path and path[-1].mark.level >= mark.level:
            path.pop()
        (path[-1].kids if path else tops).append(item)
        path.append(item)
    return tops


def _decimal(value: float) -> bytes:
    return f"{value:.6f}".rstrip("0").rstrip(".").encode()


def text_string(text: str) -> bytes:
    """A text as PDF has it (7.9.2.2)."""
    return _hexadecimal(
        text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")
    )


def _hexadecimal(data: bytes) -> bytes:
    return b"<%s>" % data.hex().encode()


def _dictionary(entries: dict[str, str]) -> bytes:
    return b"<<%s>>" % b"".join(
        b"/%s %s" % (key.encode(), text_string(value)) for key, value in entries.items()
    )
