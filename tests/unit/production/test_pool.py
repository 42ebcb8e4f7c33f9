"""Ctrl-C is heard by one process, however many there are."""

import os
import signal
import subprocess
import sys

import pytest

from brochure.production.pool import _deaf_to_interrupts

IS_DEAF = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"


@pytest.mark.skipif(os.name != "posix", reason="there is no fork server elsewhere")
def test_what_is_started_meanwhile_never_hears_of_an_interrupt():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with _deaf_to_interrupts():
        done = subprocess.run(
            [sys.executable, "-c", IS_DEAF], capture_output=True, text=True, check=True
        )

    assert done.stdout == "True\n"
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
