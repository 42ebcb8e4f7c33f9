"""`brochure booklet` as people meet it: what is written where, and what they are told to do."""

import json
import re
from pathlib import Path

import pikepdf
import pytest

from brochure import api
from brochure.cli import main
from brochure.measures import mm_to_pt
from pdf import originals
from pdf.originals import A5_PT, corners


@pytest.fixture
def run(clinic, monkeypatch, capsys):
    """Run `brochure booklet` in the tiny clinic, which has some PDFs; gives what it says."""
    monkeypatch.chdir(clinic)
    made = {
        "en": originals.pdf(10, name="en", language="en", **A5_PT),
        "ar": originals.pdf(7, name="ar", language="ar", **A5_PT),
        "panels": originals.pdf(6, width_pt=280, height_pt=590),
    }
    for name, data in made.items():
        Path(f"{name}.pdf").write_bytes(data)

    def run_it(arguments: str) -> str:
        exit_code = main(["booklet", *arguments.split()])
        printed = capsys.readouterr()
        assert exit_code == 0, printed.err
        return printed.out

    return run_it


def labels(path: str) -> list[list[str]]:
    return [sorted(page) for page in corners(Path(path).read_bytes())]


def test_a_languages_brochure_is_made_anew_and_listed_in_the_manifest(run):
    said = run("ar --strict")
    entries = json.loads(Path("output/manifest.json").read_text())["artefacts"]

    assert said.startswith("output/booklet/tiny-ar-booklet.pdf: 2 sheets of A4 for ")
    assert "The spine is at the right." in said
    assert [entry["path"] for entry in entries] == ["booklet/tiny-ar-booklet.pdf"]
    assert [entry["language"] for entry in entries] == ["ar"]
    assert "brochure.toml" in [source["path"] for source in entries[0]["sources"]]
    assert not Path("output/screen").exists()


def test_a_flip_book_of_two_languages_is_one_file_and_its_sheets(run):
    said = run("--flip ar gr --out made")
    pages = Path("made/booklet/tiny-el-ar-flip.pdf")
    sheets = Path("made/booklet/tiny-el-ar-flip-booklet.pdf")

    assert said.startswith(f"{sheets}: ")
    assert f"{pages}: its " in said
    with pikepdf.open(pages) as book, pikepdf.open(sheets) as faces:
        assert len(book.pages) % 4 == 0
        assert len(faces.pages) * 2 == len(book.pages)
        assert book.pages[0].label == "el 1"
        assert book.pages[-1].label == "ar 1"
        assert book.docinfo["/Title"]


def test_a_pdf_needs_no_clinic_and_its_sheets_lie_beside_it(run, tmp_path, monkeypatch):
    (tmp_path / "clinic/brochure.toml").unlink()
    monkeypatch.chdir(tmp_path)
    said = run("clinic/en.pdf")

    assert (
        said.split("\n")[0] == "clinic/en-booklet.pdf: 3 sheets of A4 for 10 pages and 2 blanks."
    )
    assert not list(tmp_path.rglob("manifest.json"))
    assert labels("clinic/en-booklet.pdf")[0] == ["en1.", "en10."]


def test_the_output_folder_can_be_chosen(run):
    assert run("en.pdf --out sheets").startswith("sheets/en-booklet.pdf: ")
    assert Path("sheets/en-booklet.pdf").is_file()


def test_a_flip_book_for_a_print_shop_passes_its_preflight(run):
    settings = Path("brochure.toml")
    dated = f"{settings.read_text(encoding='utf-8')}\n[imprint]\ndate = 2026-11-21\n"
    settings.write_text(dated, encoding="utf-8")

    run("--flip ar en --printer generic-coated --paper SRA3 --marks --creep 1")

    faults = api.preflight([Path("output/booklet/tiny-en-ar-flip.pdf")], printer="generic-coated")
    assert [fault.problem for fault in faults if fault.is_error] == []
    with (
        pikepdf.open("output/booklet/tiny-en-ar-flip.pdf") as book,
        pikepdf.open("output/booklet/tiny-en-ar-flip-booklet.pdf") as sheets,
    ):
        for file in (book, sheets):
            (intent,) = file.Root.OutputIntents
            assert intent.OutputConditionIdentifier == "FOGRA39"
            with file.open_metadata() as metadata:
                assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
                assert metadata["dc:title"] == str(file.docinfo["/Title"])
        trims = [[float(edge) for edge in page.TrimBox] for page in sheets.pages]
        assert [trim[0] - trims[0][0] for trim in trims] == pytest.approx(
            [mm_to_pt(creep) for creep in (0, 0, 0.5, 0.5, 1, 1)], abs=0.01
        )


