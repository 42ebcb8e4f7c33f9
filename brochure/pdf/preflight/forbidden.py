"""What ISO 15930 leaves out of content: filters, programs, proxies, curves and screens.

(ISO 15930-4, 6.4, 6.5, 6.9, 6.10 and 6.12; ISO 15930-7, 6.7, 6.8, 6.13, 6.14 and 6.16.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.streams import filters_of
from brochure.printers import Printer, Standard

_NEVER = {"/LZWDecode", "/LZW", "/Crypt"}
_NOT_IN_2003 = {"/JPXDecode", "/JBIG2Decode"}
_PROXY = ("/OPI", "/Ref")
_CURVES = ("/TR", "/TR2")
_HALFTONES = (1, 5)


def forbidden_breaches(sheet: Sheet) -> Iterator[Breach]:
    """Forbidden resources of one page."""
    for fault_place, fault in sheet.walk.faults:
        yield Breach("damaged", sheet, fault_place, fault, "readable")
    for place, scope in sheet.walk.scopes:
        for name, item in scope.resources.get("/XObject", Dictionary()).items():
            if isinstance(item, Stream):
                yield from _object(sheet, f"{place}{name[1:]}", item)
        for name, item in scope.resources.get("/ExtGState", Dictionary()).items():
            if isinstance(item, Dictionary):
                yield from _effects(sheet, f"{place}{name[1:]}", item)


def _object(sheet: Sheet, place: str, item: Any) -> Iterator[Breach]:
    subtypes = (item.get("/Subtype"), item.get("/Subtype2"))
    if Name.PS in subtypes:
        yield Breach("postscript", sheet, place, "a PostScript program", "none")
    if any(key in item for key in _PROXY):
        yield Breach("external", sheet, place, "a stand-in for another file", "the thing itself")
    if "/F" in item:
        yield Breach("external", sheet, place, "data in another file", "the data itself")


def _effects(sheet: Sheet, place: str, item: Any) -> Iterator[Breach]:
    for key in _CURVES:
        allowed = (Name.Identity, Name.Default) if key == "/TR2" else (Name.Identity,)
        if key in item and item[key] not in allowed:
            yield Breach("transfer", sheet, place, f"a transfer function ({key[1:]})", "none")
    halftone = item.get("/HT")
    if isinstance(halftone, Dictionary) and (
        halftone.get("/HalftoneType") not in _HALFTONES or "/TransferFunction" in halftone
    ):
        found = f"a halftone of type {halftone.get('/HalftoneType')}"
        yield Breach("halftone", sheet, place, found, "type 1 or 5")


def filter_breaches(file: pikepdf.Pdf, printer: Printer) -> Iterator[Breach]:
    """Streams that are packed in a way that the standard does not have."""
    forbidden = _NEVER | (_NOT_IN_2003 if printer.standard is not Standard.X4 else set())
    for item in file.objects:
        if isinstance(item, Stream):
            for name in forbidden.intersection(filters_of(item)):
                number = item.objgen[0]
                yield Breach("filter", None, f"object {number}", name[1:], "FlateDecode")
