"""In Arabic text, what reads from left to right prints from left to right.

The letters د and ر join nothing, so a line of them and one run is known glyph by glyph. A run
starts and ends with a Latin letter or a European digit, its sign included.
"""

import re

import pymupdf
import pytest

from brochure.assets import DEFAULTS
from pdf import clinics
from pdf.glyphs import lines

RUNS = (
    "+357 22 123456",
    "00357-22-123456",
    "22 123456",
    "info@clinic.example",
    "first.last+box@clinic.example",
    "www.clinic.example/book",
    "https://clinic.example/a?b=1&c=2",
    "0.5–1 ml",
    "50 mg/ml",
    "2 × 10 mg",
    "6–12",
    "3-5",
    "09:30–17:00",
    "€ 120",
    "€120",
    "120 €",
    "25 %",
    "0.3%",
    "15–25 %",
    "37.5 °C",
    "+5",
    "±5",
    "~30",
    "SPF 50+",
    "HbA1c 5.7%",
    "COVID-19",
    "UV-A/UV-B",
    "1064 nm",
    "4 × 4 cm",
    "1,500.50",
    "21/11/2026",
    "2026-11-21",
    "doi:10.1001/jama.2014.732",
    "10.1111/j.1365-2133.2009.09494.x",
    "N Engl J Med 2016;374(1):20-30",
)
PLACES = {
    "between": ("د {} ر", "ر {} د"),
    "first": ("{} ر", "ر {}"),
    "last": ("د {}", "{} د"),
    "before a full stop": ("د {}.", ".{} د"),
    "before a comma": ("د {}، ر", "ر ،{} د"),
    "in brackets": ("د ({}) ر", "ر |{}| د"),
    "in bold": ("د **{}** ر", "ر {} د"),
}
SETTINGS = """
[clinic]
slug = "order"
languages = ["ar"]
phones = ["+357 22 123456"]
mobiles = ["00357 (99) 654-321"]
email = "first.last+box@clinic.example"
web = "https://www.clinic.example"
booking = "https://clinic.example/book?from=print&lang=ar"
[clinic.hours]
mon = "08:30-14:00 16:00-19:30"
[imprint]
version = "1.0"
date = 2026-11-21
[categories.care]
title = { ar = "د 24/7 ر" }
[language.ar]
name = "د 3-5 ر"
tagline = "د 6–12 ر"
welcome = ["د +357 22 123456 ر"]
address = ["د 12-14 ر", "1065 ر"]
practitioners = [{ name = "د A-1 ر", role = "د 0.5–1 ml ر" }]
imprint = "د € 120 ر."
"""
HEAD = {
    "title": "د SPF 50+ ر",
    "subtitle": "د 15–25 mg/ml ر",
    "card_title": "د HbA1c 5.7% ر",
    "card_subtitle": "د 120 € ر",
}
PRINTED_FACTS = (
    "+357 22 123456",
    "00357 (99) 654-321",
    "first.last+box@clinic.example",
    "www.clinic.example",
    "clinic.example/book?from=print&lang=ar",
    "16:00–19:30",
    "08:30–14:00",
    "ر 24/7 د",
    "ر 3-5 د",
    "ر 6–12 د",
    "ر +357 22 123456 د",
    "ر 12-14 د",
    "ر 1065",
    "ر A-1 د",
    "ر 0.5–1 ml د",
    "ر SPF 50+ د",
    "ر 15–25 mg/ml د",
    "ر HbA1c 5.7% د",
    "ر 120 € د",
    "2026 ربمفون 21 · 1.0 رادصإلا .ر € 120 د",
)


def visual(text: str) -> str:
    """What stands on a line, brackets made alike: a mirrored one is told by its shape only."""
    return re.sub(r"[()]", "|", text.replace("\u00a0", " ").replace("\u200f", ""))


@pytest.fixture(scope="module")
def printed(made_once) -> frozenset[str]:
    """Every line of a clinic that has nothing but such runs."""
    cases = [pattern.format(run) for run in RUNS for pattern, _ in PLACES.values()]
    body = "\n\n".join((*cases, "| د | ر |\n|---|---|\n| د 0.5–1 ml ر | 6–12 |", "1. د 7–9 ر"))
    files = {
        "brochure.toml": SETTINGS,
        "content/p.png": clinics.picture(),
        "content/_collections/_care/010-order-ar.md": clinics.treatment(
            body, lang="ar", image="p.png", alt="د", **HEAD
        ),
    }
    folder = made_once("glyph-order", lambda new: clinics.build(clinics.write(new, files)))
    with pymupdf.open(clinics.built(folder)["ar"]) as brochure:
        return frozenset(visual(line.text) for page in brochure for line in lines(page))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", RUNS)
def test_a_run_in_the_text_keeps_its_order(printed, run, place):
    assert visual(PLACES[place][1].format(visual(run))) in printed


@pytest.mark.parametrize("line", [*PRINTED_FACTS, "ر 0.5–1 ml د", "6–12", "ر 7–9 د .1"])
def test_a_run_from_the_settings_the_front_matter_and_a_table_keeps_its_order(printed, line):
    assert any(visual(line) in other for other in printed)


SAMPLE_BACK = (
    "+357 22 123456",
    "+357 99 123456",
    "welcome@meltemi-clinic.example",
    "www.meltemi-clinic.example",
    "www.meltemi-clinic.example/book",
    "08:30–19:00",
    "08:30–14:00",
    "08:30–17:30",
)


def test_the_sample_clinic_prints_its_contacts_in_order(sample):
    with pymupdf.open(sample("ar")) as brochure:
        back = [line.text for line in lines(brochure[-1])]

    assert [line for line in SAMPLE_BACK if line not in back] == []
    assert any("2026 ربمفون 21 · 1.0" in line for line in back)


RANGE_OR_DOSE = re.compile(r"(?<![\w.–])\d[\d.,]*(?:–\d[\d.,]*\d|–\d)(?: (?:%|ml|mg/ml|mm|nm))?")


def test_the_sample_clinic_prints_its_ranges_and_doses_in_order(sample):
    texts = (DEFAULTS / "content").rglob("*-ar.md")
    wanted = {run for path in texts for run in RANGE_OR_DOSE.findall(path.read_text("utf-8"))}
    assert len(wanted) >= 20

    with pymupdf.open(sample("ar")) as brochure:
        printed = "\n".join(visual(line.text) for page in brochure for line in lines(page))

    assert [run for run in sorted(wanted) if run not in printed] == []
