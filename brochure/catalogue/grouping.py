"""Which files are one treatment.

Folder and file name come first; `page_id` joins files whose names differ, if it is clear; a
mapping in `brochure.toml` overrides both. `page_id` lies too often to come first: on real sites
two treatments share one, and a translation spells it differently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from brochure.content.document import Document
from brochure.diagnostics import Diagnostic, diagnose


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One treatment's files, one a language; `section` is the key of the treatment whose section
    prints it: its own, or the same treatment's in another category."""

    key: str
    documents: tuple[Document, ...]
    section: str = ""

    @property
    def category(self) -> str:
        """The category folder."""
        return self.documents[0].category

    @property
    def languages(self) -> frozenset[str]:
        """The tags of the languages there is a file for."""
        return frozenset(document.language for document in self.documents)

    def document(self, language: str) -> Document | None:
        """The file in one language, if there is one."""
        return next((item for item in self.documents if item.language == language), None)


def key_of(document: Document) -> str:
    """What the names of a treatment's files have in common."""
    return f"{document.category}/{document.slug}"


def group_documents(
    documents: Sequence[Document], mapping: Mapping[str, Sequence[str]]
) -> tuple[tuple[Group, ...], tuple[Diagnostic, ...]]:
    """Group files into treatments, in the order of their first files.

    `mapping` gives, for a key `category/slug`, the files that belong to it. Reports
    `treatment-duplicate`, `page-id-repeated` and `page-id-differs`; each treatment is there once.
    """
    mapped = {path: key for key, paths in mapping.items() for path in paths}
    by_key: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_key[_mapped_key(document, mapped) or key_of(document)].append(document)
    faults = _duplicates(by_key)
    groups = [Group(key=key, documents=_one_a_language(found)) for key, found in by_key.items()]
    groups = _joined(groups, frozenset(mapping))
    faults += [*_repeated_ids(groups), *_differing_ids(groups)]
    return tuple(groups), tuple(faults)


def unmatched_files(
    documents: Sequence[Document], mapping: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Every key and file of the mapping that no document answers to."""
    shown = [f"/{document.path}" for document in documents]
    return [
        (key, path)
        for key, paths in mapping.items()
        for path in paths
        if not any(name.endswith(f"/{path}") for name in shown)
    ]


def _mapped_key(document: Document, mapped: Mapping[str, str]) -> str:
    return next(
        (key for path, key in mapped.items() if f"/{document.path}".endswith(f"/{path}")), ""
    )


def _one_a_language(documents: Iterable[Document]) -> tuple[Document, ...]:
    first: dict[str, Document] = {}
    for document in documents:
        first.setdefault(document.language, document)
    return tuple(first.values())


def _duplicates(by_key: Mapping[str, Sequence[Document]]) -> list[Diagnostic]:
    faults = []
    for documents in by_key.values():
        printed = {document.language: document for document in reversed(documents)}
        faults += [
            diagnose(
                "treatment-duplicate",
                document.place(1),
                problem=f"{printed[document.language].path} holds the same treatment in the same "
                "language",
                cause="A treatment is printed once; this file is left out.",
                fix="Delete or rename one of the two files.",
            )
            for document in documents
            if document is not printed[document.language]
        ]
    return faults


def _page_id(group: Group) -> str:
    """The `page_id` that a group's files agree on; empty if there is none or more than one."""
    ids = {document.front_matter.page_id.text for document in group.documents} - {""}
    return ids.pop() if len(ids) == 1 else ""


def _joined(groups: Sequence[Group], fixed: frozenset[str]) -> list[Group]:
    """Join groups of one category that share a `page_id` and have no language in common."""
    by_id: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        if _page_id(group) and group.key not in fixed:
            by_id[group.category, _page_id(group)].append(group)
    replaced: dict[str, Group | None] = {}
    for parts in by_id.values():
        count = sum(len(part.documents) for part in parts)
        languages = frozenset[str]().union(*(part.languages for part in parts))
        if len(parts) > 1 and count == len(languages):
            documents = tuple(document for part in parts for document in part.documents)
            replaced[parts[0].key] = replace(parts[0], documents=documents)
            replaced.update((part.key, None) for part in parts[1:])
    kept = (replaced.get(group.key, group) for group in groups)
    return [group for group in kept if group]


def _repeated_ids(groups: Iterable[Group]) -> list[Diagnostic]:
    """One `page_id` in files of different treatments of one category and language."""
    by_id: dict[tuple[str, str, str], list[Document]] = defaultdict(list)
    for group in groups:
        for document in group.documents:
            if page_id := document.front_matter.page_id.text:
                by_id[group.category, document.language, page_id].append(document)
    return [
        diagnose(
            "page-id-repeated",
            documents[0].place_of(documents[0].front_matter.page_id),
            problem=f"The page_id “{page_id}” is used by different treatments: "
            + ", ".join(document.path for document in documents),
            cause="The website cannot tell their translations apart; the file names decide here.",
            fix="Give each treatment a page_id of its own.",
        )
        for (_, _, page_id), documents in by_id.items()
        if len(documents) > 1
    ]


def _differing_ids(groups: Iterable[Group]) -> list[Diagnostic]:
    """Files of one treatment whose `page_id` is not the one that most of its files have."""
    faults = []
    for group in groups:
        with_id = [item for item in group.documents if item.front_matter.page_id]
        if not with_id:
            continue
        counts = Counter(item.front_matter.page_id.text for item in with_id)
        usual = counts.most_common(1)[0][0]
        first = next(item for item in with_id if item.front_matter.page_id.text == usual)
        faults += [
            _differing_id(item, first)
            for item in with_id
            if item.front_matter.page_id.text != usual
        ]
    return faults


def _differing_id(document: Document, first: Document) -> Diagnostic:
    found, usual = document.front_matter.page_id, first.front_matter.page_id
    return diagnose(
        "page-id-differs",
        document.place_of(found),
        problem=f"The page_id “{found.text}” is not the “{usual.text}” of {first.path}",
        cause="By their names both files are one treatment, and are printed as one; on the "
        "website they do not find each other.",
        fix="Write the same page_id in both files.",
    )


def with_sections(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Let a treatment that stands in two categories print one section, the first one's."""
    by_slug: dict[str, list[Group]] = defaultdict(list)
    done = []
    for group in groups:
        slug = group.key.rpartition("/")[2]
        same = next((other for other in by_slug[slug] if _is_same(group, other)), None)
        by_slug[slug].append(group)
        done.append(replace(group, section=same.section if same else group.key))
        if not same:
            by_slug[slug][-1] = done[-1]
    return tuple(done)


def _is_same(one: Group, other: Group) -> bool:
    """Whether two groups with one slug are one treatment: the same `page_id`, or the same text."""
    if _page_id(one) and _page_id(one) == _page_id(other):
        return True
    pairs = ((one.document(tag), other.document(tag)) for tag in one.languages & other.languages)
    return any(a and b and a.body.split() == b.body.split() for a, b in pairs)
