"""A file as preflight sees it: every page with its boxes, label, section and paintings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.pdf.boxes import Box
from brochure.pdf.preflight.interpreter import Reader, Walk
from brochure.pdf.preflight.state import box_of

BOX_NAMES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
_DEEPEST_OUTLINE = 8
_MOST_BOOKMARKS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page: `number` from 1, `boxes` as the file has them, in points.

    `label` is what viewers call the page, `section` the bookmark that it stands under. `media` is
    A4, `trim` the page and `bleed` the trim where the file says nothing that makes sense. `tags`
    are the elements of the tag tree by the numbers of the page's marked content.
    """

    number: int
    label: str
    section: str
    page: Any
    boxes: dict[str, Box]
    media: Box
    trim: Box
    bleed: Box
    tags: Any
    walk: Walk

    @property
    def is_trimmed(self) -> bool:
        """Whether the file says where the page is cut."""
        return "TrimBox" in self.boxes or "ArtBox" in self.boxes

    def alternative(self, mark: int | None) -> str:
        """What the tag tree says a blind reader is told of marked content; empty if nothing."""
        if mark is None or not isinstance(self.tags, Array) or mark >= len(self.tags):
            return ""
        element: Any = self.tags[mark]
        for _ in range(_DEEPEST_OUTLINE):
            if not isinstance(element, Dictionary) or "/Alt" in element:
                break
            element = element.get("/P")
        return str(element.get("/Alt", "")) if isinstance(element, Dictionary) else ""


def sheets_of(file: pikepdf.Pdf, reader: Reader) -> Iterator[Sheet]:
    """The pages one by one; each is walked through when it is asked for."""
    sections, tags = _Sections.of(file), _tags(file)
    for index, page in enumerate(file.pages):
        boxes = dict(_boxes(page.obj))
        media = boxes.get("MediaBox", Box(0, 0, 595, 842))
        crop = boxes.get("CropBox", media)
        trim = boxes.get("TrimBox", boxes.get("ArtBox", crop)).within(media)
        yield Sheet(
            number=index + 1,
            label=_label(page, index),
            section=sections.at(index),
            page=page.obj,
            boxes=boxes,
            media=media,
            trim=trim,
            bleed=boxes.get("BleedBox", trim).within(media),
            tags=tags.get(page.obj.get("/StructParents", -1)),
            walk=Walk(reader, page.obj, index),
        )


def _tags(file: pikepdf.Pdf) -> dict[Any, Any]:
    """The rows of the parent tree by number (ISO 32000-1, 14.7.4.4); none if damaged."""
    try:
        return dict(pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree).items())
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, AttributeError):
        return {}


def _label(page: pikepdf.Page, index: int) -> str:
    try:
        label = str(page.label)
    except (pikepdf.PdfError, ValueError):
        return ""
    return "" if label == str(index + 1) else label


def _boxes(page: Any) -> Iterator[tuple[str, Box]]:
    for name in BOX_NAMES:
        holder = page
        for _ in range(_DEEPEST_OUTLINE):
            if f"/{name}" in holder or name not in ("MediaBox", "CropBox"):
                break
            holder = holder.get("/Parent", Dictionary())
        try:
            box = box_of(holder.get(f"/{name}"))
        except (TypeError, ValueError):
            box = None
        if box:
            yield name, box


class _Sections(NamedTuple):
    """Where bookmarks lead: page indices that rise, and the titles of the deepest of each.

    In a file whose last page comes first, a section ends where its bookmark leads.
    """

    starts: list[int]
    titles: list[list[str]]
    is_reversed: bool

    @classmethod
    def of(cls, file: pikepdf.Pdf) -> _Sections:
        """The sections of a file; none where its bookmarks make no sense."""
        try:
            found = list(_targets(file))
        except (
            pikepdf.PdfError,
            RuntimeError,
            TypeError,
            ValueError,
            LookupError,
            AttributeError,
        ):
            found = []
        deepest: dict[int, tuple[int, list[str]]] = {}
        for index, depth, title in found:
            known, titles = deepest.setdefault(index, (depth, []))
            if depth > known:
                deepest[index] = (depth, [title])
            elif depth == known:
                titles.append(title)
        starts = sorted(deepest)
        is_reversed = bool(found) and found[0][0] > found[-1][0]
        return cls(starts, [deepest[start][1] for start in starts], is_reversed)

    def at(self, index: int) -> str:
        """What begins on the page of this index, or else what it belongs to."""
        under = bisect_right(self.starts, index) - 1
        if under >= 0 and self.starts[under] == index:
            return " · ".join(self.titles[under])
        if self.is_reversed:
            under += 1
        return self.titles[under][-1] if 0 <= under < len(self.starts) else ""


def _targets(file: pikepdf.Pdf) -> Iterator[tuple[int, int, str]]:
    """Every bookmark: the index of its page, how deep it lies, its title."""
    pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    with file.open_outline(max_depth=_DEEPEST_OUTLINE) as outline:
        for depth, item in _bookmarks(outline.root, 0):
            target = _target(file, item)
            if target in pages:
                yield pages[target], depth, str(item.title)


def _bookmarks(items: Any, depth: int) -> Iterator[tuple[int, Any]]:
    for item in list(items)[:_MOST_BOOKMARKS]:
        yield depth, item
        yield from _bookmarks(item.children, depth + 1)


def _target(file: pikepdf.Pdf, item: Any) -> tuple[int, int] | None:
    destination = item.destination
    if destination is None and item.action is not None:
        destination = item.action.get("/D")
    if isinstance(destination, pikepdf.String | Name | str):
        destination = _named(file, str(destination))
    if isinstance(destination, Dictionary):
        destination = destination.get("/D")
    if isinstance(destination, Array) and len(destination):
        page = destination[0]
        return page.objgen if isinstance(page, Dictionary) else None
    return None


def _named(file: pikepdf.Pdf, name: str) -> Any:
    names = file.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        return pikepdf.NameTree(names).get(name)
    return file.Root.get("/Dests", Dictionary()).get(name)
