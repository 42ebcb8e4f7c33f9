"""A small file that every print shop takes, made from nothing: what each case breaks in one way.

Four pages of A5 with 3 mm of bleed, crop marks, a background, black text, a line, a picture in
inks and an output intent: PDF/X-4, or X-1a:2003 or X-3:2003 by its claim.
"""

import io
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from brochure.assets import DEFAULTS, assets_of
from brochure.measures import mm_to_pt
from brochure.printer_files import printer_named
from brochure.printers import Printer, Standard

WORDS = "Preflight 123"
WIDTH, HEIGHT = mm_to_pt(148), mm_to_pt(210)
BLEED = mm_to_pt(3)
SLUG = 20.0
LEFT = BOTTOM = SLUG + BLEED
"""Of the trim, in points from the lower left of the medium."""


def printer(name: str = "generic-coated") -> Printer:
    return printer_named(assets_of(Path()), name)


def box(outset: float) -> Array:
    """The trim box, that much larger on every side."""
    corners = (LEFT - outset, BOTTOM - outset, LEFT + WIDTH + outset, BOTTOM + HEIGHT + outset)
    return Array([round(number, 4) for number in corners])


@cache
def font_program() -> tuple[bytes, dict[str, int], dict[int, int]]:
    """Noto Sans with the letters of `WORDS`: its bytes, glyphs by letter, widths by glyph."""
    with TTFont(DEFAULTS / "fonts/NotoSans-Regular.ttf") as font:
        subsetter = Subsetter(Options(layout_features=[], notdef_outline=True))
        subsetter.populate(text=WORDS)
        subsetter.subset(font)
        buffer = io.BytesIO()
        font.save(buffer)
        glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        widths = {font.getGlyphID(name): font["hmtx"][name][0] for name in font.getGlyphOrder()}
    return buffer.getvalue(), glyphs, widths


def shown(words: str = WORDS) -> str:
    """Words as a hexadecimal string of their glyphs."""
    _, glyphs, _ = font_program()
    return "<" + "".join(f"{glyphs[letter]:04x}" for letter in words) + ">"


def good(standard: Standard = Standard.X4) -> pikepdf.Pdf:
    """The good file, open and not yet written."""
    pdf = pikepdf.new()
    resources = pdf.make_indirect(
        Dictionary(
            Font=Dictionary(F1=_font(pdf)),
            ExtGState=Dictionary(
                Over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
                Knock=Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=1),
            ),
            ColorSpace=Dictionary(All=_all(pdf)),
            XObject=Dictionary(Im1=_picture(pdf)),
        )
    )
    for _ in range(4):
        pdf.add_blank_page(page_size=(WIDTH + 2 * LEFT, HEIGHT + 2 * BOTTOM))
        page = pdf.pages[-1].obj
        page.TrimBox, page.BleedBox = box(0), box(BLEED)
        page.Resources = resources
        page.Contents = pdf.make_stream(CONTENT.encode())
    _identify(pdf, standard)
    return pdf


def saved(pdf: pikepdf.Pdf, standard: Standard = Standard.X4, **options: object) -> bytes:
    buffer = io.BytesIO()
    mode = pikepdf.ObjectStreamMode
    old = standard is not Standard.X4
    options.setdefault("object_stream_mode", mode.disable if old else mode.generate)
    pdf.save(buffer, **{"deterministic_id": "encryption" not in options, **options})
    return buffer.getvalue()


AREA = f"{LEFT - BLEED} {BOTTOM - BLEED} {WIDTH + 2 * BLEED} {HEIGHT + 2 * BLEED} re"
CONTENT = f"""
q /Knock gs 0.1 0 0.05 0 k {AREA} f Q
q {mm_to_pt(20)} 0 0 {mm_to_pt(20)} {LEFT + 60} {BOTTOM + 200} cm /Im1 Do Q
q /Knock gs 0 0 0 1 K 0.5 w {LEFT + 60} {BOTTOM + 100} m {LEFT + 200} {BOTTOM + 100} l S Q
q /Over gs 0 0 0 1 k BT /F1 10 Tf 1 0 0 1 {LEFT + 60} {BOTTOM + 400} Tm {shown()} Tj ET Q
q /All CS 1 SCN 0.25 w 0 {BOTTOM} m {SLUG - 6} {BOTTOM} l S Q
"""


def _font(pdf: pikepdf.Pdf) -> object:
    program, glyphs, widths = font_program()
    stream = pdf.make_stream(program)
    stream.Length1 = len(program)
    name = Name("/ABCDEF+NotoSans")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array([-200, -300, 1200, 1100]),
        ItalicAngle=0, Ascent=1069, Descent=-293, CapHeight=714, StemV=80,
        FontFile2=stream,
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array([widths[glyph] for glyph in sorted(widths)])]),
    )  # fmt: skip
    pairs = "\n".join(f"<{glyph:04x}> <{ord(letter):04x}>" for letter, glyph in glyphs.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )  # fmt: skip


def _all(pdf: pikepdf.Pdf) -> Array:
    return pdf.make_indirect(
        Array([Name.Separation, Name.All, Name.DeviceCMYK, tint(pdf, [0] * 4, [1] * 4)])
    )


def tint(pdf: pikepdf.Pdf, none: list[float], full: list[float]) -> object:
    return pdf.make_indirect(
        Dictionary(FunctionType=2, Domain=[0, 1], C0=Array(none), C1=Array(full), N=1)
    )


def ramp(size: int) -> Image.Image:
    """A picture in inks, 226 % at most."""
    band = Image.linear_gradient("L").resize((size, size)).point(lambda value: value // 2)
    return Image.merge("CMYK", (band, band.rotate(90), band.rotate(180), band.rotate(270)))


def image_stream(pdf: pikepdf.Pdf, image: Image.Image, space: Name, bits: int = 8) -> object:
    stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = space, bits
    return stream


def _picture(pdf: pikepdf.Pdf) -> object:
    """237 pixels on 20 mm are 301 dpi."""
    return image_stream(pdf, ramp(237), Name.DeviceCMYK)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A good file</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-03-01T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2026-03-01T00:00:00Z</xmp:ModifyDate>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _identify(pdf: pikepdf.Pdf, standard: Standard) -> None:
    info = pdf.docinfo
    info.Title, info.Trapped = String("A good file"), Name("/False")
    info.CreationDate = info.ModDate = String("D:20260301000000Z")
    if standard is not Standard.X4:
        info.GTS_PDFXVersion = String(standard.value)
    stream = pdf.make_stream(XMP.format(standard=standard.value).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    condition = printer().condition
    assert condition is not None
    profile = pdf.make_stream(condition.profile.read_bytes())
    profile.N = 4
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=profile,
        OutputConditionIdentifier=String(condition.identifier),
        RegistryName=String(condition.registry), Info=String(condition.info),
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([intent])
