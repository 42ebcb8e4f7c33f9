"""Which texts are set tighter, and at which level that is tried first."""

import pytest

from brochure.pdf.overflow import PageText
from brochure.production.tightness import ends_near_empty, levels_worth_trying


def pages(*fills: float) -> list[PageText]:
    return [PageText(fill=fill, strays=()) for fill in fills]


def test_only_the_last_of_several_pages_counts():
    assert ends_near_empty(pages(0.98, 0.1))
    assert not ends_near_empty(pages(0.1))
    assert not ends_near_empty(pages(0.1, 0.98))
    assert not ends_near_empty(pages(0.98, 0.5))


@pytest.mark.parametrize(
    ("fills", "levels"),
    [
        ((0.95, 0.07), [2, 3, 4]),
        ((0.85, 0.22), [3, 4]),
        ((0.95, 0.2), [4]),
        ((0.98, 0.45), []),
        ((0.98, 0.98, 0.45), [4]),
        ((0.9, 0.7, 0.3), [2, 3, 4]),
    ],
)
def test_the_more_is_too_much_the_tighter_is_the_first_try(fills, levels):
    """What is too much is shared by all pages that are to stay."""
    assert list(levels_worth_trying(pages(*fills))) == levels
