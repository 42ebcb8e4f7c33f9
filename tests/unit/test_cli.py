"""The command as people and programs meet it."""

import json
import shutil
import subprocess

import pytest

from brochure import __version__, api
from brochure.cli import main
from brochure.diagnostics import CODES, ExitCode

COMMANDS = [
    *("build", "handout", "email", "merge", "booklet", "preflight", "printers"),
    *("check", "status", "stamp", "init", "cache", "completion"),
]


@pytest.fixture
def run(clinic, monkeypatch, capsys):
    """Run the command in the tiny clinic: exit code, output, error output."""
    monkeypatch.chdir(clinic)

    def run_it(*arguments: str) -> tuple[int, str, str]:
        try:
            exit_code = main(arguments)
        except SystemExit as exit_:
            exit_code = exit_.code
        printed = capsys.readouterr()
        return int(exit_code), printed.out, printed.err

    return run_it


@pytest.fixture
def spoil(clinic):
    """Spoil the English text with a line of front matter."""

    def spoil_it(old: str, new: str) -> None:
        path = clinic / "content/_collections/_care/010-rest-en.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return spoil_it


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_says_what_each_command_and_argument_does(run, command):
    exit_code, out, err = run(*command.split(), "--help")

    assert (exit_code, err) == (0, "")
    assert out.startswith(f"usage: brochure {command}".rstrip())
    assert command or all(f"\n    {name}" in out for name in COMMANDS)
    assert "None" not in out


def test_the_version_is_the_packages(run):
    assert run("--version") == (0, f"brochure {__version__}\n", "")


def test_every_exit_code_is_documented(run):
    _, out, _ = run("--help")
    documented = {int(line.split()[0]) for line in out.splitlines() if line[2:3].isdigit()}

    assert documented == {code.value for code in ExitCode}
    assert {code.exit_code for code in CODES.values()} | {ExitCode.DONE} == set(ExitCode)


def test_0_done(run):
    assert run("check") == (0, "No faults found.\n", "")


def test_0_done_with_warnings_and_1_when_they_are_strict(run, spoil):
    spoil("alt: A bench under a tree\n", "")

    assert run("check")[0] == 0
    assert run("check", "--strict")[0] == 1
    assert run("build", "en", "--strict")[0] == 1


def test_1_faults_in_the_content(run, spoil):
    spoil("title: Rest", "title:")

    assert run("check")[0] == run("build", "en")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "bild",
        "build klingon",
        "build --edition gold",
        "build --colour",
        "check en",
        "check --format xml",
        "booklet",
        "booklet en --layout 3up",
        "booklet en --creep much",
        "booklet en --flip-on side",
        "booklet klingon",
        "init",
        "init .",
        "completion fish",
        "handout",
        "handout rest --all",
        "merge list.csv --date 21.11.2026",
    ],
)
def test_2_wrong_arguments(run, arguments):
    exit_code, out, err = run(*arguments.split())

    assert (exit_code, out) == (2, "")
    assert "Traceback" not in err


def test_3_something_is_missing(run, clinic):
    settings = clinic / "brochure.toml"
    text = settings.read_text(encoding="utf-8").replace('"ar"]', '"ar", "zh"]')
    settings.write_text(f'{text}\n[language.zh]\nname = "Tiny"\n', encoding="utf-8")

    exit_code, _, err = run("build")

    assert exit_code == 3
    assert "NotoSansSC-Regular.ttf" in err


def test_4_a_finished_file_failed_its_check(run, spoil, clinic, unbroken_lines):
    spoil("Sit down for ten minutes.", "Sit down " * 20)

    assert run("build", "en")[0] == 4
    assert not (clinic / "output").exists()


def test_a_language_is_built_under_its_alias_and_the_closing_table_says_so(run, clinic):
    exit_code, out, err = run("build", "gr", "--out", "out")

    assert exit_code == 0
    assert out.split("\n")[0].split() == ["File", "Language", "Pages", "Size", "Warnings"]
    assert out.split("\n")[1].split()[:2] == ["out/screen/tiny-el.pdf", "el"]
    assert err.startswith("el: ")
    assert [path.name for path in clinic.glob("out/screen/*")] == ["tiny-el.pdf"]


