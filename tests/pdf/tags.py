"""The tag tree of a finished PDF, read back with the text that each element holds.

The text comes from the content streams: marked content (ISO 32000-1, 14.6) by its number, glyphs
through the fonts' ToUnicode maps (9.10.3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

TEXT = ("Tj", "TJ", "'", '"')
PAINT = (*TEXT, "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI")
ARTIFACT = "/Artifact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One painting operator: inside which marked content, and what it shows.

    `baseline` counts down the page in the engine's CSS pixels.
    """

    mcid: int | None
    is_artifact: bool
    operator: str
    baseline: float = 0.0
    font: str = ""
    glyphs: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(self.letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A structure element; `kids` are elements, texts (from marked content) and annotations."""

    tag: str
    kids: list[Any]
    page: int | None
    alt: str | None
    source: Any = field(repr=False)

    @property
    def elements(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def text(self) -> str:
        parts = (kid.text if isinstance(kid, Element) else kid for kid in self.kids)
        return "".join(part for part in parts if isinstance(part, str))

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.elements:
            yield from kid.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An annotation that an element owns (an object reference, 14.7.4.3)."""

    annotation: Any


def marks(page: pikepdf.Page | pikepdf.Object) -> Iterator[Mark]:
    """What a page paints, in order."""
    yield from _marks(page, page.Resources, None, False)


def _marks(stream: Any, resources: Any, mcid: int | None, artifact: bool) -> Iterator[Mark]:
    open_marks: list[tuple[int | None, bool]] = [(mcid, artifact)]
    font, baseline = "", 0.0
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        mcid, artifact = open_marks[-1]
        if name in ("BDC", "BMC"):
            number = operands[1].get(Name.MCID) if name == "BDC" else None
            open_marks.append(
                (
                    mcid if number is None else int(number),
                    artifact or str(operands[0]) == ARTIFACT,
                )
            )
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name == "Tm":
            baseline = float(operands[5])
        elif name == "Do" and (form := _form(resources, operands[0])) is not None:
            inner = form.get(Name.Resources, resources)
            yield from _marks(form, inner, mcid, artifact)
        elif name in PAINT:
            shown = _glyphs(operands) if name in TEXT else ()
            letters = letters_of(resources.Font[font]) if shown else {}
            yield Mark(
                mcid=mcid,
                is_artifact=artifact,
                operator=name,
                baseline=baseline,
                font=font,
                glyphs=shown,
                letters=tuple(letters.get(glyph, "\ufffd") for glyph in shown),
            )


def _form(resources: Any, name: Any) -> Any:
    item = resources.XObject[str(name)]
    return item if item.Subtype == Name.Form else None


def _glyphs(operands: Any) -> tuple[int, ...]:
    """The glyph numbers of a text operator; fonts are Identity-H, two bytes a glyph."""
    strings = operands[0] if isinstance(operands[0], Array) else [operands[-1]]
    codes = b"".join(bytes(item) for item in strings if isinstance(item, pikepdf.String))
    return tuple(int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


_MAPS: dict[bytes, dict[int, str]] = {}


def letters_of(font: Any) -> dict[int, str]:
    """A font's ToUnicode map."""
    data = font.ToUnicode.read_bytes()
    if data not in _MAPS:
        _MAPS[data] = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL)
            for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block.decode())
        }
        assert b"beginbfrange" not in data, "ranges are not read here"
    return _MAPS[data]


def tag_tree(file: pikepdf.Pdf) -> Element:
    """The whole tree below `StructTreeRoot`."""
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    texts = [_texts(page) for page in file.pages]
    (top,) = kids_of(file.Root.StructTreeRoot)

    def element(item: Any) -> Element:
        page = numbers[item.Pg.objgen] if Name.Pg in item else None
        return Element(
            tag=str(item.S).lstrip("/"),
            kids=[kid(child, page) for child in kids_of(item)],
            page=page,
            alt=str(item.Alt) if Name.Alt in item else None,
            source=item,
        )

    def kid(child: Any, page: int | None) -> Any:
        if isinstance(child, int):
            return texts[page].get(child, "")
        if child.get(Name.Type) == Name.MCR:
            return texts[numbers[child.Pg.objgen]].get(int(child.MCID), "")
        if child.get(Name.Type) == Name.OBJR:
            return Reference(annotation=child.Obj)
        return element(child)

    return element(top)


def kids_of(item: Any) -> list[Any]:
    kids = item.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _texts(page: pikepdf.Page) -> dict[int, str]:
    texts: dict[int, str] = {}
    for mark in marks(page):
        if mark.mcid is not None and not mark.is_artifact:
            texts[mark.mcid] = texts.get(mark.mcid, "") + mark.text
    return texts


def parents(file: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree: a number of a page or an annotation, and the elements that own it."""
    numbers = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
    return {int(key): value for key, value in numbers.items()}


def readable(element: Element, depth: int = 0) -> Iterator[str]:
    """The tree as text: a line for each element, with its alternative text and its text."""
    own = "".join(kid for kid in element.kids if isinstance(kid, str))
    alt = f" alt={element.alt!r}" if element.alt is not None else ""
    link = " →" if any(isinstance(kid, Reference) for kid in element.kids) else ""
    yield f"{'  ' * depth}{element.tag}{alt}{link}{f' {own!r}' if own else ''}"
    for kid in element.elements:
        yield from readable(kid, depth + 1)


def is_element(item: Any) -> bool:
    return isinstance(item, Dictionary) and Name.S in item
