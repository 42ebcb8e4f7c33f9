"""What a file says of itself, twice: the document information and XMP must agree.

The standard that it claims, trapping, title, dates, identifier and version of PDF
(ISO 15930-7, 6.9 to 6.11; ISO 32000-1, 14.3 and 14.4; ISO 16684-1).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Name, Stream

from brochure.pdf.preflight.breach import Breach
from brochure.pdf.preflight.streams import Unreadable, decoded
from brochure.printers import Printer, Standard

_OF_PDF_14 = (Standard.X1A, Standard.X3)
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Z+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?"
)
_MOST_XMP = 4_000_000


def metadata_breaches(file: pikepdf.Pdf, printer: Printer) -> Iterator[Breach]:
    """What is missing or does not agree."""
    info: Any = file.trailer.get("/Info", {})
    xmp = xmp_of(file)
    yield from _claim(info, xmp, printer.standard)
    if str(info.get("/Trapped", "")) not in ("/True", "/False"):
        found = str(info.get("/Trapped", "no Trapped")).lstrip("/")
        yield Breach("trapped", None, "Info", found, "True or False")
    elif xmp.get("pdf:Trapped", "") not in ("", str(info["/Trapped"])[1:]):
        yield Breach("info-xmp", None, "Trapped", xmp["pdf:Trapped"], str(info["/Trapped"])[1:])
    yield from _title_and_dates(info, xmp)
    if len(file.trailer.get("/ID", [])) != 2:
        yield Breach("identifier", None, "trailer", "no ID", "an ID of two parts")
    # The number in the header says nothing (ISO 15930-4, 5); what the file is made of does.
    if printer.standard in _OF_PDF_14 and file.trailer.get("/Type") == Name.XRef:
        yield Breach("pdf-version", None, "trailer", "a compressed list of objects", "PDF 1.4")


def _claim(info: Any, xmp: dict[str, str], standard: Standard) -> Iterator[Breach]:
    claimed = str(info.get("/GTS_PDFXVersion", ""))
    noted = xmp.get("pdfxid:GTS_PDFXVersion", "")
    # PDF/X-4 puts its claim into the XMP; the older ones have it in the document information.
    first, second = (noted, claimed) if standard is Standard.X4 else (claimed, noted)
    if first != standard.value:
        found = f"“{first}”" if first else "no GTS_PDFXVersion"
        yield Breach("claim", None, "GTS_PDFXVersion", found, standard.value)
    elif second and second != first:
        yield Breach("claim-xmp", None, "GTS_PDFXVersion", second, first)


def _title_and_dates(info: Any, xmp: dict[str, str]) -> Iterator[Breach]:
    title = str(info.get("/Title", ""))
    if not title.strip():
        yield Breach("title", None, "Info", "no title", "a title")
    elif xmp.get("dc:title", title).strip() != title.strip():
        yield Breach("info-xmp", None, "Title", f"“{xmp['dc:title']}”", f"“{title}”")
    for key, name in (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")):
        date = moment_of(str(info.get(f"/{key}", "")))
        if date is None:
            yield Breach("dates", None, "Info", f"no {key}", "a date")
        elif name in xmp and _iso(xmp[name]) != date:
            yield Breach("info-xmp", None, key, xmp[name], date.isoformat())


def xmp_of(file: pikepdf.Pdf) -> dict[str, str]:
    """The properties of a file's XMP that we look at, by prefix and name; none if unreadable."""
    stream = file.Root.get(Name.Metadata)
    if not isinstance(stream, Stream):
        return {}
    try:
        root = ElementTree.fromstring(_without_entities(decoded(stream, _MOST_XMP)))
    except (Unreadable, ElementTree.ParseError, ValueError):
        return {}
    found: dict[str, str] = {}
    prefixes = {f"{{{uri}}}": f"{prefix}:" for prefix, uri in _SPACES.items()}
    for description in root.iter(f"{_RDF}Description"):
        pairs = [(name, text) for name, text in description.items()]
        pairs += [(child.tag, "".join(child.itertext())) for child in description]
        for tag, text in pairs:
            space, bracket, name = tag.partition("}")
            if prefix := prefixes.get(space + bracket):
                found.setdefault(prefix + name, _first(description, tag, text).strip())
    return found


def _first(description: Any, tag: str, text: str) -> str:
    """The first of several languages or values (ISO 16684-1, 7.5)."""
    child = description.find(tag)
    first = child.find(f".//{_RDF}li") if child is not None else None
    return text if first is None else "".join(first.itertext())


def _without_entities(packet: bytes) -> bytes:
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise ValueError("XMP has no document type")
    return packet


def moment_of(date: str) -> datetime.datetime | None:
    """A date of a PDF (ISO 32000-1, 7.9.4); `None` if it is none."""
    match = _PDF_DATE.fullmatch(date.strip())
    if not match:
        return None
    year, *rest = (int(part) if part else None for part in match.groups()[:6])
    month, day, hour, minute, second = rest
    sign = -1 if match[7] == "-" else 1
    offset = datetime.timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0)) * sign
    try:
        zone = datetime.timezone(offset)
        return datetime.datetime(
            year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone
        )
    except ValueError:
        return None


def _iso(date: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
