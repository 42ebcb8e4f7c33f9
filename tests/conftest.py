"""What all tests share: folders made once per run, and the sample clinic's brochures."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure import api
from brochure.assets import DEFAULTS
from pdf import printed

Make = Callable[[Path], object]

os.environ.setdefault("BROCHURE_JOBS", "1")  # the tests themselves run side by side


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the texts in tests/golden anew"
    )


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, request) -> Callable[[str, Make], Path]:
    """Ask for a folder by name; whoever comes first fills it, other workers wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base

    def made(name: str, make: Make) -> Path:
        folder, draft = shared / name, shared / f"{name}.draft"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                draft.mkdir(exist_ok=True)
                make(draft)
                draft.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def sample(made_once) -> Callable[[str], Path]:
    """Ask for the sample clinic's brochure in one language."""

    def brochure(language: str) -> Path:
        def make(folder: Path) -> None:
            api.build(api.open_project(DEFAULTS), codes=[language], out=folder)

        folder = made_once(f"sample-{language}", make)
        return folder / "screen" / f"meltemi-clinic-{language}.pdf"

    return brochure


@pytest.fixture(scope="session")
def press(made_once) -> Callable[[str, str], Path]:
    """Ask for the small clinic's file for a printer (or the `screen`) in a language."""
    folder = made_once("press", printed.build)
    return lambda printer, language: printed.path(folder, printer, language)
