"""Runs of the other direction inside a text, isolated so that they print in their own order.

By the Unicode Bidirectional Algorithm (UAX #9) a European number that follows an Arabic letter
becomes an Arabic number (W2), and signs between numbers, or between a number and anything else,
take the paragraph's direction (N1, N2): in Arabic, `0.5–1 ml` would print as `1–0.5 ml` and
`+357 22 123456` as `123456 22 357+`; a final `®` or `+` (N2) would change sides. Every such run is
therefore put into an isolate of its own direction (X5a, X5b), which its surroundings see as one
neutral sign (BD8). The text itself is never changed. docs/bidi.md has the rules as a table.

*In a right-to-left text* a run starts and ends with a word (letters and digits of any other
script) or the sign that belongs to it, and goes on to the next word

* over marks without a space, and over a space or an operator between spaces: `22 123456`,
  `09:30–17:00`, `2 × 10 mg`, `a@b.example` (what W4 to W7 do for some of them);
* after a Latin letter over whatever stands between, as N1 does in a left-to-right text: `Müller,
  A. “Botox” (2020)`; but a number that an Arabic word follows belongs to that word;
* over a bracket or a quotation mark only together with its partner (BD16, N0).

Brackets and quotation marks round a whole run belong to the text round it (N0 c2), the full stop
inside them to the run. A sign or a hyphen glued to a right-to-left letter (`ל-5`) is that word's.

*In a left-to-right text* a run is right-to-left letters of one script with whatever other than
letters stands between them, so that a number after it keeps its place; over a bracket or a
quotation mark it goes only together with its partner.
"""

from __future__ import annotations

import re

BARRIER = "\ufffc"
"""Stands for what no run goes over: a picture, code, an isolate that the clinic wrote itself."""
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_WORD = rf"(?:[^\W_{_RTL}][\u0300-\u036f®™©℠]*)+"
_SPACE = "[ \u00a0\u2009\u202f]"
_SIGN_BEFORE = rf"(?:(?<![{_RTL}])(?:[€$£<>≤≥±~≈]{_SPACE}?|[+\-−#@]))?"
_SIGN_AFTER = rf"(?:{_SPACE}?[%‰°€$£]C?|\++|[′″])?"
_PART = re.compile(rf"{_SIGN_BEFORE}{_WORD}{_SIGN_AFTER}")
_MARKS = r"[-‐‑–—−/⁄×·&+±=<>≤≥≈^:;.,@_~'’*?#%]+"
_OPERATOR = r"[-‐‑–—−×+±=<>≤≥≈&/]"
_NUMERIC_GAP = re.compile(rf"{_MARKS}|{_SPACE}(?:{_OPERATOR}{_SPACE}?)?|")
"""What stands between two parts of an expression that has no letter yet."""
_WALL = re.compile(rf"[{_RTL}\u200f\n{BARRIER}]")
"""What no run goes over: U+200F counts as a right-to-left letter (UAX #9, table 4)."""
_LETTER = re.compile(r"[^\W\d_]")
_COUNTED = re.compile(rf"[\d.,–-]*{_SPACE}+[{_RTL}]")
"""After the first digits of a number: the rest of it, and an Arabic word that it counts."""
_DIALLING_CODE = re.compile(r"\+\d+|0\d*")
_PARTNERS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”", "„": "”", '"': '"'}
_CLOSERS = frozenset(_PARTNERS.values())
_END_MARKS = re.compile(r"[.,;:!?…]{1,3}")
_GLUED_BRACKETS = ("(", "[")
_NEW_PHRASE = re.compile(rf"[.,;:!?…]+{_SPACE}")
_LONGEST_BRACKET = 400
_RTL_WORD = re.compile(
    rf"(?P<Hebr>[{_HEBREW}]+(?:[\"”][{_HEBREW}]+)*)|(?P<Arab>(?:(?![{_HEBREW}])[{_RTL}])+)"
)
"""Letters and marks of Hebrew, abbreviations too, or of Arabic and its like."""
_LTR_WALL = re.compile(rf"(?![{_RTL}])[^\W\d_]|[\u200e\n{BARRIER}]|/|(?<![{_HEBREW}])[,;]")
UNBROKEN = 18
"""A run of at most this many characters (a dose, a phone number) is kept on one line."""


