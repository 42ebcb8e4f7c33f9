"""A command that would do nothing new says at once what it said; any change is seen."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import brochure
from brochure import unchanged
from brochure.cache import FOLDER, cache_of

SOURCE = Path(brochure.__file__).parents[1]
REPORT = """
import sys
from brochure.__main__ import main
sys.argv = ["brochure", *sys.argv[1:]]
code = main()
heavy = [name for name in ("rich", "babel", "yaml", "argparse", "weasyprint") if name in sys.modules]
print("loaded:", *heavy, file=sys.stderr)
raise SystemExit(code)
"""
NOTHING = "loaded:"


class Clinic:
    """A clinic with the command, run in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arguments = ["build", "en"]
        self.surroundings = dict(os.environ) | {"PYTHONPATH": str(SOURCE)}

    def run(self) -> tuple[int, str, str]:
        ended = subprocess.run(
            [sys.executable, "-c", REPORT, *self.arguments],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout, ended.stderr

    def is_recalled(self) -> bool:
        return self.run()[2].endswith(f"{NOTHING}\n")

    def text(self, name: str = "010-rest-en.md") -> Path:
        return self.folder / "content/_collections/_care" / name


@pytest.fixture
def built(clinic, made_once):
    """The tiny clinic, built until the next build has nothing to do."""
    (clinic / "templates").mkdir(exist_ok=True)
    (clinic / "printers").mkdir(exist_ok=True)
    place = Clinic(clinic)
    for _ in range(3):
        time.sleep(0.05)
        if place.is_recalled():
            break
    assert place.is_recalled()
    return place


def test_it_says_the_same_and_loads_nothing(built):
    built.text().write_text(built.text().read_text().replace("alt: A bench under a tree\n", ""))
    time.sleep(0.05)
    first, again = built.run(), built.run()

    assert again[0] == first[0] == 0
    assert again[1] == first[1]
    assert "[alt-missing]" in again[2]
    assert "screen/tiny-en.pdf" in again[1]
    said = first[2].replace("en: laying out\n", "").rpartition(NOTHING)[0]
    assert again[2] == f"{said}{NOTHING}\n"


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


def delete_output(place: Clinic) -> None:
    (place.folder / "output/screen/tiny-en.pdf").unlink()


def spoil_output(place: Clinic) -> None:
    with (place.folder / "output/screen/tiny-en.pdf").open("ab") as file:
        file.write(b"\n")


def delete_manifest(place: Clinic) -> None:
    (place.folder / "output/manifest.json").unlink()


def spoil_the_note(place: Clinic) -> None:
    for path, _ in cache_of(place.folder).entries():
        with open(path, "r+b") as file:
            file.truncate(60)


def clear_the_cache(place: Clinic) -> None:
    shutil.rmtree(place.folder / FOLDER)


def name_the_day(place: Clinic) -> None:
    place.surroundings["SOURCE_DATE_EPOCH"] = "1000000000"


def ask_for_another_form(place: Clinic) -> None:
    place.arguments = [*place.arguments, "--format", "short"]


CHANGES = [
    *(edit_text, edit_text_to_the_same_length_and_time, add_text, remove_text, add_category),
    *(add_site_titles, edit_settings, add_template, add_printer, add_fonts, delete_output),
    *(spoil_output, delete_manifest, spoil_the_note, clear_the_cache, name_the_day),
    ask_for_another_form,
]


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_seen(built, change):
    change(built)

    assert not built.is_recalled()


@pytest.mark.slow
def test_a_picture_that_was_missing_and_one_that_goes_are_seen(built):
    text = built.text().read_text()
    built.text().write_text(text.replace("---\n", "---\nimage: pictures/New/bench.png\n", 1))
    for _ in range(2):
        time.sleep(0.05)
        built.run()
    assert built.is_recalled()
    picture = next(SOURCE.glob("content/assets/**/*.*"))

    path = built.folder / "content/pictures/new/bench.png"
    path.parent.mkdir(parents=True)
    assert not built.is_recalled()
    time.sleep(0.05)
    built.run()
    shutil.copy(picture, path)
    assert not built.is_recalled()
    time.sleep(0.05)
    built.run()
    assert built.is_recalled()
    path.unlink()
    assert not built.is_recalled()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--edition", "handouts"],
        ["build", "--edition", "print", "en"],
        ["handout", "rest", "--lang", "el"],
    ],
    ids=" ".join,
)
def test_every_edition_and_handouts_are_recalled(clinic, arguments):
    place = Clinic(clinic)
    place.arguments = arguments
    for _ in range(3):
        time.sleep(0.05)
        code, out, err = place.run()

    assert (code, err.endswith(f"{NOTHING}\n")) == (0, True), err
    assert ".pdf" in out


@pytest.fixture
def note(tmp_path, monkeypatch):
    """A run that read one file, and whether the next one would be answered from its note."""
    monkeypatch.chdir(tmp_path)
    read, cache = tmp_path / "read", cache_of(tmp_path)

    def leave(since: int) -> int | None:
        unchanged.remember(
            cache, ["build"], since=since, read=[str(read)], written=[], said=[("stdout", "")]
        )
        return unchanged.recall(["build"])

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

    with contextlib.chdir(tmp_path):
        assert unchanged.recall(["check"]) is unchanged.recall([]) is None
