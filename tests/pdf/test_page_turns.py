"""What goes on overleaf is one element of the tag tree, and the proof is silent about it."""

import pikepdf
import pytest
from pikepdf import Name

from pdf import clinics
from pdf.tags import Element, Reference, kids_of, parents, tag_tree

SETTINGS = """
[clinic]
slug = "turns"
languages = ["en", "ar"]
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
WORDS = {
    "en": "sit down for ten minutes and look out of the window".split(),
    "ar": "اجلس لمدة عشر دقائق وانظر من النافذة إلى البحر البعيد".split(),
}
ITEMS, ROWS = 4, 30


def prose(tag: str, count: int) -> str:
    words = WORDS[tag]
    return " ".join(words[(number + number // 9) % len(words)] for number in range(count))


def body(tag: str) -> str:
    """Every kind of block that goes on overleaf; where its pages end is the engine's affair."""
    items = "\n".join(
        f"{number}. {prose(tag, 90)}\n   - {prose(tag, 60)}\n   - {prose(tag, 80)}"
        for number in range(1, ITEMS + 1)
    )
    loose = "\n\n".join(f"- {prose(tag, 40)}\n\n  {prose(tag, 90)}" for _ in range(ITEMS))
    rows = "".join(f"| {prose(tag, 14)} | {row} |\n" for row in range(ROWS))
    table = f"| {prose(tag, 2)} | N |\n|---|---|\n{rows}|===|\n| {prose(tag, 3)} | S |"
    tall = f"| A | B |\n|---|---|\n| {prose(tag, 420)} | {prose(tag, 260)} |\n| C | D |"
    link = f"{prose(tag, 40)} [{prose(tag, 480)}](https://clinic.example/) {prose(tag, 20)}"
    quotation = f"> {prose(tag, 430)}\n>\n> - {prose(tag, 120)}"
    mixed = f"<div>{prose(tag, 90)}<p>{prose(tag, 90)}</p>{prose(tag, 60)}</div>"
    return "\n\n".join((prose(tag, 330), items, loose, quotation, table, tall, link, mixed))


def build(made_once) -> dict:
    """The brochures of a clinic with all of this, by language."""
    files: dict[str, str | bytes] = {
        "brochure.toml": SETTINGS,
        "content/p.png": clinics.picture(),
    }
    for tag in WORDS:
        files[f"content/_collections/_care/010-rest-{tag}.md"] = clinics.treatment(
            body(tag), title="1", lang=tag, image="p.png", alt="1"
        )
    folder = made_once("page-turns", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)


@pytest.fixture(scope="module")
def turned(made_once):
    return build(made_once)


@pytest.fixture(params=WORDS)
def tree(request, turned):
    with pikepdf.open(turned[request.param]) as file:
        yield request.param, file, tag_tree(file)


def blocks(tree: Element, name: str) -> list[Element]:
    treatment = next(
        part for part in tree.elements if any(item.tag == "BlockQuote" for item in part.walk())
    )
    return [item for item in treatment.walk() if item.tag == name]


def pages(element: Element) -> list[int]:
    return sorted({item.page for item in element.walk() if item.page is not None})


def test_each_block_is_one_element(tree):
    _, _, document = tree

    assert len(blocks(document, "Table")) == 2
    assert len(blocks(document, "BlockQuote")) == 1
    assert [len(item.elements) for item in blocks(document, "THead")] == [1, 1]
    assert [len(item.elements) for item in blocks(document, "TBody")] == [ROWS, 2]
    assert [len(item.elements) for item in blocks(document, "TFoot")] == [1]
    assert len(blocks(document, "LI")) == ITEMS * 3 + ITEMS + 1
    # Category, subtitles, the way back; two paragraphs an item; the prose of the other blocks.
    assert len(blocks(document, "P")) == 2 + ITEMS * 2 + 1 + 1 + 1 + 1


def test_some_of_each_kind_go_on_overleaf(tree):
    _, _, document = tree

    for name in ("Sect", "Div", "P", "L", "LI", "LBody", "BlockQuote", "Table", "TBody", "TD"):
        assert any(len(pages(item)) > 1 for item in blocks(document, name)), name


def test_the_pages_of_an_element_follow_each_other(tree):
    """Inside paragraphs and cells; a row's second cell begins on the page of its first."""
    _, _, document = tree
    for paragraph in (*blocks(document, "P"), *blocks(document, "TD")):
        order = [item.page for item in paragraph.walk()]
        assert order == sorted(order)


def test_every_element_knows_its_parent_and_every_mark_its_element(tree):
    _, file, document = tree
    held = set()
    for element in document.walk():
        assert all(kid.source.P.objgen == element.source.objgen for kid in element.elements)
        held |= {
            (element.page, int(kid), element.source.objgen)
            for kid in kids_of(element.source)
            if isinstance(kid, int)
        }
    owners = parents(file)
    told = {
        (number, mcid, owner.objgen)
        for number, page in enumerate(file.pages)
        for mcid, owner in enumerate(owners[int(page.StructParents)])
        if isinstance(owner, pikepdf.Dictionary)
    }
    assert told == held


def test_cells_name_heads_that_are_in_the_tree(tree):
    _, _, document = tree
    heads = {str(item.source.ID) for item in blocks(document, "TH")}
    named = {str(name) for item in blocks(document, "TD") for name in item.source.A.Headers}

    assert named
    assert named <= heads


def test_a_link_over_a_page_s_end_leads_from_both_pages(tree):
    _, _, document = tree
    led = {
        (link.page, str(kid.annotation.A.URI))
        for link in blocks(document, "Link")
        for kid in link.kids
        if isinstance(kid, Reference) and Name.A in kid.annotation
    }

    assert {address for _, address in led} == {"https://clinic.example/"}
    assert len(led) == 2


def test_no_note_of_the_engine_is_left(tree):
    _, file, _ = tree
    elements = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]

    assert any(Name.S in item for item in elements)
    assert not [item for item in elements if Name.PartOf in item]
