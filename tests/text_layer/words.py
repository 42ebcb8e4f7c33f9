"""How much of a text an extractor gives back: its words, block by block, in their order.

A block is a title, a paragraph, a list item or a table cell. Its words are looked for where the
extracted text has most of them in their order (the longest common subsequence of words), in
hardly more room than the block needs. What lies elsewhere or the other way round is lost.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser

_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs of direction: a text with and without them is the same text."""
_DIVIDED = "\u2010"
_LINE_END = re.compile("[-\u2010\u00ad\ufffe]\\s*\n\\s*|\ufffe")
"""A hyphen at the end of a line; U+FFFE is PDFium's."""
_MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
_ASIDE = re.compile(f"[{_MARKS}\u0640]")
"""Vowel marks of Hebrew and Arabic, and the tatweel; not hamza, and no accent of Greek."""
_WORD = re.compile(rf"[\w\u0300-\u036f\u0653-\u0655{_MARKS}]+")
_SLACK = 30
"""Words that may stand between those of a block: furniture and captions at a page turn."""
_INLINE = frozenset("a abbr b bdi bdo cite code em i mark q s small span strong sub sup u".split())


class Unit(Enum):
    """What counts as a word: with the signs that touch it, or its letters and digits alone."""

    WITH_SIGNS = "with signs"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many words were looked for, and those that were not found."""

    total: int
    lost: tuple[str, ...]

    @property
    def per_cent(self) -> float:
        return 100 * (self.total - len(self.lost)) / self.total


def compare(
    blocks: Iterable[str],
    text: str,
    *,
    unit: Unit = Unit.WITH_SIGNS,
    marks: bool = True,
    in_order: bool = True,
) -> Score:
    """Look for the words of each block in an extracted text; without `marks`, vowels aside.

    Not `in_order`, each has only to stand somewhere in the block's place.
    """
    wanted = [_words(_clean(block, marks=marks), unit) for block in blocks]
    vocabulary = {word for block in blocks for word in _clean(block, marks=marks).split()}
    whole = _LINE_END.sub(_DIVIDED, _clean(text, marks=marks))
    stream = _words(" ".join(_joined(word, vocabulary) for word in whole.split()), unit)
    lost = []
    for words in wanted:
        window = _window(words, stream)
        found = _aligned(words, window) if in_order else _present(words, window)
        lost += [word for number, word in enumerate(words) if number not in found]
    return Score(total=sum(map(len, wanted)), lost=tuple(lost))


def _clean(text: str, *, marks: bool) -> str:
    text = _DIRECTION.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    return text if marks else _ASIDE.sub("", text)


def _words(text: str, unit: Unit) -> list[str]:
    return text.split() if unit is Unit.WITH_SIGNS else _WORD.findall(text)


def _joined(word: str, vocabulary: set[str]) -> str:
    """A word that was divided at the end of a line, with the hyphen if it has one of its own."""
    whole = word.replace(_DIVIDED, "")
    return whole if whole in vocabulary else word.replace(_DIVIDED, "-")


def _window(words: Sequence[str], stream: Sequence[str]) -> Sequence[str]:
    """The place of the stream that has most words of a block in their order."""
    masks: dict[str, int] = {}
    for number, word in enumerate(words):
        masks[word] = masks.get(word, 0) | 1 << number
    room = len(words) + _SLACK
    starts = [at for at, word in enumerate(stream) if word in masks]
    best, most = 0, 0
    for start in starts:
        found = _length(masks, len(words), stream[start : start + room])
        if found > most:
            best, most = start, found
        if most == len(words):
            break
    return stream[best : best + room]


def _present(words: Sequence[str], window: Sequence[str]) -> set[int]:
    """Which words are there at all, each as often as it is."""
    left = Counter(window)
    found = set()
    for number, word in enumerate(words):
        if left[word]:
            left[word] -= 1
            found.add(number)
    return found


def _length(masks: dict[str, int], words: int, window: Sequence[str]) -> int:
    """How long the longest common subsequence is, a bit a word (Hyyrö 2004)."""
    row = everything = (1 << words) - 1
    for word in window:
        common = row & masks.get(word, 0)
        row = (row + common | row - common) & everything
    return words - row.bit_count()


def _aligned(words: Sequence[str], window: Sequence[str]) -> set[int]:
    """Which words are in the longest common subsequence."""
    lengths = [[0] * (len(window) + 1) for _ in range(len(words) + 1)]
    for number in range(len(words) - 1, -1, -1):
        for at in range(len(window) - 1, -1, -1):
            lengths[number][at] = (
                lengths[number + 1][at + 1] + 1
                if words[number] == window[at]
                else max(lengths[number + 1][at], lengths[number][at + 1])
            )
    found, number, at = set[int](), 0, 0
    while number < len(words) and at < len(window):
        if words[number] == window[at]:
            found.add(number)
            number, at = number + 1, at + 1
        elif lengths[number + 1][at] >= lengths[number][at + 1]:
            number += 1
        else:
            at += 1
    return found


def blocks_of(html: str) -> list[str]:
    """The texts of the paragraphs, headings, list items and cells of a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [
        " ".join(block.split()) for block in "".join(reader.parts).split("\0") if block.strip()
    ]


class _Reader(HTMLParser):
    """Collects the text, with a NUL wherever a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.handle_data: Callable[[str], None] = self.parts.append

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append("" if tag in _INLINE else "\0")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("" if tag in _INLINE else "\0")
