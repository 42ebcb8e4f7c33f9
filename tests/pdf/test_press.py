"""The print edition as a prepress operator opens it: boxes, plates, pages, claims.

The files are those of `printed`; Poppler, Ghostscript and MuPDF look at them too.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageStat

from brochure.assets import DEFAULTS
from brochure.measures import mm_to_pt
from brochure.pdf.sequence import bookmarks
from conformance.oracles import absent
from pdf import inks, printed
from pdf.printed import GENERIC, LANGUAGES, PRINTERS, REVERSED, SPREADS, X1A

SLUG_MM = {GENERIC: 7, REVERSED: 7, X1A: 11, SPREADS: 11}
BLEED_MM = {GENERIC: 3, REVERSED: 5, X1A: 3, SPREADS: 3}
SHIFT_PT = mm_to_pt(SLUG_MM[GENERIC] + BLEED_MM[GENERIC])
A5_PT = mm_to_pt(148), mm_to_pt(210)
DPI = 100


@pytest.fixture(params=[(printer, tag) for printer in PRINTERS for tag in LANGUAGES])
def one(request, press) -> Iterator[tuple[str, pikepdf.Pdf]]:
    """Every file together with its printer."""
    printer, language = request.param
    with pikepdf.open(press(printer, language)) as file:
        yield printer, file


def objects(file: pikepdf.Pdf) -> Iterator[Any]:
    return (item for item in file.objects if isinstance(item, Dictionary | pikepdf.Stream))


def edges(box: Any) -> list[float]:
    return [float(edge) for edge in box]


class TestGeometry:
    def test_boxes_are_those_of_the_format_and_the_printer(self, one):
        printer, file = one
        bleed, slug = mm_to_pt(BLEED_MM[printer]), mm_to_pt(SLUG_MM[printer])
        for number, page in enumerate(file.pages):
            trim, media = edges(page.TrimBox), edges(page.MediaBox)
            is_open = printer == SPREADS and 0 < number < len(file.pages) - 1
            size = trim[2] - trim[0], trim[3] - trim[1]

            assert size == pytest.approx((A5_PT[0] * (1 + is_open), A5_PT[1]), abs=0.01)
            assert media[:2] == [0, 0]
            assert edges(page.CropBox) == media
            outside = [edge - bleed for edge in trim[:2]]
            outside += [edge + bleed for edge in trim[2:]]
            assert edges(page.BleedBox) == pytest.approx(outside, abs=0.01)
            assert trim[:2] == pytest.approx([bleed + slug] * 2, abs=0.01)

    @pytest.mark.oracle
    def test_poppler_reads_the_same_boxes(self, press):
        if not shutil.which("pdfinfo"):
            absent("pdfinfo is missing: install poppler-utils")
        path = press(GENERIC, "en")
        said = subprocess.run(
            ["pdfinfo", "-box", path], capture_output=True, text=True, check=True
        )
        with pikepdf.open(path) as file:
            for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox"):
                found = re.search(rf"^{name}: +(.*)$", said.stdout, re.MULTILINE)
                wanted = edges(file.pages[0][f"/{name}"])
                assert [float(edge) for edge in found[1].split()] == pytest.approx(
                    wanted, abs=0.01
                )

    def test_nothing_but_marks_lies_beyond_the_bleed(self, press):
        with pymupdf.open(press(GENERIC, "en")) as view:
            for page in view:
                image = gray(page)
                edge = int(mm_to_pt(SLUG_MM[GENERIC]))
                strip = image.crop((0, image.height // 3, edge, image.height // 2))
                assert strip.getextrema()[0] == 255

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_words_stand_where_they_stand_on_the_screen(self, press, language):
        with (
            pymupdf.open(press("screen", language)) as screen,
            pymupdf.open(press(GENERIC, language)) as view,
        ):
            pairs = [(page, view[page.number]) for page in screen][:-1]
            pairs.append((screen[-1], view[-1]))
            for before, after in pairs:
                wanted = [
                    (w[4], round(w[0] + SHIFT_PT), round(w[1] + SHIFT_PT))
                    for w in words(before)
                    if not is_way_back(w, before)
                ]
                assert [(w[4], round(w[0]), round(w[1])) for w in words(after)] == wanted

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_trimmed_page_looks_as_on_the_screen(self, press, language):
        with (
            pymupdf.open(press("screen", language)) as screen,
            pymupdf.open(press(GENERIC, language)) as view,
        ):
            text = pymupdf.Rect(0, A5_PT[1] / 2, *A5_PT)  # pictures are cut anew for the bleed
            for before, after in zip(list(screen)[1:4], list(view)[1:4], strict=True):
                one = gray(before, clip=text)
                other = gray(after, clip=text + (SHIFT_PT,) * 4).resize(one.size)
                assert one.getextrema()[0] < 128
                assert ImageStat.Stat(ImageChops.difference(one, other)).rms[0] < 6


def is_way_back(word: Any, page: pymupdf.Page) -> bool:
    """Whether a word leads back to the overview, which it does on a screen only."""
    place = pymupdf.Rect(word[:4])
    back = [link["from"] for link in page.get_links() if link.get("nameddest") == "overview"]
    return any(place.intersects(link) for link in back)


def words(page: pymupdf.Page) -> list[Any]:
    """Words of more than a letter: the letter in a drawn panel moves with the panel's bleed."""
    found = (word for word in page.get_text("words") if len(word[4]) > 1)
    return sorted(found, key=lambda word: (word[5:], word[4]))


