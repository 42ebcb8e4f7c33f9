"""Text that was left in another language inside a translation.

A block (paragraph, heading, item, cell, or a printed value of the front matter) counts as left
over if it has at least `LEAST_WORDS` words in letters of other scripts, `LEAST_LETTERS` such
letters, and its own script's share of all letters is below `OWN_SHARE`. Names are no language: a
block whose foreign words are mostly capitalised and hold no `_SMALL_WORDS` is left alone, and so
are references (DOI, authors, journal numbers) and what stands below a heading such as
“References”. Between languages of one script (English, French) no letter tells them apart; there
only a block that is word for word its source's counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from brochure.content.document import Document, Field
from brochure.content.outline import Block, outline_of
from brochure.diagnostics import Diagnostic, Location, diagnose

LEAST_WORDS = 4
LEAST_LETTERS = 20
OWN_SHARE = 0.5
_NAMES_SHARE = 0.7
_LEAST_COPIED = 40
"""Characters of a block that no two languages of one script write alike by chance."""
_SHOWN = 60

_SCRIPTS = {
    "Latin": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": r"\u0400-\u052f",
    "Hebrew": r"\u0590-\u05ff\ufb1d-\ufb4f",
    "Arabic": r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Indian": r"\u0900-\u0dff",
    "Thai": r"\u0e00-\u0e7f",
    "Korean": r"\u1100-\u11ff\uac00-\ud7af",
    "Japanese": r"\u3040-\u30ff",
    "Chinese": r"\u3400-\u9fff\U00020000-\U0003134f",
}
_WRITTEN_IN = {
    "Latn": ("Latin",),
    "Grek": ("Greek",),
    "Cyrl": ("Cyrillic",),
    "Hebr": ("Hebrew",),
    "Arab": ("Arabic",),
    "Thai": ("Thai",),
    "Kore": ("Korean", "Chinese"),
    "Jpan": ("Japanese", "Chinese"),
    "Hans": ("Chinese",),
    "Hant": ("Chinese",),
    "Hani": ("Chinese",),
}
"""What ISO 15924 calls the scripts that a language may be written in."""

# What is not running text: addresses, tags, code, Liquid, the target of a link.
_NO_WORDS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|<[^>]*>|`[^`]*`|\{[{%:].*?\}|\]\([^)]*\)", re.DOTALL
)
_REFERENCE = re.compile(
    r"\bdoi\b|\bPMID\b|\bISBN\b|\bISSN\b|\bet al\b|\d\s*\(\d+\)\s*:\s*\d|\d{4};\s*\d+|"
    r"\b[Vv]ol\.\s*\d|\bpp?\.\s*\d|\((?:19|20)\d\d[a-z]?\)\.|^\W*[A-Z][\w'-]+,? [A-Z]{1,3}\b[.,]",
)
_REFERENCE_HEADING = re.compile(
    r"reference|bibliograph|literature|sources|βιβλιογραφ|αναφορ|πηγές|المراجع|مراجع|المصادر|"
    r"литератур|источник|библиограф|référence|bibliografi|referenci|riferiment|מקורות|参考|參考",
    re.IGNORECASE,
)
_SMALL_WORDS = re.compile(
    r"\b(?:the|of|and|is|are|for|with|to|your|you|how|what|this|that|be|can|der|die|und|le|les|"
    r"des|et|της|του|και|το|για|με|на|для|что|или|как)\b",
    re.IGNORECASE,
)


class Foreign:
    """Finds words of other scripts in texts of one script."""

    def __init__(self, own: tuple[str, ...]) -> None:
        self.own = own
        letters = "".join(_SCRIPTS[name] for name in own)
        others = "".join(chars for name, chars in _SCRIPTS.items() if name not in own)
        self._letters = re.compile(f"[{letters}]")
        # Chinese and Japanese have no spaces: there a letter is as good as a word.
        self._words = re.compile(rf"[{others}][{others}'’\u0300-\u036f]+")

    def may_be_in(self, text: str) -> bool:
        """Whether a whole text has enough foreign words for one block of them."""
        words = self._words.findall(text)
        return len(words) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS

    def is_most_of(self, text: str) -> bool:
        """Whether a block is written in another script, names and references aside."""
        if not self.may_be_in(text):
            return False
        plain = _NO_WORDS.sub(" ", text)
        words = self._words.findall(plain)
        foreign = sum(map(len, words))
        if len(words) < LEAST_WORDS or foreign < LEAST_LETTERS:
            return False
        own = len(self._letters.findall(plain))
        if own >= OWN_SHARE * (own + foreign) or _REFERENCE.search(text):
            return False
        return bool(_SMALL_WORDS.search(plain)) or not _are_names(words)


def _are_names(words: list[str]) -> bool:
    return sum(word[0].isupper() for word in words) >= _NAMES_SHARE * len(words)


@cache
def _finder(script: str) -> Foreign | None:
    own = _WRITTEN_IN.get(script)
    return Foreign(own) if own else None


def check_language(
    document: Document, script: str, source: Document | None, source_script: str
) -> Iterator[Diagnostic]:
    """Report `language-foreign` for one file; `source` is what it was translated from, if any."""
    finder = _finder(script)
    if finder is None:
        return
    for item in _printed(document):
        if finder.is_most_of(item.text):
            yield _fault(document.place_of(item), item.text, document.language)
    if finder.may_be_in(document.body):
        for block in _running_text(document.body):
            if finder.is_most_of(block.text):
                yield _in_body(document, block)
    if source and source is not document and script == source_script:
        yield from _check_copied(document, source)


def _printed(document: Document) -> tuple[Field, ...]:
    head = document.front_matter
    return (head.title, head.subtitle, head.card_title, head.card_subtitle, head.alt)


def _running_text(body: str) -> Iterator[Block]:
    """The blocks of a body, without what stands below a heading such as “References”."""
    skipped = 0
    for block in outline_of(body).blocks:
        if block.level and (not skipped or block.level <= skipped):
            skipped = block.level if _REFERENCE_HEADING.search(block.text) else 0
        if not skipped:
            yield block


def _check_copied(document: Document, source: Document) -> Iterator[Diagnostic]:
    lines = {line for line in source.body.split("\n") if len(line) >= _LEAST_COPIED}
    if lines.isdisjoint(document.body.split("\n")):
        return
    originals = {block.text.strip() for block in outline_of(source.body).blocks}
    for block in _running_text(document.body):
        text = block.text.strip()
        if text in originals and len(text) >= _LEAST_COPIED and _is_prose(text):
            yield _in_body(document, block)


def _is_prose(text: str) -> bool:
    plain = _NO_WORDS.sub(" ", text)
    words = [word for word in re.split(r"\W+", plain) if word.isalpha()]
    return len(words) >= LEAST_WORDS and not _REFERENCE.search(text) and not _are_names(words)


def _in_body(document: Document, block: Block) -> Diagnostic:
    line = document.body_line + block.line - 1
    start = block.text.strip().partition("\n")[0]
    source_line = document.body.split("\n")[block.line - 1]
    column = max(0, source_line.find(start)) + 1
    return _fault(document.place(line, column), block.text, document.language)


def _fault(place: Location, text: str, language: str) -> Diagnostic:
    shown = " ".join(text.split())
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN].rsplit(' ', 1)[0]} …"
    return diagnose(
        "language-foreign",
        place,
        problem=f"“{shown}” is not in “{language}”, the language of this file",
        cause="It looks like a passage that was never translated; it is printed as it is.",
        fix="Translate it, or leave it if it is meant to stand in another language.",
    )
