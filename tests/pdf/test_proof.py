"""The proof finds what is spoilt in a finished file, and is silent about what is right."""

import re
from dataclasses import dataclass

import pytest

from brochure.pdf.inspection import font_faults, fonts_in
from pdf import clinics, mutations, proved

SETTINGS = """
[clinic]
slug = "proof"
languages = ["en", "el", "ar", "he"]
phones = ["+357 22 000000"]
[clinic.hours]
mon = "08:30-14:00"
[categories.care]
title = { en = "Care", el = "Φροντίδα", ar = "رعاية", he = "טיפול" }
[language.en]
name = "Clinic"
tagline = "Time to listen"
address = ["Long street", "Small town"]
imprint = "Printed by hand"
[language.el]
name = "Κλινική"
tagline = "Έχουμε χρόνο ακρόασης"
address = ["Μακρύς δρόμος", "Μικρή πόλη"]
imprint = "Τυπώθηκε στο χέρι"
[language.ar]
name = "عيادة"
tagline = "وقت للاستماع إليك"
address = ["شارع طويل", "مدينة صغيرة"]
imprint = "طبع باليد هنا"
[language.he]
name = "מרפאה"
tagline = "יש זמן להקשיב"
address = ["רחוב ארוך", "עיר קטנה"]
imprint = "הודפס ביד כאן"
"""
BODY = """\
{first}

{second}

- {items[0]}
- {items[1]}

| {heads[0]} | {heads[1]} |
|---|---|
| {cells[0]} | {cells[1]} |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What the small clinic says in one language."""

    title: str
    subtitle: str
    first: str
    second: str
    items: tuple[str, str]
    heads: tuple[str, str]
    cells: tuple[str, str]
    card: str
    card_subtitle: str
    other: str
    tagline: str
    street: str
    imprint: str


TEXTS = {
    "en": Texts(
        title="Quiet rest",
        subtitle="Ten quiet minutes",
        first="Sit down for ten minutes.",
        second="Look out of the window.",
        items=("Breathe in slowly", "Breathe out again"),
        heads=("What you need", "How long"),
        cells=("A soft chair", "Until you smile"),
        card="Have a rest",
        card_subtitle="It is free",
        other="Long walk",
        tagline="Time to listen",
        street="Long street",
        imprint="Printed by hand",
    ),
    "el": Texts(
        title="Λίγη ανάπαυση",
        subtitle="Δέκα ήσυχα λεπτά",
        first="Καθίστε κάτω για δέκα λεπτά.",
        second="Κοιτάξτε έξω από το παράθυρο.",
        items=("Εισπνεύστε αργά αργά", "Εκπνεύστε και πάλι"),
        heads=("Τι θα χρειαστείτε", "Πόση ώρα"),
        cells=("Μια μαλακή καρέκλα", "Μέχρι να χαμογελάσετε"),
        card="Λίγη ξεκούραση τώρα",
        card_subtitle="Είναι όλα δωρεάν",
        other="Ένας περίπατος",
        tagline="Έχουμε χρόνο ακρόασης",
        street="Μακρύς δρόμος",
        imprint="Τυπώθηκε στο χέρι",
    ),
    "ar": Texts(
        title="راحة تامة",
        subtitle="دقائق هادئة جدا",
        first="اجلس لمدة عشر دقائق.",
        second="انظر من النافذة.",
        items=("خذ نفسا عميقا", "أخرج الهواء ببطء"),
        heads=("ما الذي تحتاجه", "كم من الوقت"),
        cells=("كرسي مريح وناعم", "حتى تبتسم قليلا"),
        card="استرح قليلا هنا",
        card_subtitle="كل شيء مجاني",
        other="مشي طويل",
        tagline="وقت للاستماع إليك",
        street="شارع طويل",
        imprint="طبع باليد هنا",
    ),
    "he": Texts(
        title="מנוחה שלמה",
        subtitle="עשר דקות שקטות",
        first="שבו למשך עשר דקות.",
        second="הסתכלו מהחלון החוצה.",
        items=("שאפו אוויר לאט", "נשפו שוב החוצה"),
        heads=("מה צריך להביא", "כמה זמן"),
        cells=("כיסא רך ונוח", "עד שתחייכו שוב"),
        card="זמן לנוח קצת",
        card_subtitle="הכול כאן בחינם",
        other="הליכה ארוכה",
        tagline="יש זמן להקשיב",
        street="רחוב ארוך",
        imprint="הודפס ביד כאן",
    ),
}
OVERVIEW = 2
SPOTS = {
    "tagline": (0, lambda texts: texts.tagline),
    "title in the contents": (1, lambda texts: texts.title),
    "card": (OVERVIEW, lambda texts: texts.card),
    "line of a card": (OVERVIEW, lambda texts: texts.card_subtitle),
    "title": (None, lambda texts: texts.title),
    "subtitle": (None, lambda texts: texts.subtitle),
    "paragraph": (None, lambda texts: texts.second),
    "item": (None, lambda texts: texts.items[0]),
    "head of a column": (None, lambda texts: texts.heads[0]),
    "cell": (None, lambda texts: texts.cells[1]),
    "address": (-1, lambda texts: texts.street),
    "imprint": (-1, lambda texts: texts.imprint),
}
"""Where each kind of passage stands: a page of the file, None for the treatment's."""
PAIRS = {
    "paragraphs": (None, lambda texts: (texts.first, texts.second)),
    "items": (None, lambda texts: texts.items),
    "cells": (None, lambda texts: texts.cells),
    "title and subtitle": (None, lambda texts: (texts.title, texts.subtitle)),
    "entries of the contents": (1, lambda texts: (texts.title, texts.other)),
    "cards": (OVERVIEW, lambda texts: (texts.card, texts.other)),
}
"""What stands one after the other."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proof")
    files = {"brochure.toml": SETTINGS, "content/p.png": clinics.picture()}
    for tag, texts in TEXTS.items():
        pictures = {"image": "p.png", "alt": "1", "lang": tag}
        body = BODY.format(**{name: getattr(texts, name) for name in Texts.__slots__})
        files[f"content/_collections/_care/010-rest-{tag}.md"] = clinics.treatment(
            body,
            title=texts.title,
            subtitle=texts.subtitle,
            card_title=texts.card,
            card_subtitle=texts.card_subtitle,
            **pictures,
        )
        files[f"content/_collections/_care/020-walk-{tag}.md"] = clinics.treatment(
            "1 2 3", title=texts.other, **pictures
        )
    with pytest.MonkeyPatch.context() as patch:
        return proved.brochures(clinics.write(folder, files), patch)


@pytest.fixture(params=TEXTS)
def tag(request) -> str:
    return request.param


def spoilt(
    brochure: proved.Proved,
    tag: str,
    data: bytes,
    change: mutations.Change,
    page: int | None = None,
) -> bytes:
    """A file after a change on a page, on the treatment's if none is named."""

    def page_of(file):
        return brochure.page(file, TEXTS[tag].title) if page is None else file.pages[page]

    return mutations.changed(data, page_of, change)


