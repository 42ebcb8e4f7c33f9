"""The codes that pages show in each font, and the text that is the page's number, taken out.

What a page's margins draw is cut in two where its number stood, so that another can be drawn
between them when it is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.diagnostics import BrochureError, Diagnostic, diagnose
from brochure.pdf.content_stream import Instruction, drawn_by
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.overflow import Folio
from brochure.pdf.part import PageNumber

_NEAR = 0.01
"""Text space is in CSS pixels: what is nearer than this is in its place."""
_SHOWING = frozenset(("BT", "Tm", "Tf", "TJ", "Tj", "ET"))
"""The operators of a text that are written anew with another number."""


class _Text(NamedTuple):
    """A text object (9.4.1): its operators from `start` to before `end`, and what it shows."""

    start: int
    end: int
    glyphs: list[tuple[FontCodes, int]]
    matrix: tuple[float, ...]
    size: float

    @property
    def said(self) -> str:
        return "".join(font.texts.get(code, "") for font, code in self.glyphs)


class PageCodes:
    """Reads pages; `used` are the codes shown so far, by the name of the font."""

    def __init__(self, fonts: Iterable[FontCodes]) -> None:
        self.used: dict[str, set[int]] = defaultdict(set)
        self._fonts = {font.objgen: font for font in fonts}

    def note(self, page: pikepdf.Page) -> None:
        """Note what a page shows."""
        self._seen(page)

    def cut(
        self, page: pikepdf.Page, folio: Folio | None
    ) -> tuple[list[bytes], PageNumber | None]:
        """Note what a page shows, and cut what it draws where its number stands.

        It is in one piece if it has none. Raises `BrochureError` with `template-fault` if the
        number is not where the layout has it.
        """
        steps, texts = self._seen(page)
        if folio is None:
            return [_unparsed(steps)], None
        found = next((text for text in texts if _is_number(text, folio)), None)
        if found is None:
            raise BrochureError([_lost(folio)])
        pieces = [_unparsed(steps[: found.start]), _unparsed(steps[found.end :])]
        return pieces, _page_number(found, steps, folio)

    def _seen(self, page: pikepdf.Page) -> tuple[list[Instruction], list[_Text]]:
        """What a page draws, and its texts; what they and its forms show is noted."""
        (target, steps), *forms = drawn_by(page)
        texts = list(self._texts(target, steps))
        self._note(texts)
        for form, drawn in forms:
            self._note(self._texts(form, drawn))
        return steps, texts

    def _note(self, texts: Iterable[_Text]) -> None:
        for text in texts:
            for font, code in text.glyphs:
                self.used[font.name].add(code)

    def _texts(self, target: Any, steps: Sequence[Instruction]) -> Iterator[_Text]:
        """Every text of a page or form; fonts that are not ours are passed over."""
        fonts = {name: self._fonts.get(font.objgen) for name, font in _fonts_in(target).items()}
        font, size, start = None, 0.0, 0
        matrix: tuple[float, ...] = ()
        glyphs: list[tuple[FontCodes, int]] = []
        for at, (operands, operator) in enumerate(steps):
            if operator == "BT":
                start, glyphs, matrix = at, [], ()
            elif operator == "Tf":
                font, size = fonts.get(str(operands[0])), float(operands[1])
            elif operator == "Tm":
                matrix = tuple(float(number) for number in operands)
            elif operator in ("TJ", "Tj") and font:
                glyphs += [(font, code) for code in _codes(operands[0])]
            elif operator == "ET":
                yield _Text(start, at + 1, glyphs, matrix, size)


def _fonts_in(target: Any) -> Any:
    """The fonts that a page or form names."""
    return target.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())


def _is_number(text: _Text, folio: Folio) -> bool:
    """Whether a text is the page's number, and not another of the same digits."""
    if not folio.is_alone or text.said != folio.text or not text.matrix:
        return False
    *_, x, y = text.matrix
    return abs(x - folio.x) < _NEAR and abs(y - folio.y) < _NEAR


def _lost(folio: Folio) -> Diagnostic:
    return diagnose(
        "template-fault",
        None,
        problem=f"The page's number stands in its margin as “{folio.text}”, where it cannot be "
        "replaced",
        cause="Treatments are set before it is known on which page they begin; so a number must "
        "stand in a margin box of its own, in a TrueType font.",
        fix="Let the style sheet say “content: counter(page)” there and nothing else, as "
        "page.css does.",
    )


def _page_number(text: _Text, steps: Sequence[Instruction], folio: Folio) -> PageNumber:
    """How another number is drawn instead of a text."""
    inside = [step for step in steps[text.start : text.end] if step[1] not in _SHOWING]
    return PageNumber(
        state=_unparsed(inside),
        matrix=text.matrix,
        face=text.glyphs[0][0].name,
        size=text.size,
        width=folio.width,
        share=folio.share,
    )


def _codes(shown: Any) -> Iterator[int]:
    for item in shown if isinstance(shown, Array) else [shown]:
        if isinstance(item, String):
            data = bytes(item)
            for at in range(0, len(data), 2):
                yield int.from_bytes(data[at : at + 2])


def _unparsed(steps: Sequence[Instruction]) -> bytes:
    plain = [(operands, pikepdf.Operator(operator)) for operands, operator in steps]
    return bytes(pikepdf.unparse_content_stream(plain))
