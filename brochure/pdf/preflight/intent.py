"""The output intent: one GTS_PDFX, for the printer's condition (ISO 32000-1, 14.11.5).

What it names must be what the printer's file names; its profile, where one is wanted, must be
that of a CMYK press (ICC.1, 7.2: class `prtr`, colour space `CMYK`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.streams import Unreadable, decoded
from brochure.printers import OutputCondition, Printer

_HEADER = 40
_OF_A_PRESS = "class prtr, colours CMYK, N 4"


def intent_breaches(file: pikepdf.Pdf, printer: Printer) -> Iterator[Breach]:
    """What is wrong with the output intents of a file."""
    if printer.condition is None:
        return
    listed = file.Root.get("/OutputIntents", Array())
    intents = [
        intent
        for intent in listed
        if isinstance(intent, Dictionary) and intent.get("/S") == Name.GTS_PDFX
    ]
    if len(intents) != 1:
        found = f"{len(intents)} output intents of kind GTS_PDFX"
        yield Breach("intent-count", None, "OutputIntents", found, "one")
    for intent in intents[:1]:
        yield from _condition(intent, printer.condition)
        yield from _profile(intent.get("/DestOutputProfile"), printer.condition)


def _condition(intent: Any, condition: OutputCondition) -> Iterator[Breach]:
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    if identifier != condition.identifier:
        found = f"“{identifier[:60]}”" if identifier else "no identifier"
        yield Breach("intent-identifier", None, "OutputIntents", found, condition.identifier)
    registry = str(intent.get("/RegistryName", ""))
    if registry != condition.registry:
        found = f"“{registry[:60]}”" if registry else "no registry"
        yield Breach("intent-registry", None, "OutputIntents", found, condition.registry)


def _profile(profile: Any, condition: OutputCondition) -> Iterator[Breach]:
    if not isinstance(profile, Stream):
        if condition.is_embedded:
            yield Breach("intent-bare", None, "OutputIntents", "no profile", "the profile inside")
        return
    if not condition.is_embedded:
        yield Breach("intent-unwanted", None, "OutputIntents", "a profile", "no profile")
    try:
        header = decoded(profile)[:_HEADER]
    except Unreadable as error:
        yield Breach("intent-profile", None, "OutputIntents", str(error), "a CMYK profile")
        return
    kind, space = header[12:16], header[16:20]
    if kind != b"prtr" or space != b"CMYK" or profile.get("/N") != 4 or header[36:40] != b"acsp":
        found = f"class “{_ascii(kind)}”, colours “{_ascii(space)}”, N {profile.get('/N')}"
        yield Breach("intent-profile", None, "OutputIntents", found, _OF_A_PRESS)


def _ascii(code: bytes) -> str:
    return code.decode("ascii", "replace").strip()