def left_to_right_runs(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of a right-to-left `text` that has to keep its own order."""
    runs: list[tuple[int, int]] = []
    for part in _PART.finditer(text):
        start, stop = part.span()
        joined = _joined(text, runs[-1], start, stop) if runs else None
        if joined:
            runs[-1] = joined
        else:
            runs.append((start, stop))
    return [(start, _with_its_end(text, start, stop)) for start, stop in runs]


def right_to_left_runs(text: str) -> list[tuple[int, int]]:
    """Start and end of every run of a left-to-right `text` that reads from right to left."""
    runs: list[tuple[int, int]] = []
    script = None
    for word in _RTL_WORD.finditer(text):
        first, end = runs[-1] if word.lastgroup == script else word.span()
        gap = end, word.start()
        closed = None if _LTR_WALL.search(text, *gap) else _closed(text, *gap, wall=_LTR_WALL)
        if word.lastgroup == script and closed is not None:
            runs[-1] = first, max(word.end(), end, closed)
        else:
            runs.append(word.span())
        script = word.lastgroup
    return [(start, stop) for start, stop in runs if _LETTER.search(text, start, stop)]


def _joined(text: str, run: tuple[int, int], start: int, stop: int) -> tuple[int, int] | None:
    """The run together with the part from `start` to `stop`, if the one goes on in the other."""
    first, end = run
    if start < end:
        return first, max(stop, end)
    if number := _dialled(text, run, start, stop):
        return number
    gap, closed = text[end:start], _closed(text, end, start)
    if closed is None or _WALL.search(gap):
        return None
    if not _LETTER.search(text, first, end):
        goes_on = gap in _GLUED_BRACKETS or bool(_NUMERIC_GAP.fullmatch(gap))
    else:
        goes_on = not (_NEW_PHRASE.fullmatch(gap) and _counts(text, start))
    return (first, max(stop, closed)) if goes_on else None


def _closed(text: str, start: int, stop: int, wall: re.Pattern[str] = _WALL) -> int | None:
    """Where what opens between `start` and `stop` has closed: 0 if nothing opens.

    None if something closes there that opened before, or does not close before a `wall`.
    """
    end = 0
    for place in range(start, stop):
        sign = text[place]
        if sign in _PARTNERS and not (sign == '"' and text[place + 1].isspace()):
            closing = text.find(_PARTNERS[sign], place + 1, place + _LONGEST_BRACKET)
            if closing < 0 or wall.search(text, place, closing):
                return None
            end = max(end, closing + 1)
        elif sign in _CLOSERS:
            return None
    return end


def _counts(text: str, start: int) -> bool:
    """Whether a number stands at `start` and a right-to-left word after it."""
    return text[start].isdigit() and _COUNTED.match(text, start) is not None


def _dialled(text: str, run: tuple[int, int], start: int, stop: int) -> tuple[int, int] | None:
    """A phone number with one part in brackets: the next part stands after them or in them."""
    first, end = run
    if not (_DIALLING_CODE.fullmatch(text, first, end) and text[start].isdigit()):
        return None
    gap = text[end:start].strip()
    if gap == ")" and text[first - 1 : first] == "(":
        return first - 1, stop
    return (first, stop + 1) if gap == "(" and text[stop : stop + 1] == ")" else None


def _with_its_end(text: str, start: int, stop: int) -> int:
    """The end of a run with the last slash of an address and the full stop inside its quotes."""
    if text[stop : stop + 1] == "/":
        return stop + 1
    closing = _PARTNERS.get(text[start - 1 : start])
    marks = _END_MARKS.match(text, stop) if closing else None
    return marks.end() if marks and text[marks.end() : marks.end() + 1] == closing else stop
