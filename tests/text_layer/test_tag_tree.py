"""What a screen reader is given: the tag tree says every block, letter by letter, in its order.

An element with `ActualText` says that and nothing else (ISO 32000-2, 14.9.4); another says what
the codes of its marked content stand for. Lines end where words end, so spaces do not count, nor
does a label of a list. Files are read from the first tag to the last: nothing but the content and
the wording of the templates may be there, and nothing twice.
"""

import io
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby, product

import pikepdf
import pymupdf
import pytest

from brochure import api
from brochure.api.catalogues import catalogues_of
from brochure.assets import DEFAULTS
from brochure.catalogue.model import Catalogue, Treatment
from pdf import clinics
from pdf.tags import Element, tag_tree
from text_layer.texts import HELD_OUT, TEXTS, blocks

IGNORED = ("Cf", "Zs", "Cc")
BLOCKS = {"p": "P", "li": "LBody", "td": "TD", "th": "TH", "h2": "H2", "h3": "H3", "h4": "H4"}
PANEL_BULLET = "•"
"""What a style sheet puts before the items of a panel is no list's label."""
LANGUAGES = ("en", "el", "ar")
Said = tuple[str, str]
"""The kind of block that a text stands in, and its letters."""


def said(element: Element) -> str:
    """The text of an element, read as a screen reader does."""
    return "".join(text for _, text in spoken(element, None))


def spoken(element: Element, block: Element | None) -> Iterator[tuple[Element | None, str]]:
    """The texts below an element in the order of reading, each with the block that it is in."""
    if element.tag == "Lbl" or letters(element.text) == PANEL_BULLET:
        return
    block = element if element.tag in BLOCKS.values() else block
    if "/ActualText" in element.source:
        yield block, str(element.source.ActualText)
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from spoken(kid, block)
        elif isinstance(kid, str):
            yield block, kid


def letters(text: str) -> str:
    """A text without spaces, signs of direction and hyphens, which a line's end may add."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        sign
        for sign in folded
        if unicodedata.category(sign) not in IGNORED and sign not in "-\u2010\u2011"
    )


def tagged(body: Element) -> list[Said]:
    """The blocks of an element in their order, those without letters left out."""
    found = []
    for _, group in groupby(spoken(body, None), key=lambda part: id(part[0])):
        parts = list(group)
        tag = parts[0][0].tag if parts[0][0] else ""
        found.append((tag, letters("".join(text for _, text in parts))))
    return [(tag, text) for tag, text in found if text]


class Written(HTMLParser):
    """The blocks of a treatment's HTML, read without any of the code that prints it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[tuple[str, list[str]]] = [("", [])]
        self._open = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in BLOCKS:
            self._open.append(BLOCKS[tag])
            self._parts.append((self._open[-1], []))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._open.pop()
            self._parts.append((self._open[-1], []))

    def handle_data(self, data: str) -> None:
        self._parts[-1][1].append(data)

    def blocks(self) -> list[Said]:
        """The kind of each block and its letters."""
        found = ((tag, letters("".join(texts))) for tag, texts in self._parts)
        return [(tag, text) for tag, text in found if text]


@pytest.fixture(scope="session")
def catalogues() -> dict[str, Catalogue]:
    made = catalogues_of(api.open_project(DEFAULTS)).catalogues
    return {catalogue.language.tag: catalogue for catalogue in made}


def front(catalogue: Catalogue, facts: object, folios: dict[str, str]) -> Iterator[str]:
    """Cover, contents and overview; `folios` are the pages of the treatments by title."""
    words = catalogue.language.wording
    yield from (facts.name, facts.tagline, catalogue.language.own_name)
    yield from (words.welcome, *facts.welcome, words.contents)
    for category in catalogue.categories:
        yield category.title
        for item in category.treatments:
            yield from (item.title, folios[item.title])
    yield words.overview
    for category in catalogue.categories:
        yield category.title
        for item in category.treatments:
            yield from (item.card_title, folios[item.title], item.card_subtitle)


def section(category: str, treatment: Treatment) -> Iterator[str]:
    yield from (category, treatment.title, treatment.subtitle)
    yield from (text for _, text in Written(treatment.body).blocks())


@pytest.fixture(params=LANGUAGES)
def read(request, sample, catalogues):
    """A sample brochure's tag tree, its catalogue and settings, and the treatments' pages."""
    path = sample(request.param)
    with pikepdf.open(path) as file, pymupdf.open(path) as view:
        outline = [(title, str(page)) for level, title, page in view.get_toc() if level == 2]
        yield tag_tree(file), catalogues[request.param], dict(outline)


