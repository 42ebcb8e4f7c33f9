"""What a reader could click, fill in or start: none of it may lie on a printed page.

(ISO 15930-7, 6.7, 6.15, 6.17, 6.18 and 6.26; ISO 32000-1, 12.5 and 12.6.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.state import box_of

_TRAP_NET, _PRINTER_MARK = "/TrapNet", "/PrinterMark"


def annotation_breaches(sheet: Sheet) -> Iterator[Breach]:
    """Annotations that reach into the bleed, and what they or the page would do."""
    for number, annotation in enumerate(sheet.page.get("/Annots", Array()), 1):
        if not isinstance(annotation, Dictionary):
            continue
        place, kind = f"annotation {number}", str(annotation.get("/Subtype", "/none"))
        try:
            area = box_of(annotation.get("/Rect"))
        except (TypeError, ValueError):
            area = None
        clear = sheet.trim if kind == _PRINTER_MARK else sheet.bleed
        if kind != _TRAP_NET and (area is None or clear.meets(area)):
            yield Breach("annotation", sheet, place, kind[1:], "outside the bleed")
        for key in ("/A", "/AA"):
            if key in annotation:
                yield Breach("action", sheet, place, _action(annotation[key]), "none")
    if "/AA" in sheet.page:
        yield Breach("action", sheet, "page", _action(sheet.page["/AA"]), "none")


def _action(action: Any) -> str:
    kind = action.get("/S") if isinstance(action, Dictionary) else None
    return f"an action, {str(kind)[1:]}" if isinstance(kind, Name) else "an action"


def interaction_breaches(file: pikepdf.Pdf) -> Iterator[Breach]:
    """Actions, scripts, forms, attachments and locks of the file as a whole."""
    root = file.Root
    opening = root.get("/OpenAction")
    if isinstance(opening, Dictionary):
        yield Breach("action", None, "OpenAction", _action(opening), "none")
    if "/AA" in root:
        yield Breach("action", None, "AA", _action(root["/AA"]), "none")
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield Breach("action", None, "Names", "JavaScript", "none")
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield Breach("embedded-file", None, "Names", "attached files", "none")
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and ("/XFA" in form or len(form.get("/Fields", Array()))):
        yield Breach("form-fields", None, "AcroForm", "a form", "none")
    if file.is_encrypted:
        yield Breach("encryption", None, "Encrypt", "a lock", "none")
