"""The slug line's letters as outlines."""

import re

import pytest

from brochure.assets import assets_of
from brochure.pdf.lettering import legible, lettering, lettering_font
from brochure.typefaces import load_typefaces


@pytest.fixture(scope="module")
def font(tmp_path_factory):
    typefaces = load_typefaces(assets_of(tmp_path_factory.mktemp("clinic")))
    return lettering_font(typefaces.available)


def test_the_font_is_upright_and_regular(font):
    assert font.stem.endswith("Regular")


@pytest.mark.parametrize("text", ["Meltemi · 3/12", "Κλινική", "Клиника 2026-11-21"])
def test_what_stands_letter_by_letter_is_legible(font, text):
    assert legible(text, font)


@pytest.mark.parametrize("text", ["عيادة", "מרפאה", "诊所"])
def test_what_needs_shaping_or_another_font_is_not(font, text):
    assert not legible(text, font)


def test_letters_are_paths_that_go_on_to_the_right(font):
    content = lettering("ll", font, x=100, y=50, size_pt=10).decode()
    starts = [float(match[1]) for match in re.finditer(r"([\d.]+) [\d.]+ m", content)]

    assert content.endswith("h f\n")
    assert 100 < starts[0] < starts[1] < 110
    assert min(float(y) for y in re.findall(r"[\d.]+ ([\d.]+) [ml]", content)) == 50
