"""What `pip install` puts on another machine works there, without this repository.

The wheel is built from the sdist with the tools of .venv, offline, and installed into a fresh
environment. So as not to download every library again, that environment borrows .venv's
libraries through a .pth file; `brochure` itself comes from the wheel, and an audit hook notes
every file that the command opens.
"""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = (
    "brochure",
    "content/_collections",
    "content/assets",
    "fonts",
    "printers",
    "templates",
)

NOTE_OPENED_FILES = """\
import os, sys

_log = os.open(os.environ["OPENED_FILES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        os.write(_log, (os.path.abspath(arguments[0]) + "\\n").encode("utf-8", "surrogateescape"))


if "OPENED_FILES" in os.environ:
    sys.addaudithook(_note)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A fresh environment with the wheel in it, and an empty folder to work in."""

    environment: Path
    folder: Path

    @property
    def opened_files(self) -> Path:
        return self.environment / "opened-files.txt"

    def run(self, command: str, *arguments: str) -> str:
        """Run a command of the environment in the folder and give what it printed."""
        ours = {name: value for name, value in os.environ.items() if not _is_python_s(name)}
        process = subprocess.run(
            [self.environment / "bin" / command, *arguments],
            cwd=self.folder,
            env=ours | {"OPENED_FILES": str(self.opened_files)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout


def _is_python_s(name: str) -> bool:
    return name.startswith(("PYTHON", "PYTEST", "COV_", "VIRTUAL_ENV", "BROCHURE"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist and from nothing else."""
    folder = tmp_path_factory.mktemp("dist")
    _python("-m", "build", "--no-isolation", "--outdir", str(folder), str(REPOSITORY))
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "note_opened_files.py").write_text(NOTE_OPENED_FILES)
    borrowed = sysconfig.get_path("purelib")
    (site_packages / "borrowed.pth").write_text(f"import note_opened_files\n{borrowed}\n")
    pip_target = str(environment / "bin" / "python")
    _python("-m", "pip", "--python", pip_target, "install", "--quiet", "--no-deps", "--no-index",
            str(wheel))  # fmt: skip
    return Installation(environment=environment, folder=tmp_path_factory.mktemp("empty"))


def _python(*arguments: str) -> None:
    run = subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_wheel_carries_the_package_and_all_that_it_prints_with(wheel):
    carried = set(zipfile.ZipFile(wheel).namelist())
    at_home = {
        _name_in_wheel(path)
        for folder in FOLDERS
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert carried >= at_home | {"brochure/py.typed", "brochure/defaults/brochure.toml"}


def _name_in_wheel(path: Path) -> str:
    name = path.relative_to(REPOSITORY).as_posix()
    return name if name.startswith("brochure/") else f"brochure/defaults/{name}"


def test_an_empty_folder_becomes_a_clinic_with_a_brochure_per_language(installation):
    installation.run("brochure", "init", "clinic")
    installation.run("brochure", "build", "--project", "clinic")

    project = installation.folder / "clinic"
    settings = tomllib.loads((project / "brochure.toml").read_text("utf-8"))
    brochures = sorted(project.rglob("*.pdf"))
    assert len(brochures) == len(settings["clinic"]["languages"]), brochures
    assert all(path.read_bytes().startswith(b"%PDF-") for path in brochures)
    assert list(installation.folder.iterdir()) == [project]
    assert _files_of_this_repository(installation.opened_files) == []


def _files_of_this_repository(log: Path) -> list[Path]:
    """The files opened here, but for the libraries that the environment borrows."""
    opened = map(Path, log.read_text("utf-8", "surrogateescape").splitlines())
    ours = (path for path in opened if path.is_relative_to(REPOSITORY))
    return [path for path in ours if not path.is_relative_to(sys.prefix)]


def test_the_package_comes_from_the_wheel(installation):
    imported = installation.run("python", "-c", "import brochure; print(brochure.__file__)")

    assert Path(imported.strip()).is_relative_to(installation.environment)
