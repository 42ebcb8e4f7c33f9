"""A text as signs that can be compared with what stands on paper.

Alike are: composed and decomposed letters, ligatures, presentation forms, raised figures and their
plain signs (Unicode NFKD, to which PDFium itself brings what runs from right to left, and ® to R);
all hyphens, all spaces; the two forms of a bracket, which mirror each other (UAX #9, L4), and of
quotation marks, which PDFium takes for such. Signs without ink are left out. Capital and small
letters are not alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from brochure.pdf.reading_order import is_right_to_left

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_SPACES = re.compile(r"\s+")
_ALIKE = str.maketrans(")]}>»›≥”’®\u2010\u2011\u2212\u0002", "([{<«‹≤“‘R----")


def signs_of(text: str) -> str:
    """A text in signs that can be compared, in the order of reading; spaces are single."""
    text = _UNSEEN.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _SPACES.sub(" ", text).translate(_ALIKE)


def bases(signs: str) -> str:
    """The signs without the marks on them."""
    return signs if signs.isascii() else "".join(sign for sign in signs if not _is_mark(sign))


def marks(signs: str) -> list[str]:
    """The marks, in no order: where on paper one stands is its font's to say."""
    return [] if signs.isascii() else sorted(filter(_is_mark, signs))


@cache
def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) == "Mn"


class Wording:
    """A text that is looked for, of which a part can be asked for by the number of its signs."""

    def __init__(self, text: str) -> None:
        self.signs = signs_of(text).strip()
        places = [
            at for at, sign in enumerate(self.signs) if not (sign.isspace() or _is_mark(sign))
        ]
        self.inked = "".join(self.signs[at] for at in places)
        """The signs without marks and spaces."""
        self._places = (*places, len(self.signs))

    def part(self, start: int, stop: int) -> str:
        """The signs from one inked sign to another, with the marks and spaces among them."""
        return self.signs[self._places[start] : self._places[stop]]


def looks_like(clusters: Sequence[str], signs: str, *, is_rtl: bool) -> bool:
    """Whether clusters, from left to right, are what a line that says `signs` shows (UAX #9).

    A line with letters that are read from right to left may begin on either side, and so may signs
    alone in a right-to-left text, which `is_rtl`. Whatever else has letters or European digits is
    read from left to right there too: the pages isolate it, and the two ends of “0.5–1 ml” may not
    have changed places.
    """
    if _is(clusters, signs):
        return True
    if not is_right_to_left(signs) and (not is_rtl or _is_left_to_right(signs)):
        return False
    from bidi import get_display

    return any(_is(clusters, get_display(signs, base_dir=side).translate(_ALIKE)) for side in "RL")


def _is_left_to_right(signs: str) -> bool:
    """Whether there is a letter or digit that is read from left to right (UAX #9, L and EN)."""
    return any(unicodedata.bidirectional(sign) in ("L", "EN") for sign in signs)


def _is(clusters: Sequence[str], shown: str) -> bool:
    """Whether clusters are a text, in which the signs of one cluster have no order."""
    at = 0
    for cluster in clusters:
        end = at + len(cluster)
        if cluster != shown[at:end] and sorted(cluster) != sorted(shown[at:end]):
            return False
        at = end
    return at == len(shown)
