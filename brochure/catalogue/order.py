"""The order of print: number in the file name, then `order` or `weight`, then the title.

Titles are compared by the Unicode Collation Algorithm (UTS #10) with the language's tailoring.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

from brochure.content.document import Document

Item = TypeVar("Item")


def in_print_order(items: Iterable[Item], document_of: Callable[[Item], Document]) -> list[Item]:
    """Sort what belongs to one category by the documents that stand for it."""
    by_number: dict[tuple[float, float], list[Item]] = {}
    for item in items:
        document = document_of(item)
        number = math.inf if document.order is None else float(document.order)
        by_number.setdefault((number, _weight(document)), []).append(item)
    return [
        item for place in sorted(by_number) for item in _by_title(by_number[place], document_of)
    ]


def _by_title(items: list[Item], document_of: Callable[[Item], Document]) -> list[Item]:
    """Sort by title as the language does, then by slug; titles are rarely needed at all."""
    if len(items) == 1:
        return items
    return sorted(items, key=lambda item: _title_key(document_of(item)))


def _title_key(document: Document) -> tuple[Any, str]:
    return tuple(_collator().sort_key(document.front_matter.title.text)), document.slug


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
