"""Which letters are taken for wrong; how it reads stands in tests/faults."""

import arabic_reshaper
import pytest

from brochure.catalogue.letter_checks import base_letters, check_letters, is_backwards, mixture_of


@pytest.fixture
def codes(read):
    def found(body: str) -> list[str]:
        (document,) = read({"rest-en.md": f"---\ntitle: Rest\n---\n{body}"})[0]
        return [fault.code for fault in check_letters(document)]

    return found


@pytest.mark.parametrize("word", ["سلام", "البوتولينوم", "لا", "حقن", "الأسنان", "د"])
def test_shaped_words_give_their_letters_back_in_either_order(word):
    shaped = arabic_reshaper.reshape(word)

    assert base_letters(shaped) == word
    assert base_letters(shaped[::-1]) == word


def test_backwards_words_are_told_from_right_ones():
    shaped = arabic_reshaper.reshape("البوتولينوم")

    assert not is_backwards(shaped)
    assert is_backwards(shaped[::-1])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ΘEPAΠEIA", "ΘΕΡΑΠΕΙΑ"),
        ("πρoσώπου", "προσώπου"),
        ("Aνάπαυση", "Ανάπαυση"),
        ("Μetabolic", "Metabolic"),
        ("ΜRI", "MRI"),
        ("Bоtox", "Botox"),
        ("лeчениe", "лечение"),
    ],
)
def test_look_alikes_are_found_and_put_right(word, meant):
    assert mixture_of(word).meant == meant


@pytest.mark.parametrize(
    "word", ["μm", "μg", "TNFα", "NFκB", "IFNγ", "ΔT", "Aβ", "Botoxαρισμένο", "DNAάση", "рH"]
)
def test_formulas_units_and_names_with_endings_are_left_alone(word):
    assert mixture_of(word) is None


@pytest.mark.parametrize(
    "text",
    ["HbA1c, β-blocker, 5 μm", "Α, Β, C, D", "α-τοκοφερόλη B12", "می\u200cنشیند", "ﷺ ﴿راحة﴾ ﷲ"],
)
def test_silence(codes, text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ﺳﻼﻡ", "arabic-reshaped"),
        *((f"a{x}b", "bidi-control") for x in "\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u200d"),
        ("a\ufffd", "character-replaced"),
        ("Η ΘEPAΠEIA", "letters-mixed"),
    ],
)
def test_each_is_reported(codes, text, code):
    assert codes(text) == [code]
