"""Files that are each wrong in exactly one way: the good one, changed by one function.

The first word of a case's name, before a slash, is the rule that has to fire, and no other may.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from brochure.measures import mm_to_pt
from brochure.printers import Marks, Printer, Standard
from preflight.base import (
    BOTTOM,
    HEIGHT,
    LEFT,
    WIDTH,
    box,
    good,
    image_stream,
    printer,
    ramp,
    saved,
    shown,
    tint,
)

Change = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """How the good file of a standard is changed, and by whose printer it is judged."""

    name: str
    change: Change
    printer: Printer
    options: dict[str, object]
    also: frozenset[str]
    after: Callable[[bytes], bytes]

    @property
    def rules(self) -> set[str]:
        """What has to fire: the rule of the name, and what cannot be kept apart from it."""
        return {self.name.partition("/")[0], *self.also}

    def bytes(self) -> bytes:
        standard = self.printer.standard
        pdf = good(standard)
        self.change(pdf)
        return self.after(saved(pdf, standard, **self.options))


CASES: dict[str, Case] = {}
X1A = replace(printer("x3-coated"), standard=Standard.X1A)


def case(
    name: str,
    by: Printer | None = None,
    also: str = "",
    after: Callable[[bytes], bytes] = bytes,
    **options: object,
) -> Callable[[Change], Change]:
    def add(change: Change) -> Change:
        CASES[name] = Case(
            name=name,
            change=change,
            printer=by or printer(),
            options=dict(options),
            also=frozenset(also.split()),
            after=after,
        )
        return change

    return add


def paint(pdf: pikepdf.Pdf, operators: str) -> None:
    """Add operators to the end of the first page."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + f"\nq {operators} Q".encode())


def resource(pdf: pikepdf.Pdf, category: str, name: str, item: object) -> None:
    resources = pdf.pages[0].obj.Resources
    if f"/{category}" not in resources:
        resources[f"/{category}"] = Dictionary()
    resources[f"/{category}"][f"/{name}"] = item


def square(x: float = 200, y: float = 300, size: float = 40) -> str:
    return f"{LEFT + x} {BOTTOM + y} {size} {size} re f"


def text(size: float = 10, x: float = 60, y: float = 300) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {LEFT + x} {BOTTOM + y} Tm {shown()} Tj ET"


def placed(name: str, size: float = mm_to_pt(20)) -> str:
    return f"{size} 0 0 {size} {LEFT + 200} {BOTTOM + 200} cm /{name} Do"


def form(pdf: pikepdf.Pdf, operators: str, **entries: object) -> object:
    stream = pdf.make_stream(operators.encode())
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, 600, 700])
    stream.Resources = pdf.pages[0].obj.Resources
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


# --- boxes and pages


@case("box-missing")
def _(pdf):
    del pdf.pages[0].obj.TrimBox


@case("box-both")
def _(pdf):
    pdf.pages[0].obj.ArtBox = box(0)


@case("box-nesting/bleed within trim")
def _(pdf):
    pdf.pages[0].obj.BleedBox = box(-1)


@case("box-nesting/trim beyond the crop box")
def _(pdf):
    pdf.pages[1].obj.CropBox = box(-2)


@case("box-bleed")
def _(pdf):
    pdf.pages[0].obj.BleedBox = box(mm_to_pt(2))


@case("page-size")
def _(pdf):
    page = pdf.pages[2].obj
    page.TrimBox = box(-3)


@case("box-origin")
def _(pdf):
    page = pdf.pages[0].obj
    page.MediaBox = Array([-5, -5, *list(page.MediaBox)[2:]])


@case("page-turned/rotated")
def _(pdf):
    pdf.pages[0].obj.Rotate = 90


@case("page-turned/enlarged")
def _(pdf):
    pdf.pages[0].obj.UserUnit = 2


@case("page-count")
def _(pdf):
    del pdf.pages[3]


@case("page-order")
def _(pdf):
    falling = [part for n in range(4) for part in (n, Dictionary(S=Name.D, St=4 - n))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(falling))


