"""What `brochure.toml` may hold; how its faults are told stands in tests/faults."""

import datetime
import re
import tomllib
from dataclasses import fields

import pytest

from brochure.assets import DEFAULTS
from brochure.diagnostics import BrochureError, Severity
from brochure.printers import Ink
from brochure.settings import FILE_NAME, Brand, Clinic, Facts, Settings
from brochure.settings_file import load, locate

SMALL = """\
[clinic]
slug = "small"
languages = ["en"]

[language.en]
name = "Small Clinic"
"""


@pytest.fixture
def load_text(tmp_path):
    def load_it(text: str, **options: str) -> Settings:
        (tmp_path / FILE_NAME).write_bytes(text.encode())
        return load(tmp_path, **options).settings

    return load_it


def test_the_sample_names_every_entry_there_is():
    data = tomllib.loads((DEFAULTS / FILE_NAME).read_text(encoding="utf-8"))

    assert set(data) == {item.name for item in fields(Settings)}
    assert set(data["clinic"]) == {item.name for item in fields(Clinic)}
    spot = {"accent_spot"}  # costs a plate of its own: templates/new-clinic.toml has it as a note
    assert set(data["brand"]) | spot == {item.name for item in fields(Brand)}
    assert all(
        set(facts) == {item.name for item in fields(Facts)} for facts in data["language"].values()
    )


def test_two_tables_are_enough_and_the_first_language_is_the_original(load_text):
    settings = load_text(SMALL)

    assert settings.clinic.languages == ("en",)
    assert settings.default_language == "en"
    assert settings.brand == Brand()


def test_a_file_that_is_there_and_cannot_be_opened_is_not_told_to_be_missing(tmp_path):
    (tmp_path / FILE_NAME).mkdir()

    with pytest.raises(BrochureError) as caught:
        load(tmp_path)

    (fault,) = caught.value.diagnostics
    assert fault.code == "file-unreadable"
    assert "Is a directory" in fault.problem


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")]
)
def test_the_marks_that_windows_editors_leave_are_taken(load_text, change):
    assert load_text(change(SMALL)) == load_text(SMALL)


@pytest.mark.parametrize(
    ("epoch", "date"),
    [("0", datetime.date(1970, 1, 1)), ("1795219200", datetime.date(2026, 11, 21)), (None, None)],
)
def test_the_variable_of_reproducible_builds_sets_the_date(load_text, epoch, date):
    assert load_text(SMALL, source_date_epoch=epoch).imprint.date == date


@pytest.mark.parametrize(
    "hours", ["08:00-13:00", "08:00-13:00 15:30-19:00", "closed", "appointment", "00:00-23:59"]
)
def test_opening_hours_that_are_understood(load_text, hours):
    assert load_text(f'{SMALL}\n[clinic.hours]\nmon = "{hours}"\n').clinic.hours == {"mon": hours}


@pytest.mark.parametrize(
    "hours", ["8:00-13:00", "08:00-24:00", "08:00-13:60", "08:00 - 13:00", "Closed", "", "24h"]
)
def test_opening_hours_that_are_not(load_text, hours):
    with pytest.raises(BrochureError, match=re.escape(f"mon = “{hours}”")):
        load_text(f'{SMALL}\n[clinic.hours]\nmon = "{hours}"\n')


