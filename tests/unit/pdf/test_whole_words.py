"""Pages that end within a word, made of as little of the engine as that takes."""

from types import SimpleNamespace as Box

import pytest

from brochure.pdf.internals import without_divided_words


def text(words: str) -> Box:
    return Box(text=words, style={"hyphens": "auto", "hyphenate_character": "\u2010"})


class Engine:
    """Makes pages of texts; one that may be divided gets a hyphen."""

    def __init__(self, *texts: Box, following=(1, None)) -> None:
        self.texts, self.following, self.made = texts, following, 0

    def remake(self, index, context):
        self.made += 1
        self.seen = dict(context.broken_out_of_flow), list(context.reported_footnotes)
        context.broken_out_of_flow, context.reported_footnotes = {}, []
        for box in self.texts:
            box.text = box.text.rstrip("\u2010") + "\u2010" * (box.style["hyphens"] == "auto")
        return Box(children=[Box(children=list(self.texts))]), self.following


def context() -> Box:
    return Box(broken_out_of_flow={"float": 1}, reported_footnotes=["note"])


def test_a_page_that_ends_within_a_word_is_made_again_without_that_division():
    inside, last = text("contrac"), text("contrac")
    engine = Engine(inside, last)

    page, _ = without_divided_words(engine.remake)(0, context())

    assert page.children[0].children[-1].text == "contrac"
    assert [box.style["hyphens"] for box in (inside, last)] == ["auto", "none"]
    assert engine.made == 2
    assert engine.seen == ({"float": 1}, ["note"])


@pytest.mark.parametrize("following", [None, (1, None)])
def test_other_pages_are_made_once(following):
    words = text("whole")
    words.style["hyphens"] = "manual" if following else "auto"
    engine = Engine(words, following=following)

    without_divided_words(engine.remake)(0, context())

    assert engine.made == 1
