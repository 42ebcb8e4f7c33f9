"""Preflight of what we make ourselves, by whom it was made for; and a build that it stops."""

from pathlib import Path

import pytest

from brochure import api
from brochure.cli import main
from brochure.measures import Size
from brochure.pdf.original import read_original
from brochure.production.booklets import Arrangement, make_booklet
from pdf import clinics, runs
from pdf.printed import GENERIC, LANGUAGES, PRINTERS, REVERSED, X1A

SRA3 = Size(width_mm=320, height_mm=450)
TITLES = {"en": "Rest 1", "ar": "راحة 1"}
A4 = Size(width_mm=210, height_mm=297)


def clinic_of(path: Path) -> Path:
    """Where the clinic is whose file this is, with its own printers."""
    return next(folder / "clinic" for folder in path.parents if (folder / "clinic").is_dir())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("printer", PRINTERS)
def test_a_file_is_judged_by_the_printer_that_it_names_and_passes(press, printer, language):
    path = press(printer, language)

    found = api.preflight([path], folder=clinic_of(path))

    # The clinic's only picture has 1,200 pixels.
    assert [fault for fault in found if fault.evidence.rule != "picture-dpi"] == []
    (section,) = {fault.evidence.section for fault in found}
    assert section.split(" · ")[0] == TITLES[language]  # a spread has two


def test_another_printer_would_not_take_it(press):
    path = press(REVERSED, "en")
    found = api.preflight([path], printer=X1A, folder=clinic_of(path))

    assert {"preflight-metadata", "preflight-pages"} <= {fault.code for fault in found}


@pytest.mark.parametrize("paper", [A4, SRA3], ids=str)
def test_sheets_are_not_counted_as_pages(press, tmp_path, paper):
    original = read_original(press(GENERIC, "ar").read_bytes(), "ar.pdf")
    made, _ = make_booklet(original, Arrangement(creep_mm=1.5), paper)
    (tmp_path / "sheets.pdf").write_bytes(made.data)

    found = api.preflight([tmp_path / "sheets.pdf"])

    assert {"page-count", "page-size", "page-order"}.isdisjoint(
        fault.evidence.rule for fault in found
    )


@pytest.fixture
def coarse(tmp_path) -> Path:
    """A clinic with a picture of too few pixels."""
    folder = runs.clinic(tmp_path / "clinic")
    (folder / "content/p.png").write_bytes(clinics.picture(width=300, height=225))
    return folder


def test_a_coarse_picture_is_named_and_the_file_is_made(coarse, capsys):
    done = main(["build", "en", "--edition", "print", "--project", str(coarse)])

    said = capsys.readouterr().err
    assert done == 0
    assert "warning: A picture has too few pixels for its size [preflight-resolution]" in said
    assert "“Rest 1”: picture “Rest” of 300 × " in said
    assert "pixels give 300 dpi" in said
    assert list(coarse.glob("output/print/*/*.pdf"))


def test_a_build_that_fails_its_preflight_writes_nothing_and_exits_4(coarse, capsys):
    settings = coarse / "brochure.toml"
    text = settings.read_text(encoding="utf-8") + '[severity]\npreflight-resolution = "error"\n'
    settings.write_text(text, encoding="utf-8")

    done = main(["build", "en", "--edition", "print", "--project", str(coarse)])

    assert done == 4
    assert "error: A picture has too few pixels for its size" in capsys.readouterr().err
    assert not list(coarse.rglob("*.pdf"))
