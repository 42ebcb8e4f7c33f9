"""A text cut into what is its own and what is another script's, and what language that is in.

A name such as *Herpes simplex* in an Arabic text is told by its letters; which language it is in
no letter says. It is taken for the clinic's own language of that script, the default one first
(`companions_of`), and where the clinic has none for `und` with the script, as BCP 47 has it
(RFC 5646, 4.1). Signs, numbers, units, addresses and abbreviations are no language: a run is
tagged if its words, capitals set aside, have `LEAST_LETTERS` letters. Directions are `bidi`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from brochure.languages import Direction, script_of
from brochure.pages.bidi import BARRIER, left_to_right_runs, right_to_left_runs

LEAST_LETTERS = 4
LEAST_WORDS = 4
"""A text of so many words in another script is that language's own paragraph."""
_OF_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
_LETTERS = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Grek": "\u0370-\u0373\u0376-\u037d\u037f\u0386\u0388-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Hebr": "\u05d0-\u05f4\ufb1d-\ufb4f",
    "Arab": "\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff",
}
"""The letters of the scripts that are told apart, by ISO 15924."""
TOLD_APART = tuple(_LETTERS)
_LETTER = {script: re.compile(f"[{letters}]") for script, letters in _LETTERS.items()}
_RUN = {
    script: re.compile(rf"[{letters}](?:(?:(?![\n{BARRIER}])[\W\d_{letters}])*[{letters}])?")
    for script, letters in _LETTERS.items()
}
"""Letters of one script, and whatever other than letters stands between them."""
_WORD = re.compile(r"(?<!\S)[^\w\s]*([^\W\d_]{2,})[^\w\s]*(?!\S)")


_ISOLATE = {Direction.LTR: "\u2066", Direction.RTL: "\u2067"}
_POP = "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """The language that the words of another script are in, by script."""

    tags: tuple[tuple[str, str], ...] = ()

    def tag(self, script: str) -> str:
        """A BCP 47 tag for words written in `script`."""
        return dict(self.tags).get(script, f"und-{script}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A part of a text, from `start` to `stop`, with a language or a direction of its own."""

    start: int
    stop: int
    tag: str = ""
    direction: Direction | None = None


def companions_of(tags: Iterable[str]) -> Companions:
    """The companions among a clinic's languages, those named first before others."""
    by_script: dict[str, str] = {}
    for tag in tags:
        by_script.setdefault(script_of(tag), tag)
    return Companions(tags=tuple(by_script.items()))


def direction_of(script: str) -> Direction:
    """Which way the lines of a script run."""
    return Direction.RTL if script in _OF_RIGHT_TO_LEFT else Direction.LTR


def runs_of(text: str, script: str, companions: Companions) -> list[Run]:
    """What in a text of `script` is of another direction or another script, in order."""
    if direction_of(script) is Direction.RTL:
        spans, direction = left_to_right_runs(text), Direction.LTR
    else:
        spans, direction = right_to_left_runs(text), Direction.RTL
    isolated = [
        Run(
            start=start,
            stop=stop,
            tag=_tag(text[start:stop], companions),
            direction=direction,
        )
        for start, stop in spans
    ]
    tagged = _tagged(text, script, companions)
    return sorted((*isolated, *tagged), key=lambda run: run.start)


def foreign_script(text: str, script: str, *, paragraphs: int = 1) -> str:
    """The script of a text without a letter of `script` that fills so many paragraphs.

    Empty for any other text.
    """
    own = _LETTER.get(script)
    if own is None or own.search(text) or len(_words(text)) < LEAST_WORDS * paragraphs:
        return ""
    return _script(text)


def _tagged(text: str, script: str, companions: Companions) -> Iterator[Run]:
    """Runs of the other scripts that run the same way."""
    for other, pattern in _RUN.items():
        if other != script and direction_of(other) is direction_of(script):
            for match in pattern.finditer(text):
                if tag := _tag(match[0], companions):
                    yield Run(start=match.start(), stop=match.end(), tag=tag)


def _tag(run: str, companions: Companions) -> str:
    """The language of a run; none if it is too short to be in one."""
    script = _script(run)
    known = script and sum(map(len, _words(run))) >= LEAST_LETTERS
    return companions.tag(script) if known else ""


def _script(text: str) -> str:
    """The script that most letters of a text are written in."""
    counts = {script: len(letter.findall(text)) for script, letter in _LETTER.items()}
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] else ""


def _words(text: str) -> list[str]:
    """The words of a text that are no abbreviation, number or address."""
    return [word for word in _WORD.findall(text) if not word.isupper()]


def isolated(text: str, script: str) -> str:
    """A text that takes no tags, such as a running head, with isolates' own characters (BD8)."""
    parts, end = [], 0
    for run in runs_of(text, script, Companions()):
        if run.direction:
            inside = text[run.start : run.stop]
            parts += [text[end : run.start], _ISOLATE[run.direction], inside, _POP]
            end = run.stop
    return "".join((*parts, text[end:]))
