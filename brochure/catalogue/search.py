"""The treatment that somebody means: by slug, by `page_id`, or by a part of a title.

Words are compared without regard to capitals, accents, vowel marks and punctuation (Unicode's
compatibility decomposition without its marks, case-folded), and Arabic letters that people
exchange for each other count as one. A patient must never get the wrong leaflet, so nothing is
guessed: a whole name decides alone (a file's name or a title before a `page_id`, which sites tend
to copy along), and a part of a name only if no other treatment has it.
"""

from __future__ import annotations

import difflib
import enum
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from brochure.catalogue.model import Catalogue, Treatment
from brochure.diagnostics import Diagnostic, diagnose
from brochure.languages import Language

_NEAREST = 5
_ALIKE = 0.6
"""Below this share of common letters two words have nothing to do with each other."""
_EXCHANGED = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
"""Arabic letters that no decomposition ties together; the stroke only stretches a word."""


class _Fit(enum.IntEnum):
    """How well a name fits the words; the best that any name reaches decides."""

    WHOLE = enum.auto()
    PAGE_ID = enum.auto()
    PART = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One treatment in every language, and each of its names, plain.

    Of `numbered` names, those of files with number, folder or language, no part counts.
    """

    printed: tuple[tuple[Language, Treatment], ...]
    names: frozenset[str]
    page_ids: frozenset[str]
    numbered: frozenset[str]

    @property
    def first(self) -> Treatment:
        return self.printed[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is searched: every treatment of all languages once, in the order of print."""

    entries: tuple[_Entry, ...]


def index_of(catalogues: Sequence[Catalogue]) -> Index:
    """Make the index of all languages' catalogues."""
    by_section: dict[str, list[tuple[Language, Treatment]]] = {}
    for catalogue in catalogues:
        for category in catalogue.categories:
            for treatment in category.treatments:
                pair = (catalogue.language, treatment)
                by_section.setdefault(treatment.section, []).append(pair)
    return Index(entries=tuple(_entry(found) for found in by_section.values()))


def _entry(found: Sequence[tuple[Language, Treatment]]) -> _Entry:
    treatments = [treatment for _, treatment in found]
    names = {
        _plain(name) for item in treatments for name in (item.slug, item.title, item.card_title)
    }
    return _Entry(
        printed=tuple(pair for pair in found if not pair[1].is_repeat),
        names=frozenset(names),
        page_ids=frozenset(_plain(item.page_id) for item in treatments),
        numbered=frozenset(_plain(name) for item in treatments for name in _file_names(item)),
    )


def find_treatment(wanted: str, index: Index, language: Language) -> Treatment | Diagnostic:
    """The treatment that `wanted` names, as it is printed in `language`.

    Else `treatment-unknown` or `treatment-ambiguous`, which list the nearest, or
    `treatment-untranslated`, which says what languages there are.
    """
    found = _best(_plain(wanted), index.entries)
    if not found:
        return _unknown(wanted, index.entries)
    if len(found) > 1:
        return _ambiguous(wanted, found, index.entries)
    printed = (treatment for own, treatment in found[0].printed if own.tag == language.tag)
    return next(printed, None) or _untranslated(found[0].first, language)


def _file_names(treatment: Treatment) -> Iterator[str]:
    """What its file is called: with and without number, language and folder."""
    folder = treatment.key.rpartition("/")[0]
    stem = treatment.source.file.stem
    numbered = stem[: stem.find(treatment.slug) + len(treatment.slug)]
    yield from (numbered, stem, treatment.key)
    yield from (f"{folder}/{name}" for name in (treatment.slug, numbered, stem))


@cache
def _plain(text: str) -> str:
    """The words of a name and nothing else, as one would type them in a hurry."""
    spread = unicodedata.normalize("NFKD", text).translate(_EXCHANGED)
    letters = (sign for sign in spread if unicodedata.category(sign) != "Mn")
    spaced = "".join(sign if sign.isalnum() else " " for sign in letters)
    return " ".join(spaced.casefold().split())


def _best(wanted: str, entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries that fit best; none for words without a letter."""
    fits = [(_fit(wanted, entry), entry) for entry in entries] if wanted else []
    best = min((fit for fit, _ in fits if fit), default=None)
    return [entry for fit, entry in fits if fit and fit is best]


def _fit(wanted: str, entry: _Entry) -> _Fit | None:
    if wanted in entry.names or wanted in entry.numbered:
        return _Fit.WHOLE
    if wanted in entry.page_ids:
        return _Fit.PAGE_ID
    is_part = any(_holds(name, wanted) for name in entry.names | entry.page_ids)
    return _Fit.PART if is_part else None


def _holds(name: str, wanted: str) -> bool:
    """Whether a name has the words from the beginning of a word.

    Scripts without capitals write articles on to a word, or no spaces: there, anywhere.
    """
    if unicodedata.category(wanted[0]) == "Lo":
        return wanted in name
    return f" {wanted}" in f" {name}"


def _untranslated(treatment: Treatment, language: Language) -> Diagnostic:
    there = ", ".join(item.tag for item in treatment.languages)
    return diagnose(
        "treatment-untranslated",
        None,
        problem=f"“{treatment.title}” is not available in “{language.tag}”",
        cause=f"There is a text in: {there}.",
        fix="Name one of these with --lang, or have the text translated.",
    )


def _unknown(wanted: str, entries: Sequence[_Entry]) -> Diagnostic:
    near = _nearest(_plain(wanted), entries)
    return diagnose(
        "treatment-unknown",
        None,
        problem=f"No treatment is called “{wanted}”",
        cause=f"The nearest are: {_listed(near)}." if near else "Nothing comes near it.",
        fix="Write one of these names, or a part of the title."
        if near
        else "Write a part of the title, or the file's name without number and language.",
    )


def _ambiguous(wanted: str, found: Sequence[_Entry], entries: Sequence[_Entry]) -> Diagnostic:
    slugs = [entry.first.slug for entry in entries]
    taken = {slug for slug in slugs if slugs.count(slug) > 1 or _plain(slug) == _plain(wanted)}
    names = [
        entry.first.key if entry.first.slug in taken else entry.first.slug
        for entry in found[:_NEAREST]
    ]
    more = f" and {len(found) - _NEAREST} more" if len(found) > _NEAREST else ""
    return diagnose(
        "treatment-ambiguous",
        None,
        problem=f"“{wanted}” fits {len(found)} treatments",
        cause=f"They are: {_listed(found[:_NEAREST])}{more}.",
        fix=f"Write one of these names: {', '.join(names)}.",
    )


def _listed(entries: Sequence[_Entry]) -> str:
    return ", ".join(f"{entry.first.slug} (“{entry.first.title}”)" for entry in entries)


def _nearest(wanted: str, entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries whose names are most like the words, the best first."""
    scored = [(_likeness(wanted, entry), entry) for entry in entries]
    close = [pair for pair in scored if pair[0] >= _ALIKE]
    return [entry for _, entry in sorted(close, key=lambda pair: -pair[0])[:_NEAREST]]


def _likeness(wanted: str, entry: _Entry) -> float:
    """How alike the words and the likest name are, or the likest word of a name."""
    known = entry.names | entry.page_ids | entry.numbered
    candidates = {part for name in known for part in (name, *name.split())}
    return max(difflib.SequenceMatcher(None, wanted, name).ratio() for name in candidates)
