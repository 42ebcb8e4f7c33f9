"""What a printer's eye looks for on the sample clinic's pages."""

import itertools
import re
from dataclasses import dataclass

import pikepdf
import pymupdf
import pytest

from brochure.measures import mm_to_pt
from pdf import contents
from pdf.glyphs import Line, box_of, lines, pictures
from pdf.tags import Element, kids_of, marks, tag_tree

SAFE_PT = mm_to_pt(3)
FOOT_PT = mm_to_pt(16)
QUARTER = 0.25
BLOCKS = re.compile(r"H[1-6]|P|LI|TR|Figure|BlockQuote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brochure:
    """A finished brochure; `starts` are the pages (from 0) on which its sections begin."""

    language: str
    view: pymupdf.Document
    tree: Element
    baselines: list[dict[int, set[float]]]
    starts: list[int]


@pytest.fixture(scope="module", params=contents.LANGUAGES)
def brochure(request, sample):
    path = sample(request.param)
    with pikepdf.open(path) as file, pymupdf.open(path) as view:
        starts = {page - 1 for _, _, page in view.get_toc()}
        yield Brochure(
            language=request.param,
            view=view,
            tree=tag_tree(file),
            baselines=[baselines_of(page) for page in file.pages],
            starts=sorted(starts),
        )


def baselines_of(page: pikepdf.Page) -> dict[int, set[float]]:
    """The baselines of each piece of marked content that has letters."""
    found: dict[int, set[float]] = {}
    for mark in marks(page):
        if mark.mcid is not None and mark.text.strip():
            found.setdefault(mark.mcid, set()).add(round(mark.baseline, 1))
    return found


def body_lines(page: pymupdf.Page) -> list[Line]:
    return [line for line in lines(page) if line.baseline < page.rect.height - FOOT_PT]


def fill(page: pymupdf.Page) -> float:
    """How far down text and pictures reach, as a share of the height between the margins."""
    head, foot = mm_to_pt(14), page.rect.height - FOOT_PT
    boxes = [line.box for line in body_lines(page)] + [box for box, _ in pictures(page)]
    return (max((box.y1 for box in boxes), default=head) - head) / (foot - head)


def test_no_page_is_nearly_empty_but_before_a_section(brochure):
    fills = {
        page.number + 1: round(fill(page), 2)
        for page in brochure.view
        if page.number + 1 not in brochure.starts and page.number + 1 < len(brochure.view)
    }
    assert {page: share for page, share in fills.items() if share < QUARTER} == {}


def test_last_pages_of_sections_that_are_nearly_empty_are_few(brochure):
    """The layout may leave one only where no tightening helps."""
    ends = [start - 1 for start in brochure.starts[1:]]
    short = [number + 1 for number in ends if fill(brochure.view[number]) < QUARTER]

    assert len(short) <= 1, short


def test_no_text_comes_nearer_to_the_trim_than_three_millimetres(brochure):
    for page in brochure.view:
        safe = box_of(page.rect).inset(SAFE_PT, SAFE_PT)
        assert [line for line in lines(page) if not safe.holds(line.box)] == []


def test_no_line_runs_into_another(brochure):
    for page in brochure.view:
        pairs = itertools.combinations(lines(page), 2)
        assert [
            (page.number + 1, one.text, other.text)
            for one, other in pairs
            if one.box.overlaps(other.box, 0.5)
        ] == []


def test_cards_cover_neither_each_other_nor_text(brochure):
    """Only here: detail pictures are clipped to a lower frame, which MuPDF does not tell."""
    first, after = brochure.starts[2:4]
    for page in itertools.islice(brochure.view, first, after):
        boxes = [box for box, _ in pictures(page)]
        pairs = itertools.combinations([*boxes, *(line.box for line in lines(page))], 2)
        assert boxes
        assert [pair for pair in pairs if pair[0].overlaps(pair[1], 0.5)] == []


# --- how paragraphs break over pages -------------------------------------------------------------


def blocks(brochure: Brochure, number: int) -> list[Element]:
    """The blocks of a page in reading order, innermost, with text or a picture."""
    found = [
        item
        for item in brochure.tree.walk()
        if item.page == number and BLOCKS.fullmatch(item.tag) and (item.text.strip() or item.alt)
    ]
    return [item for item in found if not any(BLOCKS.fullmatch(k.tag) for k in inner(item))]


def inner(element: Element) -> list[Element]:
    return list(element.walk())[1:]


def line_count(brochure: Brochure, block: Element) -> int:
    numbers = {
        int(kid) for item in block.walk() for kid in kids_of(item.source) if isinstance(kid, int)
    }
    rows = brochure.baselines[block.page]
    return len(set().union(*(rows.get(number, set()) for number in numbers)))


def page_turns(brochure: Brochure) -> list[tuple[Element, Element]]:
    """The last block of a page and the first of the next, inside a section."""
    return [
        (blocks(brochure, number)[-1], blocks(brochure, number + 1)[0])
        for number in range(len(brochure.view) - 1)
        if number + 1 not in brochure.starts
    ]


def test_no_heading_stands_at_the_foot_of_a_page(brochure):
    turns = page_turns(brochure)

    assert turns
    assert [last.text for last, _ in turns if last.tag.startswith("H")] == []


def letters(text: str) -> str:
    """A text's letters and digits in no order: Arabic is drawn from its end."""
    return "".join(sorted(letter for letter in text.lower() if letter.isalnum()))


def test_no_line_of_a_paragraph_stands_alone(brochure):
    """A block that is no whole block of the content goes on over the page."""
    whole = {
        letters(row)
        for item in contents.treatments(brochure.language)
        for row in (*item.body.split("\n"), item.title)
    }
    parted = [
        (last, first)
        for last, first in page_turns(brochure)
        if last.tag == first.tag != "TR" and not {letters(last.text), letters(first.text)} & whole
    ]
    alone = [
        (last.page + 1, last.text[-40:], first.text[:40])
        for last, first in parted
        if line_count(brochure, last) < 2 or line_count(brochure, first) < 2
    ]
    assert alone == []