@pytest.mark.parametrize("arguments", ["check", "build en"])
def test_faults_for_tools_are_json_and_nothing_else(run, spoil, arguments):
    spoil("title: Rest", "title: 漢")
    exit_code, out, _ = run(*arguments.split(), "--format", "json")
    (fault,) = json.loads(out)

    assert exit_code == 1
    assert fault["code"] == "glyph-missing"
    assert fault["path"] == "content/_collections/_care/010-rest-en.md"
    assert (fault["line"], fault["column"], fault["severity"]) == (2, 8, "error")
    assert {"problem", "cause", "fix"} <= set(fault)


def test_a_build_for_tools_without_faults_is_json_too(run):
    exit_code, out, _ = run("build", "en", "--format", "json")

    assert exit_code == 0
    assert json.loads(out) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_a_script_that_the_shell_can_read(run, shell):
    exit_code, out, err = run("completion", shell)

    assert (exit_code, err) == (0, "")
    assert "--edition" in out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=out, text=True, check=True)


@pytest.mark.parametrize("command", ["check", "build en"])
def test_a_fault_of_ours_is_told_without_a_traceback(run, monkeypatch, command):
    def fail(*_, **__):
        raise ZeroDivisionError("[bold]division[/bold] by zero")

    monkeypatch.setattr(api, command.split()[0], fail)
    exit_code, out, err = run(*command.split())

    assert (exit_code, out) == (4, "")
    assert "ZeroDivisionError: [bold]division[/bold] by zero" in err
    assert "Traceback" not in err


def test_the_traceback_is_there_for_those_who_ask(run, monkeypatch):
    monkeypatch.setenv("BROCHURE_TRACEBACK", "1")
    monkeypatch.setattr(api, "open_project", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run("check")


@pytest.mark.parametrize("value", ["²", "9" * 14, "-1", "soon"])
def test_a_date_of_the_build_that_no_calendar_has_is_left_out(run, monkeypatch, value):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    assert run("check") == (0, "No faults found.\n", "")


def test_an_interrupted_run_says_so(run, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "build", interrupt)
    exit_code, _, err = run("build")

    assert exit_code == 130
    assert err == "Interrupted; the previous files are as they were.\n"


def test_an_interrupted_run_does_not_take_back_what_was_sent(run, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "open_project", interrupt)
    exit_code, _, err = run("merge", "list.csv", "--send")

    assert exit_code == 130
    assert err.startswith("Interrupted; what was sent is sent.")


def test_init_makes_a_clinic_that_has_no_fault(run):
    exit_code, out, _ = run("init", "new/clinic")

    assert exit_code == 0
    assert "brochure build --project new/clinic" in out
    assert run("check", "--project", "new/clinic")[:2] == (0, "No faults found.\n")


def test_files_left_out_are_counted(clinic, capsys):
    text = "---\ntitle: Soon\nlang: en\npublished: false\n---\nSoon.\n"
    for name in ("020-soon-en.md", "_note-en.md"):
        (clinic / "content/_collections/_care" / name).write_text(text)

    assert main(["check", "--project", str(clinic)]) == 0
    assert "2 files left out" in capsys.readouterr().out


def test_the_cache_is_shown_and_cleared(run):
    assert run("cache")[1] == "Kept: 0 entries, 0 kB of at most 500 MB.\n"
    run("build", "en")
    shown = run("cache")[1]
    assert shown.startswith("Kept: ")
    assert shown.endswith("The oldest was last of use 0 days ago.\n")

    assert run("cache", "--clear")[1].startswith("Removed: ")
    assert run("cache")[1].startswith("Kept: 0 entries")


@pytest.mark.parametrize("count", ["0", "-1", "two"])
def test_jobs_are_counted_from_one(run, count):
    exit_code, _, err = run("build", "--jobs", count)

    assert exit_code == ExitCode.USAGE
    assert f"expected a number from 1, found “{count}”" in err