def gray(page: pymupdf.Page, clip: pymupdf.Rect | None = None) -> Image.Image:
    pixels = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY, clip=clip)
    return Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)


class TestColour:
    def test_everything_is_in_inks(self, one):
        _, file = one

        assert inks.spaces(file) <= {"DeviceCMYK", "DeviceGray", "Separation", "Pattern"}

    @pytest.mark.oracle
    def test_ghostscript_finds_text_and_code_on_the_black_plate_alone(self, press, tmp_path):
        path = press(GENERIC, "en")
        plates = plates_of(path, 4, tmp_path)
        with pymupdf.open(path) as view:
            (box,) = view[3].search_for("Sit for 10 minutes")[:1]
        where = tuple(round(edge * DPI / 72) for edge in box)

        assert plates["Black"].crop(where).getextrema()[0] < 128
        for name in ("Cyan", "Magenta", "Yellow", "PANTONE 3165 C"):
            assert name not in plates or plates[name].crop(where).getextrema() == (255, 255)

    @pytest.mark.oracle
    def test_ghostscript_finds_the_spot_on_a_plate_of_its_own(self, press, tmp_path):
        plates = plates_of(press(GENERIC, "en"), 1, tmp_path)

        assert plates["PANTONE 3165 C"].getextrema()[0] == 0

    @pytest.mark.oracle
    def test_poppler_finds_no_picture_in_light(self, press):
        if not shutil.which("pdfimages"):
            absent("pdfimages is missing: install poppler-utils")
        for language in LANGUAGES:
            command = ["pdfimages", "-list", press(GENERIC, language)]
            said = subprocess.run(command, capture_output=True, text=True, check=True)
            rows = [line.split() for line in said.stdout.splitlines()[2:]]
            assert rows
            assert {row[5] for row in rows} <= {"cmyk", "gray"}

    def test_black_text_overprints_where_the_printer_asks(self, press):
        with pikepdf.open(press(GENERIC, "en")) as file:
            page = file.pages[3]
            states = page.Resources.ExtGState
            applied = [
                str(operands[0])
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "gs"
            ]

        assert "/Overprint" in applied
        assert [bool(states.Overprint[key]) for key in ("/OP", "/op")] == [True, True]
        assert int(states.Overprint.OPM) == 1


