"""Finished files spoilt on purpose: each change is one that the proof has to find.

A change gets the file, the page and the parts of the page's content; what `Part`s are called is
the text that they show from left to right.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from pdf.tags import marks

Step = tuple[list[Any], Operator]
_SCRATCH = pikepdf.new()
Change = Callable[[pikepdf.Pdf, pikepdf.Page, "Content"], None]


@dataclass(slots=True, kw_only=True)
class Part:
    """The operators of one piece of marked content, or some that stand between two."""

    steps: list[Step]
    mcid: int | None = None

    def texts(self) -> Iterable[Array]:
        return [operands[0] for operands, operator in self.steps if str(operator) == "TJ"]

    def wrap(self, before: str, after: str) -> None:
        self.steps[:] = [*_steps(before), *self.steps, *_steps(after)]


@dataclass(slots=True, kw_only=True)
class Content:
    """What a page draws; `letters` are those of each text by the number of its content."""

    parts: list[Part]
    letters: dict[int, list[str]] = field(default_factory=dict)

    def part(self, text: str) -> Part:
        (number,) = (key for key, letters in self.letters.items() if text in "".join(letters))
        return next(part for part in self.parts if part.mcid == number)


def changed(data: bytes, page_of: Callable[[pikepdf.Pdf], pikepdf.Page], change: Change) -> bytes:
    """The file after `change`."""
    with pikepdf.open(io.BytesIO(data)) as file:
        page = page_of(file)
        content = _content(page)
        change(file, page, content)
        steps = [step for part in content.parts for step in part.steps]
        page.Contents = file.make_stream(pikepdf.unparse_content_stream(steps))
        output = io.BytesIO()
        file.save(output)
    return output.getvalue()


def _content(page: pikepdf.Page) -> Content:
    content = Content(parts=[Part(steps=[])])
    for mark in marks(page):
        if mark.mcid is not None and mark.letters:
            content.letters.setdefault(mark.mcid, []).extend(mark.letters)
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        number = operands[1].get(Name.MCID) if name == "BDC" else None
        if number is not None:
            content.parts.append(Part(steps=[], mcid=int(number)))
            depth = 0
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        content.parts[-1].steps.append((list(operands), operator))
        if name == "EMC" and depth == 0 and content.parts[-1].mcid is not None:
            content.parts.append(Part(steps=[]))
    return content


def _steps(text: str) -> list[Step]:
    stream = pikepdf.Stream(_SCRATCH, text.encode())
    return [(list(item[0]), item[1]) for item in pikepdf.parse_content_stream(stream)]


def rewrite(text: str, order: Callable[[list[str]], list[int]]) -> Change:
    """Show other glyphs of a text, or in another order, as `order` says of its letters."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        part = content.part(text)
        (shown,) = part.texts()
        codes = b"".join(bytes(item) for item in shown if isinstance(item, String))
        glyphs = [codes[at : at + 2] for at in range(0, len(codes), 2)]
        new = [String(glyphs[at]) for at in order(content.letters[part.mcid])]
        part.steps[:] = [
            ([Array(new)] if str(operator) == "TJ" else operands, operator)
            for operands, operator in part.steps
        ]

    return change


def wrap(text: str, before: str, after: str) -> Change:
    """Put operators round the piece that shows a text."""
    return lambda file, page, content: content.part(text).wrap(before, after)


def append(operators: str) -> Change:
    """Draw something at the end of the page."""
    return lambda file, page, content: content.parts.append(Part(steps=_steps(operators)))


def drop(text: str) -> Change:
    """Draw a text no more."""
    return lambda file, page, content: content.parts.remove(content.part(text))


def swap(one: str, two: str) -> Change:
    """Let two texts change their places on the page."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        first, second = content.part(one), content.part(two)
        places = [_matrix(part) for part in (first, second)]
        kept = [list(place) for place in places]
        places[0][:], places[1][:] = kept[1], kept[0]

    return change


def _matrix(part: Part) -> list[Any]:
    (found,) = (operands for operands, operator in part.steps if str(operator) == "Tm")
    return found


def repeat(text: str) -> Change:
    """Draw a text once more, smaller and elsewhere, where no tag names it."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        steps = [*content.part(text).steps[1:-1]]
        content.parts.append(
            Part(steps=[*_steps("q .5 0 0 .5 30 30 cm /Artifact BMC"), *steps, *_steps("EMC Q")])
        )

    return change


def map_letters(replace: Callable[[bytes], bytes | None]) -> Change:
    """Rewrite the ToUnicode maps of a page's fonts, or take them away."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        for font in page.Resources.Font.values():
            data = replace(font.ToUnicode.read_bytes())
            if data is None:
                del font.ToUnicode
            else:
                font.ToUnicode.write(data)

    return change


def unembed(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
    """Take the font programs out of the file."""
    for font in page.Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def foreign(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
    """Name a font of a viewer's own."""
    page.Resources.Font.F0 = file.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )


def remove_page(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
    """Take the page out of the file."""
    for number, other in enumerate(file.pages):
        if other.obj == page.obj:
            del file.pages[number]
            return
