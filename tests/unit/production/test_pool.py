"""Ctrl-C is heard by one process, however many there are; the others begin before all else."""

import os
import signal
import subprocess
import sys

import pytest

from brochure.production.pool import _deaf_to_interrupts

IS_DEAF = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"

BEGIN = """
import sys
from brochure import cli, workers

def begin(*jobs, cluster):
    print(*({"rich", "jinja2", "brochure.api"} & sys.modules.keys()))
    raise SystemExit

workers.workers = begin
cli.main(sys.argv[1:])
"""

ASK = """
import os, sys
from brochure.production.pool import Pool

if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.submit(os.getenv, "PYTHONSAFEPATH", "unset").result())
    print(os.getenv("PYTHONSAFEPATH", "unset"))
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no fork server elsewhere")
def test_what_is_started_meanwhile_never_hears_of_an_interrupt():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with _deaf_to_interrupts():
        done = subprocess.run(
            [sys.executable, "-c", IS_DEAF], capture_output=True, text=True, check=True
        )

    assert done.stdout == "True\n"
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


@pytest.mark.parametrize("command", [("build",), ("handout", "--all")])
def test_a_command_loads_nothing_else_before(command):
    done = subprocess.run(
        [sys.executable, "-c", BEGIN, *command], capture_output=True, text=True, check=True
    )

    assert done.stdout == "\n"


@pytest.mark.skipif(os.name != "posix", reason="there is no fork server elsewhere")
@pytest.mark.parametrize("folder", ["clinic", "script"])
def test_no_file_of_a_clinic_is_run_for_a_module_of_its_name(tmp_path, folder):
    """But for a checkout, in which the command finds itself by the current folder."""
    for name in ("clinic", "script"):
        (tmp_path / name).mkdir()
    (tmp_path / "clinic/PIL.py").write_text("open('run', 'w')")
    (tmp_path / "script/ask.py").write_text(ASK)
    path = os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))
    done = subprocess.run(
        [sys.executable, tmp_path / "script/ask.py"],
        cwd=tmp_path / folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == ("1" if folder == "clinic" else "unset") + "\nunset\n"
    assert not (tmp_path / "clinic/run").exists()
