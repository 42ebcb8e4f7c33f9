"""A file as preflight sees it: every page with its boxes, label, section and paintings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.pdf.preflight.geometry import Box
from brochure.pdf.preflight.interpreter import Reader, Walk
from brochure.pdf.preflight.state import box_of

BOX_NAMES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
_DEEPEST_OUTLINE = 8
_MOST_BOOKMARKS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page: `number` from 1, `boxes` as the file has them, in points.

    `label` is what viewers call the page, `section` the bookmark that it stands under.
    """

    number: int
    label: str
    section: str
    page: Any
    boxes: dict[str, Box]
    walk: Walk

    @property
    def media(self) -> Box:
        """The medium; A4 where the file says nothing that makes sense."""
        return self.boxes.get("MediaBox", Box(0, 0, 595, 842))

    @property
    def trim(self) -> Box:
        """What is left after cutting; the whole page where the file does not say."""
        crop = self.boxes.get("CropBox", self.media)
        return self.boxes.get("TrimBox", self.boxes.get("ArtBox", crop)).within(self.media)

    @property
    def bleed(self) -> Box:
        """Up to where colour runs past the trim; the trim where the file does not say."""
        return self.boxes.get("BleedBox", self.trim).within(self.media)


def sheets_of(file: pikepdf.Pdf, reader: Reader) -> Iterator[Sheet]:
    """The pages one by one; each is walked through when it is asked for."""
    sections = _sections(file)
    starts = [number for number, _ in sections]
    for index, page in enumerate(file.pages):
        under = bisect_right(starts, index) - 1
        yield Sheet(
            number=index + 1,
            label=_label(page, index),
            section=sections[under][1] if under >= 0 else "",
            page=page.obj,
            boxes=dict(_boxes(page.obj)),
            walk=Walk(reader, page.obj, index),
        )


def _label(page: pikepdf.Page, index: int) -> str:
    try:
        label = page.label
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


def _sections(file: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Each bookmark's page index and title, in the order of pages; the deepest comes last."""
    pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    found: list[tuple[int, str]] = []
    try:
        with file.open_outline(max_depth=_DEEPEST_OUTLINE) as outline:
            for item in _bookmarks(outline.root):
                target = _target(file, item)
                if target in pages:
                    found.append((pages[target], str(item.title)))
    except (pikepdf.PdfError, TypeError, ValueError, KeyError, AttributeError):
        return []
    return sorted(found, key=lambda entry: entry[0])


def _bookmarks(items: Any) -> Iterator[Any]:
    for item in list(items)[:_MOST_BOOKMARKS]:
        yield item
        yield from _bookmarks(item.children)


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