WRONG = [
    ('slug = "small"', 'slug = ""', 2),
    ('slug = "small"', 'slug = "a/b"', 2),
    ('slug = "small"', "slug = true", 2),
    ('languages = ["en"]', "languages = []", 3),
    ('languages = ["en"]', 'languages = ["en", "el"]', 3),
    ('languages = ["en"]', 'languages = [\n  "en",\n  7,\n]', 3),
    ('languages = ["en"]', 'languages = ["en"]\nphone = "1"', 4),
    ('languages = ["en"]', f'languages = ["en"]\nbooking = "https://a.example/{"b" * 300}"', 4),
    ('languages = ["en"]', 'languages = ["en"]\nemail = "a b@c.example"', 4),
    ("[language.en]", '[language."en"]\naddress = "1 Street"', 6),
    ('name = "Small Clinic"', "", 5),
    ('name = "Small Clinic"', 'name = " "', 6),
    ("[language.en]", "[imprint]\ndate = 2026-01-01T10:00:00\n[language.en]", 6),
    ("[language.en]", "[imprint]\nversion = 1.0\n[language.en]", 6),
    ("[language.en]", '[content]\nroots = "content"\n[language.en]', 6),
    ("[language.en]", "[content]\nroots = []\n[language.en]", 6),
    ("[language.en]", '[content]\ninclude = [""]\n[language.en]', 6),
    ("[language.en]", '[content]\ninclude = ["."]\n[language.en]', 6),
    ("[language.en]", '[content]\nexclude = ["/texts/*.md"]\n[language.en]', 6),
    ("[language.en]", "clinic.hours.sun = 0\n[language.en]", 5),
    ("[language.en]", '[language.en]\ndigits = "roman"', 6),
]


@pytest.mark.parametrize(("old", "new", "line"), WRONG, ids=[new[-30:] for _, new, _ in WRONG])
def test_a_fault_is_told_at_its_line(load_text, old, new, line):
    with pytest.raises(BrochureError) as raised:
        load_text(SMALL.replace(old, new))

    (fault,) = raised.value.diagnostics
    assert fault.code in ("settings-invalid", "settings-syntax")
    assert fault.severity is Severity.ERROR
    assert fault.location
    assert fault.location.line == line


def test_python_is_never_spoken(load_text):
    wrong = {"clinic": "3", "language": "[]", "brand": '"teal"', "categories": "{ a = 1 }"}
    with pytest.raises(BrochureError) as raised:
        load_text("\n".join(f"{key} = {value}" for key, value in wrong.items()))

    assert len(raised.value.diagnostics) == len(wrong)
    assert not re.search(r"'|object|<|attribute", str(raised.value))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("clinic", "slug"), 2),
        (("clinic", "logo"), 1),
        (("language", "en", "name"), 6),
        (("brand", "ink"), None),
        ((), None),
    ],
)
def test_an_entry_is_found_or_else_its_table(path, line):
    assert locate(SMALL, path).line == line


def test_a_missing_translation_is_left_out_unless_the_clinic_says_otherwise(load_text):
    assert load_text(SMALL).translations.missing == "leave-out"
    chosen = load_text(SMALL + '[translations]\nmissing = "default-language"\n')
    assert chosen.translations.missing == "default-language"


def test_inks_are_given_as_four_percentages_and_a_spot_by_its_name(load_text):
    settings = load_text(
        SMALL
        + """
        [brand]
        accent_inks = [90, 40.5, 50, 30]
        accent_spot = { name = "PANTONE 3155 C", alternate = [100, 20, 50, 30] }
        [categories.care]
        inks = [0, 0, 0, 60]
        """
    )

    assert settings.brand.accent_inks == Ink(cyan=90, magenta=40.5, yellow=50, black=30)
    assert settings.brand.accent_spot.name == "PANTONE 3155 C"
    assert settings.brand.accent_spot.alternate.total == 200
    assert settings.categories["care"].inks == Ink(cyan=0, magenta=0, yellow=0, black=60)
    assert settings.print.printer == "generic-coated"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("accent_inks = [90, 40, 50]", "four numbers from 0 to 100"),
        ("paper_inks = [0, 0, 0, 400]", "four numbers from 0 to 100"),
        ('accent_spot = { name = "PANTONE 3155 C" }', "“alternate” is missing"),
        ('accent_spot = { name = "All", alternate = [0, 0, 0, 9] }', "name of a spot colour"),
    ],
)
def test_inks_that_no_press_has_are_refused(load_text, entry, problem):
    with pytest.raises(BrochureError) as error:
        load_text(f"{SMALL}[brand]\n{entry}\n")

    (fault,) = error.value.diagnostics
    assert problem in fault.problem
    assert fault.location.source_line.startswith(entry[:6])
