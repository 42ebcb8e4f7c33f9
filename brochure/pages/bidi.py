"""Left-to-right runs inside right-to-left text, isolated so that they print in their own order.

By the Unicode Bidirectional Algorithm (UAX #9) a number that follows an Arabic letter becomes an
Arabic number (W2), and the signs between two such numbers take the paragraph's direction (N1,
N2): `0.5–1 ml` would print as `1–0.5 ml`, `+357 22 123456` as `123456 22 357+`. A run that starts
and ends with a Latin, Greek or Cyrillic letter or a European digit is therefore put into an
isolate (X5a) of its own direction. The text itself is never changed.
"""

from __future__ import annotations

import re

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_WORD = rf"[^\W_{_RTL}]"
_SPACE = "[ \u00a0\u202f]"
_SIGN_BEFORE = rf"(?:[€$£]{_SPACE}?|[+\-−±~<>≤≥#@])?"
_SIGN_AFTER = rf"(?:{_SPACE}?[%‰°€$£]C?|\+)?"
_MARK = r"[-–—−/×&+=:;.,@_~'’*?#%]"
_JOINT = rf"(?:{_MARK}+{_SPACE}?|{_SPACE}(?:[-–—−×+=&/]{_SPACE})?)"
_INSIDE = rf"(?:{_WORD}|[.,;:–-])+"
_GROUP = rf"(?:\({_INSIDE}\)|\[{_INSIDE}\])"
"""A bracket glued to a word, as in `374(1)`; a bracket after a space belongs to the Arabic."""
_PART = rf"{_SIGN_BEFORE}{_WORD}+(?:{_GROUP}{_WORD}*)*"
_RUN = re.compile(rf"{_PART}(?:{_JOINT}{_PART})*{_SIGN_AFTER}/?")
UNBROKEN = 18
"""A run of at most this many characters (a dose, a phone number) is kept on one line."""


def left_to_right_runs(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of `text` that has to keep its own order."""
    return [match.span() for match in _RUN.finditer(text)]
