"""`brochure status`: the matrix of treatments and languages, for people and for tools."""

import csv
import io
import json
import re

import pytest

from brochure.cli import main

TEXTS = "content/_collections/_care"
OLD = "0" * 32


@pytest.fixture
def clinic(clinic):
    """The tiny clinic with a Greek text out of date and a treatment in Arabic only."""
    greek = clinic / TEXTS / "010-rest-el.md"
    text = greek.read_text(encoding="utf-8")
    greek.write_text(text.replace("lang: el", f"lang: el\nsource_hash: {OLD}"), encoding="utf-8")
    (clinic / TEXTS / "020-walk-ar.md").write_text(
        "---\ntitle: مشي | 10 دقائق\nlang: ar\n---\nامشِ.\n", encoding="utf-8"
    )
    return clinic


@pytest.fixture
def status(clinic, capsys):
    def run(*arguments: str) -> str:
        assert main(["status", "--project", str(clinic), *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_the_table_shows_treatments_states_and_a_summary(status):
    lines = [re.split(r" {2,}", line.rstrip()) for line in status().splitlines()]

    assert lines == [
        ["Treatment", "en", "el", "ar"],
        ["Rest", "source", "outdated", "untracked"],
        ["مشي | 10 دقائق", "missing", "missing", "untracked"],
        ["source", "1 (50 %)", "–", "–"],
        ["outdated", "–", "1 (50 %)", "–"],
        ["untracked", "–", "–", "2 (100 %)"],
        ["missing", "1 (50 %)", "1 (50 %)", "–"],
        ["outdated: made from an earlier source"],
        ["untracked: no source recorded"],
    ]


def test_titles_are_turned_for_a_terminal_that_does_not_turn_them(status):
    assert "ﻖﺋﺎﻗﺩ 10 | ﻲﺸﻣ" in status("--bidi", "visual")
    assert "مشي | 10 دقائق" in status("--bidi", "logical")


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_text_for_tools_is_always_logical(status, form):
    shown = status("--format", form, "--bidi", "visual")

    assert "مشي" in shown
    assert "10 دقائق" in shown


def test_json_has_states_files_counts_and_percentages(status):
    data = json.loads(status("--format", "json"))

    assert data["source_language"] == "en"
    assert data["treatments"][0]["languages"]["el"] == {
        "state": "outdated",
        "path": f"{TEXTS}/010-rest-el.md",
    }
    assert data["treatments"][1]["languages"]["en"] == {"state": "missing", "path": None}
    assert data["languages"]["ar"]["counts"]["untracked"] == 2
    assert data["languages"]["el"]["percentages"]["outdated"] == 50.0


def test_csv_tells_treatments_from_counts_and_percentages(status):
    rows = list(csv.DictReader(io.StringIO(status("--format", "csv"))))

    assert [row["row"] for row in rows] == ["treatment"] * 2 + ["count"] * 6 + ["percentage"] * 6
    assert rows[0] == {
        "row": "treatment",
        "key": "care/rest",
        "title": "Rest",
        "en": "source",
        "el": "outdated",
        "ar": "untracked",
    }
    assert next(row["el"] for row in rows if row["key"] == "missing") == "1"


def test_markdown_is_two_tables_whose_cells_hold(status):
    assert status("--format", "markdown").splitlines()[:5] == [
        "| treatment | en | el | ar |",
        "| --- | --- | --- | --- |",
        "| Rest | source | outdated | untracked |",
        "| مشي \\| 10 دقائق | missing | missing | untracked |",
        "",
    ]


def test_a_file_that_cannot_be_read_is_told_beside_the_table(clinic, capsys):
    (clinic / TEXTS / "030-swim-en.md").write_text("no front matter", encoding="utf-8")

    exit_code = main(["status", "--project", str(clinic), "--format", "json"])

    printed = capsys.readouterr()
    assert exit_code == 1
    assert len(json.loads(printed.out)["treatments"]) == 2
    assert "030-swim-en.md:1:1: error:" in printed.err
