"""A treatment that stands in two categories: one section, and two cards that lead to it."""

import pikepdf
import pymupdf
import pytest

from pdf import clinics

SETTINGS = """
[clinic]
slug = "twice"
languages = ["en"]
[categories.popular]
title = { en = "Popular" }
[categories.care]
title = { en = "Care" }
[language.en]
name = "Clinic"
"""
WALK = {"title": "Walking every day", "image": "p.png", "alt": "A path", "page_id": "walk"}


@pytest.fixture(scope="module")
def twice(made_once):
    files = {
        "brochure.toml": SETTINGS,
        "content/p.png": clinics.picture(),
        "content/_collections/_popular/010-walk-en.md": clinics.treatment("Go out.", **WALK),
        "content/_collections/_care/010-rest-en.md": clinics.treatment("Sit.", title="Rest"),
        "content/_collections/_care/020-walk-en.md": clinics.treatment("Go out.", **WALK),
    }
    folder = made_once("twice", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)["en"]


def test_the_text_prints_once(twice):
    with pymupdf.open(twice) as file:
        assert sum(page.get_text().count("Go out.") for page in file) == 1


def test_both_cards_and_both_entries_lead_to_the_one_section(twice):
    with pikepdf.open(twice) as file:
        targets = [
            str(link.Dest)
            for page in file.pages
            for link in page.get("/Annots", [])
            if "/Dest" in link
        ]

    assert targets.count("popular.walk") == 4
    assert targets.count("care.rest") == 2
    assert "care.walk" not in targets
