"""What does not fit its place on paper: titles too long for a card, pictures too small or twice.

The places themselves are the pages' business; what the checks have to know of them comes in as
`PrintedSizes`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from brochure.content.document import Document, Field
from brochure.content.pictures import body_pictures, pixels_of
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.measures import MM_PER_INCH, PageFormat, pixels_for

LEAST_DPI = 150
"""Below this a photograph looks soft at reading distance; print shops ask for 260 to 300."""
CARD_LINES = 2
_TYPE_MM = 9.5 / 72 * MM_PER_INCH
"""A card's title at A5, as in templates/styles/tokens.css (`--size-text`)."""
_FOLIO_MM = 7.0
"""Three figures of a page number and the space before them, on the card's first line."""
_EM = {"Latn": 0.54, "Grek": 0.56, "Cyrl": 0.6, "Arab": 0.48, "Hebr": 0.5}
"""How wide a letter is on average, against the size of type: measured in the bundled semi-bold
faces on the sample's titles (Arabic in its joined forms)."""
_WIDE = ("W", "F")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSizes:
    """How wide and high, in millimetres, pictures are printed; how large type is, per script.

    `type_scales` are against a Latin page of A5, by ISO 15924 code.
    """

    head_mm: tuple[float, float]
    card_mm: tuple[float, float]
    text_width_mm: float
    type_scales: Mapping[str, float]

    @classmethod
    def on(
        cls, page: PageFormat, head_mm: tuple[float, float], size_percents: Mapping[str, float]
    ) -> PrintedSizes:
        """The sizes on a page whose treatments begin with a picture of `head_mm`."""
        return cls(
            head_mm=head_mm,
            card_mm=(page.card_width_mm, page.card_picture_height_mm),
            text_width_mm=page.text_width_mm,
            type_scales={
                code: percent / 100 * page.type_scale for code, percent in size_percents.items()
            },
        )


def check_card_title(document: Document, script: str, sizes: PrintedSizes) -> Iterator[Diagnostic]:
    """Report `title-long` if a card's title takes more than two lines."""
    head = document.front_matter
    item = head.card_title or head.title
    room_mm = CARD_LINES * sizes.card_mm[0] - _FOLIO_MM
    em_mm = _TYPE_MM * sizes.type_scales.get(script, 1.0)
    needed_mm = _width_em(item.text, script) * em_mm
    if needed_mm <= room_mm:
        return
    count = len(item.text)
    yield diagnose(
        "title-long",
        document.place_of(item),
        problem=f"The title on the card has {count} characters; about "
        f"{int(count * room_mm / needed_mm)} fit",
        cause="A card has room for two lines; a longer title pushes the cards beside it apart.",
        fix="Shorten the title, or write a short one after “title:” below “caption:”.",
    )


def _width_em(text: str, script: str) -> float:
    narrow = _EM.get(script, _EM["Latn"])
    return sum(1.0 if unicodedata.east_asian_width(x) in _WIDE else narrow for x in text)


def check_picture_sizes(document: Document, sizes: PrintedSizes) -> Iterator[Diagnostic]:
    """Report `picture-small` for pictures that are printed below 150 dpi."""
    if not document.pictures:
        return
    head = document.front_matter
    thumbnail = head.thumbnail if head.thumbnail.text != head.image.text else Field()
    for item, size_mm in ((head.image, sizes.head_mm), (thumbnail, sizes.card_mm)):
        path = document.picture(item.text) if item else None
        if path:
            yield from _check_size(item.text, path, document.place_of(item), size_mm)
    for picture in body_pictures(document):
        path = document.picture(picture.name)
        if path:
            size_mm = (sizes.text_width_mm, 0.0)
            yield from _check_size(picture.name, path, picture.place, size_mm)


def _check_size(
    name: str, path: Path, place: Location, size_mm: tuple[float, float]
) -> Iterator[Diagnostic]:
    """The picture fills its frame and is cropped, so the tighter side decides."""
    found = pixels_of(path)
    if found is None:
        return
    dpi = min(
        pixels / length * MM_PER_INCH
        for pixels, length in zip(found, size_mm, strict=True)
        if length
    )
    if dpi >= LEAST_DPI:
        return
    wanted = " × ".join(str(pixels_for(length, dpi=LEAST_DPI)) for length in size_mm if length)
    yield diagnose(
        "picture-small",
        place,
        problem=f"The picture “{name}” has {found[0]} × {found[1]} pixels; printed here that is "
        f"{int(dpi)} dpi",
        cause=f"Below {LEAST_DPI} dpi a picture looks soft and blocky on paper.",
        fix=f"Use the original picture, with at least {wanted} pixels"
        + ("." if size_mm[1] else " across."),
    )


def check_repeated_pictures(groups: Sequence[Sequence[Document]]) -> Iterator[Diagnostic]:
    """Report `picture-repeated` for different treatments that show one picture.

    Each group holds one treatment's files, the source language's first. The same treatment in
    two categories shows one picture rightly; it has the same name or title.
    """
    shown = [(group[0], path) for group in groups for path in _pictures(group)]
    twins = _by_content({path for _, path in shown})
    first_uses: dict[Path, Document] = {}
    for document, path in dict.fromkeys(shown):
        first = first_uses.setdefault(twins[path], document)
        if not _are_one(first, document):
            item = _naming(document, path)
            yield diagnose(
                "picture-repeated",
                document.place_of(item),
                problem=f"The picture “{item.text}” is also that of "
                f"“{first.front_matter.title.text}” ({first.path})",
                cause="Two treatments with one picture look like a mistake, and are easily mixed "
                "up in the overview.",
                fix="Give one of the two a picture of its own.",
            )


def _pictures(group: Sequence[Document]) -> list[Path]:
    document = group[0]
    head = document.front_matter
    found = (document.picture(item.text) for item in (head.image, head.thumbnail) if item)
    return list(dict.fromkeys(path for path in found if path))


def _naming(document: Document, path: Path) -> Field:
    head = document.front_matter
    return head.image if document.picture(head.image.text) == path else head.thumbnail


def _are_one(one: Document, other: Document) -> bool:
    titles = one.front_matter.title.text, other.front_matter.title.text
    return one.slug == other.slug or titles[0] == titles[1]


def _by_content(paths: Iterable[Path]) -> dict[Path, Path]:
    """For each file the first one that holds the same bytes; only files of one size are read."""
    by_size: dict[int, list[Path]] = {}
    twins: dict[Path, Path] = {}
    for path in sorted(paths):
        others = by_size.setdefault(path.stat().st_size, [])
        same = next((other for other in others if cmp(path, other, shallow=False)), path)
        twins[path] = same
        if same is path:
            others.append(path)
    return twins
