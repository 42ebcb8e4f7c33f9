"""The print edition's pages: inks only, to the bleed on every side, each page on its proper side.

One small clinic, in English and Arabic, for a printer that wants no marks, so that the sheet ends
where the bleed does.
"""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from brochure import api
from brochure.api.brochures import job_of
from brochure.api.catalogues import catalogues_of
from brochure.api.printers import edition_for
from brochure.measures import mm_to_pt
from brochure.pages.compose import compose_extract, design_brochure
from brochure.pages.composition import Extract
from brochure.pages.edition import PRINT
from brochure.printers import Ink, Spot
from conformance.oracles import absent
from pdf import clinics

PRINTER = "online-coated"
FIRST_TREATMENT = 3
"""After cover, contents and overview, counted from 0."""
LEFT, RIGHT = (200, 60, 40), (40, 90, 160)
SETTINGS = """
[clinic]
slug = "small"
languages = ["en", "ar"]
phones = ["+357 22 123456"]
booking = "https://clinic.example/book"
cover = "cover.png"
[imprint]
version = "1"
date = 2026-01-31
[brand]
accent = "#0F5F63"
accent_spot = { name = "PANTONE 3155 C", alternate = [100, 20, 50, 30] }
[severity]
ink-differs = "off"
[content]
roots = ["content"]
site_root = "."
[language.en]
name = "Small Clinic"
[language.ar]
name = "عيادة صغيرة"
"""
TEXTS = {"en": "A short text.", "ar": "نص قصير."}


def halves() -> bytes:
    picture = Image.new("RGB", (1200, 900), LEFT)
    picture.paste(RIGHT, (600, 0, 1200, 900))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def files(treatments: int) -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {"brochure.toml": SETTINGS, "cover.png": halves()}
    made["picture.png"] = halves()
    for number in range(treatments):
        for tag, text in TEXTS.items():
            head = {"title": f"{text} {number}", "lang": tag, "alt": text}
            head |= {"image": "picture.png"} if number else {}  # the first has a drawn panel
            name = f"content/care/{number:03}-t{number}-{tag}.md"
            made[name] = clinics.treatment(text, **head)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The finished files by language, and the folder of the clinic."""

    folder: Path
    paths: dict[str, Path]


@pytest.fixture(scope="module", params=[1, 2], ids=["one treatment", "two treatments"])
def printed(request, tmp_path_factory) -> Printed:
    folder = clinics.write(tmp_path_factory.mktemp("print"), files(request.param))
    return Printed(folder=folder, paths=clinics.build(folder, printer=PRINTER))


def compositions(folder: Path):
    project = api.open_project(folder)
    job = job_of(project, edition_for(project, PRINT, PRINTER))
    for catalogue in catalogues_of(project).catalogues:
        design, faults = design_brochure(
            catalogue,
            job.settings,
            job.edition,
            assets=job.assets,
            typefaces=job.typefaces,
            site_root=job.site_root,
        )
        assert faults == ()
        anchors = [treatment.anchor for treatment in catalogue.treatments]
        whole = Extract(has_front=True, sections=frozenset(anchors), has_back=True)
        yield compose_extract(design, whole, numbers=dict.fromkeys(anchors, 1), tightness={})


LIGHT = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(|:\s*(?:black|white|gray)\b")


def test_no_style_sheet_and_no_drawing_of_ours_names_a_colour_of_light(printed):
    for composition in compositions(printed.folder):
        drawings = [
            item.data.decode()
            for item in composition.resources
            if item.media_type == "image/svg+xml"
        ]
        assert drawings
        inline = re.findall(r"<svg.*?</svg>", composition.html, re.DOTALL)
        texts = [style.css for style in composition.styles] + drawings + inline
        found = [LIGHT.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)) for text in texts]
        assert [colours for colours in found if colours] == []
        assert any("device-cmyk(0 0 0 1)" in style.css for style in composition.styles)


def test_the_spot_and_what_stands_in_for_it_are_handed_on(printed):
    teal = Ink(cyan=100, magenta=20, yellow=50, black=30)
    for composition in compositions(printed.folder):
        assert composition.spots == (Spot(name="PANTONE 3155 C", alternate=teal),)
        (tokens,) = (style.css for style in composition.styles if style.name == "tokens.css")
        assert "--accent: device-cmyk(1 0.2 0.5 0.3);" in tokens


@cache
def pages_of(path: Path) -> list[Image.Image]:
    """Every page as far as its bleed, a pixel a point."""
    document = pypdfium2.PdfDocument(path)
    rendered = []
    for page in document:
        page.set_cropbox(*page.get_bleedbox())
        rendered.append(page.render(scale=1).to_pil().convert("RGB"))
    document.close()
    return rendered


def is_painted(colour: tuple[int, ...]) -> bool:
    return min(colour) < 253


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_what_touches_the_trim_reaches_the_bleed(printed, tag):
    cover, *_, back = pages_of(printed.paths[tag])
    for page in (cover, back):
        assert all(is_painted(page.getpixel(place)) for place in rim(page))
    picture = pages_of(printed.paths[tag])[FIRST_TREATMENT]
    top = [place for place in rim(picture) if place[1] < mm_to_pt(50)]
    assert all(is_painted(picture.getpixel(place)) for place in top)
    assert not any(is_painted(picture.getpixel(place)) for place in rim(picture)[-10:])


def rim(page: Image.Image) -> list[tuple[int, int]]:
    """Places on the outermost full pixels, from the head to the foot."""
    right, foot = page.width - 3, page.height - 3
    sides = [(x, y) for y in range(2, foot, 9) for x in (2, right)]
    return [(x, 2) for x in range(2, right, 9)] + sides + [(x, foot) for x in range(2, right, 9)]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_back_is_a_verso_and_blanks_before_it_are_empty(printed, tag):
    rendered = pages_of(printed.paths[tag])
    assert len(rendered) % 4 == 0
    with pikepdf.open(printed.paths[tag]) as file:
        assert len(file.pages) == len(rendered)
    blank = [
        number
        for number, page in enumerate(rendered, start=1)
        if not any(is_painted(colour) for _, colour in page.getcolors(maxcolors=1 << 24))
    ]
    assert blank
    assert blank == list(range(blank[0], len(rendered)))


@pytest.mark.parametrize(("tag", "verso"), [("en", 0), ("ar", 1)])
def test_page_numbers_are_at_the_outer_edge(printed, tag, verso):
    """A verso is even, and lies on the left where lines run to the right."""
    for number in (2, 3):
        page = pages_of(printed.paths[tag])[number - 1]
        foot = page.crop((0, int(page.height * 0.93), page.width, page.height - 12))
        left, _, right, _ = ImageChops.invert(foot.convert("L")).getbbox()
        is_right = foot.width - right < left
        assert is_right == (verso == (number % 2 == 0)), number


def test_pictures_come_out_as_they_went_in_whoever_prints_them(printed):
    """Adobe's CMYK JPEGs are written upside down; both readers have to turn them back."""
    if not shutil.which("gs"):
        absent("Ghostscript is not installed (package ghostscript)")
    path = printed.paths["en"]
    for cover in (pages_of(path)[0], cover_by_ghostscript(path)):
        for share, colour in ((0.2, LEFT), (0.8, RIGHT)):
            seen = cover.getpixel((int(cover.width * share), int(mm_to_pt(30))))
            assert all(abs(one - other) < 60 for one, other in zip(seen, colour, strict=True))


