"""The print edition: what a print shop's preflight wants, made of what the engine drew.

PDF/X-4 (ISO 15930-7), PDF/X-1a:2003 and X-3:2003 (ISO 15930-4 and -6), as the printer says: inks
only, boxes and marks, blanks and page order, output intent, identification, no links. The tags
stay, and with them what PDF/UA-1 asks of a file that is not read on a screen; links become plain
text, because annotations may not lie in the bleed (ISO 15930-7, 6.11). Spreads have no tags, see
`sequence`. The date that PDF/X wants is the imprint's.

What is for an office printer, in RGB and without marks, is no PDF/X; `screen` finishes it.
"""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.languages import Direction
from brochure.measures import mm_to_pt
from brochure.pages.composition import Composition
from brochure.pdf.font_codes import FontCodes
from brochure.pdf.lettering import lettering_font
from brochure.pdf.metadata import PRINTER, UA_CLAIM, identifier, write_metadata, write_preferences
from brochure.pdf.plates import separate_file
from brochure.pdf.separations import Plates
from brochure.pdf.sequence import (
    Leaf,
    bind_spreads,
    blanks_needed,
    insert_blanks,
    label_pages,
    leaves_of,
    reverse,
)
from brochure.pdf.sheets import Slug, place_pages
from brochure.pdf.structure import repair_structure
from brochure.pdf.text_layer import repair_codes
from brochure.printers import OutputCondition, PageOrder, Printer, Standard
from brochure.separation import separation_for

_VERSIONS = {Standard.X1A: "1.4", Standard.X3: "1.4", Standard.X4: "1.6"}
"""Of PDF (ISO 15930-4, 6.2; -6, 6.2; -7, 6.2)."""

_CLAIMS = """\
<rdf:Description rdf:about=""
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<{key}>{standard}</{key}>
<pdf:Trapped>False</pdf:Trapped>
<pdfx:Printer>{printer}</pdfx:Printer>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>"""


def finish_press(linked: bytes, composition: Composition, *, name: str = "") -> bytes:
    """Turn a file linked from parts in inks into what the printer takes.

    `name` is the file's, for the slug line.
    """
    printer = composition.edition.printer
    assert printer is not None, "an edition in inks is for one printer"
    assert composition.date is not None, "a print edition without a date is refused"
    with pikepdf.open(io.BytesIO(linked)) as file:
        for page in file.pages:
            page.contents_coalesce()
        _drop_extras(file)
        leaves = _arrange(file, printer, is_rtl=composition.direction is Direction.RTL)
        place_pages(file, printer, _slug(composition, name))
        write_preferences(file, composition)
        _order(file, printer, leaves)
        _identify(file, printer, composition, linked)
        return _saved(file, printer.standard)


def prepare_press(file: pikepdf.Pdf, composition: Composition) -> tuple[FontCodes, ...]:
    """Bring what the pages of a file hold into inks, without links; gives the fonts to write."""
    printer = composition.edition.printer
    assert printer is not None, "an edition in inks is for one printer"
    repair_structure(file)
    fonts = repair_codes(file, composition)
    _drop_links(file)
    separate_file(file, _plates(printer, composition), has_groups=printer.standard is Standard.X4)
    return fonts


def pages_for(printer: Printer, pages: int) -> int:
    """How many pages a brochure has at this printer's, blanks included."""
    return pages + (blanks_needed(pages, printer.page_multiple) if printer.has_blanks else 0)


def layout_pages(composition: Composition, pages: int) -> tuple[tuple[int | None, ...], ...]:
    """For each page of the finished file, those of the `pages` laid out that are on it, from 0.

    In the order in which they are drawn; None is a blank.
    """
    printer = composition.edition.printer
    if printer is None or not composition.edition.is_in_inks:
        return tuple((page,) for page in range(pages))
    total = pages_for(printer, pages)
    numbers: dict[int, int | None] = dict.fromkeys(range(1, total + 1))
    numbers |= {number: number - 1 for number in range(1, pages)} | {total: pages - 1}
    leaves = leaves_of(total, is_in_spreads=printer.is_in_spreads)
    turn = -1 if composition.direction is Direction.RTL else 1
    placed = tuple(tuple(numbers[number] for number in leaf[::turn]) for leaf in leaves)
    return placed[::-1] if printer.page_order is PageOrder.REVERSED else placed


def _plates(printer: Printer, composition: Composition) -> Plates:
    separation = separation_for(printer)
    assert separation is not None, "a printer of PDF/X has an output condition"
    return Plates(
        separation=separation,
        spots=composition.spots,
        overprints_black=printer.overprints_black,
        rich_black=printer.rich_black.fractions,
    )


