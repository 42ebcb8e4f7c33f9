"""What a file says of itself: the Info dictionary and the XMP packet, which agree.

ISO 19005-2, 6.6.2.4, and ISO 15930-7, 6.4, want the two to say the same. Nothing here comes from
a clock: the date is the imprint's.
"""

from __future__ import annotations

import datetime
import hashlib
from functools import cache
from importlib.metadata import version
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

from brochure.languages import Direction
from brochure.pages.composition import Composition

UA_CLAIM = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>"""
"""The identification of PDF/UA-1 (ISO 14289-1, 5)."""


PRINTER, IMPOSITION = "/Printer", "/Imposition"
"""Entries of our own in the Info dictionary, and `pdfx:` of the same name in the XMP: for whom a
print file was made, and how its pages were arranged on sheets."""


def noted(file: pikepdf.Pdf, entry: str) -> str:
    """What the Info dictionary has under `entry`; empty if nothing."""
    info = file.trailer.get("/Info")
    return str(info.get(entry, "")) if isinstance(info, Dictionary) else ""


def identifier(*parts: bytes) -> str:
    """A UUID of version 8, made of content (RFC 9562, 5.8)."""
    digits = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def write_metadata(
    file: pikepdf.Pdf, composition: Composition, *, date: datetime.date | None, claims: str
) -> None:
    """Say title, author, subject and date; `claims` are XMP descriptions of the standards met."""
    info = file.docinfo
    for name in (Name.CreationDate, Name.ModDate):
        if name in info:
            del info[name]
    for key, value in info_of(composition, date=date).items():
        info["/" + key] = String(value)
    stream = file.make_stream(xmp_of(composition, date=date, claims=claims))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    file.Root.Metadata = stream


def info_of(composition: Composition, *, date: datetime.date | None) -> dict[str, str]:
    """The Info dictionary (ISO 32000-1, 14.3.3)."""
    moment = f"D:{date:%Y%m%d}000000Z" if date else ""
    return {
        "Title": composition.title,
        "Author": composition.author,
        "Subject": composition.subject,
        "Keywords": ", ".join(composition.keywords),
        "Creator": "brochure",
        "Producer": f"WeasyPrint {_engine_version()}",
        **({"CreationDate": moment, "ModDate": moment} if moment else {}),
    }


@cache
def _engine_version() -> str:
    return version("weasyprint")


def xmp_of(composition: Composition, *, date: datetime.date | None, claims: str) -> bytes:
    """The XMP packet; its claims stand after what the Info dictionary says too."""
    producer = info_of(composition, date=date)["Producer"]
    language = escape(composition.language)
    dates = _xmp_dates(date)
    keywords = escape(", ".join(composition.keywords))
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(composition.title)}</rdf:li>\
<rdf:li xml:lang="{language}">{escape(composition.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(composition.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(composition.subject)}</rdf:li>\
</rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{escape(producer)}</pdf:Producer>
<xmp:CreatorTool>brochure</xmp:CreatorTool>{dates}
</rdf:Description>
{claims}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
    return packet.encode()


def _xmp_dates(date: datetime.date | None) -> str:
    if date is None:
        return ""
    moment = f"{date:%Y-%m-%d}T00:00:00Z"
    return (
        f"\n<xmp:CreateDate>{moment}</xmp:CreateDate>"
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>"
        f"<xmp:MetadataDate>{moment}</xmp:MetadataDate>"
    )


def write_preferences(file: pikepdf.Pdf, composition: Composition) -> None:
    """Say how a viewer opens the file: in its language, bookmarks open, in spreads."""
    root = file.Root
    root.Lang = String(composition.language)
    preferences = root.get(Name.ViewerPreferences, Dictionary())
    preferences.DisplayDocTitle = True
    rtl = composition.direction is Direction.RTL
    preferences.Direction = Name.R2L if rtl else Name.L2R
    root.ViewerPreferences = preferences
    has_spreads = composition.edition.has_spreads
    root.PageLayout = Name.TwoPageRight if has_spreads else Name.OneColumn
    root.PageMode = Name.UseOutlines if has_spreads else Name.UseNone
