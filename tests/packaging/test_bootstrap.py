"""`scripts/bootstrap` on systems that this machine is not, played by small scripts on the PATH."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.skipif(
        sys.platform != "linux", reason="plays Debian, where macOS has other paths"
    ),
]

BOOTSTRAP = Path(__file__).resolve().parents[2] / "scripts" / "bootstrap"
TOOLS = ("sh", "cat", "dirname", "env", "mktemp", "rm", "sed", "tr", "true")
OLD_PYTHON = "exit 1  # whatever it is asked, it is not 3.11"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A PATH with nothing but the usual tools and the commands that a test adds."""

    root: Path

    @property
    def log(self) -> list[str]:
        """The commands that were noted, in order."""
        path = self.root / "log"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def has(self, command: str, script: str) -> None:
        path = self.root / "bin" / command
        path.unlink(missing_ok=True)  # never write through a link to the real command
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def has_python(self, command: str) -> None:
        """This Python under another name; to make a .venv it just puts itself there."""
        venv = 'rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python'
        self.has(
            command,
            f'if [ "$2" = venv ]; then PATH={os.defpath}; {venv}; else '
            f'exec "{sys.executable}" "$@"; fi',
        )

    def has_apt(self, *, knows: str, brings: str = "", fails: str = "") -> None:
        """An apt that knows the packages in `knows`; installing brings a Python, or fails."""
        self.has("apt-cache", f'case " {knows} " in *" $2 "*) ;; *) exit 100 ;; esac')
        install = f"echo '{fails}' >&2; exit 100" if fails else ":"
        if brings:
            self.has_python("new-python")
            install = (
                f'PATH={os.defpath}; mv "{self.root}/bin/new-python" "{self.root}/bin/{brings}"'
            )
        note = f'echo "apt-get $*" >>"{self.root}/log"'
        self.has("apt-get", f'{note}\ncase "$*" in *install*) {install} ;; esac')

    def bootstrap(self, group: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "scripts" / "bootstrap", group],
            env={"PATH": str(self.root / "bin"), "HOME": str(self.root)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def system(tmp_path: Path) -> System:
    (tmp_path / "bin").mkdir()
    (tmp_path / "scripts").mkdir()
    shutil.copy(BOOTSTRAP, tmp_path / "scripts")
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    bare = System(root=tmp_path)
    bare.has("mkdir", "")
    bare.has("sleep", "")
    bare.has("id", "echo 0")
    return bare


def test_with_everything_there_it_says_nothing_and_installs_nothing(system):
    system.has_python("python3")
    system.has_apt(knows="")
    first, second = system.bootstrap("runtime"), system.bootstrap("runtime")

    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout.startswith("Creating .venv with Python 3.")
    assert second.stdout + second.stderr == ""
    assert system.log == []


def test_beside_a_python_that_is_too_old_the_newest_that_apt_knows_is_installed(system):
    system.has("python3", OLD_PYTHON)
    system.has_apt(knows="python3-venv python3.11-venv", brings="python3.11")
    run = system.bootstrap("runtime")

    assert run.returncode == 0, run.stderr
    assert [line.split()[-1] for line in system.log][:1] == ["update"]
    assert " python3.11 python3.11-venv " in system.log[1]


def test_without_the_right_to_install_it_says_what_to_type(system):
    system.has("python3", OLD_PYTHON)
    system.has("id", "echo 1000")
    system.has_apt(knows="python3.12-venv")
    run = system.bootstrap("runtime")

    assert run.returncode == 1
    assert "Python 3.11 or newer" in run.stderr
    assert "sudo apt-get install python3.12 python3.12-venv libpango-1.0-0" in run.stderr
    assert system.log == []


def test_sudo_is_used_with_a_word_on_why(system):
    system.has("python3", OLD_PYTHON)
    system.has("id", "echo 1000")
    system.has("sudo", f'echo sudo >>"{system.root}/log"\nexec "$@"')
    system.has_apt(knows="python3.13-venv", brings="python3.13")
    run = system.bootstrap("runtime")

    assert run.returncode == 0, run.stderr
    assert "administrator's rights" in run.stdout
    assert system.log[0] == "sudo"


def test_a_failing_apt_is_tried_three_times_and_shown(system):
    system.has("python3", OLD_PYTHON)
    system.has_apt(knows="", fails="the mirror is down")
    run = system.bootstrap("runtime")

    assert run.returncode == 1
    assert sum("install" in line for line in system.log) == 3
    assert "the mirror is down" in run.stderr


def test_on_an_unknown_system_the_list_is_all_it_can_give(system):
    run = system.bootstrap("runtime")

    assert run.returncode == 1
    assert "Pango (1.44 or newer)" in run.stderr
    assert "As an administrator" not in run.stderr


def test_missing_oracles_are_named(system):
    run = system.bootstrap("oracles")

    assert run.returncode == 1
    assert "  - qpdf" in run.stderr


def test_the_benchmarks_browser_is_asked_for_and_else_named(system):
    system.has_apt(knows="")
    without = system.bootstrap("bench")
    system.has("chromium", "")

    assert without.returncode == 1
    assert "sudo apt-get update && sudo apt-get install chromium" in without.stderr
    assert system.log[-1].endswith(" chromium")
    assert system.bootstrap("bench").returncode == 0


def test_a_virtual_environment_that_was_moved_is_made_again(system):
    system.has_python("python3")
    system.bootstrap("runtime")
    (system.root / ".venv" / ".home").write_text("/where/it/was\n")
    (system.root / ".venv" / "left-over").touch()
    run = system.bootstrap("runtime")

    assert run.stdout.startswith("Creating .venv")
    assert not (system.root / ".venv" / "left-over").exists()
