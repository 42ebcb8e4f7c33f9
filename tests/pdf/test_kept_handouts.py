"""A kept handout comes out again only as long as nothing that it depends on has changed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure import api
from brochure.assets import DEFAULTS
from brochure.diagnostics import BrochureError
from pdf import clinics

SETTINGS = """
[clinic]
slug = "kept"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
logo = "logo.png"
[translations]
missing = "default-language"
[categories.care]
title = { en = "Care", ar = "رعاية" }
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
TITLES = {"en": "Rest", "ar": "راحة"}
TEXTS = "content/_collections/_care"
REVIEW = DEFAULTS / "templates/parts/handout-review.html"
Change = Callable[[Path], None]


def text(language: str, **head: str) -> str:
    title = TITLES[language]
    named = {"title": title, "lang": language, "image": "p.png", "alt": title}
    return clinics.treatment(f"{title}.\n\n![{title}](body.png)\n", **named, **head)


FILES = {
    "brochure.toml": SETTINGS,
    "content/logo.png": clinics.picture(width=60, height=60),
    "content/p.png": clinics.picture(),
    "content/body.png": clinics.picture(seed=1),
    "templates/parts/handout-review.html": REVIEW.read_text() + '{% include "parts/own.html" %}\n',
    "templates/parts/own.html": "<p>{{ facts.name }}</p>\n",
    **{f"{TEXTS}/010-rest-{language}.md": text(language) for language in TITLES},
    f"{TEXTS}/020-walk-en.md": clinics.treatment("Walk.", title="Walk", lang="en"),
}


def make(folder: Path, *, is_cached: bool = True) -> tuple[dict[str, bytes], set[str]]:
    """The handouts of every treatment by name, and the names of those that were made anew."""
    rack = api.rack_of(api.open_project(folder, is_cached=is_cached))
    files, anew = {}, set()
    for language in rack.project.languages:
        report = api.handouts(rack, api.every_handout(rack, language), language)
        files |= {Path(item.path).stem: item.data for item in report.artefacts}
        anew |= {Path(item.path).stem for item in report.explanations if item.is_anew}
    return files, anew


@pytest.fixture(scope="module")
def made(made_once):
    """A clinic whose handouts have all been made."""

    def build(folder):
        clinics.write(folder, FILES)
        make(folder)

    return made_once("kept-handouts", build)


@pytest.fixture
def clinic(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "elsewhere")


