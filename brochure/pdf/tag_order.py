"""The order in which a finished file's tag tree reads its marked content (ISO 32000-2, 14.7.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Name


class Mark(NamedTuple):
    """Marked content by its number on a page, which counts from 0."""

    page: int
    mcid: int


def marks_in_order(file: pikepdf.Pdf) -> Iterator[Mark]:
    """The marked content of a file as its tag tree reads it, without what only labels a list."""
    root = file.Root.get(Name.StructTreeRoot)
    if root is not None:
        numbers = {page.objgen: number for number, page in enumerate(file.pages)}
        yield from _marks(root, None, numbers)


def _marks(element: Any, page: Any, numbers: Mapping[Any, int]) -> Iterator[Mark]:
    page = element.get(Name.Pg, page)
    kids = element.get(Name.K, Array())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, int):
            yield Mark(numbers[page.objgen], kid)
        elif kid.get(Name.Type) == Name.MCR:
            yield Mark(numbers[kid.get(Name.Pg, page).objgen], int(kid.MCID))
        elif kid.get(Name.S, Name.Lbl) != Name.Lbl:
            yield from _marks(kid, page, numbers)
