"""Which sections are set tighter: those that end on a page with next to nothing on it."""

from brochure.pdf.engine import Layout
from brochure.pdf.overflow import PageText
from brochure.production.typesetting import near_empty_tails

FULL, HALF, FEW = (PageText(fill=fill, strays=()) for fill in (0.98, 0.5, 0.1))
BLANK = PageText(fill=0.0, strays=(), is_blank=True)


def tails(*sections: list[PageText]) -> frozenset[str]:
    pages = [page for section in sections for page in section]
    starts = [sum(map(len, sections[:index])) for index in range(len(sections))]
    return near_empty_tails(
        Layout(
            document=None,
            shelf=None,
            search=(),
            variant="",
            pages=tuple(pages),
            starts=tuple((f"s{index}", start) for index, start in enumerate(starts)),
        )
    )


def test_only_the_last_page_of_several_counts():
    assert tails([FULL, FEW], [FEW], [FEW, FULL], [FULL, HALF]) == {"s0"}


def test_a_blank_page_before_the_back_is_no_tail_of_the_section_before_it():
    assert tails([FULL, BLANK], [HALF]) == frozenset()
    assert tails([FULL, FULL, BLANK], [HALF]) == frozenset()
    assert tails([FULL, FEW, BLANK], [HALF]) == {"s0"}
