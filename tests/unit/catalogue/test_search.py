"""The treatment that a receptionist means, whatever she types."""

import pytest

from brochure.api.catalogues import catalogues_of
from brochure.assets import DEFAULTS
from brochure.catalogue.model import Treatment
from brochure.catalogue.search import find_treatment, index_of
from brochure.project import open_project

PEEL = "skin/chemical-peel"
WRINKLES = "face/anti-wrinkle-treatment"


@pytest.fixture(scope="module")
def find():
    project = open_project(DEFAULTS)
    index = index_of(catalogues_of(project).catalogues)

    def found(words: str, code: str = "en"):
        return find_treatment(words, index, project.all_languages.find(code))

    return found


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("chemical-peel", PEEL),
        ("010-chemical-peel", PEEL),
        ("skin/chemical-peel", PEEL),
        ("skin/010-chemical-peel", PEEL),
        ("010-chemical-peel-gr", PEEL),
        ("CHEMICAL PEEL", PEEL),
        ("peel", PEEL),
        ("χημικό", PEEL),
        ("ΧΗΜΙΚΟ", PEEL),
        ("التّقشير الكيميائيّ", PEEL),
        ("anti-wrinkle-treatment", WRINKLES),
        ("anti-wrinkle-treatment2", WRINKLES),
        ("Anti Wrinkle Injections", WRINKLES),
    ],
)
def test_a_treatment_is_found_by_slug_id_and_title(find, words, key):
    assert find(words).key == key


@pytest.mark.parametrize("letters", ["الابر", "الأبر", "الإبر", "ٱلإبر", "الإِبَر", "الإبـــر"])
def test_alefs_vowel_marks_and_stretched_words_are_all_one(find, letters):
    assert find(letters).key == "skin/microneedling"


def test_the_text_is_that_of_the_language_asked_for(find):
    assert {code: find("peel", code).language.tag for code in ("en", "gr", "ar")} == {
        "en": "en",
        "gr": "el",
        "ar": "ar",
    }


def test_a_part_begins_where_a_word_does(find):
    assert find("ermal").code == "treatment-unknown"
    assert find("derma fill").code == "treatment-unknown"
    assert find("dermal fill").key == "face/dermal-fillers"


@pytest.mark.parametrize("words", ["fillrs", "microneedlng", "peeling"])
def test_a_slip_of_the_pen_gets_the_nearest(find, words):
    fault = find(words)

    assert fault.code == "treatment-unknown"
    nearest = {"fillrs": "dermal-fillers", "microneedlng": "microneedling"}
    assert nearest.get(words, "chemical-peel") in fault.cause


@pytest.mark.parametrize("words", ["", "  ", "–", "\u064b"])
def test_words_without_a_letter_fit_nothing(find, words):
    assert find(words).code == "treatment-unknown"


def test_words_that_fit_several_are_never_guessed(find):
    fault = find("treatment")

    assert not isinstance(fault, Treatment)
    assert fault.code == "treatment-ambiguous"
    assert "anti-wrinkle-treatment, prp-treatment, excessive-sweating" in fault.fix


def index_of_texts(read, languages, texts):
    from brochure.catalogue.build import build_catalogues
    from brochure.settings import Clinic, Settings

    documents, _ = read(texts)
    settings = Settings(clinic=Clinic(slug="c", languages=("en",)), language={})
    english = languages.find("en")
    catalogues, _ = build_catalogues(
        documents, [english], settings, characters=frozenset(range(0x250))
    )
    return index_of(catalogues), english


def test_two_treatments_of_one_name_are_told_apart_by_their_category(read, languages):
    index, english = index_of_texts(
        read,
        languages,
        {
            "../_face/010-peel-en.md": "---\ntitle: Peel of the face\nlang: en\n---\nFace.\n",
            "../_feet/010-peel-en.md": "---\ntitle: Peel of the feet\nlang: en\n---\nFeet.\n",
        },
    )

    assert find_treatment("peel", index, english).code == "treatment-ambiguous"
    assert "face/peel, feet/peel" in find_treatment("peel", index, english).fix
    assert find_treatment("feet/peel", index, english).key == "feet/peel"


def test_a_name_that_is_ones_file_and_the_others_title_is_nobodys(read, languages):
    index, english = index_of_texts(
        read,
        languages,
        {
            "../_face/010-peel-en.md": "---\ntitle: Acid\nlang: en\n---\nFace.\n",
            "../_feet/010-scrub-en.md": "---\ntitle: Peel\nlang: en\n---\nFeet.\n",
        },
    )

    fault = find_treatment("peel", index, english)
    assert fault.code == "treatment-ambiguous"
    assert "face/peel, scrub" in fault.fix
    assert find_treatment("face/peel", index, english).key == "face/peel"


def test_a_page_id_that_was_copied_along_takes_nothing_from_a_file(read, languages):
    index, english = index_of_texts(
        read,
        languages,
        {
            "../_face/010-peel-en.md": "---\ntitle: A\npage_id: peel\nlang: en\n---\nFace.\n",
            "../_feet/010-scrub-en.md": "---\ntitle: B\npage_id: peel\nlang: en\n---\nFeet.\n",
            "../_feet/020-nails-en.md": "---\ntitle: C\npage_id: n7\nlang: en\n---\nFeet.\n",
        },
    )

    assert find_treatment("peel", index, english).key == "face/peel"
    assert find_treatment("n7", index, english).key == "feet/nails"


def test_a_title_that_begins_so_does_not_win_over_one_that_has_it_too(read, languages):
    index, english = index_of_texts(
        read,
        languages,
        {
            "../_face/010-boost-en.md": "---\ntitle: Skin boosters\nlang: en\n---\nFace.\n",
            "../_face/020-mole-en.md": "---\ntitle: Moles of the skin\nlang: en\n---\nFace.\n",
        },
    )

    assert find_treatment("skin", index, english).code == "treatment-ambiguous"
    assert find_treatment("skin b", index, english).key == "face/boost"
