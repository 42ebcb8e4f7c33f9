"""Blanks, spreads and the order of pages."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from brochure.pdf.sequence import (
    bind_spreads,
    blanks_needed,
    bookmarks,
    insert_blanks,
    label_pages,
    leaves_of,
    reverse,
)


@pytest.fixture
def book():
    """Six pages of 100 by 200 that say which one they are, with a bookmark to page 3."""
    with pikepdf.new() as file:
        for number in range(1, 7):
            page = file.add_blank_page(page_size=(100, 200))
            page.TrimBox = page.MediaBox
            page.Resources = Dictionary()
            page.Contents = file.make_stream(b"%% page %d" % number)
        item = file.make_indirect(Dictionary(Dest=Array([file.pages[2].obj, Name.XYZ, 5, 7, 0])))
        file.Root.Outlines = file.make_indirect(Dictionary(First=item, Last=item, Count=1))
        file.Root.StructTreeRoot = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        yield file


def said(page: pikepdf.Page) -> str:
    return page.Contents.read_bytes().decode()


@given(pages=st.integers(1, 200), multiple=st.integers(1, 64))
def test_padding_gives_the_next_multiple(pages, multiple):
    blanks = blanks_needed(pages, multiple)

    assert 0 <= blanks < multiple
    assert (pages + blanks) % multiple == 0


def test_blanks_go_before_the_back_cover(book):
    insert_blanks(book, 2)

    assert [said(page) for page in book.pages][4:] == ["% page 5", "", "", "% page 6"]
    assert book.pages[5].TrimBox == book.pages[0].TrimBox


@given(pages=st.integers(1, 200))
def test_every_page_is_on_one_leaf(pages):
    leaves = leaves_of(pages, is_in_spreads=True)

    assert [number for leaf in leaves for number in leaf] == list(range(1, pages + 1))
    assert leaves[0] == (1,)
    assert leaves[-1] == (pages,)


@pytest.mark.parametrize(("is_rtl", "order"), [(False, [2, 3]), (True, [3, 2])])
def test_spreads_stand_as_the_book_lies_open(book, is_rtl, order):
    leaves = leaves_of(6, is_in_spreads=True)

    bind_spreads(book, leaves, is_rtl=is_rtl, bleed_pt=9)

    assert len(book.pages) == 4
    spread = book.pages[1]
    forms = [spread.Resources.XObject[f"/Page{index}"] for index in (0, 1)]
    assert [form.read_bytes().decode() for form in forms] == [f"% page {n}" for n in order]
    assert [float(edge) for edge in spread.TrimBox] == [0, 0, 200, 200]
    assert [float(edge) for edge in forms[0].BBox] == [-9, -9, 100, 209]
    assert [float(edge) for edge in forms[1].BBox] == [0, -9, 109, 209]
    assert Name.StructTreeRoot not in book.Root


@pytest.mark.parametrize(("is_rtl", "across"), [(False, 105), (True, 5)])
def test_bookmarks_lead_to_the_page_on_its_spread(book, is_rtl, across):
    bind_spreads(book, leaves_of(6, is_in_spreads=True), is_rtl=is_rtl, bleed_pt=9)

    (item,) = bookmarks(book)
    assert item.Dest[0].objgen == book.pages[1].objgen
    assert [float(value) for value in list(item.Dest)[2:]] == [across, 7, 0]


def test_the_last_page_comes_first_and_stays_itself(book):
    before = [page.objgen for page in book.pages]

    reverse(book)

    assert [page.objgen for page in book.pages] == before[::-1]


@pytest.mark.parametrize(
    ("leaves", "labels"),
    [
        (((1,), (2,), (3,)), ["1", "2", "3"]),
        (((3,), (2,), (1,)), ["3", "2", "1"]),
        (((1,), (2, 3), (4,)), ["1", "2-3", "4"]),
    ],
)
def test_viewers_show_the_printed_numbers(book, leaves, labels):
    label_pages(book, leaves)

    assert [page.label for page in book.pages][: len(labels)] == labels
