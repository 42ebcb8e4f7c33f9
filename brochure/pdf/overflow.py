"""Where the text of a laid-out page lies: how full the page is, and what runs out of its frame.

Works on the box tree of a finished layout, in CSS pixels from the page's upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.measures import px_to_mm
from brochure.pages.composition import Composition
from brochure.pdf.internals import box_within, page_box

_TOLERANCE_PX = 1.0
SAFE_MM = 3.0
_SHARES = {"center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Words that lie where they must not."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """The page's number as it is laid out: where it begins on its baseline, and how wide it is.

    `share` is how much of a difference in width lies before it: 0 if it is set on the left, 1 on
    the right. Where it is not alone, the words around it are in the text too.
    """

    text: str
    x: float
    y: float
    width: float
    share: float
    is_alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """How full one page is (0 to 1 of the height between its margins), and what strays.

    A page `is_blank` if it is there only so that the next one is on its proper side.
    """

    fill: float
    strays: tuple[Stray, ...]
    is_blank: bool = False
    folio: Folio | None = None


def page_text(page: Any) -> PageText:
    """Measure one page of the engine's document."""
    box = page_box(page)
    lines = list(_lines(box, None))
    top, height = box.content_box_y(), box.height
    bottoms = [line.position_y + line.height for line, _ in lines if line.height]
    fill = (max(bottoms, default=top) - top) / height if height else 0.0
    strays = [_stray(line, frame, page) for line, frame in lines]
    return PageText(
        fill=min(max(fill, 0.0), 1.0),
        strays=tuple(stray for stray in strays if stray),
        is_blank=bool(box.page_type.blank),
        folio=folio_of(box),
    )


def folio_of(page: Any) -> Folio | None:
    """The number in the margin of a page's box tree, if it has one."""
    return next(_folios(page), None)


def _folios(page: Any) -> Iterator[Folio]:
    """The numbers in the margin, if the page has any."""
    for box in page.children:
        content = box.style["content"]
        if type(box).__name__ != "MarginBox" or not any(map(_is_number, content)):
            continue
        for text in _all_text_boxes(box):
            yield Folio(
                text=text.text,
                x=text.position_x,
                y=text.position_y + text.baseline,
                width=text.width,
                share=_SHARES.get(box.style["text_align_all"], 0.0),
                is_alone=len(content) == 1,
            )


def _is_number(item: Any) -> bool:
    """Whether a part of a margin's content is the page's number."""
    return bool(item[0] == "counter()" and item[1][0] == "page")


def _all_text_boxes(box: Any) -> Iterator[Any]:
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _all_text_boxes(child)


def _lines(box: Any, frame: Any) -> Iterator[tuple[Any, Any]]:
    """Every line of text in the page's own flow, with the block that it stands in."""
    kind = type(box).__name__
    if kind == "MarginBox":
        return
    if kind == "LineBox":
        yield box, frame
    for child in getattr(box, "children", ()):
        inner = box_within(child)
        yield from _lines(inner, box if kind in ("BlockBox", "TableCellBox") else frame)


def _stray(line: Any, frame: Any, page: Any) -> Stray | None:
    words = _words(line)
    if not words:
        return None
    start, end = _extent(line)
    safe = SAFE_MM / px_to_mm(1)
    bottom = line.position_y + line.height
    if start < safe or end > page.width - safe or bottom > page.height - safe:
        return Stray(text=words, reason="it runs off the page")
    if frame is not None:
        left = frame.content_box_x() - _TOLERANCE_PX
        right = frame.content_box_x() + frame.width + _TOLERANCE_PX
        if start < left - frame.padding_left or end > right + frame.padding_right:
            return Stray(text=words, reason="it is wider than its column")
    return None


def _text_boxes(box: Any) -> Iterator[Any]:
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        inner = box_within(child)
        if type(inner).__name__ != "BlockBox":
            yield from _text_boxes(inner)


def _words(line: Any) -> str:
    return "".join(box.text for box in _text_boxes(line)).strip()


def _extent(line: Any) -> tuple[float, float]:
    boxes = [box for box in _text_boxes(line) if box.text.strip()]
    return (
        min(box.position_x for box in boxes),
        max(box.position_x + box.width for box in boxes),
    )


def overflow_faults(
    pages: tuple[PageText, ...], starts: tuple[tuple[str, int], ...], composition: Composition
) -> tuple[Diagnostic, ...]:
    """Report `text-overflow` for every stray line, with the treatment whose page it is on."""
    return tuple(
        _overflow(number, stray, starts, composition)
        for number, page in enumerate(pages)
        for stray in page.strays
    )


def place_of(
    page: int, starts: Iterable[tuple[str, int]], composition: Composition
) -> Location | None:
    """Where the treatment was written that a page (from 0) belongs to, if it is one's."""
    before = [anchor for anchor, start in starts if start <= page]
    places = {section.anchor: section.place for section in composition.sections}
    return places.get(before[-1]) if before else None


def _overflow(
    number: int, stray: Stray, starts: tuple[tuple[str, int], ...], composition: Composition
) -> Diagnostic:
    return diagnose(
        "text-overflow",
        place_of(number, starts, composition),
        problem=f"“{stray.text[:60]}” on page {number + 1} ({composition.language}): "
        f"{stray.reason}",
        cause="A word is too long for the line, or a text too long for its frame.",
        fix="Shorten the text, or divide the long word with a hyphen or a soft hyphen.",
    )
