"""Every format for a printer with 3 mm and for one with 5 mm of bleed: boxes to 0.01 pt."""

import pikepdf
import pytest

from brochure import api
from brochure.measures import mm_to_pt
from brochure.pages.edition import PRINT
from pdf import runs

SIZES_MM = {"A5": (148, 210), "A4": (210, 297), "DL": (99, 210), "square": (210, 210)}
BLEEDS_MM = {"generic-coated": 3, "right-to-left-book": 5}


@pytest.mark.parametrize("printer", BLEEDS_MM)
@pytest.mark.parametrize("name", SIZES_MM)
def test_trim_and_bleed_are_exact_and_the_preflight_says_nothing(name, printer, tmp_path):
    folder = runs.clinic(tmp_path)
    settings = folder / "brochure.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}[page]\nformat = "{name}"\n')

    report = api.build(
        api.open_project(folder), codes=["en"], edition=PRINT, printer=printer, out=tmp_path
    )

    faults = {fault.code for fault in report.diagnostics if fault.evidence}
    assert faults <= {"preflight-resolution"}  # the clinic's picture has 1,200 pixels
    with pikepdf.open(tmp_path / report.artefacts[0].path) as file:
        for page in file.pages:
            trim, bleed, media = (
                [float(edge) for edge in page[f"/{box}Box"]] for box in ("Trim", "Bleed", "Media")
            )
            size = trim[2] - trim[0], trim[3] - trim[1]
            assert size == pytest.approx([mm_to_pt(side) for side in SIZES_MM[name]], abs=0.01)
            outsets = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2]]
            outsets.append(bleed[3] - trim[3])
            assert outsets == pytest.approx([mm_to_pt(BLEEDS_MM[printer])] * 4, abs=0.01)
            assert media[:2] == [0, 0]
