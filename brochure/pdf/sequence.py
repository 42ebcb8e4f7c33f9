"""The pages of the file: blanks, spreads, and the order that the printer wants them in.

Blanks go before the back cover, so that it stays outside. In spreads the covers stand alone and
inner pages side by side, the earlier one on the left, in a book read from the right on the right.
A page then is a form on its spread, which the tag tree does not reach; such a file has no tags.
Bookmarks go on leading to the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.pdf.boxes import Box

Leaf = tuple[int, ...]
"""The printed numbers of what is one page of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a page went: onto which page of the file, and how far to the right."""

    page: Any
    across_pt: float


def blanks_needed(pages: int, multiple: int) -> int:
    """How many pages there are missing to a multiple."""
    return -pages % multiple


def insert_blanks(file: pikepdf.Pdf, count: int) -> None:
    """Put `count` blank pages before the last one, each of its size."""
    last = file.pages[-1]
    for _ in range(count):
        blank = Dictionary(
            Type=Name.Page,
            MediaBox=last.MediaBox,
            TrimBox=last.TrimBox,
            Resources=Dictionary(),
            Contents=file.make_stream(b""),
        )
        file.pages.insert(len(file.pages) - 1, pikepdf.Page(file.make_indirect(blank)))


def leaves_of(pages: int, *, is_in_spreads: bool) -> tuple[Leaf, ...]:
    """The pages 1 to `pages` as they come in reading order, alone or in spreads."""
    if not is_in_spreads:
        return tuple((number,) for number in range(1, pages + 1))
    inner = range(2, pages)
    pairs = tuple(tuple(inner[start : start + 2]) for start in range(0, len(inner), 2))
    return ((1,), *pairs, *([(pages,)] if pages > 1 else []))


def bind_spreads(
    file: pikepdf.Pdf, leaves: Sequence[Leaf], *, is_rtl: bool, bleed_pt: float
) -> None:
    """Put the pages of each leaf side by side, the trim of its first at 0 0."""
    for name in (Name.StructTreeRoot, Name.MarkInfo):
        if name in file.Root:
            del file.Root[name]
    pages = list(file.pages)
    places: dict[Any, _Place] = {}
    for leaf in leaves:
        members = [pages[number - 1] for number in (leaf[::-1] if is_rtl else leaf)]
        spread = _spread(file, members, bleed_pt)
        width = float(members[0].TrimBox[2]) - float(members[0].TrimBox[0])
        for index, page in enumerate(members):
            across = index * width - float(page.TrimBox[0])
            places[page.objgen] = _Place(page=spread.obj, across_pt=across)
        file.pages.append(spread)
    del file.pages[: len(pages)]
    _lead_bookmarks(file, places)


def _spread(file: pikepdf.Pdf, members: Sequence[Any], bleed_pt: float) -> pikepdf.Page:
    left, bottom, right, top = (float(edge) for edge in members[0].TrimBox)
    trim = Box(left=0, bottom=0, right=(right - left) * len(members), top=top - bottom)
    forms = Dictionary()
    content = b""
    for index, page in enumerate(members):
        name = f"/Page{index}"
        forms[name] = _form(file, page, bleed_pt, is_first=index == 0, is_last=page is members[-1])
        content += b"q 1 0 0 1 %.6f %.6f cm %s Do Q\n" % (
            index * (right - left) - float(page.TrimBox[0]),
            -bottom,
            name.encode(),
        )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=trim.array,
        TrimBox=trim.array,
        Resources=Dictionary(XObject=forms),
        Contents=file.make_stream(content),
    )
    return pikepdf.Page(file.make_indirect(page))


def _form(file: pikepdf.Pdf, page: Any, bleed_pt: float, *, is_first: bool, is_last: bool) -> Any:
    """A page as a form, with its bleed except where it meets its neighbour."""
    left, bottom, right, top = (float(edge) for edge in page.TrimBox)
    form = file.make_stream(page.Contents.read_bytes())  # pages that are alike may share theirs
    form.Type, form.Subtype, form.Resources = Name.XObject, Name.Form, page.Resources
    form.BBox = Box(
        left=left - bleed_pt * is_first,
        bottom=bottom - bleed_pt,
        right=right + bleed_pt * is_last,
        top=top + bleed_pt,
    ).array
    return form


def _lead_bookmarks(file: pikepdf.Pdf, places: Mapping[Any, _Place]) -> None:
    for item in bookmarks(file):
        page, kind, x, *rest = item.Dest
        place = places[page.objgen]
        item.Dest = Array([place.page, kind, float(x) + place.across_pt, *rest])


def bookmarks(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every bookmark that leads to a place on a page."""
    ahead = [file.Root.get(Name.Outlines)]
    while ahead:
        item = ahead.pop()
        if item is None:
            continue
        ahead += [item.get(Name.First), item.get(Name.Next)]
        if Name.Dest in item:
            yield item


def reverse(file: pikepdf.Pdf) -> None:
    """Put the last page first."""
    pages = list(file.pages)
    del file.pages[:]  # a page that is still in the file would be copied
    for page in reversed(pages):
        file.pages.append(page)


def label_pages(file: pikepdf.Pdf, leaves: Sequence[Leaf]) -> None:
    """Let viewers show the printed numbers (ISO 32000-1, 12.4.2)."""
    if list(leaves) == [(number,) for number in range(1, len(leaves) + 1)]:
        rows: list[Any] = [0, Dictionary(S=Name.D)]
    else:
        rows = []
        for index, leaf in enumerate(leaves):
            rows += [index, Dictionary(P=String("-".join(map(str, leaf))))]
    file.Root.PageLabels = Dictionary(Nums=Array(rows))
