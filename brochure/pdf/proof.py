"""The proof: the finished bytes, opened again, say what the content says.

Each treatment's passages are looked for on its own pages, word after word, in the text that PDFium
gives back for what each page draws. (It draws a list in two columns after all paragraphs; the
order of the passages is the tag tree's.) Compared are letters and digits, after
Unicode NFKD and case folding, so that these make no difference: ligatures, composed and decomposed
letters, the hyphen of a divided word, a soft hyphen, spaces and signs, markers of lists, vowel
marks. A passage may come in pieces that follow each other, since at a page turn a folio stands in
between; where a passage has right-to-left letters, or is in a right-to-left document, and does not
come in such pieces, its words may come in any order, since PDFium puts left-to-right words the
other way round there (ISO 32000-2, 12.2, `Direction`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Direction
from brochure.pages.composition import Composition, Passage, SectionPlace
from brochure.pdf.reading_order import is_right_to_left
from brochure.pdf.visibility import ShownText, shown_texts

_TAKEN = "\0"
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u0900]+[^\W_]*)*")
_LEAST_PIECE = 3
_LEAST_REPEATED = 12
"""Letters: a shorter passage may well be a word of the page's furniture too."""
_SHOWN = 60
_CAUSES = {
    "text-lost": "What the clinic wrote would not be in its brochure.",
    "text-changed": "The brochure would say something else than the clinic wrote.",
    "text-repeated": "Whoever reads the brochure would read it twice.",
    "text-hidden": "It is in the file, but nobody who looks at the page can read it.",
}


def prove_text(
    pdf: bytes, composition: Composition, starts: Sequence[tuple[str, int]]
) -> tuple[Diagnostic, ...]:
    """Compare the finished file with the content; `starts` are the sections' first pages, from 0.

    Reports `text-lost`, `text-changed`, `text-repeated` and `text-hidden`.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_faults(document, composition, starts))
    finally:
        document.close()


def _faults(
    document: Any, composition: Composition, starts: Sequence[tuple[str, int]]
) -> Iterator[Diagnostic]:
    sections = {section.anchor: section for section in composition.sections}
    ends = [*(start for _, start in starts[1:]), len(document)]
    for (anchor, start), end in zip(starts, ends, strict=True):
        section = sections[anchor]
        texts = []
        for number in range(start, end):
            shown = shown_texts(document[number])
            texts.append(_read(shown, composition.direction))
            for text in shown:
                if text.is_hidden_by:
                    found = f"cannot be seen: {text.is_hidden_by}"
                    yield _fault(
                        "text-hidden", composition, section.place, number, text.text, found
                    )
        if section.passages:
            yield from _compared(section, texts, start, composition)


def _read(shown: Sequence[ShownText], direction: Direction) -> str:
    """What a page says; a right-to-left line in several fonts is read from its last text on."""
    lines: list[list[ShownText]] = []
    for text in shown:
        if lines and lines[-1][-1].goes_on(text):
            lines[-1].append(text)
        else:
            lines.append([text])
    texts = []
    for line in lines:
        is_rtl = direction is Direction.RTL and any(is_right_to_left(text.text) for text in line)
        texts += [text.text for text in (reversed(line) if is_rtl else line)]
    return " ".join(texts)


def _compared(
    section: SectionPlace, texts: Sequence[str], start: int, composition: Composition
) -> Iterator[Diagnostic]:
    """Compare a section's passages with the text of its pages, of which `start` is the first."""
    pages = [_letters(text) for text in texts]
    stream = _Stream(letters="".join(pages), is_loose=composition.direction is Direction.RTL)
    for passage in section.passages:
        missing = stream.take(passage.text)
        if missing:
            code = "text-changed" if missing.is_elsewhere else "text-lost"
            found = "is in another place" if missing.is_elsewhere else "is not there"
            yield _fault(code, composition, passage.place, start, missing.words, found)
    for passage, at in stream.repeated(section.passages):
        number = start + _page_of(at, pages)
        words, found = passage.text, "is there twice"
        yield _fault("text-repeated", composition, passage.place, number, words, found)


def _page_of(at: int, pages: Sequence[str]) -> int:
    for number, letters in enumerate(pages):
        at -= len(letters)
        if at < 0:
            return number
    return len(pages) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Missing:
    """Words that a passage lacks, and whether they stand in another place."""

    words: str
    is_elsewhere: bool


@dataclass(slots=True, kw_only=True)
class _Stream:
    """The letters of a section's pages, of which passage after passage is taken.

    `is_loose` tells that the words of a passage may come in another order.
    """

    letters: str
    is_loose: bool

    def take(self, text: str) -> _Missing | None:
        """Take a passage out; gives the word that is not where it should be."""
        rest, place, left = _letters(text), 0, self.letters
        while rest:
            at, length = _longest(left, rest, place)
            if length < min(_LEAST_PIECE, len(rest)):
                if self.is_loose or is_right_to_left(text):
                    return self._take_words(text)
                return self._missing(text, len(rest))
            left = left[:at] + _TAKEN * length + left[at + length :]
            place, rest = at + length, rest[length:]
        self.letters = left
        return None

    def _take_words(self, text: str) -> _Missing | None:
        """Take a passage out word by word, wherever they stand, the longest first.

        PDFium leaves some right-to-left words of a left-to-right document as they are drawn.
        """
        left = self.letters
        for word in sorted(_WORD.findall(text), key=len, reverse=True):
            letters = _letters(word)
            at = left.find(letters)
            if at < 0 and is_right_to_left(word):
                at = left.find(letters[::-1])
            if at < 0:
                return _Missing(words=word, is_elsewhere=letters in self.letters)
            left = left[:at] + _TAKEN * len(letters) + left[at + len(letters) :]
        self.letters = left
        return None

    def _missing(self, text: str, letters_left: int) -> _Missing:
        """The word of a passage in which its last `letters_left` letters begin."""
        words = text.split()
        while words and len(_letters("".join(words[1:]))) >= letters_left:
            del words[0]
        return _Missing(words=words[0], is_elsewhere=_letters(words[0]) in self.letters)

    def repeated(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, int]]:
        """The passages that are still there after all have been taken, and where."""
        for passage in passages:
            letters = _letters(passage.text)
            at = self.letters.find(letters) if len(letters) >= _LEAST_REPEATED else -1
            if at >= 0:
                yield passage, at


def _longest(letters: str, text: str, place: int) -> tuple[int, int]:
    """Where the longest beginning of `text` stands from `place` on, and how long that is."""
    at = letters.find(text, place)
    if at >= 0:
        return at, len(text)
    found, missing = 0, len(text)
    while missing - found > 1:
        middle = (found + missing) // 2
        if letters.find(text[:middle], place) >= 0:
            found = middle
        else:
            missing = middle
    return letters.find(text[:found], place), found


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """The letters and digits of a text, all that the proof compares."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _fault(  # noqa: PLR0917
    code: str,
    composition: Composition,
    place: Location,
    number: int,
    words: str,
    found: str,
) -> Diagnostic:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return diagnose(
        code,
        place,
        problem=f"“{shown}” on page {number + 1} ({composition.language}) {found}",
        cause=_CAUSES[code],
        fix="Undo the last change to templates or style sheets; if there was none, report this.",
    )
