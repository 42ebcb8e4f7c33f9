"""A kept section of a brochure comes out again only as long as all it depends on is the same.

And what has not changed is not even composed.
"""

import shutil
from pathlib import Path

import pytest

from brochure import api
from brochure.api.brochures import make
from brochure.pages import compose, style_sheets
from pdf import clinics
from pdf.test_kept_handouts import CHANGES, FILES, TEXTS, Change, replace, setting, write

FIRST = clinics.treatment("Begin.", title="Begin", lang="en")
SECTION = "templates/parts/treatment.html"
BROCHURE_CHANGES: dict[str, Change] = {
    "a text before it in its category": write(f"{TEXTS}/005-begin-en.md", FIRST),
    "format": setting("[translations]", '[page]\nformat = "square"\n[translations]'),
    "template": replace(SECTION, '<div class="text">', '<div class="text" style="margin: 9mm">'),
    "style": replace("templates/styles/treatment.css", "h1 {", "h1 { text-decoration: underline;"),
}
COMMON = (
    "text",
    "text of the default language",
    "picture",
    "picture in the text",
    "picture gone",
    "translation gone",
    "name of the clinic",
    "colour",
    "category",
    "order of languages",
    "font",
    "another category before it",
)


def build(folder: Path, *, is_cached: bool = True) -> dict[str, bytes]:
    """The clinic's brochures by language."""
    project = api.open_project(folder, is_cached=is_cached)
    return {item.language: item.data for item in make(project).artefacts}


@pytest.fixture(scope="module")
def made(made_once):
    """A clinic whose brochures have been made."""

    def make_them(folder):
        clinics.write(folder, FILES)
        build(folder)

    return made_once("kept-sections", make_them)


@pytest.fixture
def clinic(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "elsewhere")


@pytest.fixture
def composed(monkeypatch) -> list[tuple[str, str]]:
    """The sections that are composed, and their HTML, each time that one is."""
    pages: list[tuple[str, str]] = []
    ours = compose.compose_extract

    def noted(design, extract, **values):
        made = ours(design, extract, **values)
        pages.extend((anchor, made.html) for anchor in extract.sections)
        return made

    monkeypatch.setattr(compose, "compose_extract", noted)
    return pages


@pytest.mark.parametrize(
    "change",
    [*(CHANGES[name][0] for name in COMMON), *BROCHURE_CHANGES.values()],
    ids=[*COMMON, *BROCHURE_CHANGES],
)
def test_what_changes_comes_out_as_from_a_clean_build(clinic, change):
    before = build(clinic)
    change(clinic)
    after = build(clinic)

    assert after == build(clinic, is_cached=False)
    assert after != before


def test_what_has_not_changed_is_not_composed(clinic, composed):
    build(clinic)
    assert composed == []
    replace(f"{TEXTS}/020-walk-en.md", "Walk.", "Walk more.")(clinic)
    build(clinic)

    assert {anchor for anchor, _ in composed} == {"care.walk"}


def test_a_section_is_composed_without_the_others(clinic, composed):
    """So no template of a clinic's can make it depend on them."""
    titles = "{% for item in categories %}{{ item.treatments|join(',', 'title') }}{% endfor %}"
    replace(SECTION, "{% set own", f"<!-- {titles} -->{{% set own")(clinic)
    build(clinic)

    listed = {html.partition("<!-- ")[2].partition(" -->")[0] for _, html in composed}
    assert listed == {"Rest", "راحة", "Walk"}


def test_a_faulty_picture_is_reported_every_time(clinic):
    (clinic / "content/body.png").write_bytes(b"no picture")
    codes = [
        [fault.code for fault in make(api.open_project(clinic, is_cached=True)).diagnostics]
        for _ in range(2)
    ]

    assert "image-unreadable" in codes[0]
    assert codes[0] == codes[1]


def test_a_style_sheet_that_is_edited_while_it_is_read_is_not_kept(clinic, monkeypatch):
    before = build(clinic)
    sheet, render = clinic / "templates/styles/treatment.css", style_sheets.render_template

    def render_late(*named):
        if not sheet.exists():
            BROCHURE_CHANGES["style"](clinic)
        return render(*named)

    shutil.rmtree(clinic / ".brochure-cache")
    with monkeypatch.context() as patched:
        patched.setattr(style_sheets, "render_template", render_late)
        assert build(clinic) != before
    sheet.unlink()

    assert build(clinic) == before
