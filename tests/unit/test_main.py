"""The very beginning of a run, before the command itself can explain anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import brochure
from brochure import __main__ as program

COMMAND = (sys.executable, "-m", "brochure")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(brochure.__file__).parents[1])}


def test_an_interrupt_while_it_is_being_loaded_leaves_no_traceback(monkeypatch, capfd):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "recall", interrupt)

    assert program.main() == 130
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1253"])
def test_what_an_old_encoding_lacks_is_written_in_letters_that_it_has(encoding):
    done = subprocess.run(
        [*COMMAND, "printers"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\xd7 4, reading" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder that is in use stays")
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_that_is_gone_is_told(tmp_path, command):
    done = subprocess.run(
        ["sh", "-c", 'mkdir gone; cd gone; rmdir ../gone; "$@"', "sh", *COMMAND, command],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.endswith("this folder is not there any more; go to another one\n")
    assert "Traceback" not in done.stderr
