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
