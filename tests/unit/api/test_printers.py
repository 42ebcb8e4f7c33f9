"""The print edition asked for: by name, by brochure.toml, and never without a date."""

import datetime
import shutil
from pathlib import Path

import pytest

from brochure import api
from brochure.api.printers import edition_for
from brochure.cli import main
from brochure.diagnostics import BrochureError
from brochure.pages.edition import PRINT, SCREEN

TINY = Path(__file__).parents[2] / "clinics/tiny"


@pytest.fixture
def clinic(tmp_path):
    shutil.copytree(TINY, tmp_path / "clinic")

    def with_settings(text: str) -> Path:
        with (tmp_path / "clinic/brochure.toml").open("a", encoding="utf-8") as file:
            file.write(text)
        return tmp_path / "clinic"

    return with_settings


DATED = "[imprint]\ndate = 2026-01-31\n"


def test_the_printer_that_is_named_wins_over_the_usual_one(clinic):
    project = api.open_project(clinic(DATED + '[print]\nprinter = "no-profiles"\n'))

    assert edition_for(project, PRINT).printer.name == "no-profiles"
    assert edition_for(project, PRINT, "right-to-left-book").bleed_mm == 5
    assert edition_for(project, PRINT).folder == "print/no-profiles"


def test_the_screen_needs_no_printer(clinic):
    assert edition_for(api.open_project(clinic("")), SCREEN) == SCREEN


def test_a_date_comes_from_the_settings_or_from_the_environment(clinic):
    folder = clinic("")
    with pytest.raises(BrochureError, match="no date"):
        edition_for(api.open_project(folder), PRINT)

    dated = api.open_project(folder, source_date_epoch="1769817600")
    assert dated.settings.imprint.date == datetime.date(2026, 1, 31)
    assert edition_for(dated, PRINT).is_in_inks


def test_an_office_needs_no_date(clinic):
    assert not edition_for(api.open_project(clinic("")), PRINT, "office").is_in_inks


def test_the_command_lists_every_printer_with_what_it_wants(clinic, capsys):
    assert main(["printers", "--project", str(clinic(""))]) == 0
    table = capsys.readouterr().out

    assert main(["printers", "--names"]) == 0
    names = capsys.readouterr().out.split()
    assert names == sorted(names)
    assert [line.split()[0] for line in table.splitlines()[1:]] == names
    assert "PDF/X-1a:2003" in table


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_completes_the_names_of_printers(shell, capsys):
    assert main(["completion", shell]) == 0

    script = capsys.readouterr().out
    assert "_brochure_printers()" in script
    assert script.count("_brochure_printers") >= 2
