"""Letters that look right on the screen and are not: in print, in search, in a screen reader.

Every check works on whole lines of a file and starts from the few characters that can be wrong,
so that a clean text costs next to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from brochure.content.document import Document
from brochure.diagnostics import Diagnostic, diagnose

# --- presentation forms --------------------------------------------------------------------------
# Arabic Presentation Forms A and B hold letters already shaped. Ornate parentheses (FD3E, FD3F),
# the symbols and word ligatures (FDF0 to FDFF, ﷲ and ﷺ among them) and the ligature of FD40 to
# FD4F are signs in their own right, and right as they are.
_SHAPED = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc"
_SHAPED_WORD = re.compile(rf"[\u0600-\u06ff{_SHAPED}]*[{_SHAPED}][\u0600-\u06ff{_SHAPED}]*")
_MOST_SHOWN = 5

# --- invisible controls --------------------------------------------------------------------------
_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(rf"[{_CONTROLS}{_JOINERS}]")
_JOINING = re.compile(r"[\u0600-\u07ff\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1800-\u18af]")
"""Arabic, Syriac, N'Ko, the scripts of India, Burmese, Mongolian: where joiners are spelling."""
_PICTOGRAM = re.compile(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")

# --- look-alikes ---------------------------------------------------------------------------------
_ALIKE = """
AΑА BΒВ EΕЕ ZΖ. HΗН IΙІ KΚК MΜМ NΝ. OΟО PΡР TΤТ XΧХ YΥУ C.С S.Ѕ J.Ј
oοо vν. iιі uυ. pρр xχх a.а e.е c.с y.у s.ѕ j.ј k.к
ÁΆ. ÉΈ. ÍΊ. ÓΌ. ÝΎ. áά. íί. óό. úύ.
""".split()
"""A Latin letter, a Greek and a Cyrillic one that look alike; a dot where there is none.

Letters of formulas and units (α, β, γ, κ, μ) look like no Latin letter closely enough to be one
by mistake, so TNFα, NFκB and μm are never touched.
"""
_SCRIPTS = ("Latin", "Greek", "Cyrillic")
_RANGES = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Greek": "\u0370-\u0373\u0376-\u037d\u037f\u0386\u0388-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u0481\u048a-\u052f",
}
_OF_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in _RANGES.items()}
_ALL = "".join(_RANGES.values())
_WORD = re.compile(f"[{_ALL}\u0300-\u036f]+")
_GLUED_ON = 3
"""So many foreign letters in one piece, and nowhere else, are a name with an ending."""


def _look_alikes() -> dict[tuple[str, str], str]:
    """For a letter and a script, the letter of that script that looks the same."""
    pairs = {}
    for row in _ALIKE:
        for letter in row:
            for script, other in zip(_SCRIPTS, row, strict=True):
                if "." not in (letter, other) and _OF_SCRIPT[script].match(other):
                    pairs[letter, script] = other
    return pairs


_TWINS = _look_alikes()