def said_of(made, tag: str, change: mutations.Change, page: int | None = None):
    """What the proof says after one change."""
    return made[tag].again(spoilt(made[tag], tag, made[tag].data, change, page))


def number_of(made, tag: str, page: int | None) -> str:
    """A page's number in the file, from 1."""
    if page is None:
        return str(made[tag].layout.starts[0][1] + 1)
    return str(page + 1 if page >= 0 else len(made[tag].layout.pages))


def named(made, tag: str, text: str, page: int | None = None):
    """Where a passage was written."""
    composition = made[tag].composition
    section = {None: composition.sections[0], -1: composition.sections[-1]}.get(
        page, composition.front
    )
    return next(item.place for item in section.passages if item.text.startswith(text))


def words_swapped(letters: list[str]) -> list[int]:
    """The first word to the end."""
    gap = letters.index(" ")
    numbers = list(range(len(letters)))
    return [*numbers[gap + 1 :], gap, *numbers[:gap]]


def first_word_dropped(letters: list[str]) -> list[int]:
    return list(range(letters.index(" ") + 1, len(letters)))


def first_word_doubled(letters: list[str]) -> list[int]:
    numbers = list(range(len(letters)))
    return [*numbers[: letters.index(" ") + 1], *numbers]


def test_nothing_is_wrong_with_what_was_made(made, tag):
    assert made[tag].said == ()


