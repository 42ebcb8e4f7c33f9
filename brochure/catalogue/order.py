"""The order of print: number in the file name, then `order` or `weight`, then the title.

Titles are compared by the Unicode Collation Algorithm (UTS #10); a language's own letters, where
CLDR gives it some, come from its file of wording.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from brochure.content.document import Document

Item = TypeVar("Item")
_AFTER_ALL = "\U0010fffd"
"""A character without a place in the table, which therefore sorts after every letter."""


def in_print_order(
    items: Iterable[Item],
    document_of: Callable[[Item], Document],
    letters: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[Item]:
    """Sort what belongs to one category by the documents that stand for it.

    `letters` are each language's own (see `Language.letters`), by its tag.
    """
    by_number: dict[tuple[float, float], list[Item]] = {}
    for item in items:
        document = document_of(item)
        number = math.inf if document.order is None else float(document.order)
        by_number.setdefault((number, _weight(document)), []).append(item)

    def title_key(item: Item) -> tuple[Any, str]:
        document = document_of(item)
        return _title_key(document, letters.get(document.language, ()))

    # Titles are rarely needed at all, and the table they are compared by takes 0.4 s to read.
    groups = (by_number[place] for place in sorted(by_number))
    return [
        item
        for group in groups
        for item in (group if len(group) == 1 else sorted(group, key=title_key))
    ]


def _title_key(document: Document, letters: Sequence[str]) -> tuple[Any, str]:
    title = unicodedata.normalize("NFC", document.front_matter.title.text)
    for pair in letters:
        before, letter = pair[0], pair[1]
        for old, base in ((letter, before), (letter.upper(), before.upper())):
            title = title.replace(old, f"{base}{_AFTER_ALL}")
    return tuple(_collator().sort_key(title)), document.slug


def _weight(document: Document) -> float:
    for item in (document.front_matter.order, document.front_matter.weight):
        try:
            return float(item.text)
        except ValueError:
            continue
    return math.inf


@cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()
