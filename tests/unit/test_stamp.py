"""`brochure stamp`: a person's word that a translation fits its source."""

import hashlib
import os
import stat

import pytest

from brochure import api
from brochure.cli import main
from brochure.diagnostics import BrochureError, ExitCode

TEXTS = "content/_collections/_care"
GREEK, ARABIC = f"{TEXTS}/010-rest-el.md", f"{TEXTS}/010-rest-ar.md"


@pytest.fixture
def source_hash(clinic) -> str:
    return hashlib.md5((clinic / TEXTS / "010-rest-en.md").read_bytes()).hexdigest()


def test_the_hash_of_the_source_is_recorded_in_every_file_named(clinic, source_hash, capsys):
    greek = (clinic / GREEK).read_bytes()

    names = [f"{clinic}/{name}" for name in (GREEK, ARABIC)]
    exit_code = main(["stamp", *names, "--project", str(clinic)])

    assert exit_code == ExitCode.DONE
    line = f"source_hash: {source_hash}\n".encode()
    assert (clinic / GREEK).read_bytes() == greek.replace(b"lang: el\n", b"lang: el\n" + line)
    assert line in (clinic / ARABIC).read_bytes()
    assert capsys.readouterr().out == "".join(
        f"{name}: now records {TEXTS}/010-rest-en.md as it is\n" for name in (GREEK, ARABIC)
    )


def test_a_name_may_start_from_the_project_or_from_here(clinic, monkeypatch):
    monkeypatch.chdir(clinic / TEXTS)
    project = api.open_project(clinic)

    (by_project,) = api.stamp(project, [clinic.__class__(GREEK)])
    (by_here,) = api.stamp(project, [clinic.__class__("010-rest-el.md")])

    assert by_project.path == by_here.path == GREEK
    assert by_project.is_new
    assert not by_here.is_new


def test_a_stamped_file_is_not_written_again(clinic):
    project = api.open_project(clinic)
    api.stamp(project, [clinic / GREEK])
    written = (clinic / GREEK).stat()

    api.stamp(project, [clinic / GREEK, clinic / GREEK])

    assert (clinic / GREEK).stat().st_ino == written.st_ino


def test_the_files_mode_stays_and_nothing_is_left_beside_it(clinic):
    (clinic / GREEK).chmod(0o640)
    names = sorted(os.listdir(clinic / TEXTS))

    api.stamp(api.open_project(clinic), [clinic / GREEK])

    assert stat.S_IMODE((clinic / GREEK).stat().st_mode) == 0o640
    assert sorted(os.listdir(clinic / TEXTS)) == names


def test_a_link_stays_a_link(clinic):
    real = clinic / "content/greek.txt"
    (clinic / GREEK).rename(real)
    (clinic / GREEK).symlink_to(real)

    api.stamp(api.open_project(clinic), [clinic / GREEK])

    assert (clinic / GREEK).is_symlink()
    assert b"source_hash: " in real.read_bytes()


def test_one_refusal_and_no_file_changes(clinic):
    before = (clinic / GREEK).read_bytes()

    with pytest.raises(BrochureError) as raised:
        api.stamp(api.open_project(clinic), [clinic / GREEK, clinic / TEXTS / "010-rest-en.md"])

    assert [fault.code for fault in raised.value.diagnostics] == ["stamp-refused"]
    assert (clinic / GREEK).read_bytes() == before


def test_a_write_that_fails_undoes_the_ones_before_it(clinic, monkeypatch):
    before = [(clinic / name).read_bytes() for name in (GREEK, ARABIC)]
    replace = os.replace

    def fail_on_arabic(source, target):
        if str(target).endswith("-ar.md"):
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr("os.replace", fail_on_arabic)
    with pytest.raises(BrochureError) as raised:
        api.stamp(api.open_project(clinic), [clinic / GREEK, clinic / ARABIC])

    assert [fault.code for fault in raised.value.diagnostics] == ["output-fault"]
    assert [(clinic / name).read_bytes() for name in (GREEK, ARABIC)] == before


@pytest.mark.parametrize("command", ["check", "status", "build"])
def test_no_other_command_ever_writes_a_hash(clinic, command, capsys):
    before = {path: path.read_bytes() for path in clinic.rglob("*.md")}

    main([command, "--project", str(clinic)])

    assert {path: path.read_bytes() for path in clinic.rglob("*.md")} == before