_SUSPECT = re.compile(rf"[{_SHAPED}{_CONTROLS}{_JOINERS}\ufffd]")
_SUSPECTS = frozenset(
    chr(point)
    for first, last in (
        *((0xFB50, 0xFBB1), (0xFBD3, 0xFD3D), (0xFD50, 0xFDC7), (0xFE70, 0xFEFC)),
        *((0x061C, 0x061C), (0x200C, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),
        (0xFFFD, 0xFFFD),
    )
    for point in range(first, last + 1)
)
"""The same characters, for a look at a whole file."""
_NOT_LATIN = {
    name: frozenset(filter(_OF_SCRIPT[name].match, map(chr, points)))
    for name, points in (
        ("Greek", (*range(0x370, 0x400), *range(0x1F00, 0x2000))),
        ("Cyrillic", range(0x400, 0x530)),
    )
}
_LATIN_RUN = re.compile(f"[{_RANGES['Latin']}]+")


@cache
def _meeting() -> re.Pattern[str]:
    """Two letters of different scripts beside each other."""
    pairs = (
        f"[{_RANGES[one]}][{_RANGES[other]}]"
        for one in _SCRIPTS
        for other in _SCRIPTS
        if one != other
    )
    return re.compile("|".join(pairs))


def check_letters(document: Document) -> Iterator[Diagnostic]:
    """Report `arabic-reshaped`, `bidi-control`, `character-replaced` and `letters-mixed`."""
    distinct = set(document.text)
    if not _SUSPECTS.isdisjoint(distinct):
        for number, line in enumerate(document.text.split("\n"), start=1):
            if _SUSPECT.search(line):
                yield from _reshaped(document, number, line)
                yield from _controls(document, number, line)
                yield from _replaced(document, number, line)
    if _may_be_mixed(document.text, distinct):
        for number, line in enumerate(document.text.split("\n"), start=1):
            if _meeting().search(line):
                yield from _mixed(document, number, line)


def _may_be_mixed(text: str, distinct: set[str]) -> bool:
    """Whether letters of two scripts touch somewhere; Latin words are the few to look at."""
    strange = [letters for letters in _NOT_LATIN.values() if not letters.isdisjoint(distinct)]
    if len(strange) > 1:
        return True
    return bool(strange) and any(
        text[match.start() - 1 : match.start()] in strange[0]
        or text[match.end() : match.end() + 1] in strange[0]
        for match in _LATIN_RUN.finditer(text)
    )


def _reshaped(document: Document, number: int, line: str) -> Iterator[Diagnostic]:
    words = list(_SHAPED_WORD.finditer(line))
    if not words:
        return
    shown = [f"“{word[0]}” → “{base_letters(word[0])}”" for word in words[:_MOST_SHOWN]]
    more = f" and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
    backwards = any(is_backwards(word[0]) for word in words)
    yield diagnose(
        "arabic-reshaped",
        document.place(number, words[0].start() + 1),
        problem="Arabic words are stored as shapes instead of letters"
        + (", and backwards: " if backwards else ": ")
        + ", ".join(shown)
        + more,
        cause="They came through a program that cannot write Arabic; printed, searched or read "
        "aloud they come out wrong.",
        fix="Type the line again, or copy it from the original document"
        + ("; the words stand in reverse order too." if backwards and len(words) > 1 else "."),
    )


def base_letters(word: str) -> str:
    """The letters that shaped ones stand for, in the order in which they are read."""
    ordered = word[::-1] if is_backwards(word) else word
    return unicodedata.normalize("NFKC", ordered)


def is_backwards(word: str) -> bool:
    """Whether shaped letters stand in the order of the screen, from left to right.

    In the right order a letter that joins the next one is followed by one that joins the last.
    """
    forms = [unicodedata.decomposition(letter).partition(" ")[0] for letter in word]
    joins_next = [form in ("<initial>", "<medial>") for form in forms]
    joins_last = [form in ("<final>", "<medial>") for form in forms]

    def breaks(before: list[bool], after: list[bool]) -> int:
        inside = sum(one != other for one, other in zip(before, after[1:], strict=False))
        return inside + after[0] + before[-1]

    return breaks(joins_next, joins_last) > breaks(joins_next[::-1], joins_last[::-1])


def _controls(document: Document, number: int, line: str) -> Iterator[Diagnostic]:
    found = [match for match in _INVISIBLE.finditer(line) if not _is_spelling(line, match)]
    if not found:
        return
    named = ", ".join(
        f"{unicodedata.name(match[0]).lower()} (U+{ord(match[0]):04X}) "
        f"at character {match.start() + 1}"
        for match in found[:_MOST_SHOWN]
    )
    more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    yield diagnose(
        "bidi-control",
        document.place(number, found[0].start() + 1),
        problem=f"The line holds invisible characters: {named}{more}",
        cause="They turn or join text in ways nobody sees while typing; numbers and brackets may "
        "end up on the wrong side. Telephone numbers and doses are kept in order without them.",
        fix="Delete the words around this place and type them again.",
    )


def _is_spelling(line: str, match: re.Match[str]) -> bool:
    """Whether a joiner stands inside a word that is spelt with it, or inside a pictogram."""
    if match[0] not in _JOINERS:
        return False
    before, after = line[: match.start()][-1:], line[match.end() :][:1]
    return any(
        kind.match(before) and kind.match(after) for kind in (_JOINING, _PICTOGRAM) if before
    )


def _replaced(document: Document, number: int, line: str) -> Iterator[Diagnostic]:
    if (at := line.find("\ufffd")) < 0:
        return
    count = line.count("\ufffd")
    yield diagnose(
        "character-replaced",
        document.place(number, at + 1),
        problem=f"{count} characters of the line are lost; “\ufffd” stands in their place"
        if count > 1
        else "A character of the line is lost; “\ufffd” stands in its place",
        cause="A program could not read it and put this sign there; it would be printed.",
        fix="Look into the original text and type the character again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """A word of one script with look-alikes of another; `meant` is the word as it should be."""

    script: str
    strangers: tuple[tuple[str, str], ...]
    meant: str


def mixture_of(word: str) -> Mixture | None:
    """What is wrong with a word, if foreign letters stand in it that look like its own."""
    scripts = [next((s for s in _SCRIPTS if _OF_SCRIPT[s].match(x)), "") for x in word]
    for host in sorted(set(scripts) - {""}, key=scripts.count, reverse=True):
        foreign = [bool(script) and script != host for script in scripts]
        if scripts.count(host) < 2 or not any(foreign) or _is_one_piece(foreign):
            continue
        strangers = [
            (x, script)
            for x, script, is_foreign in zip(word, scripts, foreign, strict=True)
            if is_foreign
        ]
        if all((letter, host) in _TWINS for letter, _ in strangers):
            meant = "".join(
                _TWINS[x, host] if is_foreign else x
                for x, is_foreign in zip(word, foreign, strict=True)
            )
            return Mixture(script=host, strangers=tuple(dict.fromkeys(strangers)), meant=meant)
    return None


def _is_one_piece(foreign: list[bool]) -> bool:
    first, count = foreign.index(True), foreign.count(True)
    return count >= _GLUED_ON and all(foreign[first : first + count])


def _mixed(document: Document, number: int, line: str) -> Iterator[Diagnostic]:
    for match in _WORD.finditer(line):
        mixture = mixture_of(match[0]) if _meeting().search(match[0]) else None
        if mixture:
            letters = ", ".join(f"the {script} {x}" for x, script in mixture.strangers)
            yield diagnose(
                "letters-mixed",
                document.place(number, match.start() + 1),
                problem=f"The {mixture.script} word “{match[0]}” is written with {letters}",
                cause="The letters look the same, but search, hyphenation and a screen reader "
                "take them for another word.",
                fix=f"Type the word again with the {mixture.script} keyboard: {mixture.meant}",
            )
