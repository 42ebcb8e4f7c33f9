"""One folder for each thing `brochure` can complain of, with the very words that it says.

A folder holds what differs from the working clinic in `tests/clinics/tiny`, and `expected.txt`:
the commands, what each prints, and its exit code. `RECORD=1 pytest tests/faults` writes these
files anew, to be read in the diff.
"""

import os
import random
import shutil
import smtplib
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from PIL import Image

from brochure.api.handouts import HandoutReport
from brochure.assets import DEFAULTS
from brochure.cli import main
from brochure.delivery.artefact import Artefact
from brochure.delivery.smtp import Outcome, Verdict
from brochure.diagnostics import CODES
from preflight.cases import CASES

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


def lose_a_worker(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every process end as soon as it is given something to do."""

    def submit(*_: object) -> None:
        raise BrokenExecutor

    monkeypatch.setattr("brochure.production.work.Here.submit", submit)


def print_small_handouts(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handout be a few bytes: what is said does not depend on them."""
    print_handouts(monkeypatch, size=100)


def print_large_handouts(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handout be larger than an e-mail may be."""
    print_handouts(monkeypatch, size=8_200_000)


def print_handouts(monkeypatch: pytest.MonkeyPatch, *, size: int) -> None:
    handout = Artefact(
        path="handouts/en/rest-en.pdf",
        edition="handouts",
        language="en",
        pages=1,
        data=bytes(size),
        sources=(),
        title="Rest",
    )
    report = HandoutReport(artefacts=(handout,), diagnostics=())
    monkeypatch.setattr("brochure.api.postage.handouts", lambda *_, **__: report)


def occupy_the_outbox(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be another run that has not finished."""
    (clinic / "outbox").mkdir()
    lock = FileLock(clinic / "outbox" / "lock")
    lock.acquire()
    monkeypatch.setitem(HELD, clinic, lock)
    print_small_handouts(clinic, monkeypatch)


def refuse_every_message(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a mail server that knows nobody."""
    refused = Verdict(outcome=Outcome.REFUSED, reply="550 5.1.1 no such user")
    monkeypatch.setattr("brochure.delivery.posting.connect", lambda server: smtplib.SMTP())
    monkeypatch.setattr("brochure.delivery.posting.send", lambda *_, **__: refused)
    print_small_handouts(clinic, monkeypatch)


def take_a_picture_of_snow(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that no JPEG makes small."""
    samples = random.Random(0).randbytes(1000 * 750 * 3)
    Image.frombytes("RGB", (1000, 750), samples).save(clinic / "content/img/snow.png")


HELD: dict[Path, FileLock] = {}


def break_a_file(clinic: Path, code: str) -> None:
    """A file for the print shop with the fault of `code`."""
    path = clinic / "broken.pdf"
    case = BROKEN.get(code)
    path.write_bytes(CASES[case].bytes() if case else b"no PDF at all")


BROKEN = {
    "preflight-black": "black-overprint",
    "preflight-bleed": "bleed-short/stops at the trim",
    "preflight-boxes": "box-nesting/bleed within trim",
    "preflight-colour": "colour-rgb/form within a form",
    "preflight-damaged": "damaged/wrong operands",
    "preflight-fonts": "font-missing",
    "preflight-forbidden": "transfer",
    "preflight-hairline": "hairline/line",
    "preflight-ink": "ink-vector",
    "preflight-intent": "intent-identifier",
    "preflight-interactive": "annotation/link",
    "preflight-layers": "layers-automatic",
    "preflight-marks": "marks",
    "preflight-metadata": "claim/none",
    "preflight-origin": "box-origin",
    "preflight-overprint": "white-overprint/area",
    "preflight-pages": "page-count",
    "preflight-resolution": "picture-dpi",
    "preflight-safe-zone": "safe-zone/text",
    "preflight-text": "text-unmapped/no map",
    "preflight-transparency": "blend-space",
    "preflight-type-small": "type-small",
    "preflight-drawn-font": "font-type3",
}
"""Which file of `tests/preflight` each code is shown with; one that is none for any other."""

PREPARE = {
    "drafts-other": print_small_handouts,
    "email-large": print_large_handouts,
    "handout-large": take_a_picture_of_snow,
    "message-absent": print_small_handouts,
    "message-refused": refuse_every_message,
    "message-sent": print_small_handouts,
    "message-unknown": print_small_handouts,
    "outbox-busy": occupy_the_outbox,
    "server-refused": print_small_handouts,
    "library-missing": lose_the_library,
    "wording-invalid": edit_wording,
    "worker-lost": lose_a_worker,
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
    if code.startswith("preflight-"):
        break_a_file(clinic, code)

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
