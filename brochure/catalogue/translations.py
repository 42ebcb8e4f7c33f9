"""Which file is whose translation, how old it is, and what is missing.

A translation's `source_hash` is the MD5 of the raw bytes of the default language's file that it
was made from. The states come from that alone: dates of files say nothing after a `git clone`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from brochure.catalogue.grouping import Group
from brochure.content.document import Document
from brochure.diagnostics import Diagnostic, diagnose
from brochure.settings import DEFAULT_LANGUAGE, Settings


class State(enum.Enum):
    """How a treatment stands in one language."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    UNTRACKED = "untracked"
    UNVERIFIABLE = "unverifiable"
    MISSING = "missing"


MEANINGS: Mapping[State, str] = {
    State.SOURCE: "the text that the others are translated from",
    State.CURRENT: "made from the source as it is now",
    State.OUTDATED: "made from an earlier source",
    State.UNTRACKED: "no source recorded",
    State.UNVERIFIABLE: "the recorded source is not there",
    State.MISSING: "not there in this language",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One cell of the matrix; `path` is the file as shown to users, empty if there is none."""

    language: str
    state: State
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One treatment in every language; `title` is the source's, else the first there is."""

    key: str
    title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Treatments in the order of print, against the languages of the clinic."""

    source_language: str
    languages: tuple[str, ...]
    rows: tuple[Row, ...]

    def counts(self, language: str) -> Mapping[State, int]:
        """How many treatments are in each state in one language."""
        column = self.languages.index(language)
        found = Counter(row.standings[column].state for row in self.rows)
        return {state: found[state] for state in State}

    def percentages(self, language: str) -> Mapping[State, float]:
        """The same as per cent of all treatments, to one decimal."""
        return {
            state: round(100 * count / len(self.rows), 1) if self.rows else 0.0
            for state, count in self.counts(language).items()
        }


def state_of(group: Group, language: str, source_language: str) -> State:
    """How the treatment whose files are `group` stands in `language`."""
    document, source = group.document(language), group.document(source_language)
    if document is None:
        return State.MISSING
    if language == source_language:
        return State.SOURCE
    recorded = document.front_matter.source_hash.text.strip().lower()
    if not recorded:
        return State.UNTRACKED
    if source is None:
        return State.UNVERIFIABLE
    return State.CURRENT if recorded == source.md5 else State.OUTDATED


def translation_matrix(groups: Iterable[Group], settings: Settings) -> Matrix:
    """The matrix of those of `groups` that are printed; they come in the order of print."""
    tags = frozenset(settings.clinic.languages)
    return Matrix(
        source_language=settings.default_language,
        languages=settings.clinic.languages,
        rows=tuple(_row(group, settings) for group in groups if group.languages & tags),
    )


def _row(group: Group, settings: Settings) -> Row:
    source_language = settings.default_language
    shown = group.document(source_language) or group.documents[0]
    standings = []
    for tag in settings.clinic.languages:
        document = group.document(tag)
        state = state_of(group, tag, source_language)
        path = document.path if document else ""
        standings.append(Standing(language=tag, state=state, path=path))
    title = shown.front_matter.title.text or shown.slug
    return Row(key=group.key, title=title, standings=tuple(standings))


def check_translations(
    groups: Iterable[Group], tags: Sequence[str], settings: Settings
) -> list[Diagnostic]:
    """Report `translation-missing`, `translation-outdated` and `source-missing`.

    A translation without a `source_hash` is no fault: older sites record none. `brochure status`
    shows it.
    """
    return [fault for group in groups for tag in tags for fault in _faults(group, tag, settings)]


def _faults(group: Group, tag: str, settings: Settings) -> Iterator[Diagnostic]:
    document, source = group.document(tag), group.document(settings.default_language)
    state = state_of(group, tag, settings.default_language)
    if document is None:
        yield _missing(group, tag, settings)
    elif source and state is State.OUTDATED:
        yield _outdated(document, source)
    elif state is State.UNVERIFIABLE:
        yield source_missing(document, settings.default_language)


def _missing(group: Group, tag: str, settings: Settings) -> Diagnostic:
    first = group.documents[0]
    source = settings.default_language
    replaced = settings.translations.missing == DEFAULT_LANGUAGE and group.document(source)
    instead = f"prints the text in “{source}”" if replaced else "leaves the treatment out"
    return diagnose(
        "translation-missing",
        first.place_of(first.front_matter.title),
        problem=f"“{first.front_matter.title.text or first.slug}” is not available in “{tag}”",
        cause=f"There is no file {first.slug}-{tag}.md beside this one; "
        f"the brochure in that language {instead}.",
        fix="Add the translation.",
    )


def _outdated(document: Document, source: Document) -> Diagnostic:
    return diagnose(
        "translation-outdated",
        document.place_of(document.front_matter.source_hash),
        problem=f"The translation was made from an earlier text of {source.path}",
        cause="The source has changed since; what the two say may differ by now.",
        fix="Read the translation again beside its source, correct it, and run "
        f"`brochure stamp {document.path}`.",
    )


def source_missing(document: Document, source_language: str) -> Diagnostic:
    """The diagnostic `source-missing`: there is no file in the default language."""
    return diagnose(
        "source-missing",
        document.place_of(document.front_matter.source_hash),
        problem="The text that this translation was made from is not there",
        cause=f"There is no file {document.slug}-{source_language}.md beside it, so nobody can "
        "tell whether the translation is up to date.",
        fix="Put the source back, or delete the line “source_hash:” of this file.",
    )
