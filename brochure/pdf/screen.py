"""The screen edition: tagged, accessible and archival at once.

The engine writes PDF/A-2a (ISO 19005-2, level A). This module adds what PDF/UA-1 (ISO 14289-1)
asks for on top: its identification in the XMP with the extension schema that PDF/A wants for it
(ISO 19005-2, 6.6.2.3), list items made of `Lbl` and `LBody` only (ISO 32000-1, 14.8.4.3.3), and
for readers: direction of reading, page labels, keywords. The bytes depend on the content alone.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name, String

from brochure.pages.composition import Composition
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.greys import remove_colours
from brochure.pdf.metadata import UA_CLAIM, write_metadata, write_preferences
from brochure.pdf.sequence import label_pages, leaves_of
from brochure.pdf.structure import repair_structure
from brochure.pdf.text_layer import repair_codes

SCREEN_CLAIMS = f"""\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
{UA_CLAIM}
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
        write_metadata(file, composition, date=composition.date, claims=SCREEN_CLAIMS)
        write_preferences(file, composition)
        label_pages(file, leaves_of(len(file.pages), is_in_spreads=False))
        for font in prepare_screen(file, composition):
            font.write()
        if composition.edition.is_grey:
            remove_colours(file)
        output = io.BytesIO()
        file.save(
            output,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return output.getvalue()


def prepare_screen(file: pikepdf.Pdf, composition: Composition) -> tuple[FontCodes, ...]:
    """Put right what the pages of a file hold; gives the fonts that are left to write."""
    _forbid_interpolation(file)
    repair_structure(file)
    fonts = repair_codes(file, composition)
    _describe_links(file, dict(composition.link_texts))
    return fonts


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
