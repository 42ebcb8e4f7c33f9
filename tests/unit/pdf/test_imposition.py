"""Sheets are folded here, on paper of our own, and have to read as the file did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.measures import Size
from brochure.pdf.imposition import (
    PANELS,
    Binding,
    Face,
    FlipEdge,
    back_to_back,
    fitting,
    for_flip,
    n_up,
    padded,
    saddle,
    signatures,
    trifold,
    upright_edge,
)
from pdf.folding import Seen, leafed, sheets, unfolded

A4 = Size(width_mm=210, height_mm=297)
A5 = Size(width_mm=148, height_mm=210)
DL = Size(width_mm=99, height_mm=210)
SRA3 = Size(width_mm=320, height_mm=450)
LETTER = Size(width_mm=215.9, height_mm=279.4)
PAPERS = {"landscape": A4.landscape, "portrait": A4}

bindings = st.sampled_from(Binding)
edges = st.sampled_from(FlipEdge)
papers = st.sampled_from(sorted(PAPERS))
counts = st.integers(1, 128)
sizes = st.integers(1, 32).map(lambda sheets: 4 * sheets)


def upright(pages):
    return [Seen(page, False) for page in pages]


def printed(faces, edge, paper):
    turned = for_flip(faces, edge, PAPERS[paper])
    return list(sheets(turned, edge, is_landscape=paper == "landscape"))


@given(count=counts, size=sizes, binding=bindings, edge=edges, paper=papers)
def test_folded_signatures_read_in_order(count, size, binding, edge, paper):
    slots = padded(count)
    book = printed(saddle(slots, binding, size=size), edge, paper)

    read = []
    for part in signatures(slots, size):
        nested, book = book[: len(part) // 4], book[len(part) // 4 :]
        read += leafed(nested, binding)

    assert book == []
    assert read == upright(slots)
    assert [seen.page for seen in read if seen.page is not None] == list(range(count))


@given(count=counts, size=sizes)
def test_signatures_are_as_even_as_sheets_allow(count, size):
    slots = padded(count)
    lengths = [len(part) for part in signatures(slots, size)]

    assert sum(signatures(slots, size), ()) == slots
    assert max(lengths) <= size
    assert max(lengths) - min(lengths) <= 4
    assert {length % 4 for length in lengths} == {0}
    assert len(lengths) == -(-len(slots) // size)


@given(count=counts, multiple=st.sampled_from([4, 8, 16]))
def test_blanks_stand_before_the_back_cover(count, multiple):
    slots = padded(count, multiple)
    blanks = len(slots) - count

    assert len(slots) % multiple == 0
    assert blanks < multiple
    if count > 1:
        assert slots == (*range(count - 1), *[None] * blanks, count - 1)
    else:
        assert slots[0] == 0


@given(first=counts, second=counts, edge=edges, paper=papers, multiple=st.sampled_from([4, 8]))
def test_a_flip_book_reads_from_both_covers(first, second, edge, paper, multiple):
    slots = back_to_back(first, second, multiple)
    book = printed(saddle(slots, Binding.LEFT), edge, paper)
    blanks = len(slots) - first - second

    from_the_left = list(leafed(book, Binding.LEFT))
    from_the_right = list(leafed(book, Binding.RIGHT))

    assert len(slots) % multiple == 0
    assert 0 <= blanks < multiple
    assert from_the_left[: first + blanks] == upright((*range(first), *[None] * blanks))
    assert from_the_right[:second] == upright(range(first, first + second))


@given(first=counts, second=counts)
def test_spreads_of_both_brochures_stay_spreads(first, second):
    """Page 2 faces page 3 in each, so inner margins are at the spine in both."""
    slots = back_to_back(first, second)
    place = {page: number for number, page in enumerate(slots, start=1) if page is not None}

    assert all(place[page] % 2 == (page + 1) % 2 for page in range(first))
    assert all(
        (len(slots) + 1 - place[first + page]) % 2 == (page + 1) % 2 for page in range(second)
    )


@given(count=st.integers(1, PANELS), binding=bindings, edge=edges)
def test_a_folded_leaflet_opens_in_order(count, binding, edge):
    slots = padded(count, PANELS)
    (panels,) = printed(trifold(slots, binding), edge, "landscape")

    assert unfolded(panels, binding) == upright(slots)


def test_the_right_bound_leaflet_mirrors_the_left_bound_one():
    left, right = (trifold(tuple(range(6)), binding) for binding in Binding)

    assert [face.rows[0][::-1] for face in left] == [face.rows[0] for face in right]
    assert left[0].rows == ((4, 5, 0),)
    assert left[1].rows == ((1, 2, 3),)


@given(count=counts, size=sizes, binding=bindings, creep=st.floats(0, 10))
def test_creep_grows_by_equal_steps_towards_the_middle(count, size, binding, creep):
    slots = padded(count)
    faces = saddle(slots, binding, size=size, creep_mm=creep)
    longest = max(len(part) for part in signatures(slots, size)) // 4

    assert max(face.creep_mm for face in faces) == pytest.approx(creep if longest > 1 else 0)
    for part in signatures(slots, size):
        own, faces = faces[: len(part) // 2], faces[len(part) // 2 :]
        for sheet in range(len(part) // 4):
            expected = creep * sheet / max(longest - 1, 1)
            assert own[2 * sheet].creep_mm == own[2 * sheet + 1].creep_mm
            assert own[2 * sheet].creep_mm == pytest.approx(expected)


@given(count=counts, binding=bindings, grid=st.sampled_from([(2, 1), (2, 2)]))
def test_pages_stand_side_by_side_in_reading_order(count, binding, grid):
    columns, rows = grid
    faces = n_up(count, binding, columns=columns, rows=rows)
    step = 1 if binding is Binding.LEFT else -1

    read = [page for face in faces for row in face.rows for page in row[::step]]

    assert read[:count] == list(range(count))
    assert set(read[count:]) <= {None}
    assert len(read) - count < columns * rows


@given(count=counts, binding=bindings)
def test_a_repeated_page_fills_its_side(count, binding):
    faces = n_up(count, binding, columns=2, rows=2, is_repeated=True)

    assert [face.rows for face in faces] == [((page, page), (page, page)) for page in range(count)]


@pytest.mark.parametrize(
    ("paper", "edge"), [(A4.landscape, FlipEdge.SHORT), (A4.portrait, FlipEdge.LONG)]
)
def test_both_sides_stand_upright_on_the_edge_that_runs_up(paper, edge):
    faces = saddle(padded(8), Binding.LEFT)

    assert upright_edge(paper) is edge
    assert for_flip(faces, edge, paper) == faces


PAIR = Face(rows=((0, 1),))
FOUR = Face(rows=((0, 1), (2, 3)))
TRIPLE = Face(rows=((0, 1, 2),))


@pytest.mark.parametrize(
    ("page", "paper", "face", "scale", "sheet", "margins"),
    [
        (A5, A4, PAIR, 1, A4.landscape, (0.5, 0)),
        (A5, SRA3, PAIR, 1, SRA3.landscape, (77, 55)),
        (A4, SRA3, PAIR, 1, SRA3.landscape, (15, 11.5)),
        (DL, A4, PAIR, 1, A4.portrait, (6, 43.5)),
        (DL, A4, TRIPLE, 1, A4.landscape, (0, 0)),
        (A5, A4, FOUR, 297 / 420, A4.portrait, (0.35, 0)),
        (A5, LETTER, PAIR, 279.4 / 296, LETTER.landscape, (0, None)),
        (Size(width_mm=139.7, height_mm=215.9), LETTER, PAIR, 1, LETTER.landscape, (0, 0)),
    ],
)
def test_pages_are_centred_and_made_smaller_only_if_they_must(
    page, paper, face, scale, sheet, margins
):
    fit = fitting(page, paper, face)

    assert fit.scale == pytest.approx(scale)
    assert fit.paper == sheet
    expected = [fit.margins.height_mm if side is None else side for side in margins]
    found = [fit.margins.width_mm, fit.margins.height_mm]
    assert found == pytest.approx(expected, abs=0.05)


lengths = st.floats(40, 400)


@given(
    page=st.builds(Size, width_mm=lengths, height_mm=lengths),
    paper=st.builds(Size, width_mm=lengths, height_mm=lengths),
    face=st.sampled_from([PAIR, FOUR, TRIPLE]),
)
def test_no_page_is_larger_than_it_was_and_none_leaves_the_paper(page, paper, face):
    fit = fitting(page, paper, face)

    assert 0 < fit.scale <= 1
    assert min(fit.margins.width_mm, fit.margins.height_mm) >= -0.11


@given(creep=st.floats(0, 5))
def test_creep_moves_both_pages_to_the_spine_and_leaves_the_fold(creep):
    fit = fitting(A5, SRA3, PAIR)
    (left, _), (right, _) = (fit.origin_mm(column, 0, creep) for column in (0, 1))

    assert left + A5.width_mm == pytest.approx(225 + creep)
    assert right == pytest.approx(225 - creep)
    assert fit.cell_mm(0, 0) == (0, 0, 225, 320)
    assert fit.cell_mm(1, 0) == (225, 0, 225, 320)


def test_cells_divide_the_paper_from_the_upper_left():
    fit = fitting(A5, SRA3, FOUR)
    cells = {(column, row): fit.cell_mm(column, row) for column in (0, 1) for row in (0, 1)}

    assert fit.paper == SRA3
    assert cells == {
        (0, 0): (0, 225, 160, 225),
        (1, 0): (160, 225, 160, 225),
        (0, 1): (0, 0, 160, 225),
        (1, 1): (160, 0, 160, 225),
    }
    assert fit.origin_mm(0, 0) == (12, 225)
    assert fit.origin_mm(1, 1) == (160, 15)
