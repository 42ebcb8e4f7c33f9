import re

import pytest

from brochure.diagnostics import (
    CODES,
    BrochureError,
    ExitCode,
    Location,
    Severity,
    diagnose,
    exit_code_of,
    in_order,
    promoted,
    stop_on_errors,
    weighed,
)


def fault(
    code: str = "title-empty", path: str = "a.md", line: int | None = None, problem: str = ""
):
    return diagnose(code, Location(path=path, line=line), problem=problem, cause="", fix="")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_words_and_its_meaning_a_phrase(code):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
    assert not CODES[code].meaning.endswith(".")


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(path="a.md"), "a.md"),
        (Location(path="a.md", line=3), "a.md:3"),
        (Location(path="a.md", line=3, column=7), "a.md:3:7"),
        (Location(path="a.md", column=7), "a.md"),
    ],
)
def test_a_location_is_shown_as_far_as_it_is_known(location, shown):
    assert str(location) == shown


def test_faults_come_by_file_and_line_each_once():
    last, first, second = fault(path="b.md"), fault(line=2), fault(line=10)
    nowhere = diagnose("layout-fault", None, problem="", cause="", fix="")

    assert in_order([last, second, first, second, nowhere]) == (nowhere, first, second, last)


@pytest.mark.parametrize(
    ("codes", "exit_code"),
    [
        ([], ExitCode.DONE),
        (["alt-missing"], ExitCode.DONE),
        (["alt-missing", "title-empty"], ExitCode.CONTENT),
        (["title-empty", "font-missing"], ExitCode.MISSING),
        (["font-missing", "text-overflow"], ExitCode.CHECK),
        (["language-unavailable"], ExitCode.USAGE),
    ],
)
def test_the_exit_code_is_the_highest_that_an_error_asks_for(codes, exit_code):
    assert exit_code_of([fault(code) for code in codes]) is exit_code


def test_strict_turns_warnings_into_errors():
    warning = fault("alt-missing")

    assert promoted([warning], strict=False) == (warning,)
    (error,) = promoted([warning], strict=True)
    assert error.severity is Severity.ERROR
    assert exit_code_of([error]) is ExitCode.CONTENT


def test_errors_stop_with_everything_that_is_wrong_and_warnings_do_not():
    warning, error = fault("alt-missing", path="b.md"), fault(problem="no title")

    stop_on_errors([warning])
    with pytest.raises(BrochureError, match="no title") as raised:
        stop_on_errors([warning, error])
    assert raised.value.diagnostics == (error, warning)


@pytest.mark.parametrize(
    ("code", "severities", "strict", "severity"),
    [
        ("alt-missing", {}, False, "warning"),
        ("alt-missing", {}, True, "error"),
        ("alt-missing", {"alt-missing": "error"}, False, "error"),
        ("alt-missing", {"alt-missing": "warning"}, True, "error"),
        ("alt-missing", {"alt-missing": "off"}, False, None),
        ("alt-missing", {"alt-missing": "off"}, True, None),
        ("alt-missing", {"image-missing": "off"}, False, "warning"),
        ("title-empty", {"title-empty": "off"}, False, "error"),
        ("title-empty", {"title-empty": "warning"}, False, "error"),
    ],
)
def test_a_clinic_weighs_warnings_and_cannot_silence_errors(code, severities, strict, severity):
    found = weighed([fault(code)], severities, strict=strict)

    assert [item.severity.value for item in found] == ([severity] if severity else [])