CHANGES = {
    "dropped": ({"text-lost"}, mutations.drop),
    "without its first word": (
        {"text-lost", "text-changed"},
        lambda text: mutations.rewrite(text, first_word_dropped),
    ),
    "with a word twice": (
        {"text-changed"},
        lambda text: mutations.rewrite(text, first_word_doubled),
    ),
    "with its words in another order": (
        {"text-changed"},
        lambda text: mutations.rewrite(text, words_swapped),
    ),
    "off the page": (
        {"text-hidden"},
        lambda text: mutations.wrap(text, "q 1 0 0 1 -500 0 cm", "Q"),
    ),
    "half off the page": ({"text-hidden"}, mutations.push_over_the_edge),
    "clipped": ({"text-hidden"}, lambda text: mutations.wrap(text, "q 0 0 5 5 re W n", "Q")),
    "invisible": ({"text-hidden"}, lambda text: mutations.wrap(text, "q 3 Tr", "Q")),
    "without size": (
        {"text-hidden"},
        lambda text: mutations.wrap(text, "q .01 0 0 .01 99 99 cm", "Q"),
    ),
    "covered on the left": ({"text-hidden"}, lambda text: mutations.cover(text, 0, 0.2)),
    "covered on the right": ({"text-hidden"}, lambda text: mutations.cover(text, 0.8, 1)),
    "repeated": ({"text-repeated"}, mutations.repeat),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_spoilt_is_found_and_named_wherever_it_stands(made, tag, kind):
    codes, change = CHANGES[kind]
    texts = {spot: (page, text_of(TEXTS[tag])) for spot, (page, text_of) in SPOTS.items()}
    data = made[tag].data
    for page in dict.fromkeys(page for page, _ in texts.values()):
        changes = [change(text) for place, text in texts.values() if place == page]
        data = spoilt(made[tag], tag, data, mutations.all_of(*changes), page)

    said = made[tag].again(data)

    told = {
        (fault.location, re.search(r"on page (\d+) \((\w+)\)", fault.problem).groups())
        for fault in said
        if fault.code in codes
    }
    assert [
        spot
        for spot, (page, text) in texts.items()
        if (named(made, tag, text, page), (number_of(made, tag, page), tag)) not in told
    ] == []


def test_a_place_is_the_line_that_the_words_were_written_on(made, tag):
    for spot in ("paragraph", "item", "head of a column", "cell"):
        text = SPOTS[spot][1](TEXTS[tag])
        place = named(made, tag, text)
        assert place.path.endswith(f"010-rest-{tag}.md")
        assert text in place.source_line


@pytest.mark.parametrize("pair", PAIRS)
def test_what_has_changed_places_is_found_and_named(made, tag, pair):
    page, texts_of = PAIRS[pair]
    texts = texts_of(TEXTS[tag])

    said = said_of(made, tag, mutations.swap(*texts), page)

    places = {named(made, tag, text, page) for text in texts}
    assert "text-changed" in {fault.code for fault in said if fault.location in places}


def test_what_stands_on_the_pages_of_another_treatment_is_found(made, tag):
    brochure, texts = made[tag], TEXTS[tag]
    data = mutations.moved(
        brochure.data,
        texts.second,
        lambda file: brochure.page(file, texts.title),
        lambda file: brochure.page(file, texts.other),
    )

    said = {(fault.code, fault.location) for fault in brochure.again(data)}
    place = named(made, tag, texts.second)
    assert {("text-lost", place), ("text-repeated", place)} <= said


def test_what_lies_under_a_plane_is_found(made, tag):
    said = said_of(made, tag, mutations.append("q 1 1 1 rg 0 0 5000 5000 re f Q"))

    hidden = {fault.location for fault in said if fault.code == "text-hidden"}
    texts = TEXTS[tag]
    covered = (texts.title, texts.first, *texts.items, *texts.heads, *texts.cells)
    assert {named(made, tag, text) for text in covered} <= hidden


def test_white_words_on_white_paper_are_found(made, tag):
    text = TEXTS[tag].second
    said = said_of(made, tag, mutations.wrap(text, "q 1 1 1 rg", "Q"))

    assert {(fault.code, fault.location) for fault in said} == {
        ("text-hidden", named(made, tag, text))
    }


def test_letters_that_are_mapped_wrong_are_found(made, tag):
    def other(data: bytes) -> bytes:
        return re.sub(rb"(<\w{4}> <)\w+>", rb"\g<1>0058>", data)

    assert "text-changed" in {
        fault.code for fault in said_of(made, tag, mutations.map_letters(other))
    }


@pytest.mark.parametrize("replaced", [b"fffd", b"0000"])
def test_letters_that_mean_nothing_are_found(made, tag, replaced):
    def none(data: bytes) -> bytes:
        return re.sub(rb"(<\w{4}> <)\w+>", rb"\g<1>" + replaced + b">", data)

    said = said_of(made, tag, mutations.map_letters(none))
    assert any("no software can read" in fault.problem for fault in said)


def test_letters_without_a_map_are_found(made, tag):
    assert said_of(made, tag, mutations.map_letters(lambda data: None)) != ()


def test_a_page_that_is_gone_is_found(made, tag):
    texts = TEXTS[tag]
    said = said_of(made, tag, mutations.remove_page)

    lost = {fault.location for fault in said if fault.code in ("text-lost", "text-changed")}
    assert {named(made, tag, texts.first), named(made, tag, texts.second)} <= lost


@pytest.mark.parametrize("change", [mutations.unembed, mutations.foreign])
def test_a_font_that_is_not_ours_or_not_there_is_found(made, tag, change):
    brochure = made[tag]
    data = mutations.changed(
        brochure.data, lambda file: brochure.page(file, TEXTS[tag].title), change
    )

    said = font_faults(fonts_in(data), brochure.composition.families, "x.pdf")
    assert {fault.code for fault in said} == {"font-stranger"}


@pytest.mark.parametrize(("code", "title"), [("en", "X"), ("el", "Ω"), ("he", "ש")])
def test_a_title_of_one_letter_is_not_taken_for_the_initial_in_its_panel(
    tmp_path, monkeypatch, code, title
):
    files = {"brochure.toml": SETTINGS}
    for number, name in enumerate((title, f"{title} 2"), start=1):
        path = f"content/_collections/_care/{number}0-rest{number}-{code}.md"
        files[path] = clinics.treatment(TEXTS[code].first, title=name, lang=code)

    made = proved.brochures(clinics.write(tmp_path, files), monkeypatch, [code])

    assert made[code].said == ()
