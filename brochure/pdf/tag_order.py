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
    """The marked content of a file as its tag tree reads it, without what only labels a list.

    What is on a page that is not in the file is left out.
    """
    root = file.Root.get(Name.StructTreeRoot)
    if root is not None:
        numbers = {page.objgen: number for number, page in enumerate(file.pages)}
        yield from _marks(root, None, numbers)


def _marks(element: Any, page: Any, numbers: Mapping[Any, int]) -> Iterator[Mark]:
    page = element.get(Name.Pg, page)
    number = numbers.get(page.objgen) if page is not None else None
    kids = element.get(Name.K, Array())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, int):
            if number is not None:
                yield Mark(number, kid)
        elif kid.get(Name.Type) == Name.MCR:
            if (other := numbers.get(kid.get(Name.Pg, page).objgen)) is not None:
                yield Mark(other, int(kid.MCID))
        elif kid.get(Name.S, Name.Lbl) != Name.Lbl:
            yield from _marks(kid, page, numbers)