def test_a_brochure_says_all_that_was_written_and_nothing_else(read):
    tree, catalogue, folios = read
    settings = api.open_project(DEFAULTS).settings
    facts, words = settings.language[catalogue.language.tag], catalogue.language.wording

    wanted = list(front(catalogue, facts, folios))
    for category in catalogue.categories:
        for treatment in category.treatments:
            wanted += [*section(category.title, treatment), words.back_to_overview]
    text = letters(said(tree))
    start = letters("".join(wanted))

    assert text.startswith(start)
    back = text[len(start) :]
    for part in back_page(settings, facts, words, catalogue.language.date(settings.imprint.date)):
        assert letters(part) in back
        back = back[back.index(letters(part)) + len(letters(part)) :]
    assert back == ""


def back_page(settings: object, facts: object, words: object, date: str) -> Iterator[str]:
    """What the back page says after what, without the hours, whose form is a language's own."""
    clinic = settings.clinic
    yield from (words.contact, words.address, *facts.address, words.opening_hours)
    for phone in clinic.phones:
        yield from (words.phone, phone)
    for mobile in clinic.mobiles:
        yield from (words.mobile, mobile)
    yield from (words.email, clinic.email, words.web, clinic.web.removeprefix("https://"))
    yield words.practitioners
    for person in facts.practitioners:
        yield from (person.name, person.role)
    yield from (words.book, words.book_scan, clinic.booking.removeprefix("https://"))
    yield from (words.advice_note, facts.imprint)
    yield words.edition_note.format(version=settings.imprint.version, date=date)


def test_every_paragraph_item_and_cell_is_one_element_of_its_kind(read):
    tree, catalogue, _ = read
    parts = [part for part in tree.elements if any(item.tag == "H1" for item in part.walk())]
    treatments = [item for category in catalogue.categories for item in category.treatments]

    for part, treatment in zip(parts[-1 - len(treatments) : -1], treatments, strict=True):
        (body,) = (kid for kid in part.elements if kid.tag == "Div")
        assert tagged(body) == Written(treatment.body).blocks()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_handout_says_all_of_its_treatment(catalogues, code):
    rack = api.rack_of(api.open_project(DEFAULTS))
    language = api.handout_language(rack.project, code)
    (handout,) = api.handouts(rack, ["chemical-peel"], language).artefacts
    with pikepdf.open(io.BytesIO(handout.data)) as file:
        text = letters(said(tag_tree(file)))

    settings, words = rack.project.settings, language.wording
    facts, clinic = settings.language[code], settings.clinic
    category, treatment = next(
        (category, item)
        for category in catalogues[code].categories
        for item in category.treatments
        if item.slug == "chemical-peel"
    )
    wanted = (
        *(facts.name, ", ".join(facts.address), *clinic.phones, *clinic.mobiles, clinic.email),
        *(clinic.web.removeprefix("https://"), *section(category.title, treatment)),
        *(words.questions, words.questions_note, *clinic.phones, *clinic.mobiles, words.book),
        *(words.book_scan, clinic.booking.removeprefix("https://"), words.about_leaflet),
    )
    start = letters("".join(wanted))
    assert text[: len(start)] == start
    assert text.endswith(letters(words.leaflet_on_request + words.leaflet_note))


@pytest.fixture(scope="session")
def brochures(made_once):
    """Ask for the brochures of a set of texts, and for what they must say."""

    def made(name: str):
        folder = made_once(f"words-{name}", lambda new: clinics.build(TEXTS[name](new / "clinic")))
        return clinics.built(folder / "clinic"), blocks(folder / "clinic")

    return made


@pytest.mark.parametrize(
    ("name", "code"),
    [*product(["earlier"], ["ar", "el", "en", "he"]), *product(["held-out"], HELD_OUT)],
)
def test_the_tag_tree_says_every_block_of_other_texts(brochures, name, code):
    made, all_said = brochures(name)
    with pikepdf.open(made[code]) as file:
        whole = letters(said(tag_tree(file)))

    for treatment in all_said[code]:
        title, subtitle, *body = map(letters, treatment)
        at = whole.rindex(title + subtitle)
        assert whole[at:].startswith("".join((title, subtitle, *body)))