def test_a_file_may_be_bound_with_a_language(run):
    run("--flip ar.pdf en --out made")

    with pikepdf.open("made/booklet/tiny-en-ar-flip.pdf") as book:
        assert book.pages[-1].label == "ar 1"


def test_the_side_of_a_files_spine_can_be_chosen(run):
    assert "at the right" in run("en.pdf --binding right")
    assert "at the right" not in run("ar.pdf --binding left")


def test_it_says_which_edge_to_turn_the_paper_on(run):
    assert "turned on the short edge, at actual size" in run("en.pdf")
    said = run("en.pdf --flip-on long")
    assert "turned on the long edge, at actual size" in said
    assert "The backs are upside-down on purpose." in said


def test_it_says_that_pages_were_made_smaller_and_that_they_reach_the_edge(run):
    said = run("en.pdf --paper letter")
    assert "made smaller, to 94.4 % of 148 × 210 mm: letter is too small" in said
    assert "reach the edge of the paper" in said

    said = run("en.pdf --paper SRA3")
    assert "smaller" not in said
    assert "edge of the paper" not in said


def test_it_says_where_there_is_no_room_for_marks(run):
    assert "too little for all of the marks" in run("en.pdf --marks")
    assert "too little" not in run("en.pdf --marks --paper SRA3")


def test_it_says_how_to_fold_signatures(run):
    assert "Fold them in 2 lots of 1, 2 sheets" in run("en.pdf --signature 8")


@pytest.mark.parametrize(
    ("arguments", "name", "first", "words"),
    [
        ("en.pdf --layout 2up", "en-2up", ["en1.", "en2."], "Each side shows 2 pages"),
        ("en.pdf --layout 4up", "en-4up", ["en1.", "en2.", "en3.", "en4."], "shows 4 pages"),
        ("en.pdf --layout 4up --repeat", "en-4up", ["en1."], "Cut each sheet into 4 copies."),
        ("panels.pdf --layout trifold", "panels-leaflet", ["p1.", "p5.", "p6."], "the flap in"),
    ],
)
def test_other_layouts(run, arguments, name, first, words):
    said = run(arguments)

    assert words in said
    assert labels(f"{name}.pdf")[0] == first


def test_a_paper_may_be_measured_or_the_clinics_own(run):
    Path("templates").mkdir(exist_ok=True)
    Path("templates/papers.toml").write_text("[bath]\nwidth_mm = 900\nheight_mm = 400\n")

    run("en --paper bath")
    with pikepdf.open("output/booklet/tiny-en-booklet.pdf") as file:
        assert [round(float(side) / 72 * 25.4) for side in file.pages[0].MediaBox] == [
            0,
            0,
            900,
            400,
        ]

    run("en.pdf --paper 305x457")
    with pikepdf.open("en-booklet.pdf") as file:
        assert [round(float(side) / 72 * 25.4) for side in file.pages[0].MediaBox] == [
            0,
            0,
            457,
            305,
        ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[A4]\nwidth_mm = 'wide'\nheight_mm = 1\n", "The paper “A4” is described wrongly"),
        ("[A4", "The table of papers cannot be read"),
    ],
)
def test_a_damaged_table_of_papers_is_named(clinic, monkeypatch, capsys, text, words):
    monkeypatch.chdir(clinic)
    Path("templates").mkdir(exist_ok=True)
    Path("templates/papers.toml").write_text(text)

    assert main(["booklet", "en"]) == 2
    assert re.search(rf"templates/papers.toml(:1:1)?: error: {words}", capsys.readouterr().err)
