"""Finished files spoilt on purpose: each change is one that the proof has to find.

A change gets the file, the page and the parts of the page's content; a `Part` is
called by what it says, in whatever order it shows that.
"""

import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, Operator, String

from pdf.glyphs import Box, lines
from pdf.tags import marks

Step = tuple[list[Any], Operator]
_BACK = 500
"""Thousandths of an em: more is no kerning."""
_SCRATCH = pikepdf.new()
Change = Callable[[pikepdf.Pdf, pikepdf.Page, "Content"], None]
PageOf = Callable[[pikepdf.Pdf], pikepdf.Page]
PX = 0.75
"""Points: what the engine counts in for most of a page."""


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
        (number,) = (key for key, letters in self.letters.items() if _bag(letters) == _bag(text))
        return next(part for part in self.parts if part.mcid == number)


def _bag(letters: Iterable[str]) -> list[str]:
    """The letters and digits of a text in no order."""
    plain = unicodedata.normalize("NFKC", "".join(letters))
    return sorted(sign for sign in plain if sign.isalnum())


def changed(data: bytes, page_of: PageOf, change: Change) -> bytes:
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


def all_of(*changes: Change) -> Change:
    """One change after the other."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        for each in changes:
            each(file, page, content)

    return change


def rewrite(text: str, order: Callable[[list[str]], list[int]]) -> Change:
    """Show other glyphs of a text, or in another order, as `order` says of its letters.

    A full stop in another face, as Hebrew has it, stays where it is.
    """
    return lambda file, page, content: _rewrite(content, content.part(text), order)


def rewrite_line(
    text: str, pick: Callable[[int], int], order: Callable[[list[str], int], list[int]]
) -> Change:
    """Do that to a line of a text that has two words or more; `order` gets the first space.

    Not to one whose parts are shown backwards: without their places they might stand right again.
    """

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        lines = [
            part
            for part in content.parts
            if part.mcid in content.letters
            and _has_words(_longest(content, part)[1])
            and _is_of(text, _longest(content, part)[1])
            and not any(_goes_back(shown) for shown in part.texts())
        ]
        part = lines[pick(len(lines))]
        _rewrite(content, part, lambda letters: order(letters, letters.index(" ")))

    return change


def _is_of(text: str, letters: Sequence[str]) -> bool:
    """Whether the words shown are a text's, as they are read or from left to right."""
    words = "".join(filter(_is_word, letters)).split()
    return all(word in text or word[::-1] in text for word in words)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign.isspace()


def _goes_back(shown: Array) -> bool:
    """Whether something is shown to the left of what was shown before it."""
    return any(not isinstance(item, String) and float(item) > _BACK for item in shown)


def _has_words(letters: Sequence[str]) -> bool:
    """Whether there is a word before the first space, and another after it."""
    if " " not in letters:
        return False
    gap = letters.index(" ")
    return any(map(str.isalnum, letters[:gap])) and any(map(str.isalnum, letters[gap:]))


def _rewrite(content: Content, part: Part, order: Callable[[list[str]], list[int]]) -> None:
    words, letters = _longest(content, part)
    new = Array([String(words[at]) for at in order(letters)])
    part.steps[:] = [
        ([new] if operands and _glyphs(operands[0]) == words else operands, operator)
        for operands, operator in part.steps
    ]


def _longest(content: Content, part: Part) -> tuple[list[bytes], list[str]]:
    """The longest text in one face of a part: its codes, and the letters that they stand for."""
    rows = [_glyphs(shown) for shown in part.texts()]
    words = max(rows, key=len, default=[])
    start = sum(map(len, rows[: rows.index(words)])) if rows else 0
    return words, content.letters[part.mcid][start : start + len(words)]


def _glyphs(shown: Any) -> list[bytes]:
    """The codes of what a `TJ` shows."""
    if not isinstance(shown, Array):
        return []
    codes = b"".join(bytes(item) for item in shown if isinstance(item, String))
    return [codes[at : at + 2] for at in range(0, len(codes), 2)]


