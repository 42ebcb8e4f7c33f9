"""The screen edition: tagged, accessible and archival at once.

The engine writes PDF/A-2a (ISO 19005-2, level A). This module adds what PDF/UA-1 (ISO 14289-1)
asks for on top: its identification in the XMP with the extension schema that PDF/A wants for it
(ISO 19005-2, 6.6.2.3), list items made of `Lbl` and `LBody` only (ISO 32000-1, 14.8.4.3.3), and
for readers: direction of reading, page labels, keywords. The bytes depend on the content alone.
"""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.languages import Direction
from brochure.pages.composition import Composition
from brochure.pdf.structure import repair_structure
from brochure.pdf.text_layer import repair_text

_UA_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def finish_screen(pdf: bytes, composition: Composition) -> bytes:
    """Turn the engine's PDF/A-2a file into the finished screen edition."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        _write_metadata(file, composition)
        _write_preferences(file, composition)
        _forbid_interpolation(file)
        repair_structure(file)
        repair_text(file, composition.families)
        _describe_links(file, dict(composition.link_texts))
        output = io.BytesIO()
        file.save(
            output,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return output.getvalue()


def _write_metadata(file: pikepdf.Pdf, composition: Composition) -> None:
    info = file.docinfo
    info[Name.Title] = String(composition.title)
    info[Name.Author] = String(composition.author)
    info[Name.Subject] = String(composition.subject)
    info[Name.Keywords] = String(", ".join(composition.keywords))
    for name in (Name.CreationDate, Name.ModDate):
        if composition.date:
            info[name] = String(f"D:{composition.date:%Y%m%d}000000Z")
        elif name in info:
            del info[name]
    stream = file.make_stream(_xmp(composition, str(info.get(Name.Producer, ""))))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    file.Root.Metadata = stream


def _xmp(composition: Composition, producer: str) -> bytes:
    """The XMP packet, whose values agree with the Info dictionary (ISO 19005-2, 6.6.2.4)."""
    language = escape(composition.language)
    dates = _xmp_dates(composition.date)
    keywords = escape(", ".join(composition.keywords))
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
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
{_UA_SCHEMA}
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


def _write_preferences(file: pikepdf.Pdf, composition: Composition) -> None:
    file.docinfo[Name.Creator] = String("brochure")
    root = file.Root
    root.Lang = String(composition.language)
    preferences = root.get(Name.ViewerPreferences, Dictionary())
    preferences.DisplayDocTitle = True
    rtl = composition.direction is Direction.RTL
    preferences.Direction = Name.R2L if rtl else Name.L2R
    root.ViewerPreferences = preferences
    root.PageLayout = Name.TwoPageRight
    root.PageMode = Name.UseOutlines
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _forbid_interpolation(file: pikepdf.Pdf) -> None:
    """Pictures are not interpolated (ISO 19005-2, 6.2.8)."""
    for item in file.objects:
        if isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image:
            _drop(item, Name.Interpolate)


def _drop(item: Any, name: Name) -> None:
    if name in item:
        del item[name]


def _describe_links(file: pikepdf.Pdf, texts: dict[str, str]) -> None:
    """Say in words where each link leads (ISO 14289-1, 7.18.5)."""
    for page in file.pages:
        for annotation in page.get(Name.Annots, Array()):
            if annotation.get(Name.Subtype) == Name.Link and Name.Dest in annotation:
                target = str(annotation.Dest)
                annotation.Contents = String(texts.get(target, target))
