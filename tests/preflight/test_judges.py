"""Independent judges of the same files.

Ghostscript for inks, Poppler for pictures, fonts and boxes, veraPDF for what PDF/A has in common
with PDF/X.
"""

import re
import shutil
import subprocess

import pikepdf
import pytest

from brochure.measures import pt_to_mm
from brochure.pdf.preflight import preflight
from brochure.pdf.preflight.interpreter import Reader
from brochure.pdf.preflight.pictures import resolution_dpi
from brochure.pdf.preflight.sheets import sheets_of
from conformance import verapdf
from conformance.oracles import absent
from preflight.base import good, printer, saved
from preflight.cases import CASES
from preflight.others import OTHERS

pytestmark = pytest.mark.oracle


def said(*command: str) -> str:
    if not shutil.which(command[0]):
        absent(f"{command[0]} is not installed (scripts/bootstrap oracles)")
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def sheets(data: bytes):
    file = pikepdf.open(__import__("io").BytesIO(data))
    return list(sheets_of(file, Reader()))


RESOLVED = ["picture-dpi", "picture-dpi/turned and in a form", "line-art-dpi", "ink-picture"]


@pytest.mark.parametrize("name", RESOLVED)
def test_poppler_finds_the_same_dots_per_inch(name, tmp_path):
    data = CASES[name].bytes()
    (tmp_path / "x.pdf").write_bytes(data)
    listed = said("pdfimages", "-list", str(tmp_path / "x.pdf")).splitlines()[2:]
    theirs = sorted(min(int(row.split()[12]), int(row.split()[13])) for row in listed)

    ours = sorted(
        resolution_dpi(paint, paint.picture)
        for sheet in sheets(data)
        for paint in sheet.walk.paints
        if paint.picture
    )

    assert ours == pytest.approx(theirs, abs=1)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_poppler_finds_the_same_fonts_embedded_and_named(other):
    rows = said("pdffonts", str(other.path)).splitlines()[2:]
    is_bare = any(row.split()[-5] == "no" for row in rows)
    is_drawn = any("Type 3" in row for row in rows)

    assert is_bare == ("font-missing" in other.rules)
    assert is_drawn == ("font-type3" in other.rules)


def test_poppler_finds_the_same_boxes(tmp_path):
    data = saved(good())
    (tmp_path / "x.pdf").write_bytes(data)
    text = said("pdfinfo", "-box", str(tmp_path / "x.pdf"))
    sheet = sheets(data)[0]

    for name, box in (("Media", sheet.media), ("Bleed", sheet.bleed), ("Trim", sheet.trim)):
        theirs = [float(number) for number in re.search(rf"{name}Box:(.*)", text)[1].split()]
        assert list(box) == pytest.approx(theirs, abs=0.01)
    assert pt_to_mm(sheet.trim.width) == pytest.approx(148, abs=0.01)


INKED = ["ink-vector", "colour-rgb/area", "white-overprint/area", "registration", "good"]


@pytest.mark.parametrize("name", INKED)
def test_ghostscript_finds_the_same_inks_used(name, tmp_path):
    data = saved(good()) if name == "good" else CASES[name].bytes()
    (tmp_path / "x.pdf").write_bytes(data)
    command = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-o", "-"]
    rows = said(*command, str(tmp_path / "x.pdf")).splitlines()
    theirs = [float(part) > 0 for part in rows[0].split()[:4]]

    used: set[str] = set()
    for paint in sheets(data)[0].walk.paints:
        if paint.picture:
            used |= {"Cyan", "Magenta", "Yellow", "Black"}
        elif paint.colour and paint.colour.inks:
            used |= {ink for ink, amount in paint.colour.inks.items() if amount}

    assert [ink in used for ink in ("Cyan", "Magenta", "Yellow", "Black")] == theirs


def test_ghostscript_separates_as_much_ink_as_we_measure(tmp_path):
    case = CASES["ink-picture"]
    (tmp_path / "x.pdf").write_bytes(case.bytes())
    plate = str(tmp_path / "plate.tif")
    said("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", "-r100",
         "-dLastPage=1", "-o", plate, str(tmp_path / "x.pdf"))  # fmt: skip
    from PIL import Image

    from brochure.separation import largest_total_percent

    with Image.open(plate) as image:
        margin = 45  # the marks, in registration colour
        inside = (margin, margin, image.width - margin, image.height - margin)
        theirs = largest_total_percent(image.crop(inside))
    faults = preflight(case.bytes(), printer(), "x.pdf")
    ours = float(faults[0].evidence.found.split()[0])

    assert ours == pytest.approx(theirs, abs=2)


IN_PDF_A = {
    "font-missing": ("2u", "6.2.11.4.1"),
    "glyph-missing/no such glyph": ("2u", "6.2.11.4.1"),
    "text-unmapped/no map": ("2u", "6.2.11.7.2"),
    "colour-rgb/area": ("2u", "6.2.4.3"),
    "filter/LZW": ("2u", "6.1.7.2"),
    "annotation/link": ("2u", "6.3.2"),
    "action/on opening": ("2u", "6.5.1"),
    "embedded-file": ("2u", "6.8"),
    "external/OPI": ("2u", "6.2.8"),
    "encryption": ("2u", "6.1.3"),
    "layers-automatic": ("2u", "6.9"),
    "transparency/opacity": ("1b", "6.4"),
    "info-xmp/title": ("1b", "6.7.3"),
}
"""Our case, and the flavour and clause of PDF/A that it breaks and the good file does not."""


def test_verapdf_finds_the_same_breaches_where_pdf_a_has_the_rule(tmp_path):
    if reason := verapdf.missing():
        absent(reason)
    files = {"good": saved(good())} | {name: CASES[name].bytes() for name in IN_PDF_A}
    paths = {name: tmp_path / f"{number}.pdf" for number, name in enumerate(files)}
    for name, data in files.items():
        paths[name].write_bytes(data)

    verdicts = verapdf.validate(paths.values(), ("1b", "2u"))
    found = {
        (verdict.file, verdict.flavour): {
            (breach.clause, breach.test) for breach in verdict.failed
        }
        for verdict in verdicts
    }

    for name, (flavour, clause) in IN_PDF_A.items():
        new = found[paths[name], flavour] - found[paths["good"], flavour]
        assert clause in {breach[0] for breach in new}, name