@case("page-order/rising where last comes first", by=printer("right-to-left-book"))
def _(pdf):
    for page in pdf.pages:  # this printer wants 5 mm
        wide = mm_to_pt(5)
        page.obj.BleedBox = box(wide)
        area = f"{LEFT - wide} {BOTTOM - wide} {WIDTH + 2 * wide} {HEIGHT + 2 * wide} re f"
        start = f"q /Knock gs 0.1 0 0.05 0 k {area} Q\n".encode()
        page.obj.Contents = pdf.make_stream(
            start + page.obj.Contents.read_bytes().partition(b"Q")[2]
        )


@case("marks", by=replace(printer(), marks=Marks.NONE))
def _(pdf):
    pass  # the good file has marks


# --- edges


@case("bleed-short/stops at the trim")
def _(pdf):
    paint(pdf, f"0 0.5 0.5 0 k {LEFT} {BOTTOM + 200} 100 100 re f")


@case("bleed-short/stops in the bleed")
def _(pdf):
    paint(pdf, f"0 0.5 0.5 0 k {LEFT + 100} {BOTTOM - 4} 100 100 re f")


@case("bleed-short/clipped at the trim")
def _(pdf):
    area = f"{LEFT} {BOTTOM} {WIDTH} {HEIGHT} re W n"
    paint(pdf, f"{area} 0 0.5 0.5 0 k {LEFT + WIDTH - 100} {BOTTOM + 100} 150 100 re f")


@case("safe-zone/text")
def _(pdf):
    paint(pdf, f"/Over gs 0 0 0 1 k {text(x=mm_to_pt(2))}")


@case("safe-zone/text cut off")
def _(pdf):
    paint(pdf, f"/Over gs 0 0 0 1 k {text(x=WIDTH - 30)}")


@case("safe-zone/a small thing")
def _(pdf):
    paint(pdf, f"0 1 0 0 k {square(x=5, size=20)}")


# --- colour


@case("colour-rgb/area")
def _(pdf):
    paint(pdf, f"0.9 0.7 0.6 rg {square()}")


@case("colour-rgb/line")
def _(pdf):
    paint(pdf, f"0.9 0.7 0.6 RG 2 w {LEFT + 60} {BOTTOM + 90} m {LEFT + 90} {BOTTOM + 90} l S")


@case("colour-rgb/text")
def _(pdf):
    paint(pdf, f"0.9 0.7 0.6 rg {text()}")


@case("colour-rgb/set by scn")
def _(pdf):
    paint(pdf, f"/DeviceRGB cs 0.9 0.7 0.6 scn {square()}")


@case("colour-rgb/indexed")
def _(pdf):
    lookup = String(bytes([200, 180, 160, 250, 240, 230]))
    resource(pdf, "ColorSpace", "Palette", Array([Name.Indexed, Name.DeviceRGB, 1, lookup]))
    paint(pdf, f"/Palette cs 1 sc {square()}")


@case("colour-rgb/a spot's stand-in")
def _(pdf):
    space = [Name.Separation, Name.Gold, Name.DeviceRGB, tint(pdf, [1, 1, 1], [0.9, 0.8, 0.5])]
    resource(pdf, "ColorSpace", "Gold", Array(space))
    paint(pdf, f"/Gold cs 1 scn {square()}")


@case("colour-rgb/picture")
def _(pdf):
    image = Image.new("RGB", (240, 240), (220, 200, 180))
    resource(pdf, "XObject", "Im2", image_stream(pdf, image, Name.DeviceRGB))
    paint(pdf, placed("Im2"))


@case("colour-rgb/inline picture")
def _(pdf):
    place = f"20 0 0 20 {LEFT + 200} {BOTTOM + 200} cm"
    pixels = "dcc8b4" * 64 * 64
    image = f"BI /W 64 /H 64 /BPC 8 /CS /RGB /F /AHx ID {pixels}> EI"
    paint(pdf, f"{place} {image}")


