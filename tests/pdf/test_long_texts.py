"""Titles, subtitles and words far longer than usual: nothing is clipped, nothing collides."""

import itertools
import unicodedata

import pymupdf
import pytest

from brochure.measures import mm_to_pt
from pdf import clinics
from pdf.glyphs import Line, box_of, lines, pictures

TITLE, SUBTITLE, WORD = 105, 500, 60
SYLLABLES = {
    "en": "treatment consultation appointment examination skin care and the of with".split(),
    "el": "θεραπεία συνεδρία εξέταση αντιμετώπιση φροντίδα δέρμα και το με για".split(),
    "ar": "رعاية زيارة دواء دورة إدارة وقاية بشرة جلسة مع من".split(),
}
LONG = {"en": "electroencephalo", "el": "ηλεκτροεγκεφαλο", "ar": "واستخداماتهم"}
SETTINGS = """
[clinic]
slug = "long"
languages = ["{language}"]
[language.{language}]
name = "{name}"
"""
PICTURE = clinics.picture()


def text(language: str, length: int) -> str:
    """So many characters of words."""
    words = itertools.cycle(SYLLABLES[language])
    made = ""
    while len(made) < length:
        made += f"{next(words)} "
    return made[: length - 1].rstrip() + "."


def word(language: str) -> str:
    return (LONG[language] * 6)[:WORD]


def sentences(language: str) -> list[str]:
    title, subtitle = text(language, TITLE), text(language, SUBTITLE)
    return [
        clinics.treatment(text(language, 400), title=title, subtitle=subtitle, **rest)
        for rest in ({}, {"card_title": title, "card_subtitle": subtitle}, {"card_title": "a"})
    ]


def words(language: str) -> list[str]:
    long = word(language)
    table = f"| {long} | 1 |\n|---|---|\n| 2 | 3 |"
    return [
        clinics.treatment(f"{long} a {long}\n\n- a\n  - {long}\n\n{table}", title="a"),
        clinics.treatment("a", title=f"a {long}", subtitle=long, card_title="a"),
        clinics.treatment("a", title="a", card_title=long, card_subtitle=f"{long} a"),
    ]


CLINICS = {"sentences": sentences, "words": words}


@pytest.fixture(params=itertools.product(CLINICS, SYLLABLES), ids="-".join)
def brochure(request, made_once):
    """A clinic of nothing but such texts: which kind, in which language, and its pages."""
    kind, language = request.param
    settings = SETTINGS.format(language=language, name=text(language, 30))
    files: dict[str, str | bytes] = {"brochure.toml": settings, "content/p.png": PICTURE}
    for number, source in enumerate(CLINICS[kind](language)):
        name = f"content/_collections/_care/{number}-long{number}-{language}.md"
        files[name] = source.replace("---\n", "---\nimage: p.png\nalt: a\n", 1)
    folder = made_once(
        f"long-{kind}-{language}", lambda new: clinics.build(clinics.write(new, files))
    )
    with pymupdf.open(clinics.built(folder)[language]) as file:
        yield kind, language, file


def inner_pages(file: pymupdf.Document) -> list[pymupdf.Page]:
    """Every page but the cover and the back."""
    return list(file)[1:-1]


def test_no_line_leaves_the_margins(brochure):
    _, _, file = brochure
    for page in inner_pages(file):
        frame = box_of(page.rect).inset(mm_to_pt(12), mm_to_pt(5))
        assert [line.text for line in lines(page) if not frame.holds(line.box, 0.5)] == []


def test_no_lines_or_cards_collide(brochure):
    _, _, file = brochure
    overview = range(*(page - 1 for _, _, page in file.get_toc()[2:4]))
    for page in inner_pages(file):
        boxes: list[tuple[str, object]] = [(line.text, line.box) for line in lines(page)]
        if page.number in overview:
            boxes += [("card", box) for box, _ in pictures(page)]
        collisions = [
            (page.number + 1, one, other)
            for (one, box), (other, at) in itertools.combinations(boxes, 2)
            if box.overlaps(at, 0.5)
        ]
        assert collisions == []


def letters(found: list[Line]) -> str:
    """Letters in no order: lines of Arabic are drawn from their end, long words are divided."""
    plain = unicodedata.normalize("NFKC", "".join(line.text for line in found))
    return "".join(sorted(letter for letter in plain if letter.isalpha()))


def test_no_letter_is_lost(brochure):
    kind, language, file = brochure
    whole = letters([line for page in inner_pages(file) for line in lines(page)])
    printed = {
        "sentences": ((text(language, TITLE), 8), (text(language, SUBTITLE), 4)),
        "words": ((word(language), 9),),
    }
    for wanted, times in printed[kind]:
        for letter in set(filter(str.isalpha, wanted)):
            assert whole.count(letter) >= times * wanted.count(letter)
