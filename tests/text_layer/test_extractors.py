"""What PDFium, Poppler and MuPDF give back: all words, in their order, block by block (`words`).

With the signs that touch them it may be one in two hundred less, for the ends of lines in
addresses and ranges. docs/text-layer.md has what is lost, and why.
"""

import shutil
from itertools import product

import pytest

from brochure.assets import DEFAULTS
from conformance.oracles import absent
from pdf import clinics
from text_layer.extractors import EXTRACTORS
from text_layer.texts import HELD_OUT, TEXTS, blocks
from text_layer.words import Unit, compare

WITH_SIGNS = {
    ("earlier", "ar"): 99.5,
    ("earlier", "en"): 99.4,
    ("earlier", "he"): 99.5,
    ("development", "ar"): 99.3,
    ("development", "he"): 99.2,
}
"""Where not all words come back with the signs that touch them."""
PHRASES = {("Poppler", "earlier", "en")}
"""Where the parts of a right-to-left phrase come in the order of their places."""
TEXTS_BY_LANGUAGE = [
    *product(["seeds"], ["ar", "el"]),
    *product(["sample"], ["en", "el", "ar"]),
    *product(["development", "earlier"], ["en", "el", "ar", "he"]),
]


@pytest.fixture(scope="session")
def brochures(made_once):
    """Ask for the brochures of a text, and for what they must say."""

    def made(name: str):
        folder = made_once(f"words-{name}", lambda new: clinics.build(TEXTS[name](new / "clinic")))
        return clinics.built(folder / "clinic"), blocks(folder / "clinic")

    return made


def read(brochures, sample, extractor: str, name: str, code: str):
    """What a brochure must say, block by block, and what an extractor makes of it."""
    if extractor == "Poppler" and not shutil.which("pdftotext"):
        absent("pdftotext is missing: install poppler-utils")
    if name == "sample":
        brochure, said = sample(code), blocks(DEFAULTS)[code]
    else:
        made, all_said = brochures(name)
        brochure, said = made[code], all_said[code]
    return [block for treatment in said for block in treatment], EXTRACTORS[extractor](brochure)


@pytest.mark.oracle
@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize(("name", "code"), TEXTS_BY_LANGUAGE)
def test_every_word_comes_back(brochures, sample, name, code, extractor):
    words, text = read(brochures, sample, extractor, name, code)

    in_order = (extractor, name, code) not in PHRASES
    assert compare(words, text, unit=Unit.LETTERS, in_order=in_order).lost == ()
    assert compare(words, text, unit=Unit.LETTERS).per_cent >= 99.5
    assert compare(words, text).per_cent >= WITH_SIGNS.get((name, code), 99.9)


@pytest.mark.oracle
@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("code", HELD_OUT)
def test_every_word_of_other_texts_comes_back(brochures, sample, code, extractor):
    words, text = read(brochures, sample, extractor, "held-out", code)

    assert compare(words, text, unit=Unit.LETTERS, marks=False).lost == ()
    assert compare(words, text).per_cent >= 99.5
