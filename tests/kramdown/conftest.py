"""kramdown as a fixture: every document of the run, printed by one Ruby process."""

import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from conformance.oracles import absent
from kramdown.documents import all_documents
from kramdown.scores import SCORES

ORACLE = Path(__file__).with_name("oracle.rb")
PACKAGES = "kramdown is missing: install ruby-kramdown and ruby-kramdown-parser-gfm (Debian)"


@cache
def printed() -> dict[str, str] | None:
    """Return what kramdown prints for every document, or nothing where it is not installed."""
    if not shutil.which("ruby"):
        return None
    documents = all_documents()
    ran = subprocess.run(
        ["ruby", str(ORACLE)],
        input=json.dumps(documents),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "LoadError" in ran.stderr:
        return None
    assert ran.returncode == 0, ran.stderr
    return dict(zip(documents, json.loads(ran.stdout), strict=True))


@pytest.fixture
def kramdown() -> Callable[[str], str]:
    """Ask for what kramdown prints; a skip (a failure in CI) where there is no kramdown."""
    answers = printed()
    if answers is None:
        absent(PACKAGES)
    return answers.__getitem__


def pytest_terminal_summary(terminalreporter, config):
    if lines := config.stash.get(SCORES, None):
        terminalreporter.section("as kramdown: shape of lists, items, everything")
        for line in lines:
            terminalreporter.line(line)
