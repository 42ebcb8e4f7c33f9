"""Whole runs over the tiny clinic: what is printed, what is written, what is left alone."""

import os
from pathlib import Path

import pypdfium2
import pytest

from brochure import api
from brochure.api.catalogues import catalogues_of
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
        "Body <script>alert(1)</script><b onclick='x()'>bold</b> "
        "[link](javascript:alert(1)) [nowhere](#nowhere) [site](/contact)",
    )
    build(clinic, "en")
    text = text_of(clinic / "output/screen/tiny-en.pdf")

    assert "Body bold link nowhere site" in " ".join(text.split())
    assert text.count("{{ 7*7 }}") >= 3  # contents, card, head
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


def test_a_build_that_fails_its_last_check_leaves_them_too(clinic, change, unbroken_lines):
    build(clinic, "en")
    before = contents(clinic / "output")
    change(ENGLISH, "Sit down", "Sit down " * 20)

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


@pytest.mark.parametrize(
    ("severity", "strict", "found"),
    [
        ("warning", False, "warning"),
        ("warning", True, "error"),
        ("error", False, "error"),
        ("off", True, None),
    ],
)
def test_check_and_build_weigh_warnings_alike(clinic, change, severity, strict, found):
    change(ENGLISH, "alt: A bench under a tree\n", "")
    change(
        "brochure.toml",
        "[clinic.hours]",
        f'[severity]\nalt-missing = "{severity}"\n[clinic.hours]',
    )
    project = api.open_project(clinic)

    told = api.check(project, strict=strict).diagnostics
    try:
        built = api.build(project, codes=["en"], strict=strict).diagnostics
    except BrochureError as error:
        built = error.diagnostics

    for faults in (told, built):
        weights = [fault.severity.value for fault in faults if fault.code == "alt-missing"]
        assert weights == ([found] if found else [])


def test_a_strict_build_has_every_translation_and_no_old_one(clinic, change):
    greek = "content/_collections/_care/010-rest-el.md"
    change(greek, "lang: el", f"lang: el\nsource_hash: {'0' * 32}")
    (clinic / "content/_collections/_care/020-walk-en.md").write_text(
        "---\ntitle: Walk\nlang: en\n---\nWalk.\n", encoding="utf-8"
    )

    with pytest.raises(BrochureError) as raised:
        api.build(api.open_project(clinic), strict=True)

    codes = {fault.code for fault in raised.value.diagnostics if fault.is_error}
    assert {"translation-missing", "translation-outdated"} <= codes
    assert not (clinic / "output").exists()


def test_a_mapped_file_that_is_not_there_is_named_with_its_line(clinic):
    settings = clinic / "brochure.toml"
    lines = '\n[content.same]\n"care/rest" = ["010-rest-en.md", "no-such.md"]\n'
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")

    told = api.check(api.open_project(clinic)).diagnostics

    (fault,) = [item for item in told if item.code == "settings-invalid"]
    assert "no-such.md" in fault.problem
    assert fault.location.source_line in ("[content.same]", lines.split("\n")[2])


def test_the_sites_own_titles_print_where_the_settings_have_none(clinic):
    titles = clinic / "content/_data/en/sitetext.yml"
    titles.parent.mkdir(parents=True)
    titles.write_text("care:\n  title: Care from the site\n", encoding="utf-8")
    settings = clinic / "brochure.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('en = "Care", ', ""))

    (english, *_) = catalogues_of(api.open_project(clinic)).catalogues

    assert english.categories[0].title == "Care from the site"