@case("colour-rgb/form within a form")
def _(pdf):
    resource(pdf, "XObject", "Inner", form(pdf, f"0.9 0.7 0.6 rg {square()}"))
    resource(pdf, "XObject", "Outer", form(pdf, "/Inner Do"))
    paint(pdf, "/Outer Do")


@case("colour-rgb/pattern")
def _(pdf):
    cell = form(pdf, "0.9 0.7 0.6 rg 0 0 5 5 re f", BBox=Array([0, 0, 10, 10]))
    del cell.Subtype
    cell.Type, cell.PatternType, cell.PaintType, cell.TilingType = Name.Pattern, 1, 1, 1
    cell.XStep = cell.YStep = 10
    cell.Matrix = Array([1, 0, 0, 1, LEFT + 200, BOTTOM + 300])
    resource(pdf, "Pattern", "P1", cell)
    paint(pdf, f"/Pattern cs /P1 scn {square()}")


@case("colour-rgb/pattern without colours of its own")
def _(pdf):
    cell = form(pdf, "0 0 5 5 re f", BBox=Array([0, 0, 10, 10]))
    del cell.Subtype
    cell.Type, cell.PatternType, cell.PaintType, cell.TilingType = Name.Pattern, 1, 2, 1
    cell.XStep = cell.YStep = 10
    cell.Matrix = Array([1, 0, 0, 1, LEFT + 200, BOTTOM + 300])
    resource(pdf, "Pattern", "P1", cell)
    resource(pdf, "ColorSpace", "Tiles", Array([Name.Pattern, Name.DeviceRGB]))
    paint(pdf, f"/Tiles cs 0.9 0.7 0.6 /P1 scn {square()}")


def _gradient(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([LEFT + 200, 0, LEFT + 240, 0]),
        Function=tint(pdf, [1, 1, 1], [0.9, 0.7, 0.6]),
    )


@case("colour-rgb/gradient")
def _(pdf):
    resource(pdf, "Shading", "Sh1", _gradient(pdf))
    paint(pdf, f"{square().replace(' f', ' W n')} /Sh1 sh")


@case("colour-rgb/gradient as a pattern")
def _(pdf):
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=_gradient(pdf))
    resource(pdf, "Pattern", "P1", pattern)
    paint(pdf, f"/Pattern cs /P1 scn {square()}")


@case("colour-rgb/soft mask")
def _(pdf):
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = form(pdf, f"0.9 0.7 0.6 rg {square()}", Group=group)
    state = Dictionary(
        Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(mask))
    )
    resource(pdf, "ExtGState", "Masked", state)
    paint(pdf, f"/Masked gs 0.2 0 0 0 k {square()}")


@case("colour-rgb/glyph of a drawn font", also="font-type3")
def _(pdf):
    pdf.pages[0].obj.Resources.Font.T3 = _drawn_font(
        pdf, "1000 0 d0 0.9 0.7 0.6 rg 0 0 600 600 re f"
    )
    paint(pdf, _drawn())


@case("colour-rgb/annotation's appearance")
def _(pdf):
    look = form(pdf, "0.9 0.7 0.6 rg 0 0 10 10 re f", BBox=Array([0, 0, 10, 10]))
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([2, 2, 12, 12]),
        AP=Dictionary(N=pdf.make_indirect(look)),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([annotation])


def _icc(pdf: pikepdf.Pdf) -> Array:
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    return Array([Name.ICCBased, profile])


@case("colour-calibrated/RGB by a profile")
def _(pdf):
    resource(pdf, "ColorSpace", "sRGB", _icc(pdf))
    paint(pdf, f"/sRGB cs 0.9 0.7 0.6 scn {square()}")


@case("colour-calibrated/stands in for RGB")
def _(pdf):
    resource(pdf, "ColorSpace", "DefaultRGB", _icc(pdf))
    paint(pdf, f"0.9 0.7 0.6 rg {square()}")


@case("colour-calibrated/CalRGB")
def _(pdf):
    space = Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.9505, 1, 1.089]))])
    resource(pdf, "ColorSpace", "Cal", space)
    paint(pdf, f"/Cal cs 0.9 0.7 0.6 sc {square()}")


