import datetime
import re
import tomllib
from dataclasses import fields

import pytest

from brochure.assets import DEFAULTS, assets_of
from brochure.languages import FOLDER, Direction, Wording, script_of
from brochure.wording_files import load_languages, wording_fault

DATE = datetime.date(2026, 11, 21)
QUOTATION_MARK = re.compile(r"(?<!\w)[«»‹›“”„‘’‚״׳]|[«»‹›“”„‘’‚״׳](?!\w)")

SAME_IN_ENGLISH = {"contact", "email", "sources", "version", "web"}
"""Words that French, Greek, Italian or Portuguese share with English."""

LANGUAGES = {
    "ar": ("rtl", "Arab", "العربية", "21 نوفمبر 2026", "الاثنين"),
    "el": ("ltr", "Grek", "Ελληνικά", "21 Νοεμβρίου 2026", "Δευτέρα"),
    "en": ("ltr", "Latn", "English", "November 21, 2026", "Monday"),
    "es": ("ltr", "Latn", "Español", "21 de noviembre de 2026", "Lunes"),
    "fr": ("ltr", "Latn", "Français", "21 novembre 2026", "Lundi"),
    "he": ("rtl", "Hebr", "עברית", "21 בנובמבר 2026", "יום שני"),
    "it": ("ltr", "Latn", "Italiano", "21 novembre 2026", "Lunedì"),
    "pt": ("ltr", "Latn", "Português", "21 de novembro de 2026", "Segunda-feira"),
    "ru": ("ltr", "Cyrl", "Русский", "21 ноября 2026\u202fг.", "Понедельник"),
    "zh": ("ltr", "Hans", "中文", "2026年11月21日", "星期一"),
}


def test_there_are_ten(languages):
    assert [language.tag for language in languages.known] == list(LANGUAGES)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_direction_script_name_date_and_day(languages, tag):
    language = languages.find(tag)
    direction = Direction(LANGUAGES[tag][0])

    found = (language.script, language.own_name, language.date(DATE), language.weekday(0))

    assert language.direction is direction
    assert found == LANGUAGES[tag][1:]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_hours_run_to_24_and_weeks_have_seven_days(languages, tag):
    language = languages.find(tag)

    assert "19" in language.time(19, 5) or "١٩" in language.time(19, 5)
    assert len({language.weekday(day) for day in range(7)}) == 7


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_file_of_wording_has_the_same_entries_in_the_same_order(tag):
    data = tomllib.loads((DEFAULTS / FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))

    assert list(data["wording"]) == [item.name for item in fields(Wording)]
    assert all(text.strip() == text and text for text in data["wording"].values())
    assert [key for key in data["language"] if key != "letters"] == ["aliases", "quotes"]


@pytest.mark.parametrize("tag", sorted(set(LANGUAGES) - {"en"}))
def test_wording_is_translated(languages, tag):
    english, wording = languages.find("en").wording, languages.find(tag).wording
    same = [
        item.name
        for item in fields(Wording)
        if getattr(wording, item.name) == getattr(english, item.name)
    ]

    assert set(same) <= SAME_IN_ENGLISH


@pytest.mark.parametrize(
    ("code", "tag"),
    [("gr", "el"), ("GR", "el"), (" el ", "el"), ("iw", "he"), ("sp", "es"), ("cn", "zh")],
)
def test_the_codes_that_websites_use_are_understood(languages, code, tag):
    assert languages.find(code).tag == tag


@pytest.mark.parametrize("code", ["", "klingon", "e", "en-", "../en"])
def test_other_codes_are_not(languages, code):
    assert languages.find(code) is None


def test_no_code_means_two_languages(languages):
    assert len(languages.codes) == len(set(languages.codes))


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("fa", "Arab"),
        ("hi", "Deva"),
        ("ja", "Jpan"),
        ("sr", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("zh-TW", "Hant"),
    ],
)
def test_the_script_of_a_language_that_a_clinic_adds(tag, script):
    assert script_of(tag) == script


def test_a_clinic_adds_a_language_with_one_file(tmp_path):
    (tmp_path / FOLDER).mkdir(parents=True)
    text = (DEFAULTS / FOLDER / "en.toml").read_text(encoding="utf-8")
    (tmp_path / FOLDER / "fa.toml").write_text(text, encoding="utf-8")

    languages, faults = load_languages(assets_of(tmp_path))

    assert faults == ()
    assert languages.find("fa").direction is Direction.RTL


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("gr", "Write “el” instead"),
        ("EN", "Write “en” instead"),
        ("tr", "templates/wording/tr.toml"),
    ],
)
def test_what_to_do_about_a_language_without_wording(languages, code, fix):
    assert fix in wording_fault(code, languages, None).fix


@pytest.mark.parametrize(
    ("tag", "other", "name"),
    [
        ("en", "ar", "Arabic"),
        ("el", "en", "Αγγλικά"),
        ("ar", "en", "الإنجليزية"),
        ("fr", "el", "grec"),
    ],
)
def test_a_language_has_a_name_in_every_other(languages, tag, other, name):
    assert languages.find(tag).name_of(languages.find(other)) == name


def test_what_we_count_is_in_the_digits_that_the_language_names(languages):
    arabic = languages.with_digits({"ar": "arab", "el": ""})
    day = datetime.date(2026, 11, 21)

    assert arabic.find("ar").date(day) == "٢١ نوفمبر ٢٠٢٦"
    assert arabic.find("ar").time(8, 30) == "٠٨:٣٠"
    assert arabic.find("ar").digits.counter_style == "arabic-indic"
    assert arabic.find("el").time(8, 30) == languages.find("el").time(8, 30) == "08:30"


@pytest.mark.parametrize(
    "word",
    "βα-κτή-ρι-ο θε-ρα-πεί-α α-ντι-με-τώ-πι-ση συμ-βου-λευ-τι-κή υ-α-λου-ρο-νι-κό "
    "δερ-μα-το-λό-γος εγ-χεί-ρη-ση αι-σθη-τι-κή".split(),
)
def test_the_engine_s_greek_patterns_part_words_only_where_greek_does(word):
    """They leave out some of the places that the grammar gives, and add none."""
    import pyphen

    syllables = [sum(map(len, word.split("-")[:count])) for count in range(1, word.count("-") + 1)]
    places = pyphen.Pyphen(lang="el", left=3, right=3).positions(word.replace("-", ""))

    assert places
    assert set(places) <= set(syllables)


def test_digits_that_nobody_knows_are_a_fault_of_the_file_of_wording(tmp_path):
    (tmp_path / FOLDER).mkdir(parents=True)
    text = (DEFAULTS / FOLDER / "ar.toml").read_text(encoding="utf-8")
    wrong = text.replace("[language]", '[language]\ndigits = "roman"', 1)
    (tmp_path / FOLDER / "ar.toml").write_text(wrong, encoding="utf-8")

    languages, (fault,) = load_languages(assets_of(tmp_path))

    assert languages.find("ar") is None
    assert fault.code == "wording-invalid"
    assert (fault.location.line, fault.problem) == (
        2,
        "The entry “digits” is not one of latn, arab, arabext",
    )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_quotation_marks_in_wording_are_the_language_s_own(languages, tag):
    """A mark inside a word is an apostrophe, or Hebrew's sign of an abbreviation."""
    language = languages.find(tag)
    own = {getattr(language.quotes, item.name) for item in fields(language.quotes)}
    texts = [getattr(language.wording, item.name) for item in fields(Wording)]
    marks = {mark for text in texts for mark in QUOTATION_MARK.findall(text)}

    assert marks <= own
    assert not any(sign in text for text in texts for sign in "\"'")
