"""Whole runs over the tiny clinic: what is printed, what is written, what is left alone."""

import os
from pathlib import Path

import pypdfium2
import pytest

from brochure import api
from brochure.diagnostics import BrochureError

ENGLISH = "content/_collections/_care/010-rest-en.md"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def build(clinic: Path, *codes: str) -> api.Report:
    return api.build(api.open_project(clinic), codes=codes)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture
def change(clinic):
    def change_it(name: str, old: str, new: str) -> None:
        path = clinic / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change_it


def test_content_prints_literally_and_scripts_not_at_all(clinic, change):
    change(ENGLISH, "title: Rest", "title: '{{ 7*7 }}'")
    change(
        ENGLISH,
        "Sit down for ten minutes.",
        "Body {{ 7*7 }} {% if %} <script>alert(1)</script><b onclick='x()'>bold</b> "
        "[link](javascript:alert(1)) [nowhere](#nowhere) [site](/contact)",
    )
    build(clinic, "en")
    text = text_of(clinic / "output/screen/tiny-en.pdf")

    assert "Body {{ 7*7 }} {% if %} bold link nowhere site" in " ".join(text.split())
    assert text.count("{{ 7*7 }}") >= 4  # contents, card, head, text
    assert "49" not in text
    assert "alert" not in text


@pytest.mark.parametrize("fault", ["title: ''", "title: 漢", "title: a: b"])
def test_a_failing_build_leaves_the_previous_files_untouched(clinic, change, fault):
    build(clinic, "en")
    before = contents(clinic / "output")
    change(ENGLISH, "title: Rest", fault)

    with pytest.raises(BrochureError):
        build(clinic, "el")

    assert contents(clinic / "output") == before


def test_a_build_that_fails_its_last_check_leaves_them_too(clinic, change):
    build(clinic, "en")
    before = contents(clinic / "output")
    change(ENGLISH, "Sit down", "w" * 150)

    with pytest.raises(BrochureError):
        build(clinic, "el", "en")

    assert contents(clinic / "output") == before


def test_an_interrupted_build_leaves_them_too(clinic, change, monkeypatch):
    build(clinic, "en")
    before = contents(clinic / "output")
    change(ENGLISH, "title: Rest", "title: Sleep")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(clinic, "en")

    assert contents(clinic / "output") == before
    assert not list(clinic.glob("output/.*"))


def test_check_writes_nothing(clinic):
    before = contents(clinic)

    api.check(api.open_project(clinic))

    assert contents(clinic) == before
