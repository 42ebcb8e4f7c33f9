"""A command that would do nothing new says at once what it said; any change is seen."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import brochure
from brochure import unchanged
from brochure.__main__ import put_back
from brochure.cache import FOLDER, cache_of
from brochure.cli import main
from pdf.clinics import picture

SOURCE = Path(brochure.__file__).parents[1]
REPORT = """
import sys
from brochure.__main__ import main
sys.argv = ["brochure", *sys.argv[1:]]
code = main()
heavy = ("argparse", "babel", "dataclasses", "rich", "weasyprint", "yaml")
print("loaded:", *(name for name in heavy if name in sys.modules), file=sys.stderr)
raise SystemExit(code)
"""


class Clinic:
    """A clinic, and a command in it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder, self.arguments = folder, arguments

    def run(self) -> None:
        time.sleep(0.05)  # what was changed before is no longer fresh
        assert main(self.arguments) == 0

    def is_recalled(self) -> bool:
        return unchanged.recall(self.arguments, put_back) == 0

    def text(self, name: str = "010-rest-en.md") -> Path:
        return self.folder / "content/_collections/_care" / name


@pytest.fixture
def place(clinic, monkeypatch) -> Clinic:
    """The tiny clinic with our own modules held still: others may be at work on them."""
    monkeypatch.chdir(clinic)
    monkeypatch.setattr("brochure.api.memory.programs", list)
    for name in ("templates", "printers", "output"):
        (clinic / name).mkdir(exist_ok=True)
    return Clinic(clinic, "build", "en")


@pytest.fixture
def built(place) -> Clinic:
    """The tiny clinic, built, so that the next build has nothing to do."""
    place.run()
    assert place.is_recalled()
    return place