def _drop_links(file: pikepdf.Pdf) -> None:
    """Make plain text of every link, in the tag tree too (ISO 32000-1, 14.7.4.4)."""
    for page in file.pages:
        for name in (Name.Annots, Name.Tabs):
            if name in page:
                del page[name]
    for item in file.objects:
        if isinstance(item, Dictionary) and item.get(Name.S) == Name.Link and Name.P in item:
            item.S = Name.Span
            kids = item.get(Name.K, Array())
            kept = [kid for kid in (kids if isinstance(kids, Array) else [kids]) if _is_text(kid)]
            item.K = Array(kept)
    root = file.Root.get(Name.StructTreeRoot)
    if root is not None:
        rows = pikepdf.NumberTree(root.ParentTree)
        for number in [number for number, row in rows.items() if not isinstance(row, Array)]:
            del rows[number]


def _is_text(kid: Any) -> bool:
    return not (isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR)


def _drop_extras(file: pikepdf.Pdf) -> None:
    """Take out what only a viewer could act on."""
    for name in (Name.Names, Name.Dests, Name.OpenAction, Name.AA, Name.AcroForm):
        if name in file.Root:
            del file.Root[name]


def _arrange(file: pikepdf.Pdf, printer: Printer, *, is_rtl: bool) -> tuple[Leaf, ...]:
    """Pad, bind and place the pages; gives what each page of the file holds."""
    insert_blanks(file, pages_for(printer, len(file.pages)) - len(file.pages))
    leaves = leaves_of(len(file.pages), is_in_spreads=printer.is_in_spreads)
    if printer.is_in_spreads:
        bind_spreads(file, leaves, is_rtl=is_rtl, bleed_pt=mm_to_pt(printer.bleed_mm))
    return leaves


def _slug(composition: Composition, name: str) -> Slug:
    date = composition.date.isoformat() if composition.date else ""
    return Slug(
        before=(name, composition.author, composition.language),
        after=(date, composition.version),
        font=lettering_font(composition.families),
    )


def _order(file: pikepdf.Pdf, printer: Printer, leaves: tuple[Leaf, ...]) -> None:
    """Put the pages in the printer's order, and let a viewer show them as they will be bound."""
    if printer.page_order is PageOrder.REVERSED:
        reverse(file)
        leaves = leaves[::-1]
        preferences = file.Root.ViewerPreferences
        is_rtl = preferences.Direction == Name.R2L
        preferences.Direction = Name.L2R if is_rtl else Name.R2L
    if printer.is_in_spreads:
        file.Root.PageLayout = Name.SinglePage
    label_pages(file, leaves)


def _identify(file: pikepdf.Pdf, printer: Printer, composition: Composition, drawn: bytes) -> None:
    """Say which standard the file keeps, and for which press and paper it was made."""
    standard = printer.standard
    key = "pdfxid:GTS_PDFXVersion" if standard is Standard.X4 else "pdfx:GTS_PDFXVersion"
    claims = _CLAIMS.format(
        key=key,
        standard=standard.value,
        printer=escape(printer.name),
        document=identifier(drawn, b"document"),
        instance=identifier(drawn, repr(printer).encode()),
    )
    if not printer.is_in_spreads:
        claims += f"\n{UA_CLAIM}"
    write_metadata(file, composition, date=composition.date, claims=claims)
    info = file.docinfo
    info[Name.Trapped] = Name("/False")
    info[PRINTER] = String(printer.name)
    if standard is not Standard.X4:  # there the XMP says it, and nothing else may
        info[Name.GTS_PDFXVersion] = String(standard.value)
    assert printer.condition is not None, "a printer of PDF/X has an output condition"
    file.Root.OutputIntents = Array([_output_intent(file, printer.condition)])


def _output_intent(file: pikepdf.Pdf, condition: OutputCondition) -> Dictionary:
    """The printing condition (ISO 32000-1, 14.11.5)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        RegistryName=String(condition.registry),
        Info=String(condition.info),
    )
    if condition.is_embedded:
        profile = file.make_stream(condition.profile.read_bytes())
        profile.N = 4
        intent.DestOutputProfile = profile
    return intent


def _saved(file: pikepdf.Pdf, standard: Standard) -> bytes:
    """The finished bytes; PDF 1.4 knows no object streams."""
    version = _VERSIONS[standard]
    streams = pikepdf.ObjectStreamMode
    output = io.BytesIO()
    file.save(
        output,
        min_version=version,
        force_version=version,
        deterministic_id=True,
        object_stream_mode=streams.generate if standard is Standard.X4 else streams.disable,
        compress_streams=True,
    )
    return output.getvalue()
