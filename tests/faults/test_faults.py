"""One folder for each thing `brochure` can complain of, with the very words that it says.

A folder holds what differs from the working clinic in `tests/clinics/tiny`, and `expected.txt`:
the commands, what each prints, and its exit code. `RECORD=1 pytest tests/faults` writes these
files anew, to be read in the diff.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from brochure.assets import DEFAULTS
from brochure.cli import main
from brochure.diagnostics import CODES

FOLDERS = Path(__file__).parent
TINY = FOLDERS.parent / "clinics" / "tiny"
RECORDED = sorted(path.parent.name for path in FOLDERS.glob("*/expected.txt"))
PROMPT = "$ brochure "


def edit_wording(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of our English wording: one in Klingon, one with a slip of the pen of every kind."""
    text = (DEFAULTS / "templates/wording/en.toml").read_text(encoding="utf-8")
    (clinic / "templates/wording/tlh.toml").write_text(text, encoding="utf-8")
    text = text.replace("aliases = []", 'aliases = "uk"').replace("welcome =", "wellcome =")
    text = text.replace('closed = "closed"', "closed = true").replace("{date}", "{day}")
    (clinic / "templates/wording/en.toml").write_text(text, encoding="utf-8")


def lose_the_library(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the layout engine anew on a machine where no library can be opened."""

    def dlopen(self, name, flags=0):
        raise OSError(f"cannot load library '{name}': no such file")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("cffi.FFI.dlopen", dlopen)


PREPARE = {
    "library-missing": lose_the_library,
    "wording-invalid": edit_wording,
}


def test_every_code_has_a_folder_and_every_folder_a_code():
    assert sorted(CODES) == RECORDED


@pytest.mark.parametrize("code", RECORDED)
def test_it_says_what_is_wrong_where_and_what_to_do(code, tmp_path, monkeypatch, capsys):
    clinic = tmp_path / "clinic"
    shutil.copytree(TINY, clinic)
    shutil.copytree(FOLDERS / code, clinic, dirs_exist_ok=True, symlinks=True)
    monkeypatch.chdir(clinic)
    expected = clinic / "expected.txt"
    PREPARE.get(code, lambda *_: None)(clinic, monkeypatch)

    said = [transcript(command, clinic, capsys) for command in commands_in(expected)]

    if "RECORD" in os.environ:
        (FOLDERS / code / "expected.txt").write_text("\n".join(said), encoding="utf-8")
    else:
        assert "\n".join(said) == expected.read_text(encoding="utf-8")
    assert f"[{code}]" in said[0]


def commands_in(expected: Path) -> list[str]:
    lines = expected.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]


def transcript(command: str, clinic: Path, capsys: pytest.CaptureFixture[str]) -> str:
    exit_code = main(command.split())
    printed = capsys.readouterr()
    text = (printed.err + printed.out).replace(str(clinic), "CLINIC")
    return f"{PROMPT}{command}\n{text}exit code {int(exit_code)}\n"