def plates_of(path: Path, number: int, folder: Path) -> dict[str, Image.Image]:
    """The separations of one page as Ghostscript makes them, white where there is no ink."""
    if not shutil.which("gs"):
        absent("gs is missing: install ghostscript")
    options = [f"-r{DPI}", f"-dFirstPage={number}", f"-dLastPage={number}"]
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", *options]
    subprocess.run([*command, f"-sOutputFile={folder}/p.tif", str(path)], check=True)
    names = {file: re.search(r"\((.*)\)", file.name) for file in folder.glob("p*(*).tif")}
    return {name[1]: Image.open(file).convert("L") for file, name in names.items() if name}


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_blanks_before_the_back_cover_make_the_multiple(self, press, language):
        with (
            pymupdf.open(press("screen", language)) as screen,
            pymupdf.open(press(GENERIC, language)) as view,
        ):
            assert len(view) % 4 == 0
            texts = [page.get_text().split() for page in view]
            assert texts[-1] == screen[-1].get_text().split()
            assert not any(texts[len(screen) - 1 : -1])

    @pytest.mark.parametrize(
        ("printer", "language", "direction"),
        [(GENERIC, "en", "/L2R"), (GENERIC, "ar", "/R2L"), (REVERSED, "ar", "/L2R")],
    )
    def test_viewers_turn_the_pages_as_the_book_is_bound(
        self, press, printer, language, direction
    ):
        with pikepdf.open(press(printer, language)) as file:
            assert str(file.Root.ViewerPreferences.Direction) == direction

    def test_a_reversed_file_ends_with_the_front_cover(self, press):
        with pikepdf.open(press(REVERSED, "ar")) as file:
            labels = [page.label for page in file.pages]

        assert labels == [str(number) for number in range(len(labels), 0, -1)]
        with pymupdf.open(press(REVERSED, "ar")) as view, pymupdf.open(press("screen", "ar")) as s:
            assert view[-1].get_text().split() == s[0].get_text().split()

    @pytest.mark.parametrize("printer", PRINTERS)
    def test_bookmarks_lead_to_the_same_words(self, press, printer):
        with (
            pymupdf.open(press("screen", "en")) as screen,
            pymupdf.open(press(printer, "en")) as v,
        ):
            before = [(level, title) for level, title, _ in screen.get_toc()]
            assert [(level, title) for level, title, _ in v.get_toc()] == before
            for (_, title, page), (_, _, there) in zip(screen.get_toc(), v.get_toc(), strict=True):
                there_too = [
                    w for w in words(screen[page - 1]) if not is_way_back(w, screen[page - 1])
                ]
                shown = {word[4] for word in there_too}
                assert shown <= set(v[there - 1].get_text().split()), title

    def test_bookmarks_have_places_and_no_actions(self, one):
        _, file = one
        items = list(bookmarks(file))
        heights = [float(page.MediaBox[3]) for page in file.pages]

        assert len(items) > 4
        assert not any(item.get(Name.S) == Name.GoTo for item in objects(file))
        assert all(0 <= float(item.Dest[3]) <= max(heights) for item in items)


