"""The proof: the finished bytes, opened again, say what the content says.

Each treatment's passages are looked for on its own pages, in order, in the text that PDFium gives
back. Compared are letters and digits, after Unicode NFKD and case folding, so that these make no
difference: ligatures, composed and decomposed letters, the hyphen of a word that is divided, a
soft hyphen, spaces and signs, markers of lists, vowel marks of Arabic and Hebrew. A passage may be
shown in pieces, since PDFium reads two columns line by line and a page turn brings a folio in
between; pieces follow each other, but for the left-to-right words on a right-to-left document's
lines, which PDFium puts the other way round (ISO 32000-2, 12.2, `Direction`).

A text that is there can still not be seen: outside the trim box (14.11.2), outside its clipping
path (8.5.4), under a plane or picture that is drawn later, or drawn without ink (9.3.6).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Direction
from brochure.pages.composition import Composition, Passage, SectionPlace
from brochure.pdf.reading_order import is_right_to_left
from brochure.pdf.visibility import hidden_texts

_TAKEN = "\0"
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
            page = document[number]
            texts.append(page.get_textpage().get_text_range())
            for text, why in hidden_texts(page):
                yield _fault(
                    "text-hidden", composition, section.place, number, text, f"cannot be seen: {why}"
                )
        if section.passages:
            yield from _compared(section, texts, start, composition)


def _compared(
    section: SectionPlace, texts: Sequence[str], start: int, composition: Composition
) -> Iterator[Diagnostic]:
    """Compare a section's passages with the text of its pages, of which `start` is the first."""
    pages = [_letters(text) for text in texts]
    stream = _Stream(
        letters="".join(pages), is_loose=composition.direction is Direction.RTL
    )
    for passage in section.passages:
        missing = stream.take(passage.text)
        if missing:
            code = "text-changed" if missing.is_elsewhere else "text-lost"
            found = "is in another place" if missing.is_elsewhere else "is not there"
            yield _fault(code, composition, passage.place, start, missing.words, found)
    for passage, at in stream.repeated(section.passages):
        number = start + _page_of(at, pages)
        yield _fault("text-repeated", composition, passage.place, number, passage.text, "is there twice")


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

    `is_loose` tells that left-to-right words may come in another order.
    """

    letters: str
    is_loose: bool
    _from: int = field(default=0)

    def take(self, text: str) -> _Missing | None:
        """Take a passage out; gives the words that are not where they should be."""
        words = text.split()
        whole = _letters(text)
        at = self.letters.find(whole, self._from)
        if at >= 0:
            self._take(at, whole)
            self._from = at
            return None
        first, place = 0, self._from
        begun = False
        while first < len(words):
            at, count = self._longest(words[first:], place)
            if not count:
                return self._lost(words[first])
            if not begun:
                self._from, begun = at, True
            piece = _letters("".join(words[first : first + count]))
            self._take(at, piece)
            is_turned = self.is_loose and not is_right_to_left("".join(words[first : first + count]))
            place = place if is_turned else at
            first += count
        return None

    def _longest(self, words: Sequence[str], place: int) -> tuple[int, int]:
        """Where the longest beginning of `words` stands, and how many words it has."""
        best = (-1, 0)
        piece = ""
        for count, word in enumerate(words, start=1):
            piece += _letters(word)
            at = self.letters.find(piece, place)
            if at < 0:
                break
            best = (at, count)
        return best if best[1] else self._divided(words[0], place)

    def _divided(self, word: str, place: int) -> tuple[int, int]:
        """A word whose parts stand on two lines that do not follow each other."""
        letters = _letters(word)
        for cut in range(len(letters) - 2, 1, -1):
            head = self.letters.find(letters[:cut], place)
            tail = self.letters.find(letters[cut:], head + cut) if head >= 0 else -1
            if tail >= 0:
                self._take(head, letters[:cut])
                self._take(tail, letters[cut:])
                return tail, 1
        return -1, 0

    def _lost(self, word: str) -> _Missing:
        return _Missing(words=word, is_elsewhere=_letters(word) in self.letters)

    def _take(self, at: int, piece: str) -> None:
        if self.letters.startswith(piece, at):
            end = at + len(piece)
            self.letters = self.letters[:at] + _TAKEN * len(piece) + self.letters[end:]

    def repeated(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, int]]:
        """The passages that are still there after all have been taken, and where."""
        for passage in passages:
            letters = _letters(passage.text)
            at = self.letters.find(letters) if len(letters) >= _LEAST_REPEATED else -1
            if at >= 0:
                yield passage, at


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """The letters and digits of a text, all that the proof compares."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _fault(
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