@case("colour-calibrated/Lab")
def _(pdf):
    space = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]))])
    resource(pdf, "ColorSpace", "Lab", space)
    paint(pdf, f"/Lab cs 80 10 10 sc {square()}")


@case("colour-unknown")
def _(pdf):
    paint(pdf, f"/Nowhere cs 0.5 sc {square()}")


@case("registration")
def _(pdf):
    paint(pdf, f"/All cs 0.5 scn {square()}")


# --- ink and black


@case("ink-vector")
def _(pdf):
    paint(pdf, f"0.8 0.8 0.8 0.8 k {square()}")


@case("ink-vector/gradient")
def _(pdf):
    shading = _gradient(pdf)
    shading.ColorSpace = Name.DeviceCMYK
    shading.Function = tint(pdf, [0, 0, 0, 0], [1, 0.9, 0.8, 0.7])
    resource(pdf, "Shading", "Sh1", shading)
    paint(pdf, f"{square().replace(' f', ' W n')} /Sh1 sh")


@case("ink-overlaid/overprinted")
def _(pdf):
    paint(pdf, f"0.9 0.8 0.7 0 k {square()} /Over gs 0 0 0 1 k {square(205, 305, 20)}")


@case("ink-overlaid/multiplied")
def _(pdf):
    resource(pdf, "ExtGState", "Mult", Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
    paint(pdf, f"0.9 0.9 0.9 0 k {square()} /Mult gs 0.5 0.5 0.5 0.9 k {square(205, 305, 20)}")


@case("ink-picture")
def _(pdf):
    image = Image.new("CMYK", (240, 240), (220, 220, 200, 200))
    resource(pdf, "XObject", "Im2", image_stream(pdf, image, Name.DeviceCMYK))
    paint(pdf, placed("Im2"))


@case("ink-picture/JPEG")
def _(pdf):
    buffer = io.BytesIO()
    Image.new("CMYK", (240, 240), (20, 20, 40, 40)).save(buffer, "JPEG", quality=95)
    stream = image_stream(pdf, Image.new("CMYK", (240, 240)), Name.DeviceCMYK)
    stream.write(buffer.getvalue(), filter=Name.DCTDecode)
    # Pillow stores inks the way round that Photoshop does; without Decode they are read as stored.
    resource(pdf, "XObject", "Im2", stream)
    paint(pdf, placed("Im2"))


@case("ink-rendered", by=replace(printer(), total_ink_percent=240), also="colour-rgb")
def _(pdf):
    paint(pdf, f"0.02 0.02 0.05 rg {square()}")


@case("black-mixed")
def _(pdf):
    paint(pdf, f"0.6 0.4 0.4 1 k {text()}")


@case("black-overprint")
def _(pdf):
    paint(pdf, f"/Knock gs 0 0 0 1 k {text()}")


@case("black-overprint/gray")
def _(pdf):
    paint(pdf, f"/Knock gs 0 g {text()}")


@case("black-knockout", by=replace(printer(), overprints_black=False))
def _(pdf):
    pass  # the good file's black overprints


@case("white-overprint/area")
def _(pdf):
    paint(pdf, f"/Over gs 0 0 0 0 k {square()}")


@case("white-overprint/text")
def _(pdf):
    paint(pdf, f"/Over gs 1 g {text()}")


# --- pictures


@case("picture-dpi")
def _(pdf):
    resource(pdf, "XObject", "Im2", image_stream(pdf, ramp(100), Name.DeviceCMYK))
    paint(pdf, placed("Im2"))


@case("picture-dpi/turned and in a form")
def _(pdf):
    resource(pdf, "XObject", "Im2", image_stream(pdf, ramp(100), Name.DeviceCMYK))
    inner = form(pdf, "0 50 -50 0 100 0 cm /Im2 Do", Matrix=Array([1, 0, 0, 1, LEFT + 100, 300]))
    resource(pdf, "XObject", "Turned", inner)
    paint(pdf, "/Turned Do")


@case("line-art-dpi")
def _(pdf):
    image = Image.linear_gradient("L").convert("1")
    resource(pdf, "XObject", "Im2", image_stream(pdf, image, Name.DeviceGray, bits=1))
    paint(pdf, placed("Im2"))


@case("line-art-dpi/stencil")
def _(pdf):
    stream = image_stream(pdf, Image.linear_gradient("L").convert("1"), Name.DeviceGray, bits=1)
    del stream.ColorSpace
    stream.ImageMask = True
    resource(pdf, "XObject", "Im2", stream)
    paint(pdf, f"0 0 0 0.5 k {placed('Im2')}")


@case("picture-depth", by=X1A)
def _(pdf):
    stream = pdf.make_stream(b"\0\x80" * 240 * 240)
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    stream.Width = stream.Height = 240
    stream.BitsPerComponent = 16
    resource(pdf, "XObject", "Im2", stream)
    paint(pdf, placed("Im2"))


@case("picture-alternate")
def _(pdf):
    stream = pdf.pages[0].obj.Resources.XObject.Im1
    stream.Alternates = Array([Dictionary(Image=pdf.make_indirect(Dictionary()))])


@case("filter/LZW", compress_streams=False)
def _(pdf):
    # The code for “clear”, four zeros and “end”, nine bits each (ISO 32000-1, 7.4.4).
    bits = "".join(f"{code:09b}" for code in (256, 0, 0, 0, 0, 257))
    data = int(bits.ljust(56, "0"), 2).to_bytes(7, "big")
    stream = image_stream(pdf, Image.new("CMYK", (1, 1)), Name.DeviceCMYK)
    stream.write(data, filter=Name.LZWDecode)
    resource(pdf, "XObject", "Im2", stream)
    paint(pdf, placed("Im2", 1))


@case("filter/JPEG 2000 in PDF 1.4", by=X1A)
def _(pdf):
    buffer = io.BytesIO()
    Image.new("L", (240, 240), 128).save(buffer, "JPEG2000")
    stream = image_stream(pdf, Image.new("L", (240, 240)), Name.DeviceGray)
    stream.write(buffer.getvalue(), filter=Name.JPXDecode)
    resource(pdf, "XObject", "Im2", stream)
    paint(pdf, placed("Im2"))


# --- text and lines


@case("font-missing")
def _(pdf):
    descendant = pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0]
    del descendant.FontDescriptor.FontFile2


