"""Page boxes, bleed, number and order of pages (ISO 32000-1, 14.11.2).

Boxes may differ by 0.01 pt from what they should be, which is less than any machine can cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from brochure.measures import mm_to_pt, pt_to_mm
from brochure.pdf.boxes import Box
from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.geometry import EVERYWHERE
from brochure.pdf.preflight.sheets import Sheet
from brochure.printers import Marks, PageOrder, Printer

_EXACT_PT = 0.01
_SAME_PT = 0.1
_NESTING = (
    ("CropBox", "MediaBox"),
    ("BleedBox", "MediaBox"),
    ("TrimBox", "BleedBox"),
    ("ArtBox", "BleedBox"),
    ("TrimBox", "MediaBox"),
    ("TrimBox", "CropBox"),
)


def box_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """What is wrong with the boxes of one page."""
    boxes = sheet.boxes
    has_trim, has_art = "TrimBox" in boxes, "ArtBox" in boxes
    if not has_trim and not has_art:
        yield Breach("box-missing", sheet, "", "no TrimBox", "a TrimBox")
    if has_trim and has_art:
        yield Breach("box-both", sheet, "", "TrimBox and ArtBox", "only a TrimBox")
    for inner, outer in _NESTING:
        if inner in boxes and not boxes.get(outer, EVERYWHERE).holds(boxes[inner], _EXACT_PT):
            found = f"{inner} {_shown(boxes[inner])}"
            yield Breach("box-nesting", sheet, inner, found, f"within {_shown(boxes[outer])}")
            break
    else:
        yield from _bleed(sheet, printer)
    media = sheet.media
    if abs(media.left) > _EXACT_PT or abs(media.bottom) > _EXACT_PT:
        found = f"MediaBox from {media.left:.2f} {media.bottom:.2f}"
        yield Breach("box-origin", sheet, "MediaBox", found, "0 0")
    if turned := int(sheet.page.get("/Rotate", 0)) % 360:
        yield Breach("page-turned", sheet, "Rotate", f"turned by {turned}°", "upright")
    if (unit := float(sheet.page.get("/UserUnit", 1))) != 1:
        yield Breach("page-turned", sheet, "UserUnit", f"enlarged {unit:g} times", "1")


def _bleed(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """A box that is smaller than the printer's bleed on one of its sides."""
    if not sheet.is_trimmed:
        return
    wanted = mm_to_pt(printer.bleed_mm)
    sides = sheet.trim.insets(sheet.bleed)
    if printer.is_in_spreads:  # a single page of a spread bleeds on its outer side alone
        outer = max(sides.left, sides.right)
        sides = sides._replace(left=outer, right=outer)
    if min(sides) < wanted - _EXACT_PT:
        found = f"{pt_to_mm(min(sides)):.2f} mm bleed"
        yield Breach("box-bleed", sheet, "BleedBox", found, f"{printer.bleed_mm:g} mm")


def page_breaches(sheets: Sequence[Sheet], printer: Printer) -> Iterator[Breach]:
    """What is wrong with the pages together: sizes, number and order."""
    count = _page_count(sheets, printer)
    if printer.has_blanks and count % printer.page_multiple:
        found, allowed = f"{count} pages", f"a multiple of {printer.page_multiple}"
        yield Breach("page-count", None, "", found, allowed)
    yield from _sizes(sheets, printer)
    numbers = [int(sheet.label or sheet.number) for sheet in sheets if _is_counted(sheet)]
    rising = sum(later > earlier for earlier, later in pairwise(numbers))
    is_reversed = len(numbers) > 1 and rising == 0
    if len(numbers) > 1 and is_reversed != (printer.page_order is PageOrder.REVERSED):
        found = "last page first" if is_reversed else "first page first"
        yield Breach("page-order", None, "", found, printer.page_order.value)


def _page_count(sheets: Sequence[Sheet], printer: Printer) -> int:
    """How many pages there are; a spread is as many as the covers, which stand alone, go into."""
    if not printer.is_in_spreads:
        return len(sheets)
    cover = min(sheet.trim.width for sheet in sheets)
    return sum(round(sheet.trim.width / cover) for sheet in sheets)


def _is_counted(sheet: Sheet) -> bool:
    return (sheet.label or str(sheet.number)).isdecimal()


def _sizes(sheets: Sequence[Sheet], printer: Printer) -> Iterator[Breach]:
    """Pages that are cut to another size than most, spreads being twice as wide."""
    sheets = [sheet for sheet in sheets if sheet.is_trimmed]
    sizes = Counter((round(s.trim.width, 1), round(s.trim.height, 1)) for s in sheets)
    if not sizes:
        return
    (width, height), _ = sizes.most_common(1)[0]
    widths = (width, width * 2, width / 2) if printer.is_in_spreads else (width,)
    for sheet in sheets:
        trim = sheet.trim
        fits = any(abs(trim.width - wide) <= _SAME_PT for wide in widths)
        if not fits or abs(trim.height - height) > _SAME_PT:
            found = f"{pt_to_mm(trim.width):.1f} × {pt_to_mm(trim.height):.1f} mm"
            allowed = f"{pt_to_mm(width):.1f} × {pt_to_mm(height):.1f} mm"
            yield Breach("page-size", sheet, "TrimBox", found, allowed)


def mark_breaches(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    """What is printed outside the bleed, where the printer forbids marks."""
    if printer.marks is not Marks.NONE:
        return
    for paint in sheet.walk.paints:
        box = paint.box.within(sheet.media)
        if box.width > 0 and box.height > 0 and not sheet.bleed.grown(_SAME_PT).meets(box):
            yield Breach("marks", sheet, paint.place, paint.what.value, "nothing")


def _shown(box: Box) -> str:
    return "[" + " ".join(f"{number:.2f}" for number in box) + "]"
