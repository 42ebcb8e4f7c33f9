"""Lines of two directions: marked by hand, ordered by an independent program, read from print.

The table (tests/data/mixed_lines) says for each line what has to keep its own order. That the
Unicode Bidirectional Algorithm, in python-bidi's implementation, puts our isolates in that order
shows that the rules of `brochure.pages.bidi` are the right ones; that the finished page has it
shows that the engine does what the algorithm says.
"""

import re

import pymupdf
import pytest
from bidi import get_display

import mixed_lines
from brochure.pages.scripts import isolated
from pdf import clinics
from pdf.glyphs import lines

SCRIPTS = {"ar": "Arab", "he": "Hebr", "el": "Grek"}
ROWS = [(tag, row) for tag in SCRIPTS for row in mixed_lines.rows(tag)]
SETTINGS = """
[clinic]
slug = "mixed"
languages = ["ar", "he", "el"]
[language.ar]
name = "عيادة"
[language.he]
name = "מרפאה"
[language.el]
name = "Κλινική"
"""


@pytest.fixture(scope="module")
def paper(made_once) -> dict[str, frozenset[str]]:
    """Every line of a clinic that has nothing but the table, one paragraph a line."""
    files: dict[str, str | bytes] = {"brochure.toml": SETTINGS}
    for tag in SCRIPTS:
        body = "\n\n".join(map(mixed_lines.typed, mixed_lines.rows(tag)))
        files[f"content/_collections/_care/010-lines-{tag}.md"] = clinics.treatment(
            body, title="1", lang=tag
        )
    folder = made_once("mixed-lines", lambda new: clinics.build(clinics.write(new, files)))
    read = {}
    for tag, path in clinics.built(folder).items():
        with pymupdf.open(path) as brochure:
            found = (line.text for page in brochure for line in lines(page))
            read[tag] = frozenset(map(mixed_lines.alike, found))
    return read


def test_the_table_is_long_enough():
    assert len(ROWS) >= 80
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize(("tag", "row"), ROWS)
def test_the_algorithm_puts_our_isolates_where_they_were_marked(tag, row):
    rtl = tag != "el"
    text = isolated(mixed_lines.typed(row), SCRIPTS[tag])
    shown = get_display(text, base_dir="R" if rtl else "L")

    assert mixed_lines.alike(re.sub("[\u2066-\u2069]", "", shown)) == mixed_lines.printed(
        row, rtl=rtl
    )


@pytest.mark.parametrize(("tag", "row"), ROWS)
def test_the_paper_has_it_there(paper, tag, row):
    assert mixed_lines.printed(row, rtl=tag != "el") in paper[tag]
