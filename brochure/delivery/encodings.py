"""Which encoding a list was saved in, decided from its bytes and never from a guess alone.

Excel writes UTF-8 with a mark, UTF-16 with a mark, or the code page of the country it was sold in.
A mark or valid UTF-8 settles the matter. Otherwise every code page of the clinic's languages is
tried: the right one gives column names that we know and words of one script in usual capitals.
Where two fit as well as each other, or none does, the clinic is asked.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from brochure.languages import plain

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = {
    "Latn": "cp1252",
    "Grek": "cp1253",
    "Arab": "cp1256",
    "Hebr": "cp1255",
    "Cyrl": "cp1251",
    "Hans": "gb18030",
}
_LETTERS = {
    "cp1252": "LATIN",
    "cp1253": "GREEK",
    "cp1256": "ARABIC",
    "cp1255": "HEBREW",
    "cp1251": "CYRILLIC",
    "gb18030": "CJK",
}
"""How Unicode's names of the letters begin that a code page is there for."""
_WORD = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652\u05b0-\u05c2])+")
_CELL = re.compile(r"[;,\t\n\"]")
_PLAUSIBLE = 0.8
"""Share of the words; a name of foreign origin may look odd in the right code page."""
_AHEAD = 0.15


class Undecided(Exception):
    """No encoding, or more than one, fits a file."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Reading:
    """A file as a code page would have it: known column names, share of usual words."""

    known: int
    share: float
    text: str


def decode(data: bytes, *, scripts: Iterable[str], headers: Collection[str]) -> str:
    """The text of `data`, whose first line may hold `headers` (in `plain` form).

    `scripts` are the ISO 15924 codes of the clinic's languages. Raises `Undecided`.
    """
    mark = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(mark)
    except UnicodeDecodeError:
        if mark != "utf-8":
            raise Undecided from None
    pages = dict.fromkeys(_CODE_PAGES[script] for script in (*scripts, "Latn"))
    readings = [reading for page in pages for reading in _readings(data, page, headers)]
    return _best(readings).text


def _readings(data: bytes, page: str, headers: Collection[str]) -> Iterable[_Reading]:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return
    first = text.lstrip().partition("\n")[0]
    known = sum(plain(cell) in headers for cell in _CELL.split(first))
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    usual = sum(_is_usual(word, _LETTERS[page]) for word in words)
    yield _Reading(known=known, share=usual / len(words) if words else 1.0, text=text)


def _best(readings: Iterable[_Reading]) -> _Reading:
    ranked = sorted(readings, reverse=True)
    if not ranked or ranked[0].share < _PLAUSIBLE:
        raise Undecided
    first, *others = ranked
    rivals = [item for item in others if item.known == first.known and item.text != first.text]
    if any(first.share - item.share < _AHEAD for item in rivals):
        raise Undecided
    return first


@cache
def _is_usual(word: str, alphabet: str) -> bool:
    """Whether a word's letters are of one alphabet, and its capitals where people write them."""
    alphabets = {_alphabet(letter) for letter in word}
    capitals_fit = word[1:] == word[1:].lower() or word == word.upper()
    if alphabet == "LATIN" or alphabets == {"LATIN"}:
        mostly_plain = sum(letter.isascii() for letter in word) * 2 >= len(word)
        return alphabets == {"LATIN"} and mostly_plain and capitals_fit
    return alphabets == {alphabet} and capitals_fit and not unicodedata.combining(word[0])


@cache
def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
