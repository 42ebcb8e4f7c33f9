"""Faults for tools, and the table of codes in the docs."""

import os
from pathlib import Path

import pytest

from brochure.cli import main
from brochure.diagnostics import CODES, Location, diagnose
from brochure.reports import codes_as_markdown, fault_command, fault_line

DOCS = Path(__file__).parents[2] / "docs/diagnostics.md"
TEXTS = "content/_collections/_care"


def fault(place: Location | None, problem: str = "The treatment has no title"):
    return diagnose("title-empty", place, problem=problem, cause="why", fix="do")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Location(path="a.md", line=3, column=7), "a.md:3:7: error: No title [title-empty]"),
        (Location(path="a.md"), "a.md: error: No title [title-empty]"),
        (None, "error: No title [title-empty]"),
    ],
)
def test_a_short_fault_is_one_line(place, line):
    assert fault_line(fault(place, "No\n title")) == line


@pytest.mark.parametrize(
    ("place", "folder", "properties"),
    [
        (Location(path="a.md", line=3, column=7), "", "file=a.md,line=3,col=7,title=title-empty"),
        (Location(path="a.md"), "site", "file=site/a.md,title=title-empty"),
        (Location(path="../b.md"), "site/clinic", "file=site/b.md,title=title-empty"),
        (Location(path="a, b: 5%.md"), ".", "file=a%2C b%3A 5%25.md,title=title-empty"),
        (None, "site", "title=title-empty"),
    ],
)
def test_an_annotation_names_file_line_and_column(place, folder, properties):
    command = fault_command(fault(place), folder)

    assert command == (f"::error {properties}::The treatment has no title%0Awhy: why%0Afix: do")


def test_a_message_is_escaped_so_that_it_stays_one_command():
    command = fault_command(fault(None, "100 %,\r\n::warning::no"))

    assert command.startswith("::error title=title-empty::100 %25,%0D%0A::warning::no%0Awhy")
    assert "\n" not in command


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("short", "{path}:2:1: error: The treatment has no title [title-empty]"),
        ("github", "::error file=clinic/{path},line=2,col=1,title=title-empty::The treatment has"),
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_both_commands_tell_faults_in_every_format(
    clinic, monkeypatch, capsys, command, form, line
):
    path = f"{TEXTS}/020-walk-en.md"
    (clinic / path).write_text("---\nlang: en\n---\nWalk.\n", encoding="utf-8")
    monkeypatch.chdir(clinic.parent)

    exit_code = main([command, "--project", "clinic", "--format", form])

    told = [text for text in capsys.readouterr().out.splitlines() if "title-empty" in text]
    assert exit_code == 1
    assert len(told) == 1


def test_faults_come_by_file_and_line(clinic, capsys):
    for name in ("030-b-en.md", "020-a-en.md"):
        (clinic / TEXTS / name).write_text("---\nlang: en\n---\nWalk.\n", encoding="utf-8")

    main(["check", "--project", str(clinic), "--format", "short"])

    places = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()]
    paths = [place.split(":")[0] for place in places]
    assert paths == sorted(paths)


def test_the_docs_list_every_code():
    """`RECORD=1 pytest tests/unit/test_reports.py` writes the table anew."""
    head, _, _ = DOCS.read_text(encoding="utf-8").partition("| code |")
    table = codes_as_markdown() + "\n"
    if "RECORD" in os.environ:
        DOCS.write_text(head + table, encoding="utf-8")

    assert DOCS.read_text(encoding="utf-8") == head + table
    assert all(f"[`{code}`]" in table for code in CODES)


def test_the_command_prints_the_same_table(capsys):
    assert main(["check", "--list-codes"]) == 0
    assert capsys.readouterr().out == codes_as_markdown() + "\n"
