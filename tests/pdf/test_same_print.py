"""Same input, same bytes, for the print shop as well: print files, sheets and flip-books."""

import pytest

from pdf import runs
from pdf.test_same_bytes import ELSEWHERE

COMMANDS = [
    "build --edition print --printer generic-coated",
    "build --edition print --printer no-profiles ar",
    "booklet en --printer online-coated --paper SRA3 --marks",
    "booklet --flip ar en --printer generic-coated",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_another_place_time_order_and_locale_change_no_byte(command, tmp_path):
    here, there = tmp_path / "here", tmp_path / "Ein anderer Ort, ένα άλλο μέρος"
    runs.clinic(here)
    runs.clinic(there, names=reversed(runs.files()))

    made = runs.build(here, runs.surroundings(), *command.split())

    assert any(name.endswith(".pdf") for name in made)
    assert runs.build(there, runs.surroundings(**ELSEWHERE), *command.split()) == made
    assert runs.build(here, runs.surroundings(PYTHONHASHSEED="7"), *command.split()) == made
