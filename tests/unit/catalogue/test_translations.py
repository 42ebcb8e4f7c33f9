"""The states of translations, and what takes a missing one's place."""

import hashlib

import pytest

from brochure.catalogue.build import build_catalogues, treatments_of
from brochure.catalogue.translations import MEANINGS, State, translation_matrix
from brochure.settings import Clinic, Facts, Settings, TranslationSettings

ENGLISH = "---\r\ntitle: Rest\r\nlang: en\r\n---\r\nSit."
NOW = hashlib.md5(ENGLISH.encode()).hexdigest()
OLD = "0" * 32


def text(language: str, title: str, source_hash: str | None = None) -> str:
    recorded = f"source_hash: {source_hash}\n" if source_hash is not None else ""
    return f"---\ntitle: {title}\nlang: {language}\n{recorded}---\nText.\n"


def settings(*, default_language: str = "en", missing: str = "leave-out") -> Settings:
    tags = ("en", "el", "ar")
    return Settings(
        clinic=Clinic(slug="c", languages=tags, default_language=default_language),
        language={tag: Facts(name="C") for tag in tags},
        translations=TranslationSettings(missing=missing),
    )


@pytest.fixture
def matrix(read):
    def matrix_of(texts: dict[str, str], **options: str):
        chosen = settings(**options)
        return translation_matrix(treatments_of(read(texts)[0], chosen), chosen)

    return matrix_of


@pytest.fixture
def catalogues(read, languages):
    def build(texts: dict[str, str], **options: str):
        wanted = [languages.find(tag) for tag in ("en", "el", "ar")]
        found, faults = build_catalogues(
            read(texts)[0], wanted, settings(**options), characters=frozenset(range(0x110000))
        )
        return {catalogue.language.tag: catalogue for catalogue in found}, faults

    return build


@pytest.mark.parametrize(
    ("greek", "state"),
    [
        (None, State.MISSING),
        (text("el", "Ανάπαυση"), State.UNTRACKED),
        (text("el", "Ανάπαυση", ""), State.UNTRACKED),
        (text("el", "Ανάπαυση", NOW), State.CURRENT),
        (text("el", "Ανάπαυση", f'"{NOW.upper()}" # noted'), State.CURRENT),
        (text("el", "Ανάπαυση", OLD), State.OUTDATED),
        (text("el", "Ανάπαυση", "not a hash"), State.OUTDATED),
    ],
)
def test_the_state_comes_from_the_hash_of_the_sources_raw_bytes(matrix, greek, state):
    texts = {"010-rest-en.md": ENGLISH} | ({"010-rest-el.md": greek} if greek else {})

    (row,) = matrix(texts).rows

    assert [item.state for item in row.standings] == [State.SOURCE, state, State.MISSING]
    assert row.title == "Rest"


def test_without_a_source_a_hash_cannot_be_verified_and_a_title_comes_from_what_is_there(matrix):
    (row,) = matrix({"010-rest-ar.md": text("ar", "راحة", OLD)}).rows

    assert row.title == "راحة"
    assert [item.state for item in row.standings] == [
        State.MISSING,
        State.MISSING,
        State.UNVERIFIABLE,
    ]


def test_any_language_can_be_the_source(matrix):
    greek = text("el", "Ανάπαυση")
    recorded = hashlib.md5(greek.encode()).hexdigest()

    (row,) = matrix(
        {"010-rest-el.md": greek, "010-rest-en.md": text("en", "Rest", recorded)},
        default_language="el",
    ).rows

    assert [item.state for item in row.standings] == [
        State.CURRENT,
        State.SOURCE,
        State.MISSING,
    ]


def test_rows_come_in_the_order_of_print_and_counts_add_up(matrix):
    found = matrix(
        {
            "020-b-en.md": text("en", "B"),
            "010-z-el.md": text("el", "Z"),
            "030-a-en.md": text("en", "A"),
            "030-a-ar.md": text("ar", "A", OLD),
        }
    )

    assert [row.title for row in found.rows] == ["Z", "B", "A"]
    assert found.counts("ar")[State.OUTDATED] == 1
    assert found.percentages("ar")[State.MISSING] == 66.7
    assert all(sum(found.counts(tag).values()) == 3 for tag in found.languages)


def test_an_empty_site_has_no_percentages(matrix):
    assert set(matrix({}).percentages("en").values()) == {0.0}


def test_every_state_is_explained():
    assert set(MEANINGS) == set(State)


@pytest.mark.parametrize(
    ("missing", "printed"), [("leave-out", []), ("default-language", [("Rest", "en")])]
)
def test_a_missing_translation_is_left_out_or_replaced_by_the_source(catalogues, missing, printed):
    found, faults = catalogues({"010-rest-en.md": ENGLISH}, missing=missing)

    titles = [(item.title, item.language.tag) for item in found["ar"].treatments]
    assert titles == printed
    causes = {fault.cause.rpartition("language ")[2] for fault in faults}
    assert causes == {"prints the text in “en”." if printed else "leaves the treatment out."}


def test_only_the_default_language_stands_in(catalogues):
    found, _ = catalogues({"010-rest-ar.md": text("ar", "راحة")}, missing="default-language")

    assert not list(found["el"].treatments)


def test_what_stands_in_keeps_its_place(catalogues):
    found, _ = catalogues(
        {
            "010-rest-en.md": ENGLISH,
            "020-b-en.md": text("en", "B"),
            "020-b-el.md": text("el", "Β", OLD),
            "030-c-en.md": text("en", "C"),
        },
        missing="default-language",
    )

    shown = [(item.title, item.is_outdated) for item in found["el"].treatments]
    assert shown == [("Rest", False), ("Β", True), ("C", False)]