def cover_by_ghostscript(path: Path) -> Image.Image:
    run = subprocess.run(
        ["gs", "-q", "-dSAFER", "-sDEVICE=png16m", "-r72", "-dLastPage=1", "-sOutputFile=-",
         str(path)],
        capture_output=True,
        check=True,
    )  # fmt: skip
    return Image.open(io.BytesIO(run.stdout)).convert("RGB")


def test_the_accent_is_printed_on_its_own_plate_and_on_no_other(printed, tmp_path):
    if not shutil.which("gs"):
        absent("Ghostscript is not installed (package ghostscript)")
    plates = f"-sOutputFile={tmp_path}/%d.tif"
    subprocess.run(
        ["gs", "-q", "-dSAFER", "-sDEVICE=tiffsep", "-r36", "-dLastPage=1", plates,
         str(printed.paths["en"])],
        check=True,
        capture_output=True,
    )  # fmt: skip

    foot = {path.stem: foot_of(Image.open(path)) for path in tmp_path.glob("1(*).tif")}
    assert foot.pop("1(PANTONE 3155 C)")[0] == 0
    assert sorted(foot) == ["1(Black)", "1(Cyan)", "1(Magenta)", "1(Yellow)"]
    assert set(foot.values()) == {(255, 255)}


def foot_of(plate: Image.Image) -> tuple[int, int]:
    """The darkest and the lightest sample below the cover's picture; paper is 255."""
    lower = (0, int(plate.height * 0.75), plate.width, plate.height)
    return plate.convert("L").crop(lower).getextrema()
