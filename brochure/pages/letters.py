"""Capitals as each script writes them.

Greek words in capitals have no accents and keep the dialytika (Μάιος, ΜΑΪΟΣ); where an accent had
parted two vowels, the dialytika takes its place (άυλος, ΑΫΛΟΣ); the word ή keeps its accent, so
that it is not read as an article. The rules are those of CLDR's Greek upper-casing.
"""

from __future__ import annotations

import re
import unicodedata

_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_ACCENTS = "\u0300\u0301\u0304\u0306\u0313\u0314\u0342"
_DIALYTIKA = "\u0308"
_OR = re.compile(rf"(?<![{_GREEK}\u0300-\u036f])([ήΉ])(?![{_GREEK}\u0300-\u036f])")
_PARTED = re.compile(rf"([αεηουΑΕΗΟΥ][{_ACCENTS}]*\u0301[{_ACCENTS}]*)([ιυΙΥ])(?!{_DIALYTIKA})")
_ACCENTED = re.compile(rf"([{_GREEK}]\u0308?)[{_ACCENTS}]+(\u0308?)[{_ACCENTS}]*")
_KEPT = "\ue000"
"""Stands for Ή while the accents go (private use, U+E000)."""


def capitals(text: str) -> str:
    """A text in capitals."""
    apart = unicodedata.normalize("NFD", _OR.sub(_KEPT, unicodedata.normalize("NFC", text)))
    apart = _PARTED.sub(rf"\1\2{_DIALYTIKA}", apart)
    bare = _ACCENTED.sub(r"\1\2", apart)
    return unicodedata.normalize("NFC", bare.upper()).replace(_KEPT, "Ή")


def initial_of(title: str) -> str:
    """The first letter or digit of a title, as a capital; empty if there is none."""
    return capitals(next((letter for letter in title if letter.isalnum()), ""))
