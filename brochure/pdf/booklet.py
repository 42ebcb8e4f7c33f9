"""A PDF arranged anew: its pages as form XObjects on the faces of sheets, with exact boxes.

A form holds its page as it is (ISO 32000-2, 8.10), so fonts, pictures and colours keep their very
bytes, and output intents stay with the file. What belongs to single pages cannot follow them onto
a sheet: links, tags, bookmarks and page labels are dropped, and with them the claims to PDF/A and
PDF/UA. What fields and notes show is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Matrix, Name, String

from brochure.measures import mm_to_pt
from brochure.pdf.boxes import Box, Sheet, set_boxes
from brochure.pdf.imposition import Face, Fitting, FlipEdge
from brochure.pdf.marks import (
    REGISTRATION,
    as_artifact,
    crop_marks,
    inner_marks,
    numbers,
    registration_space,
)
from brochure.pdf.metadata import IMPOSITION
from brochure.pdf.opening import opened
from brochure.pdf.original import Form, Original, as_form
from brochure.pdf.rebound import prune, saved

_DUPLEX = {FlipEdge.SHORT: Name.DuplexFlipShortEdge, FlipEdge.LONG: Name.DuplexFlipLongEdge}


def impose(
    original: Original,
    faces: Sequence[Face],
    fit: Fitting,
    *,
    has_marks: bool = False,
    is_folded: bool = True,
    duplex: FlipEdge | None = None,
) -> bytes:
    """Draw `faces` as a new file, one page each, as `fit` stands them on the paper.

    Between pages there is no bleed: they are clipped at the fold, or at the cut if not
    `is_folded`. `duplex` is the edge that print dialogs are set to turn the paper on.
    """
    with opened(original.data, original.name) as file:
        file.flatten_annotations("print")
        forms = [as_form(page) for page in file.pages]
        for face in faces:
            sheet = sheet_of(face, fit, original.bleed_mm)
            drawing = b"".join(_pages(face, fit, forms))
            if has_marks:
                drawing += as_artifact(_marks(fit, sheet, is_folded=is_folded))
            file.pages.append(_drawn(file, face, sheet, drawing, forms))
        del file.pages[: len(forms)]
        prune(file)
        _record(file, "folded" if is_folded else "cut")
        _set_printing(file, duplex)
        return saved(file)


def sheet_of(face: Face, fit: Fitting, bleed_mm: float) -> Sheet:
    """The boxes of a face: its block of pages is the trim; the bleed ends where the paper does.

    An inner sheet, whose pages move by the creep, is cut that much narrower at each side.
    """
    width, height = mm_to_pt(fit.paper.width_mm), mm_to_pt(fit.paper.height_mm)
    sides = mm_to_pt(max(fit.margins.width_mm, 0) + face.creep_mm)
    ends = mm_to_pt(max(fit.margins.height_mm, 0))
    bleed = mm_to_pt(bleed_mm * fit.scale)
    beside, beyond = max(sides - bleed, 0), max(ends - bleed, 0)
    return Sheet(
        media=Box(left=0, bottom=0, right=width, top=height),
        bleed=Box(left=beside, bottom=beyond, right=width - beside, top=height - beyond),
        trim=Box(left=sides, bottom=ends, right=width - sides, top=height - ends),
    )


def _pages(face: Face, fit: Fitting, forms: Sequence[Form]) -> Iterator[bytes]:
    """The operators that show each page of the face, clipped where the next one begins."""
    for row, pages in enumerate(face.rows):
        for column, page in enumerate(pages):
            if page is None:
                continue
            x, y = (mm_to_pt(place) for place in fit.origin_mm(column, row, face.creep_mm))
            trim, scale = forms[page].trim, fit.scale
            clip = numbers(*(mm_to_pt(edge) for edge in fit.cell_mm(column, row))).encode()
            matrix = Matrix(scale, 0, 0, scale, x - trim.llx * scale, y - trim.lly * scale)
            yield b"q %s re W n %s cm /P%d Do Q\n" % (clip, matrix.encode(), page)


def _marks(fit: Fitting, sheet: Sheet, *, is_folded: bool) -> bytes:
    trim, bleed = sheet.trim, sheet.bleed
    bleed_pt = max(trim.left - bleed.left, trim.bottom - bleed.bottom)
    inner = inner_marks(
        trim,
        columns=[mm_to_pt(fit.column_mm(column)) for column in range(1, fit.columns)],
        rows=[mm_to_pt(fit.row_mm(row)) for row in range(fit.rows - 1)],
        bleed_pt=bleed_pt,
        is_fold=is_folded,
    )
    return crop_marks(trim, bleed_pt=bleed_pt) + inner


def _drawn(
    file: pikepdf.Pdf, face: Face, sheet: Sheet, drawing: bytes, forms: Sequence[Form]
) -> pikepdf.Page:
    """A page of the new file; the whole face is turned about its middle if it has to be."""
    turn = (
        f"-1 0 0 -1 {numbers(sheet.media.right, sheet.media.top)} cm\n" if face.is_turned else ""
    )
    shown = sorted({page for row in face.rows for page in row if page is not None})
    page = Dictionary(
        Type=Name.Page,
        Resources=Dictionary(
            XObject=Dictionary({f"/P{page}": forms[page].stream for page in shown}),
            ColorSpace=Dictionary({f"/{REGISTRATION}": registration_space()}),
        ),
        Contents=file.make_stream(turn.encode() + drawing),
    )
    set_boxes(page, sheet)
    return pikepdf.Page(file.make_indirect(page))


def _record(file: pikepdf.Pdf, how: str) -> None:
    """Say that the pages are sheets, so that nobody counts them as a brochure's."""
    file.docinfo[IMPOSITION] = String(how)
    if Name.Metadata in file.Root:
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata[f"pdfx:{IMPOSITION[1:]}"] = how


def _set_printing(file: pikepdf.Pdf, duplex: FlipEdge | None) -> None:
    """Print at actual size, on both sides (ISO 32000-2, 12.2)."""
    preferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
    preferences.PickTrayByPDFSize = True
    if duplex:
        preferences.Duplex = _DUPLEX[duplex]
    file.Root.ViewerPreferences = preferences
