"""Whatever the engine can draw comes out in inks, and looks as before."""

import base64
import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest
import weasyprint
from pikepdf import Name
from PIL import Image, ImageChops, ImageStat

from brochure.assets import DEFAULTS
from brochure.pdf.plates import separate_file
from brochure.pdf.separations import Plates
from brochure.printers import Ink, Intent, Spot
from brochure.separation import Separation
from pdf import clinics, inks

PLATES = Plates(
    separation=Separation(
        profile=Path(DEFAULTS / "printers/profiles/FOGRA39L_coated.icc"),
        intent=Intent.RELATIVE,
        total_ink_percent=300,
    ),
    spots=(Spot(name="Sea", alternate=Ink(cyan=100, magenta=0, yellow=20, black=40)),),
    overprints_black=True,
    rich_black=(0.6, 0.4, 0.4, 1),
)


def picture(kind: str) -> str:
    image = Image.open(io.BytesIO(clinics.picture(width=60, height=40)))
    if kind == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG" if kind == "JPEG" else "PNG")
    data = base64.b64encode(buffer.getvalue()).decode()
    return f"data:image/{'jpeg' if kind == 'JPEG' else 'png'};base64,{data}"


SVG = """<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60' viewBox='0 0 90 60'>
<defs>
<pattern id='dots' width='6' height='6' patternUnits='userSpaceOnUse'>
<circle cx='3' cy='3' r='2' fill='#a33'/></pattern>
<linearGradient id='fade'><stop offset='0' stop-color='#fa0'/>
<stop offset='1' stop-color='#05a' stop-opacity='0.2'/></linearGradient>
<mask id='hole'><rect width='30' height='60' fill='white'/>
<circle cx='15' cy='30' r='9' fill='black'/></mask>
</defs>
<rect width='30' height='60' fill='#0a6' mask='url(#hole)'/>
<rect x='30' width='30' height='60' fill='url(#dots)' stroke='#036'/>
<rect x='60' width='30' height='60' fill='url(#fade)' opacity='0.8'/>
</svg>"""
HTML = f"""<style>@page {{ size: 120mm 160mm; margin: 9mm; background: #f6f1ea }}
img, div {{ width: 40mm; height: 20mm; margin: 2mm }}</style>
<p style="color: #222">dark <b style="color: oklch(0.5 0.1 200)">teal</b>
<i style="color: device-cmyk(0.5 0 0.1 0.2)">spot</i></p>
<div style="background: linear-gradient(90deg, #c33, #fff 40%, #038)"></div>
<div style="background: radial-gradient(rgb(0 80 0 / 20%), #ff0)"></div>
<div style="background: #805; opacity: 0.5; border: 1px dashed #060">group</div>
<img src="{picture("RGB")}"><img src="{picture("RGBA")}"><img src="{picture("JPEG")}">
<img src="data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}">"""


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return weasyprint.HTML(string=HTML).write_pdf()


@pytest.fixture(scope="module")
def separated(drawn) -> bytes:
    return separate(drawn)


def separate(drawn: bytes, *, has_groups: bool = True) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as file:
        separate_file(file, PLATES, has_groups=has_groups)
        output = io.BytesIO()
        file.save(output, static_id=True)
    return output.getvalue()


def seen(pdf: bytes) -> Image.Image:
    with pymupdf.open(stream=pdf) as view:
        page = view[0].get_pixmap(dpi=60)
        return Image.frombytes("RGB", (page.width, page.height), page.samples)


def samples(image: pikepdf.Stream) -> bytes:
    if image.get(Name.Filter) == Name.DCTDecode:
        return Image.open(io.BytesIO(image.read_raw_bytes())).tobytes()
    return image.read_bytes()


def test_the_page_before_has_every_kind_of_colour(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as file:
        assert {"DeviceRGB", "Lab", "DeviceCMYK", "Pattern"} <= inks.spaces(file)


def test_nothing_is_left_in_light(separated):
    with pikepdf.open(io.BytesIO(separated)) as file:
        assert inks.spaces(file) <= {"DeviceCMYK", "DeviceGray", "Separation", "Pattern"}


def test_the_page_looks_as_before(drawn, separated):
    difference = ImageChops.difference(seen(drawn), seen(separated))

    assert max(ImageStat.Stat(difference).mean) < 12


def test_pictures_are_within_the_total_ink(separated):
    with pikepdf.open(io.BytesIO(separated)) as file:
        pictures = [
            samples(item)
            for item in file.objects
            if isinstance(item, pikepdf.Stream) and item.get(Name.ColorSpace) == Name.DeviceCMYK
            if item.get(Name.Subtype) == Name.Image
        ]
    assert len(pictures) == 3
    for data in pictures:
        assert max(sum(data[at : at + 4]) for at in range(0, len(data), 4)) <= 3.0 * 255


def test_a_tint_of_the_spot_is_on_its_own_plate(separated):
    with pikepdf.open(io.BytesIO(separated)) as file:
        lines = [str(operator) for _, operator in pikepdf.parse_content_stream(file.pages[0])]
        space = file.pages[0].Resources.ColorSpace.Spot0

    assert "scn" in lines
    assert list(space)[:3] == [Name.Separation, Name.Sea, Name.DeviceCMYK]
    assert [float(ink) for ink in space[3].C1] == [1, 0, 0.2, 0.4]


def test_groups_blend_in_inks_or_are_none(drawn, separated):
    def groups(pdf: bytes) -> list[str]:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            items = [item for item in file.objects if isinstance(item, pikepdf.Stream)]
            return [str(item.Group.get(Name.CS)) for item in items if Name.Group in item]

    assert set(groups(separated)) <= {"/DeviceCMYK", "/DeviceGray"}
    assert len(groups(separate(drawn, has_groups=False))) < len(groups(separated))


def test_the_same_file_gives_the_same_bytes(drawn, separated):
    assert separate(drawn) == separated
