"""The whole brochure reads as its parts did when they were proved; what differs stops the build.

The files that are wrong on purpose are what a faulty linker would make of parts that are right.
"""

import io
import re
import shutil

import pikepdf
import pytest

from brochure import api
from brochure.api.brochures import make
from brochure.diagnostics import BrochureError, Diagnostic
from brochure.pdf import linker
from brochure.production import collating
from brochure.production.work import Here
from pdf import clinics

BODY = "Sit down for a moment.\n\nThen stretch.\n\n| Day | Minutes |\n|---|---|\n| Monday | 10 |\n"
ARABIC = "اجلس لمدة 10 دقائق.\n\nثم تمدّد.\n\n| اليوم | الدقائق |\n|---|---|\n| الاثنين | 10 |\n"
SETTINGS = """
[clinic]
slug = "reread"
languages = ["en", "ar"]
[categories.care]
title = { en = "Care", ar = "رعاية" }
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    made = {"brochure.toml": SETTINGS}
    for number in range(1, 7):
        for language, body in (("en", BODY), ("ar", ARABIC)):
            path = f"content/_collections/_care/{number:02}0-rest{number}-{language}.md"
            title = f"{body.split()[0]} {number}"
            made[path] = clinics.treatment(body, title=title, lang=language)
    return clinics.write(tmp_path_factory.mktemp("reread"), made)


def build(clinic, monkeypatch, language, spoil) -> list[Diagnostic]:
    """What is found if the linker spoils the whole file, but not the parts by themselves."""
    link = linker.link

    def spoiled(bound, composition):
        linked = link(bound, composition)
        if len(bound) == 1:
            return linked
        with pikepdf.open(io.BytesIO(linked.data)) as file:
            spoil(file)
            output = io.BytesIO()
            file.save(output)
            return linked._replace(data=output.getvalue())

    monkeypatch.setattr(linker, "link", spoiled)
    project = api.open_project(clinic, is_cached=False)
    try:
        make(project, codes=[language])
    except BrochureError as error:
        return list(error.diagnostics)
    return []


def unspoiled(file) -> None:
    """Written anew, but the same."""


def without_a_page(file) -> None:
    file.pages[6].Contents = file.make_stream(b"")


def with_two_pages_changed(file) -> None:
    one, two = file.pages[6], file.pages[7]
    one.Contents, two.Contents = two.Contents, one.Contents


def with_another_number(file) -> None:
    file.pages[7].Contents[1] = file.pages[6].Contents[1]


def with_another_letter(file) -> None:
    """The first entry of every map stands for another letter."""
    for item in file.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            entry = rb"(<[0-9A-Fa-f]{4}> ?)<[0-9A-Fa-f]+>"
            before = item.ToUnicode.read_bytes()
            item.ToUnicode.write(re.sub(entry, rb"\1<0416>", before))


def without_a_font(file) -> None:
    fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
    del next(item for item in fonts if "/FontFile2" in item)["/FontFile2"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("spoil", "pages"),
    [(without_a_page, {7}), (with_two_pages_changed, {7, 8}), (with_another_number, {8})],
)
def test_a_page_that_reads_otherwise_is_named(clinic, monkeypatch, language, spoil, pages):
    found = build(clinic, monkeypatch, language, spoil)

    assert {item.code for item in found} == {"text-changed"}
    assert {int(re.search(r"Page (\d+)", item.problem)[1]) for item in found} == pages
    assert all(item.location.path.endswith(f"-{language}.md") for item in found)


@pytest.mark.parametrize("fewest", [1, 2, 3])
def test_pages_are_named_however_many_parts_are_read_together(clinic, monkeypatch, fewest):
    monkeypatch.setattr(collating, "_FEWEST", fewest)
    found = build(clinic, monkeypatch, "en", with_two_pages_changed)

    assert {int(re.search(r"Page (\d+)", item.problem)[1]) for item in found} == {7, 8}


class Recording(Here):
    """Notes what pieces of work it does."""

    def __init__(self):
        self.done = []

    def submit(self, fn, /, work):
        self.done.append(work)
        return super().submit(fn, work)

    @property
    def read(self):
        """The first page of each run of pages that was read."""
        return [work.first for work in self.done if isinstance(work, collating.Collating)]


@pytest.fixture
def edited(clinic, tmp_path, monkeypatch):
    """A clinic whose brochure has been made once; what happens when one of its texts changes."""
    folder = shutil.copytree(clinic, tmp_path / "clinic")
    monkeypatch.setattr(collating, "_FEWEST", 2)

    def made():
        recording = Recording()
        project = api.open_project(folder, is_cached=True)
        make(project, codes=["en"], executor=recording)
        return recording.read

    everything = made()

    def edit(old, new):
        file = folder / "content/_collections/_care/030-rest3-en.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return everything, made()

    return edit


def test_only_pages_near_what_changed_are_read_again(edited):
    everything, again = edited("stretch", "sleep")

    assert len(everything) == 5
    assert again == everything[2:3]


def test_where_a_letter_is_new_in_a_font_all_pages_are_read_again(edited):
    everything, again = edited("stretch", "ǆ")

    assert again == everything


def test_where_a_part_is_longer_all_that_follows_is_read_again(edited):
    everything, again = edited("Then stretch.", "Then stretch.\n\n" * 40)

    assert again[-3:] == [
        first + further for first, further in zip(everything[-3:], (0, 1, 1), strict=True)
    ]


def test_the_words_are_named(clinic, monkeypatch):
    (found,) = build(clinic, monkeypatch, "en", without_a_page)

    assert "reads “” where it read “Care Sit 4 Sit down for a moment. …”" in found.problem


def test_a_letter_that_stands_for_another_is_found(clinic, monkeypatch):
    found = build(clinic, monkeypatch, "en", with_another_letter)

    assert len(found) > 6


def test_a_font_that_is_not_inside_the_whole_file_is_found(clinic, monkeypatch):
    found = build(clinic, monkeypatch, "en", without_a_font)

    assert {item.code for item in found} == {"font-stranger"}
    assert "is not inside the file" in found[0].problem


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_that_reads_the_same_passes(clinic, monkeypatch, language):
    assert build(clinic, monkeypatch, language, unspoiled) == []