@case("glyph-missing/no such glyph")
def _(pdf):
    cmap = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
    more = b"1 beginbfchar <0fff> <0041> endbfchar endcmap"
    cmap.write(cmap.read_bytes().replace(b"endcmap", more))
    paint(pdf, f"/Over gs 0 0 0 1 k {text().replace(shown(), '<0fff>')}")


@case("glyph-missing/the empty box")
def _(pdf):
    cmap = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
    more = b"1 beginbfchar <0000> <0041> endbfchar endcmap"
    cmap.write(cmap.read_bytes().replace(b"endcmap", more))
    paint(pdf, f"/Over gs 0 0 0 1 k {text().replace(shown(), '<0000>')}")


def _drawn_font(pdf: pikepdf.Pdf, glyph: str) -> object:
    cmap = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <0061> endbfchar"
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=97, LastChar=97,
            Widths=Array([1000]), Resources=Dictionary(),
            CharProcs=Dictionary(a=pdf.make_stream(glyph.encode())),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
            ToUnicode=pdf.make_stream(cmap),
        )
    )  # fmt: skip


def _drawn() -> str:
    return f"0 0 0 0.5 k BT /T3 10 Tf 1 0 0 1 {LEFT + 60} {BOTTOM + 300} Tm (a) Tj ET"


@case("font-type3")
def _(pdf):
    pdf.pages[0].obj.Resources.Font.T3 = _drawn_font(pdf, "1000 0 0 0 600 600 d1 0 0 600 600 re f")
    paint(pdf, _drawn())


