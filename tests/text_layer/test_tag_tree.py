"""What a screen reader is given: the tag tree says each block, letter by letter, in its order.

An element with `ActualText` says that and nothing else (ISO 32000-2, 14.9.4); another says what
the codes of its marked content stand for. Lines end where words end, so spaces do not count.
"""

import unicodedata

import pikepdf
import pytest

from pdf import clinics
from pdf.tags import Element, tag_tree
from text_layer.texts import TEXTS, blocks

IGNORED = ("Cf", "Zs", "Cc")


def said(element: Element) -> str:
    """The text of an element, read as a screen reader does."""
    if "/ActualText" in element.source:
        return str(element.source.ActualText)
    parts = (said(kid) if isinstance(kid, Element) else kid for kid in element.kids)
    return "".join(part for part in parts if isinstance(part, str))


def letters(text: str) -> str:
    """A text without spaces, signs of direction and hyphens, which a line's end may add."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        sign
        for sign in folded
        if unicodedata.category(sign) not in IGNORED and sign not in "-\u2010\u2011"
    )


@pytest.fixture(scope="session")
def held_out(made_once):
    """The brochures of the texts not tuned to, and what they must say."""
    folder = made_once(
        "words-held-out", lambda new: clinics.build(TEXTS["held-out"](new / "clinic"))
    )
    return clinics.built(folder / "clinic"), blocks(folder / "clinic")


@pytest.mark.parametrize("code", ["ar", "el", "en", "he"])
def test_the_tag_tree_says_every_block(held_out, code):
    made, all_said = held_out
    with pikepdf.open(made[code]) as file:
        whole = letters(said(tag_tree(file)))

    at, missing = 0, []
    for block in all_said[code][0][2:]:
        found = whole.find(letters(block), at)
        if found < 0:
            missing.append(block)
        else:
            at = found

    assert missing == []
