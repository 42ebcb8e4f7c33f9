"""Same input, same bytes: neither place, time, order nor locale leaves a trace."""

import os
import re
import shutil

import pikepdf
import pytest

from pdf import runs

FIRST, OTHER = 1_600_000_000, 1_000_000_000
ELSEWHERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "FAKE_MOMENT": "2031-02-03 04:05:06",
}


def test_another_place_time_order_and_locale_change_no_byte(plain_run, tmp_path):
    folder = tmp_path / "Ein anderer Ort, ένα άλλο μέρος"
    runs.clinic(folder, names=reversed(runs.files()))
    for path in folder.rglob("*"):
        os.utime(path, (FIRST, OTHER))

    built = runs.build(folder, runs.surroundings(**ELSEWHERE), umask=0o077)

    assert sorted(plain_run) == [
        "manifest.json",
        "screen/small-ar.pdf",
        "screen/small-en.pdf",
    ]
    assert built == plain_run


def test_a_second_build_over_the_first_changes_no_byte(plain_run, tmp_path):
    folder = runs.clinic(tmp_path)
    runs.build(folder, runs.surroundings(PYTHONHASHSEED="1"))

    assert runs.build(folder, runs.surroundings(PYTHONHASHSEED="2")) == plain_run


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_any_number_of_workers_makes_the_same_bytes(plain_run, tmp_path, jobs):
    folder = runs.clinic(tmp_path)
    command = ("build", "--no-cache", "--jobs", jobs)

    assert runs.build(folder, runs.surroundings(), *command) == plain_run


LIST = """name;e-mail;language;treatments
Maria;maria@clinic.example;en;rest1,rest2
Ali;ali@clinic.example;ar;rest2,rest1
"""
TO_PATIENTS = (
    ("merge", "list.csv"),
    ("email", "rest1", "rest2", "--lang", "ar"),
    ("booklet", "--flip", "ar", "en"),
)


@pytest.mark.parametrize("command", TO_PATIENTS, ids=lambda command: command[0])
def test_any_number_of_workers_writes_the_same_e_mails_and_booklets(tmp_path, command):
    folder = runs.clinic(tmp_path)
    settings = (folder / "brochure.toml").read_text(encoding="utf-8")
    sender = '[email]\nsender = "info@clinic.example"\n'
    (folder / "brochure.toml").write_text(f"{settings}{sender}", encoding="utf-8")
    (folder / "list.csv").write_text(LIST, encoding="utf-8")

    def made(jobs: str) -> dict[str, str]:
        for name in ("output", ".brochure-cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        day = runs.surroundings(SOURCE_DATE_EPOCH=str(FIRST))
        return runs.build(folder, day, *command, "--jobs", jobs)

    one = made("1")
    assert len(one) > 1 or command[0] == "email"
    assert made("2") == one


def test_what_was_kept_has_the_same_bytes_as_what_is_made(plain_run, tmp_path):
    folder = runs.clinic(tmp_path)
    text = folder / "content/_collections/_care/1-rest1-en.md"
    written = text.read_text(encoding="utf-8")
    text.write_text(written.replace("Rest", "Sleep"), encoding="utf-8")
    other = runs.build(folder, runs.surroundings(), "build")
    text.write_text(written, encoding="utf-8")

    assert other != plain_run
    assert runs.build(folder, runs.surroundings(), "build") == plain_run
    shutil.rmtree(folder / "output")
    assert runs.build(folder, runs.surroundings(), "build") == plain_run


DATES = re.compile(rb"D:\d{14}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_source_date_epoch_changes_the_dates_and_nothing_else(plain_run, tmp_path):
    plain, dated = runs.clinic(tmp_path / "plain"), runs.clinic(tmp_path / "dated")
    runs.build(plain, runs.surroundings())
    built = runs.build(dated, runs.surroundings(SOURCE_DATE_EPOCH=str(OTHER)))

    assert built.keys() == plain_run.keys()
    for language in ("en", "ar"):
        here, there = (
            unpacked(folder / f"output/screen/small-{language}.pdf") for folder in (plain, dated)
        )
        assert set(DATES.findall(here)) == {b"D:20261121000000Z", b"2026-11-21T00:00:00Z"}
        assert set(DATES.findall(there)) == {b"D:20010909000000Z", b"2001-09-09T00:00:00Z"}
        assert DATES.sub(b"", here) == DATES.sub(b"", there)


def unpacked(path) -> bytes:
    """The file's objects, uncompressed and in a fixed order."""
    plain = path.with_suffix(".unpacked")
    with pikepdf.open(path) as file:
        file.save(
            plain,
            qdf=True,
            static_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return plain.read_bytes()