def wrap(text: str, before: str, after: str) -> Change:
    """Put operators round the piece that shows a text."""
    return lambda file, page, content: content.part(text).wrap(before, after)


def cover(text: str, start: float, stop: float) -> Change:
    """Draw a plane over a part of a text: from 0, its left end, to 1."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        box = _box(file, page, text)
        across = box.x1 - box.x0
        place = f"{box.x0 + start * across:f} {box.y0:f}"
        plane = f"{(stop - start) * across:f} {box.y1 - box.y0:f}"
        steps = _steps(f"q {_frame(page)} 1 1 1 rg {place} {plane} re f Q")
        content.parts.append(Part(steps=steps))

    return change


def push_over_the_edge(text: str) -> Change:
    """Let the left edge of the page cut a text in two."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        box = _box(file, page, text)
        left = (box.x0 + box.x1) / 2 / PX
        content.part(text).wrap(f"q 1 0 0 1 {-left:f} 0 cm", "Q")

    return change


def _box(file: pikepdf.Pdf, page: pikepdf.Page, text: str) -> Box:
    """Where a text stands: points from the page's upper left corner."""
    output = io.BytesIO()
    file.save(output)
    with pymupdf.open(stream=output.getvalue()) as view:
        found = lines(view[file.pages.index(page)])
    return next(line.box for line in found if _bag(line.text) == _bag(text))


def _frame(page: pikepdf.Page) -> str:
    """The operator for points from a page's upper left corner, downwards."""
    left, _, _, top = page.MediaBox
    return f"1 0 0 -1 {left} {top} cm"


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
        places = [_matrices(part) for part in (first, second)]
        ends = [(float(found[-1][4]), float(found[-1][5])) for found in places]
        for found, here, there in zip(places, ends, reversed(ends), strict=True):
            for matrix in found:
                matrix[4] = float(matrix[4]) + there[0] - here[0]
                matrix[5] = float(matrix[5]) + there[1] - here[1]

    return change


def _matrices(part: Part) -> list[list[Any]]:
    """Where a part's text objects begin."""
    return [operands for operands, operator in part.steps if str(operator) == "Tm"]


def repeat(text: str) -> Change:
    """Draw a text once more, smaller and elsewhere, where no tag names it."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
        steps = [*content.part(text).steps[1:-1]]
        content.parts.append(
            Part(
                steps=[
                    *_steps(f"q {_frame(page)} .5 0 0 .5 30 30 cm /Artifact BMC"),
                    *steps,
                    *_steps("EMC Q"),
                ]
            )
        )

    return change


def moved(data: bytes, text: str, page_of: PageOf, other_of: PageOf) -> bytes:
    """The file with a text on another page, tagged as it was on its own."""
    with pikepdf.open(io.BytesIO(data)) as file:
        source, target = (_content(page_of(file)), _content(other_of(file)))
        part = source.part(text)
        source.parts.remove(part)
        scale = _steps(f"q {_frame(other_of(file))} {PX} 0 0 {PX} 0 0 cm /Artifact BMC")
        furniture = (*scale, *part.steps[1:-1], *_steps("EMC Q"))
        target.parts.append(Part(steps=list(furniture)))
        for page, content in ((page_of(file), source), (other_of(file), target)):
            steps = [step for part in content.parts for step in part.steps]
            page.Contents = file.make_stream(pikepdf.unparse_content_stream(steps))
        output = io.BytesIO()
        file.save(output)
    return output.getvalue()


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
    """Show what is there in a font of a viewer's own."""
    stranger = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for name in page.Resources.Font:
        page.Resources.Font[name] = file.make_indirect(stranger)


def remove_page(file: pikepdf.Pdf, page: pikepdf.Page, content: Content) -> None:
    """Take the page out of the file."""
    for number, other in enumerate(file.pages):
        if other.obj == page.obj:
            del file.pages[number]
            return