class TestConformance:
    @pytest.mark.parametrize(
        ("printer", "version", "standard"),
        [(GENERIC, "1.6", "PDF/X-4"), (X1A, "1.4", "PDF/X-1a:2003")],
    )
    def test_the_file_says_what_it_is(self, press, printer, version, standard):
        with pikepdf.open(press(printer, "ar")) as file, file.open_metadata() as xmp:
            info = {key: str(value) for key, value in file.docinfo.items()}
            (intent,) = file.Root.OutputIntents
            key = "pdfxid" if printer == GENERIC else "pdfx"

            assert file.pdf_version == version
            assert xmp[f"{key}:GTS_PDFXVersion"] == standard
            assert info.get("/GTS_PDFXVersion", standard) == standard
            assert info["/Trapped"] == "/False"
            assert xmp["pdf:Trapped"] == "False"
            assert xmp["dc:title"] == info["/Title"]
            assert xmp["dc:creator"] == [info["/Author"]]
            assert xmp["pdf:Producer"] == info["/Producer"]
            assert xmp["xmp:CreatorTool"] == info["/Creator"]
            assert xmp["pdfx:Printer"] == info["/Printer"] == printer
            for date in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                assert xmp[date] == "2026-11-21T00:00:00Z"
            assert info["/CreationDate"] == info["/ModDate"] == "D:20261121000000Z"
            assert xmp["xmpMM:DocumentID"] != xmp["xmpMM:InstanceID"]
            uuid = r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"
            assert re.fullmatch(uuid, xmp["xmpMM:InstanceID"])
            assert xmp["xmpMM:VersionID"] == "1"
            assert xmp["xmpMM:RenditionClass"] == "default"
            assert len(file.trailer.ID) == 2
            assert intent.S == Name.GTS_PDFX
            assert str(intent.OutputConditionIdentifier) == "FOGRA39"
            assert str(intent.RegistryName) == "http://www.color.org"
            assert str(intent.Info)

    def test_the_profile_is_in_the_file_unless_the_printer_forbids_it(self, press):
        profile = DEFAULTS / "printers/profiles/FOGRA39L_coated.icc"
        with pikepdf.open(press(GENERIC, "en")) as file, pikepdf.open(press(X1A, "en")) as other:
            (intent,) = file.Root.OutputIntents

            assert intent.DestOutputProfile.read_bytes() == profile.read_bytes()
            assert int(intent.DestOutputProfile.N) == 4
            assert Name.DestOutputProfile not in other.Root.OutputIntents[0]

    def test_what_a_press_cannot_follow_is_not_there(self, one):
        _, file = one
        root = {"/AcroForm", "/AA", "/OpenAction", "/OCProperties", "/Names", "/JavaScript"}

        assert not root & set(file.Root.keys())
        assert not file.is_encrypted
        for page in file.pages:
            assert not {"/Annots", "/AA", "/PresSteps"} & set(page.keys())
        for item in objects(file):
            assert not item.get(Name.Interpolate, False)
            assert item.get(Name.Type) not in (Name.Annot, Name.OCG, Name.Action)
        assert file.check_pdf_syntax() == []

    def test_fonts_are_embedded(self, one):
        _, file = one
        descriptors = [i for i in objects(file) if i.get(Name.Type) == Name.FontDescriptor]

        assert descriptors
        for item in descriptors:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys())

    def test_where_no_transparency_is_allowed_there_is_none(self, press):
        data = press(X1A, "en").read_bytes()
        assert b"/ObjStm" not in data
        assert b"/XRef" not in data
        with pikepdf.open(io.BytesIO(data)) as file:
            for item in objects(file):
                assert Name.SMask not in item
                assert Name.BM not in item
                assert item.get(Name.Type) != Name.Group
                assert Name.Group not in item
                for key in (Name.ca, Name.CA):
                    assert float(item.get(key, 1)) == 1

    @pytest.mark.parametrize("printer", [GENERIC, X1A, REVERSED])
    def test_the_tags_stay_and_links_are_text(self, press, printer):
        with pikepdf.open(press(printer, "en")) as file:
            rows = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
            kinds = {str(item.S) for item in objects(file) if item.get(Name.P) is not None}

            assert bool(file.Root.MarkInfo.Marked)
            assert all(isinstance(row, Array) for row in rows.values())
            numbers = [int(p.StructParents) for p in file.pages if Name.StructParents in p]
            assert sorted(numbers) == sorted(rows)
            assert {"/H1", "/P", "/LI", "/Figure", "/Span"} <= kinds
            assert "/Link" not in kinds
            assert not any(item.get(Name.Type) == Name.OBJR for item in objects(file))

    def test_spreads_have_no_tags_and_claim_none(self, press):
        with pikepdf.open(press(SPREADS, "en")) as file, file.open_metadata() as xmp:
            assert Name.StructTreeRoot not in file.Root
            assert "pdfuaid:part" not in xmp

    def test_the_same_clinic_gives_the_same_bytes(self, press, tmp_path):
        printed.build(tmp_path, printers=[X1A], languages=["ar"])

        assert printed.path(tmp_path, X1A, "ar").read_bytes() == press(X1A, "ar").read_bytes()
