"""What PDFium, Poppler and MuPDF give back: the shares reached, held.

A share is of the words in their order, block by block (`words`), first with and then without
vowel marks. docs/text-layer.md has what is lost, and why.
"""

import shutil

import pytest

from brochure.assets import DEFAULTS
from conformance.oracles import absent
from pdf import clinics
from text_layer.extractors import EXTRACTORS
from text_layer.texts import TEXTS, blocks
from text_layer.words import Unit, compare

SHARES = {
    ("seeds", "ar"): {},
    ("seeds", "el"): {},
    ("sample", "en"): {"PDFium": (99.9, 99.9), "MuPDF": (99.9, 99.9)},
    ("sample", "el"): dict.fromkeys(("PDFium", "Poppler", "MuPDF"), (99.9, 99.9)),
    ("sample", "ar"): dict.fromkeys(("PDFium", "Poppler", "MuPDF"), (99.9, 99.9)),
    ("earlier", "ar"): {"PDFium": (99.1, 99.1)},
    ("earlier", "he"): {"PDFium": (99.5, 99.5)},
    ("earlier", "en"): {"PDFium": (99.5, 100), "Poppler": (99.1, 99.1)},
    ("held-out", "ar"): {"PDFium": (98.9, 98.9), "Poppler": (99.6, 99.6)},
    ("held-out", "he"): {"PDFium": (99.6, 99.6), "Poppler": (99.6, 99.6)},
    ("held-out", "el"): {},
    ("held-out", "en"): {},
}

@pytest.fixture(scope="session")
def brochures(made_once):
    """Ask for the brochures of a text, and for what they must say."""

    def made(name: str):
        folder = made_once(f"words-{name}", lambda new: clinics.build(TEXTS[name](new / "clinic")))
        return clinics.built(folder / "clinic"), blocks(folder / "clinic")

    return made


@pytest.mark.oracle
@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(("name", "code"), SHARES)
def test_the_words_come_back(brochures, sample, name, code, extractor):
    if extractor == "Poppler" and not shutil.which("pdftotext"):
        absent("pdftotext is missing: install poppler-utils")
    if name == "sample":
        brochure, said = sample(code), blocks(DEFAULTS)[code]
    else:
        made, all_said = brochures(name)
        brochure, said = made[code], all_said[code]
    words = [block for treatment in said for block in treatment]
    text = EXTRACTORS[extractor](brochure)

    exactly, bare = SHARES[name, code].get(extractor, (100, 100))

    assert compare(words, text, unit=Unit.LETTERS).per_cent >= exactly
    assert compare(words, text, unit=Unit.LETTERS, marks=False).per_cent >= bare