@case("text-unmapped/no map")
def _(pdf):
    del pdf.pages[0].obj.Resources.Font.F1.ToUnicode


@case("text-unmapped/a letter left out")
def _(pdf):
    cmap = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
    cmap.write(cmap.read_bytes().replace(b"<0050>", b"<fffd>"))


@case("text-outlines")
def _(pdf):
    page = pdf.pages[0].obj
    start, _, end = page.Contents.read_bytes().partition(b"q /Over")
    page.Contents = pdf.make_stream(start + end.partition(b"\n")[2])
    for n in range(80):
        x, y = LEFT + 60 + n % 20 * 10, BOTTOM + 300 + n // 20 * 12
        paint(pdf, f"0 0 0 1 k {x} {y} m {x + 3} {y + 9} {x + 6} {y + 9} {x + 7} {y} c f")


@case("type-small")
def _(pdf):
    paint(pdf, f"/Over gs 0 0 0 1 k {text(size=4)}")


@case("type-small/by the matrix")
def _(pdf):
    paint(pdf, f"/Over gs 0 0 0 1 k 0.4 0 0 0.4 100 200 cm {text()}")


@case("type-small-mixed/in two inks")
def _(pdf):
    paint(pdf, f"0.5 0.5 0 0 k {text(size=5.5)}")


@case("type-small-mixed/reversed")
def _(pdf):
    paint(pdf, f"0 0 0 0 k {text(size=5.5)}")


@case("hairline/line")
def _(pdf):
    paint(pdf, f"0 0 0 1 K 0.1 w {LEFT + 60} {BOTTOM + 90} m {LEFT + 99} {BOTTOM + 90} l S")


@case("hairline/of no width")
def _(pdf):
    paint(pdf, f"0 0 0 1 K 0 w {LEFT + 60} {BOTTOM + 90} m {LEFT + 99} {BOTTOM + 90} l S")


@case("hairline/a thin area")
def _(pdf):
    paint(pdf, f"0 0 0 1 k {LEFT + 60} {BOTTOM + 90} 40 0.1 re f")


# --- transparency and layers


@case("transparency/opacity", by=X1A)
def _(pdf):
    resource(pdf, "ExtGState", "Half", Dictionary(Type=Name.ExtGState, ca=0.5))
    paint(pdf, f"/Half gs 0.2 0 0 0 k {square()}")


@case("transparency/blend mode", by=X1A)
def _(pdf):
    resource(pdf, "ExtGState", "Screen", Dictionary(Type=Name.ExtGState, BM=Name.Screen))
    paint(pdf, f"/Screen gs 0.2 0 0 0 k {square()}")


@case("transparency/a picture's soft mask", by=X1A)
def _(pdf):
    picture = pdf.pages[0].obj.Resources.XObject.Im1
    picture.SMask = image_stream(pdf, Image.new("L", (10, 10), 99), Name.DeviceGray)


@case("transparency/group", by=X1A)
def _(pdf):
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    resource(pdf, "XObject", "Group", form(pdf, f"0.2 0 0 0 k {square()}", Group=group))
    paint(pdf, "/Group Do")


@case("blend-space")
def _(pdf):
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def _layers(pdf: pikepdf.Pdf, **entries: object) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    default = Dictionary(Order=Array([layer]), **entries)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default)


@case("layers", by=X1A)
def _(pdf):
    _layers(pdf)


@case("layers-automatic")
def _(pdf):
    _layers(pdf, AS=Array([Dictionary(Event=Name.Print, Category=Array([Name.Print]))]))


# --- output intent and metadata


@case("intent-count/none")
def _(pdf):
    del pdf.Root.OutputIntents


@case("intent-count/two")
def _(pdf):
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


@case("intent-count/of another kind")
def _(pdf):
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


@case("intent-identifier")
def _(pdf):
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA47")


@case("intent-registry")
def _(pdf):
    del pdf.Root.OutputIntents[0].RegistryName


