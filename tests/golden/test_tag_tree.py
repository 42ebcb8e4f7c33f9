"""The tag tree of the smallest clinic's brochure, as text that a reviewer can read in a diff.

One line for each element: its name, its alternative text, an arrow where it is a link, and its
own text as it is drawn (Arabic from its end). After a change that was meant:

    pytest tests/golden --update-golden

and read the difference before it is committed.
"""

from pathlib import Path

import pikepdf
import pytest

from brochure import api
from pdf.tags import readable, tag_tree

HERE = Path(__file__).parent
TINY = HERE.parent / "clinics/tiny"


@pytest.fixture(scope="session")
def tiny(made_once) -> Path:
    return made_once(
        "tiny", lambda folder: api.build(api.open_project(TINY), codes=["en", "ar"], out=folder)
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_tag_tree_reads_as_it_should(tiny, language, request):
    with pikepdf.open(tiny / f"screen/tiny-{language}.pdf") as file:
        tree = "\n".join(readable(tag_tree(file))) + "\n"

    golden = HERE / f"tag-tree-{language}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(tree, encoding="utf-8")
    assert tree == golden.read_text(encoding="utf-8")
