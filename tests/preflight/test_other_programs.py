"""Files of Chromium, Ghostscript, LaTeX, LibreOffice and Pillow, and what is wrong with them."""

import pytest

from brochure.diagnostics import BrochureError
from brochure.pdf.preflight import preflight
from preflight.base import printer
from preflight.others import FILES, LOCKED, OTHERS


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_it_breaks_these_rules_and_no_others(other):
    found = preflight(other.path.read_bytes(), printer(), other.name)

    assert {fault.evidence.rule for fault in found} == other.rules


def test_a_locked_one_is_refused():
    with pytest.raises(BrochureError, match="locked with a password"):
        preflight(LOCKED.read_bytes(), printer(), LOCKED.name)


def test_the_table_lists_every_file():
    listed = {line.split("`")[1] for line in _table() if line.startswith("| `")}

    assert listed == {path.name for path in FILES.glob("*.pdf")}
    assert listed == {other.name for other in OTHERS} | {LOCKED.name}


def _table() -> list[str]:
    return (FILES / "README.md").read_text(encoding="utf-8").splitlines()
