"""Everything at once, or nothing."""

import os
from pathlib import Path

import pytest

from brochure.delivery.artefact import MANIFEST, Artefact, read_manifest
from brochure.delivery.files import deliver, write_new
from brochure.diagnostics import BrochureError


def artefacts(*names: str, data: bytes = b"new") -> list[Artefact]:
    return [
        Artefact(path=name, edition="screen", language="en", pages=1, data=data, sources=())
        for name in names
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def out(tmp_path):
    """A folder with the files of an earlier run."""
    deliver(artefacts("screen/a.pdf", "screen/b.pdf", data=b"old"), tmp_path / "out")
    return tmp_path / "out"


def test_new_files_replace_the_old_ones_and_the_manifest_knows_all(out):
    deliver(artefacts("screen/b.pdf", "screen/c.pdf"), out)

    found = contents(out)
    listed = read_manifest(found.pop(MANIFEST).decode())
    assert found == {"screen/a.pdf": b"old", "screen/b.pdf": b"new", "screen/c.pdf": b"new"}
    assert [entry["path"] for entry in listed] == list(found)


def test_what_is_there_already_is_not_written_again(out):
    before = {path: path.stat().st_ino for path in out.rglob("*.*")}
    deliver(artefacts("screen/a.pdf", "screen/b.pdf", data=b"old"), out)

    assert {path: path.stat().st_ino for path in out.rglob("*.*")} == before


def test_a_file_that_somebody_deleted_leaves_the_manifest(out):
    (out / "screen/a.pdf").unlink()
    deliver(artefacts("screen/b.pdf"), out)

    listed = read_manifest((out / MANIFEST).read_text())
    assert [entry["path"] for entry in listed] == ["screen/b.pdf"]


@pytest.mark.parametrize("manifest", [b"\xff\xfe\x00", b"[]", b'{"version": 1, "artefacts": 3}'])
def test_a_damaged_manifest_is_written_anew(out, manifest):
    (out / MANIFEST).write_bytes(manifest)
    deliver(artefacts("screen/b.pdf"), out)

    assert len(read_manifest((out / MANIFEST).read_text())) == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("the disk is full")])
@pytest.mark.parametrize(
    ("step", "call"),
    [("fsync", 1), ("fsync", 3), ("replace", 1), ("replace", 2), ("replace", 4)],
    ids=["first file", "last file", "before moving", "amid moving", "at the last move"],
)
def test_a_run_that_ends_early_leaves_everything_as_it_was(out, monkeypatch, step, call, error):
    before, real, calls = contents(out), getattr(os, step), []

    def failing(*arguments):
        calls.append(arguments)
        if len(calls) == call:
            raise error
        return real(*arguments)

    monkeypatch.setattr(os, step, failing)
    with pytest.raises((KeyboardInterrupt, BrochureError)):
        deliver(artefacts("screen/a.pdf", "screen/b.pdf", "new/c.pdf"), out)

    assert contents(out) == before


def test_a_folder_in_a_files_place_stops_before_anything_is_replaced(out):
    (out / "screen/b.pdf").unlink()
    (out / "screen/b.pdf").mkdir()
    before = contents(out)

    with pytest.raises(BrochureError, match="Cannot write"):
        deliver(artefacts("screen/a.pdf", "screen/b.pdf"), out)

    assert contents(out) == before


def test_a_file_that_is_open_elsewhere_is_named(out, monkeypatch):
    """On Windows, a PDF that somebody is reading cannot be replaced."""

    def replace(source, target):
        raise PermissionError(13, "Access is denied", str(source), None, str(target))

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(BrochureError) as error:
        deliver(artefacts("screen/new.pdf"), out)

    (fault,) = error.value.diagnostics
    assert fault.location.path == str(out / "screen/new.pdf")


def test_a_new_folder_appears_whole_or_not_at_all(tmp_path):
    files = [("x/a.txt", b"a"), ("x/a.txt/b.txt", b"b")]

    with pytest.raises(BrochureError):
        write_new(files, tmp_path / "deep/new")
    assert not list((tmp_path / "deep").iterdir())

    write_new(files[:1], tmp_path / "deep/new")
    assert contents(tmp_path / "deep") == {"new/x/a.txt": b"a"}
