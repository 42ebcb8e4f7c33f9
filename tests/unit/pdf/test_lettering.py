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
    content = lettering("il", font, x=100, y=50, size_pt=10).decode()
    places = re.findall(r"q ([\d.]+) 0 0 [\d.]+ ([\d.]+) 50 cm", content)
    scales, starts = zip(*((float(scale), float(x)) for scale, x in places), strict=True)

    assert content.count(" f Q\n") == 2
    assert starts[0] == 100 < starts[1] < 105
    assert set(scales) == {0.01}