def test_it_says_the_same_and_loads_nothing(clinic):
    text = Clinic(clinic).text()
    text.write_text(text.read_text().replace("alt: A bench under a tree\n", ""))

    def run() -> tuple[int, str, str]:
        ended = subprocess.run(
            [sys.executable, "-c", REPORT, "build", "en"],
            cwd=clinic,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout, ended.stderr

    first, again = run(), run()

    assert again[0] == first[0] == 0
    assert again[1] == first[1]
    assert "screen/tiny-en.pdf" in again[1]
    said, _, loaded = first[2].removeprefix("en: laying out\n").rpartition("loaded:")
    assert "[alt-missing]" in said
    assert "weasyprint" in loaded
    assert again[2] == f"{said}loaded:\n"


def edit_text(place: Clinic) -> None:
    place.text().write_text(place.text().read_text() + "\nMore.\n")


def edit_text_to_the_same_length_and_time(place: Clinic) -> None:
    state = place.text().stat()
    text = place.text().read_text()
    place.text().write_text(text.replace("Rest", "Test", 1))
    os.utime(place.text(), ns=(state.st_atime_ns, state.st_mtime_ns))


def add_text(place: Clinic) -> None:
    shutil.copy(place.text(), place.text("020-more-en.md"))


def remove_text(place: Clinic) -> None:
    place.text("010-rest-el.md").unlink()


def add_category(place: Clinic) -> None:
    (place.text().parents[1] / "_face").mkdir()


def add_site_titles(place: Clinic) -> None:
    folder = place.folder / "content/_data/en"
    folder.mkdir(parents=True)
    (folder / "sitetext.yml").write_text("care:\n  title: Wellbeing\n")


def edit_settings(place: Clinic) -> None:
    path = place.folder / "brochure.toml"
    path.write_text(path.read_text() + "\n# a remark\n")


def add_template(place: Clinic) -> None:
    (place.folder / "templates/parts").mkdir()


def add_printer(place: Clinic) -> None:
    (place.folder / "printers/own.toml").write_text("")


def add_fonts(place: Clinic) -> None:
    (place.folder / "fonts").mkdir()


def spoil_output(place: Clinic) -> None:
    with (place.folder / "output/screen/tiny-en.pdf").open("ab") as file:
        file.write(b"\n")


def delete_manifest(place: Clinic) -> None:
    (place.folder / "output/manifest.json").unlink()


def unlist(place: Clinic) -> None:
    path = place.folder / "output/manifest.json"
    path.write_text(path.read_text().replace("screen/tiny-en.pdf", "screen/tiny-el.pdf"))


def list_another_file_of_the_name(place: Clinic) -> None:
    path = place.folder / "output/manifest.json"
    path.write_text(path.read_text().replace('"sha256": "', '"sha256": "0'))


def spoil_manifest(place: Clinic) -> None:
    (place.folder / "output/manifest.json").write_text("{")


def spoil_the_note(place: Clinic) -> None:
    for path, _ in cache_of(place.folder).entries():
        with open(path, "r+b") as file:
            file.truncate(60)


def clear_the_cache(place: Clinic) -> None:
    shutil.rmtree(place.folder / FOLDER)


def ask_for_another_form(place: Clinic) -> None:
    place.arguments = (*place.arguments, "--format", "short")


CHANGES = [
    *(edit_text, edit_text_to_the_same_length_and_time, add_text, remove_text, add_category),
    *(add_site_titles, edit_settings, add_template, add_printer, add_fonts),
    *(spoil_output, delete_manifest, unlist, list_another_file_of_the_name, spoil_manifest),
    *(spoil_the_note, clear_the_cache, ask_for_another_form),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen(built, change):
    change(built)

    assert not built.is_recalled()


FILE = "output/screen/tiny-en.pdf"


def test_what_was_deleted_is_put_back_as_it_was(capsys, built):
    capsys.readouterr()
    before = (built.folder / FILE).read_bytes()
    manifest = (built.folder / "output/manifest.json").read_bytes()
    shutil.rmtree(built.folder / "output/screen")

    assert built.is_recalled()
    assert FILE in capsys.readouterr().out
    assert (built.folder / FILE).read_bytes() == before
    assert (built.folder / "output/manifest.json").read_bytes() == manifest
    assert built.is_recalled()


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The folder of a run that made two files of one text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "read").write_text("text")
    files = [("one", b"1"), ("more/two", b"2")]
    put_back(files, str(tmp_path / "out"))
    unchanged.remember(
        cache_of(tmp_path),
        ["build"],
        since=time.time_ns() + 10_000_000_000,
        read=[str(tmp_path / "read")],
        out=str(tmp_path / "out"),
        manifest=str(tmp_path / "out/manifest.json"),
        made=[(name, data, hashlib.sha256(data).hexdigest()) for name, data in files],
        said=[],
    )
    return tmp_path / "out"


def test_one_file_that_is_gone_is_put_back_and_the_others_are_left(made):
    kept = (made / "one").stat()
    (made / "more/two").unlink()

    assert unchanged.recall(["build"], put_back) == 0
    assert (made / "more/two").read_bytes() == b"2"
    assert (made / "one").stat() == kept
    assert unchanged.recall(["build"], lambda *_: False) == 0  # its new state is known


def edit_what_was_read(made: Path) -> None:
    (made.parent / "read").write_text("other")


def spoil_the_other_file(made: Path) -> None:
    (made / "more/two").write_bytes(b"3")


def lose_what_was_kept(made: Path) -> None:
    for path, state in cache_of(made.parent).entries():
        if state.st_size < 100:
            os.unlink(path)


def stand_in_the_way(made: Path) -> None:
    shutil.rmtree(made)
    made.write_text("a file where the folder was")


@pytest.mark.parametrize(
    "change",
    [edit_what_was_read, spoil_the_other_file, lose_what_was_kept, stand_in_the_way],
    ids=lambda change: change.__name__,
)
def test_else_nothing_is_put_back_and_the_command_runs(made, change):
    (made / "one").unlink()
    change(made)

    assert unchanged.recall(["build"], put_back) is None
    assert not (made / "one").exists()


def test_the_day_and_its_name_in_the_environment_are_seen(built, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")

    assert not built.is_recalled()


def test_a_picture_that_comes_and_one_that_goes_are_seen(place):
    text = place.text().read_text()
    place.text().write_text(text.replace("img/rest.png", "pictures/New/bench.png"))
    place.run()
    assert place.is_recalled()

    path = place.folder / "content/pictures/new/bench.png"
    path.parent.mkdir(parents=True)
    assert not place.is_recalled()
    place.run()
    path.write_bytes(picture())
    assert not place.is_recalled()
    place.run()
    assert place.is_recalled()
    path.unlink()
    assert not place.is_recalled()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--edition", "handouts"],
        ["build", "--edition", "print", "en"],
        ["build", "--proof", "--format", "json"],
        ["handout", "rest", "--lang", "el"],
    ],
    ids=" ".join,
)
def test_every_edition_and_handouts_are_recalled(place, arguments, capsys):
    settings = place.folder / "brochure.toml"
    settings.write_text(settings.read_text() + "\n[imprint]\ndate = 2026-11-21\n")
    place.arguments = arguments
    place.run()
    said = capsys.readouterr().out
    assert said

    assert place.is_recalled()
    assert capsys.readouterr().out == said


