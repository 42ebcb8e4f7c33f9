"""A finished PDF and a printer in, every reason why it would be rejected out.

The bytes are read as any press would read them, whoever wrote them: `sheets` and `interpreter`
say what is on each page, one module a subject says what of it breaks a rule, `rules` is the table
of rules with their sources, and `breach` turns each into a diagnostic with its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from brochure.diagnostics import Diagnostic, in_order
from brochure.pdf.metadata import IMPOSITION, PRINTER, noted
from brochure.pdf.opening import opened
from brochure.pdf.preflight.boxes import box_breaches, mark_breaches, page_breaches
from brochure.pdf.preflight.breach import Breach, diagnostics_of
from brochure.pdf.preflight.colours import colour_breaches
from brochure.pdf.preflight.edges import edge_breaches
from brochure.pdf.preflight.forbidden import filter_breaches, forbidden_breaches
from brochure.pdf.preflight.glyphs import font_breaches, outline_breaches
from brochure.pdf.preflight.ink import InkMeter
from brochure.pdf.preflight.intent import intent_breaches
from brochure.pdf.preflight.interaction import annotation_breaches, interaction_breaches
from brochure.pdf.preflight.interpreter import Reader
from brochure.pdf.preflight.letters import letter_breaches
from brochure.pdf.preflight.lines import line_breaches
from brochure.pdf.preflight.metadata import metadata_breaches
from brochure.pdf.preflight.pictures import picture_breaches
from brochure.pdf.preflight.sheets import Sheet, sheets_of
from brochure.pdf.preflight.transparency import layer_breaches, transparency_breaches
from brochure.printers import Printer

UNREADABLE = "preflight-unreadable"


def preflight(pdf: bytes, printer: Printer, name: str) -> tuple[Diagnostic, ...]:
    """Judge a file, called `name`, by what `printer` wants; raises `BrochureError` if unreadable.

    Reports the codes that begin with `preflight-`.
    """
    with opened(pdf, name, UNREADABLE) as file:
        return in_order(diagnostics_of(_breaches(file, pdf, printer), printer, name))


def made_for(pdf: bytes, name: str) -> str:
    """The name of the printer that a file of ours was made for; empty for any other file.

    Raises `BrochureError` if it is unreadable.
    """
    with opened(pdf, name, UNREADABLE) as file:
        return noted(file, PRINTER)


def _breaches(file: pikepdf.Pdf, pdf: bytes, printer: Printer) -> Iterator[Breach]:
    reader, meter = Reader(len(file.pages)), InkMeter(pdf, printer)
    sheets = []
    for sheet in sheets_of(file, reader):
        yield from _endured(_page(sheet, printer), sheet)
        yield from _endured(meter.breaches(sheet), sheet)
        sheets.append(sheet)
    if not noted(file, IMPOSITION):  # sheets are cut and counted otherwise than pages
        yield from _endured(page_breaches(sheets, printer))
    yield from _endured(font_breaches(reader.library.fonts, sheets))
    yield from _endured(intent_breaches(file, printer))
    yield from _endured(metadata_breaches(file, printer))
    yield from _endured(interaction_breaches(file))
    yield from _endured(layer_breaches(file))
    yield from _endured(filter_breaches(file, printer))


def _endured(breaches: Iterator[Breach], sheet: Sheet | None = None) -> Iterator[Breach]:
    """The breaches, up to an entry of the wrong kind in a foreign file; that is one as well."""
    try:
        yield from breaches
    except Exception as error:  # whatever a damaged file does to the libraries
        yield Breach("damaged", sheet, "", f"an entry of the wrong kind ({error})", "readable")


def _page(sheet: Sheet, printer: Printer) -> Iterator[Breach]:
    yield from box_breaches(sheet, printer)
    yield from mark_breaches(sheet, printer)
    yield from edge_breaches(sheet, printer)
    yield from colour_breaches(sheet, printer)
    yield from picture_breaches(sheet, printer)
    yield from letter_breaches(sheet, printer)
    yield from line_breaches(sheet, printer)
    yield from outline_breaches(sheet)
    yield from transparency_breaches(sheet)
    yield from annotation_breaches(sheet)
    yield from forbidden_breaches(sheet)