@pytest.fixture
def nothing_is_composed(monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a handout is composed")

    monkeypatch.setattr("brochure.pages.handout.design_handouts", refuse)


def write(name: str, data: str | bytes) -> Change:
    return lambda folder: clinics.write(folder, {name: data}) and None


def replace(name: str, old: str, new: str) -> Change:
    """Change a file of the clinic's, which is a copy of ours if it has none."""

    def change(folder: Path) -> None:
        own = folder / name
        written = (own if own.is_file() else DEFAULTS / name).read_text(encoding="utf-8")
        assert old in written
        clinics.write(folder, {name: written.replace(old, new, 1)})

    return change


def setting(old: str, new: str) -> Change:
    return replace("brochure.toml", old, new)


def test_the_same_things_in_another_place_give_the_same_bytes(clinic, nothing_is_composed):
    for path in clinic.rglob("*.*"):
        os.utime(path)
    again, anew = make(clinic)

    assert anew == set()
    assert sorted(again) == ["rest-ar", "rest-en", "walk-ar", "walk-en"]


REST = {"rest-ar", "rest-en"}
EVERY = REST | {"walk-ar", "walk-en"}
ENGLISH = {"rest-en", "walk-en"}
CHANGES = {
    "text": (replace(f"{TEXTS}/010-rest-en.md", "Rest.", "Rest more."), {"rest-en"}),
    "text of the default language": (
        replace(f"{TEXTS}/020-walk-en.md", "Walk.", "Walk more."),
        {"walk-ar", "walk-en"},
    ),
    "review": (write(f"{TEXTS}/010-rest-en.md", text("en", reviewed="2026-01-02")), {"rest-en"}),
    "picture": (write("content/p.png", clinics.picture(seed=2)), REST),
    "picture in the text": (write("content/body.png", clinics.picture(seed=3)), REST),
    "picture gone": (lambda folder: (folder / "content/p.png").unlink(), REST),
    "logo": (write("content/logo.png", clinics.picture(width=60, height=60, seed=4)), EVERY),
    "translation gone": (lambda folder: (folder / f"{TEXTS}/010-rest-ar.md").unlink(), REST),
    "no stand-in": (setting("default-language", "leave-out"), {"walk-ar"}),
    "name of the clinic": (setting('"Clinic"', '"Practice"'), ENGLISH),
    "phone": (setting("22 000000", "22 000001"), EVERY),
    "date": (setting("[translations]", "[imprint]\ndate = 2026-11-21\n[translations]"), EVERY),
    "colour": (setting("[translations]", '[brand]\naccent = "#7A1F3D"\n[translations]'), EVERY),
    "hue": (setting("[categories.care]", '[categories.care]\nhue = "#7A1F3D"'), EVERY),
    "category": (setting('en = "Care"', 'en = "Wellbeing"'), ENGLISH),
    "format": (setting("[translations]", '[handout]\nformat = "A5"\n[translations]'), EVERY),
    "order of languages": (setting('["en", "ar"]', '["ar", "en"]'), None),
    "wording": (replace("templates/wording/en.toml", "Questions?", "Any questions?"), ENGLISH),
    "template": (
        replace("templates/handout.html", "</body>", "<p>{{ generator }}</p></body>"),
        EVERY,
    ),
    "included template": (write("templates/parts/own.html", "<p>{{ generator }}</p>"), EVERY),
    "style": (replace("templates/styles/handout.css", "13mm", "11mm"), EVERY),
    "page format": (
        replace("templates/formats.toml", "[A4]\n", "[A4]\n# ours\n"),
        set(),
    ),
    "font": (
        lambda folder: clinics.write(
            folder,
            {"fonts/NotoSans-Regular.ttf": (DEFAULTS / "fonts/NotoSans-Light.ttf").read_bytes()},
        ),
        None,
    ),
    "another category before it": (
        write("content/_collections/_aid/010-help-en.md", clinics.treatment("Aid.", title="Aid")),
        None,
    ),
}


@pytest.mark.parametrize(("change", "shows"), CHANGES.values(), ids=CHANGES)
def test_what_changes_comes_out_as_from_a_clean_build(made, clinic, change, shows):
    before, _ = make(made)
    change(clinic)
    after, _ = make(clinic)
    clean, _ = make(clinic, is_cached=False)

    assert after == clean
    if shows is not None:
        assert {name for name in before if after.get(name) != before[name]} == shows


INVISIBLE = {
    "remark": setting("[translations]", "# a remark\n[translations]"),
    "e-mail": setting("[translations]", '[email]\nsender = "a@b.example"\n[translations]'),
    "limit of the cache": setting("[translations]", "[cache]\nlimit_mb = 400\n[translations]"),
    "severity": setting("[translations]", '[severity]\nalt-missing = "off"\n[translations]'),
    "name in the other language": setting("عيادة", "عيادتنا"),
    "another text": replace(f"{TEXTS}/020-walk-en.md", "Walk.", "Walk more."),
}


@pytest.mark.parametrize("change", INVISIBLE.values(), ids=INVISIBLE)
def test_what_no_handout_shows_makes_none_anew(clinic, nothing_is_composed, change):
    change(clinic)
    rack = api.rack_of(api.open_project(clinic, is_cached=True))
    report = api.handouts(rack, ["rest"], api.handout_language(rack.project, "en"))

    assert not report.explanations[0].is_anew


@pytest.mark.parametrize("wanted", [{"large_print": True}, {"black_and_white": True}], ids=str)
def test_large_print_and_greys_are_other_handouts(clinic, wanted):
    def rest(*, is_cached: bool = True, **options: bool) -> bytes:
        rack = api.rack_of(api.open_project(clinic, is_cached=is_cached))
        language = api.handout_language(rack.project, "en")
        return api.handouts(rack, ["rest"], language, **options).artefacts[0].data

    plain = rest()
    assert rest(**wanted) == rest(**wanted) == rest(is_cached=False, **wanted)
    assert rest() == plain != rest(**wanted)


def test_another_version_of_a_program_makes_everything_anew(clinic, monkeypatch):
    for module in ("recipes", "work"):
        monkeypatch.setattr(f"brochure.production.{module}.toolchain_digest", lambda: "another")

    assert make(clinic)[1] == EVERY


def test_what_was_edited_meanwhile_is_not_taken_for_what_was_asked(made, clinic, monkeypatch):
    from brochure.pages import handout

    before, _ = make(made)
    shutil.rmtree(clinic / ".brochure-cache")
    part, design = clinic / "templates/parts/own.html", handout.design_handouts

    def design_late(*values, **named):
        part.write_text("<p>Another line.</p>")
        return design(*values, **named)

    with monkeypatch.context() as patched:
        patched.setattr("brochure.pages.handout.design_handouts", design_late)
        assert make(clinic)[0] != before
    part.write_bytes((made / "templates/parts/own.html").read_bytes())

    assert make(clinic)[0] == before


def test_a_faulty_style_concerns_every_handout_whichever_was_first(clinic):
    replace("templates/styles/handout.css", "13mm", "13miles")(clinic)

    for names in (["rest", "walk"], ["walk"]):
        rack = api.rack_of(api.open_project(clinic, is_cached=True))
        with pytest.raises(BrochureError) as caught:
            api.handouts(rack, names, api.handout_language(rack.project, "en"))
        assert "template-fault" in {fault.code for fault in caught.value.diagnostics}


def test_a_style_that_names_another_file_is_read_for_every_handout(clinic):
    own = clinic / "own.css"
    own.write_text("p { color: #123456 }")
    name = "templates/styles/handout.css"
    written = (DEFAULTS / name).read_text(encoding="utf-8")
    clinics.write(clinic, {name: f'@import url("{own.as_uri()}");\n{written}'})
    first, _ = make(clinic)
    own.write_text("p { color: #654321; margin-block-end: 3mm }")
    second, _ = make(clinic)

    assert {key for key in first if first[key] != second[key]} == EVERY
    assert second == make(clinic, is_cached=False)[0]
