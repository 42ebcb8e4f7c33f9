"""Transparency and layers (ISO 15930-7, 6.20 and 6.24; ISO 32000-1, 8.11 and 11).

PDF/X-1a and X-3 have none of it. PDF/X-4 has, but a group that is mixed in RGB comes out in other
colours on a press.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.pictures import named
from brochure.pdf.preflight.sheets import Sheet
from brochure.pdf.preflight.spaces import Kind, Spaces

_LIGHT = {Kind.RGB, Kind.CALIBRATED}
_OPAQUE = {"Normal", "Compatible"}


def transparency_breaches(sheet: Sheet) -> Iterator[Breach]:
    """Transparent paintings, groups and soft masks of one page."""
    for paint in sheet.walk.paints:
        effects = paint.effects
        found = ""
        if paint.alpha < 1:
            found = f"{paint.what.value}, {paint.alpha * 100:.0f} % opaque"
        elif effects.blend not in _OPAQUE:
            found = f"{paint.what.value} mixed by {effects.blend}"
        elif effects.is_masked:
            found = f"{paint.what.value} with a soft mask"
        elif paint.picture is not None and isinstance(paint.picture.stream.get("/SMask"), Stream):
            found = f"{named(sheet, paint, paint.picture)} with a soft mask"
        if found:
            yield Breach("transparency", sheet, paint.place, found, "opaque")
    yield from _groups(sheet)


def _groups(sheet: Sheet) -> Iterator[Breach]:
    for place, holder in _holders(sheet):
        group = holder.get("/Group")
        if not isinstance(group, Dictionary) or group.get("/S") != Name.Transparency:
            continue
        yield Breach("transparency", sheet, place, "a transparency group", "none")
        space = group.get("/CS")
        if space is not None:
            named = Spaces().read(space, Dictionary())
            if named.kind in _LIGHT:
                yield Breach("blend-space", sheet, place, f"group in {named.name}", "CMYK")


def _holders(sheet: Sheet) -> Iterator[tuple[str, Any]]:
    yield "page", sheet.page
    for place, scope in sheet.walk.scopes:
        forms = scope.resources.get("/XObject", Dictionary())
        for name, form in forms.items():
            if isinstance(form, Stream) and form.get("/Subtype") == Name.Form:
                yield f"{place}form {name[1:]}", form


def layer_breaches(file: pikepdf.Pdf) -> Iterator[Breach]:
    """Optional content where there may be none, or that switches itself."""
    properties = file.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    count = len(properties.get("/OCGs", Array()))
    yield Breach("layers", None, "OCProperties", f"{count} layers", "none")
    first = properties.get("/D", Dictionary())
    for config in (first, *properties.get("/Configs", Array())):
        if "/AS" in config:
            yield Breach("layers-automatic", None, "AS", "layers that switch by use", "none")