def test_what_another_edition_adds_to_the_manifest_is_no_change(place):
    handouts = Clinic(place.folder, "build", "en", "--edition", "handouts")
    place.run()
    handouts.run()

    for one in (place, handouts, place):
        assert one.is_recalled()


def test_without_a_cache_nothing_is_recalled(place):
    place.arguments = ("build", "en", "--no-cache")
    place.run()

    assert not place.is_recalled()
    assert not (place.folder / FOLDER).exists()


@pytest.fixture
def note(tmp_path, monkeypatch):
    """A run that read one file, and whether the next one would be answered from its note."""
    monkeypatch.chdir(tmp_path)
    read, cache = tmp_path / "read", cache_of(tmp_path)

    def leave(since: int) -> int | None:
        unchanged.remember(
            cache,
            ["build"],
            since=since,
            read=[str(read)],
            out=str(tmp_path),
            manifest=str(tmp_path / "manifest.json"),
            made=[],
            said=[("stdout", "")],
        )
        return unchanged.recall(["build"], put_back)

    read.write_text("text")
    return read, leave


def test_a_file_changed_while_the_run_began_is_not_trusted(note):
    path, leave = note
    changed = path.stat().st_mtime_ns

    assert leave(changed - 1) is None
    assert leave(changed + 1_000_000) is None
    assert leave(changed + 50_000_000) == 0


def test_on_a_disk_that_knows_seconds_only_two_of_them_have_to_pass(note):
    path, leave = note
    second = path.stat().st_mtime_ns // 1_000_000_000 * 1_000_000_000
    os.utime(path, ns=(second, second))

    assert leave(second + 1_500_000_000) is None
    assert leave(second + 3_000_000_000) == 0


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        (["build", "--project", "a b"], "a b"),
        (["build", "--project=a"], "a"),
        (["build", "--project"], ""),
        (["build", "en"], ""),
    ],
)
def test_the_project_is_found_among_the_arguments(arguments, folder):
    assert unchanged._project_in(arguments) == folder


def test_other_commands_always_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert unchanged.recall(["check"], put_back) is unchanged.recall([], put_back) is None


@pytest.mark.parametrize(
    ("words", "is_noted"), [("", True), ("Zurück\n\tgut \u202e", True), ("a\0b", False)]
)
def test_what_was_said_is_said_again_as_it_was(tmp_path, monkeypatch, capsys, words, is_noted):
    """Or there is no note."""
    monkeypatch.chdir(tmp_path)
    unchanged.remember(
        cache_of(tmp_path),
        ["build"],
        since=time.time_ns(),
        read=[str(tmp_path / "line\nbreak")],
        out="",
        manifest="",
        made=[],
        said=[("stderr", words), ("stdout", "end")],
    )
    assert unchanged.recall(["build"], put_back) == (0 if is_noted else None)
    said = capsys.readouterr()

    assert (said.err, said.out) == ((words, "end") if is_noted else ("", ""))