@case("intent-profile/RGB")
def _(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile = _icc(pdf)[1]


@case("intent-profile/wrong N")
def _(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


@case("intent-unwanted", by=printer("no-profiles"))
def _(pdf):
    pass  # the good file has its profile


@case("intent-bare")
def _(pdf):
    del pdf.Root.OutputIntents[0].DestOutputProfile


def _in_xmp(pdf: pikepdf.Pdf, before: bytes, after: bytes) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert before in packet
    pdf.Root.Metadata.write(packet.replace(before, after))


@case("claim/none")
def _(pdf):
    del pdf.Root.Metadata


@case("claim/another standard")
def _(pdf):
    _in_xmp(pdf, b"PDF/X-4<", b"PDF/X-4p<")


@case("claim/PDF X-3 without Info", by=printer("x3-coated"))
def _(pdf):
    del pdf.docinfo.GTS_PDFXVersion


@case("claim-xmp")
def _(pdf):
    pdf.docinfo.GTS_PDFXVersion = String("PDF/X-3:2003")


@case("trapped/none")
def _(pdf):
    del pdf.docinfo.Trapped


@case("trapped/unknown")
def _(pdf):
    pdf.docinfo.Trapped = Name.Unknown


@case("title")
def _(pdf):
    del pdf.docinfo.Title


@case("dates")
def _(pdf):
    del pdf.docinfo.ModDate


@case("info-xmp/title")
def _(pdf):
    _in_xmp(pdf, b"A good file", b"Another file")


@case("info-xmp/date")
def _(pdf):
    _in_xmp(pdf, b"<xmp:CreateDate>2026", b"<xmp:CreateDate>2025")


@case("info-xmp/trapped")
def _(pdf):
    _in_xmp(pdf, b"<pdf:Trapped>False", b"<pdf:Trapped>True")


@case(
    "identifier",
    object_stream_mode=pikepdf.ObjectStreamMode.disable,
    after=lambda data: data.replace(b"/ID [", b"/No ["),
)
def _(pdf):
    pass


@case("pdf-version", by=X1A, object_stream_mode=pikepdf.ObjectStreamMode.generate)
def _(pdf):
    pass


# --- interaction, and what else is forbidden


@case("annotation/link")
def _(pdf):
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 120]),
        Dest=Array([pdf.pages[1].obj, Name.Fit]),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([link])


@case("action/on opening")
def _(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.Named, N=Name.Print)


@case("action/JavaScript")
def _(pdf):
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


@case("action/of a page")
def _(pdf):
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


@case("form-fields")
def _(pdf):
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


@case("embedded-file")
def _(pdf):
    pdf.attachments["notes.txt"] = b"notes"


@case("encryption", encryption=pikepdf.Encryption(owner="owner", user=""))
def _(pdf):
    pass


@case("postscript")
def _(pdf):
    stream = pdf.make_stream(b"showpage")
    stream.Type, stream.Subtype = Name.XObject, Name.PS
    resource(pdf, "XObject", "Program", stream)


@case("external/OPI")
def _(pdf):
    stand_in = Dictionary(Type=Name.OPI, Version=2.0)
    pdf.pages[0].obj.Resources.XObject.Im1.OPI = Dictionary({"/2.0": stand_in})


@case("transfer")
def _(pdf):
    curve = tint(pdf, [1], [0])
    resource(pdf, "ExtGState", "Curve", Dictionary(Type=Name.ExtGState, TR=curve))


@case("halftone")
def _(pdf):
    screen = Dictionary(Type=Name.Halftone, HalftoneType=6, Width=8, Height=8)
    resource(pdf, "ExtGState", "Screen", Dictionary(Type=Name.ExtGState, HT=screen))


@case("damaged/wrong operands")
def _(pdf):
    paint(pdf, "1 0 0 cm")


@case("damaged/unpacks to nonsense", compress_streams=False)
def _(pdf):
    stream = form(pdf, "")
    stream.write(b"this was never packed", filter=Name.FlateDecode)
    resource(pdf, "XObject", "Broken", stream)
    paint(pdf, "/Broken Do")
