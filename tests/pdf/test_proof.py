"""The proof finds what is spoilt in a finished file, and is silent about what is right."""

import re

import pytest

from brochure.pdf.inspection import font_faults
from pdf import clinics, mutations, proved

SETTINGS = """
[clinic]
slug = "proof"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
[categories.care]
title = { en = "Care", ar = "رعاية" }
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
BODIES = {
    "en": "Sit down for ten minutes.\n\nLook out of the window.\n\n- Breathe in\n- Breathe out",
    "ar": "اجلس لمدة 10 دقائق.\n\nانظر من النافذة.\n\n- شهيق\n- زفير",
}
TITLES = {"en": "Rest", "ar": "راحة"}
SUBTITLES = {"en": "Ten quiet minutes", "ar": "عشر دقائق هادئة"}
FIRST = {"en": "Sit down for ten minutes.", "ar": "اجلس لمدة 10 دقائق."}
SECOND = {"en": "Look out of the window.", "ar": "انظر من النافذة."}
SHOWN = {"en": "Look out of the", "ar": "ةذفانلا"}
"""A part of the second paragraph as it stands from left to right."""
SHOWN_FIRST = {"en": "Sit down", "ar": "ةدمل"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proof")
    files = {"brochure.toml": SETTINGS, "content/p.png": clinics.picture()}
    for tag, body in BODIES.items():
        files[f"content/_collections/_care/010-rest-{tag}.md"] = clinics.treatment(
            body, title=TITLES[tag], subtitle=SUBTITLES[tag], lang=tag, image="p.png", alt="1"
        )
    with pytest.MonkeyPatch.context() as patch:
        return proved.brochures(clinics.write(folder, files), patch)


@pytest.fixture(params=["en", "ar"])
def tag(request) -> str:
    return request.param


def spoilt(made, tag: str, change: mutations.Change):
    """What the proof says after a change on the treatment's first page."""
    brochure = made[tag]
    data = mutations.changed(brochure.data, lambda file: brochure.page(file, TITLES[tag]), change)
    return brochure.again(data)


def named(made, tag: str, text: str):
    """Where a passage was written."""
    places = made[tag].composition.sections[0].passages
    return next(passage.place for passage in places if passage.text == text)


def words_swapped(letters: list[str]) -> list[int]:
    """The first word to the end."""
    gap = letters.index(" ")
    numbers = list(range(len(letters)))
    return [*numbers[gap + 1 :], gap, *numbers[:gap]]


def first_word_dropped(letters: list[str]) -> list[int]:
    return list(range(letters.index(" ") + 1, len(letters)))


def test_nothing_is_wrong_with_what_was_made(made, tag):
    assert made[tag].said == ()


CHANGES = {
    "word dropped": (
        "text-lost",
        lambda shown, other: mutations.rewrite(shown, first_word_dropped),
    ),
    "line dropped": ("text-lost", lambda shown, other: mutations.drop(shown)),
    "words swapped": (
        "text-changed",
        lambda shown, other: mutations.rewrite(shown, words_swapped),
    ),
    "paragraphs swapped": ("text-changed", lambda shown, other: mutations.swap(other, shown)),
    "off the page": (
        "text-hidden",
        lambda shown, other: mutations.wrap(shown, "q 1 0 0 1 -500 0 cm", "Q"),
    ),
    "clipped": (
        "text-hidden",
        lambda shown, other: mutations.wrap(shown, "q 0 0 5 5 re W n", "Q"),
    ),
    "invisible": ("text-hidden", lambda shown, other: mutations.wrap(shown, "q 3 Tr", "Q")),
    "without size": (
        "text-hidden",
        lambda shown, other: mutations.wrap(shown, "q .01 0 0 .01 99 99 cm", "Q"),
    ),
    "repeated": ("text-repeated", lambda shown, other: mutations.repeat(shown)),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_spoilt_paragraph_is_found_and_named(made, tag, kind):
    code, change = CHANGES[kind]
    said = spoilt(made, tag, change(SHOWN[tag], SHOWN_FIRST[tag]))

    assert code in {fault.code for fault in said}
    assert named(made, tag, SECOND[tag]) in {fault.location for fault in said}
    page = made[tag].layout.starts[0][1] + 1
    assert all(f"on page {page} ({tag})" in fault.problem for fault in said)


def test_what_lies_under_a_plane_is_found(made, tag):
    said = spoilt(made, tag, mutations.append("q 1 1 1 rg 0 0 5000 5000 re f Q"))

    hidden = {fault.location for fault in said if fault.code == "text-hidden"}
    assert {named(made, tag, FIRST[tag]), named(made, tag, SECOND[tag])} <= hidden


def test_letters_that_are_mapped_wrong_are_found(made, tag):
    def other(data: bytes) -> bytes:
        return re.sub(rb"(<\w{4}> <)\w+>", rb"\g<1>0058>", data)

    assert "text-changed" in {
        fault.code for fault in spoilt(made, tag, mutations.map_letters(other))
    }


@pytest.mark.parametrize("replaced", [b"fffd", b"0000"])
def test_letters_that_mean_nothing_are_found(made, tag, replaced):
    def none(data: bytes) -> bytes:
        return re.sub(rb"(<\w{4}> <)\w+>", rb"\g<1>" + replaced + b">", data)

    said = spoilt(made, tag, mutations.map_letters(none))
    assert any("no software can read" in fault.problem for fault in said)


def test_letters_without_a_map_are_found(made, tag):
    assert spoilt(made, tag, mutations.map_letters(lambda data: None)) != ()


def test_a_page_that_is_gone_is_found(made, tag):
    said = spoilt(made, tag, mutations.remove_page)

    lost = {fault.location for fault in said if fault.code in ("text-lost", "text-changed")}
    assert {named(made, tag, FIRST[tag]), named(made, tag, SECOND[tag])} <= lost


@pytest.mark.parametrize("change", [mutations.unembed, mutations.foreign])
def test_a_font_that_is_not_ours_or_not_there_is_found(made, tag, change):
    brochure = made[tag]
    data = mutations.changed(brochure.data, lambda file: brochure.page(file, TITLES[tag]), change)

    said = font_faults(data, brochure.composition.families, "x.pdf")
    assert {fault.code for fault in said} == {"font-stranger"}
