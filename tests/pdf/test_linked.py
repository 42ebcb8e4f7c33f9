"""A brochure linked from parts is the brochure laid out as one document.

Incremental builds give the bytes of clean ones, whatever was edited, whoever made the parts, and
whatever has become of the cache.
"""

import hashlib
import io
import os
import pickle
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from brochure import api
from brochure.api.brochures import make
from brochure.api.printers import edition_for
from brochure.assets import DEFAULTS
from brochure.diagnostics import BrochureError, Severity
from brochure.pages.edition import PRINT
from brochure.production.parts import part_from
from pdf import clinics
from pdf.tags import readable, tag_tree
from pdf.whole import destinations, links, outline, whole

SETTINGS = """
[clinic]
slug = "linked"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
logo = "p.png"
[imprint]
date = 2026-11-21
[categories.care]
title = { en = "Care 12 0 R", ar = "رعاية" }
[categories.calm]
title = { en = "Calm", ar = "هدوء" }
[language.en]
name = "Clinic 100 %d"
[language.ar]
name = "عيادة"
"""
WORDS = {
    "en": ("Walking", "Every step counts, see 12 0 R obj and 5 %d, or (ask) us.\n"),
    "ar": ("المشي", "كل خطوة مفيدة، حتى في المنزل (اسأل الطبيب) لمدة 10 دقائق.\n"),
}
TABLE = "| Day | Minutes |\n|---|---|\n| Monday | 10 |\n| Friday | 20 |\n"
NAMES = ("care/010-walk", "care/020-rest", "care/030-sleep", "calm/010-yoga", "calm/020-tea")


def text(language: str, number: int) -> str:
    """A treatment with a list and a table; the second is two full pages long."""
    title, line = WORDS[language]
    lines = [line] * (70 if number == 1 else 3 + number)
    return clinics.treatment(
        "### " + title + "\n\n" + "\n".join(lines) + f"\n- {title}\n- {line}\n\n{TABLE}",
        title=f"{title} {number} 0 R",
        image="p.png",
        alt=f"Picture <</S 7 0 R>> {number} %d",
        lang=language,
    )


def files() -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {"brochure.toml": SETTINGS, "content/p.png": clinics.picture()}
    for number, name in enumerate(NAMES):
        category, stem = name.split("/")
        for language in WORDS:
            path = f"content/_collections/_{category}/{stem}-{language}.md"
            made[path] = text(language, number)
    return made


def build(folder: Path, *, is_cached: bool, **options) -> dict[str, bytes]:
    """Every brochure of the clinic, by language."""
    project = api.open_project(folder, is_cached=is_cached)
    return {item.language: item.data for item in make(project, **options).artefacts}


@pytest.fixture(scope="module")
def clinic(made_once) -> Path:
    def make(folder: Path) -> None:
        clinics.write(folder, files())
        for language, data in build(folder, is_cached=False).items():
            (folder / f"{language}.pdf").write_bytes(data)
            with pikepdf.open(io.BytesIO(data)) as file:
                numbers = {
                    name: page for name, (page, _) in destinations(file).items() if "." in name
                }
            (folder / f"{language}-whole.pdf").write_bytes(whole(folder, language, numbers))

    return made_once("linked", make)


@pytest.fixture(scope="module", params=["en", "ar"])
def pair(clinic, request) -> tuple[Path, Path]:
    """The linked brochure and the whole one."""
    return clinic / f"{request.param}.pdf", clinic / f"{request.param}-whole.pdf"


def test_every_page_looks_and_reads_the_same(pair):
    linked, whole = (pictures(path.read_bytes()) for path in pair)

    assert len(linked) >= 10
    assert linked == whole


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("printer", ["generic-coated", "x3-coated"])
def test_a_print_file_is_the_one_of_the_whole(clinic, printer, language):
    project = api.open_project(clinic)
    edition = edition_for(project, PRINT, printer)
    (artefact,) = make(project, codes=[language], edition=edition).artefacts
    with pikepdf.open(clinic / f"{language}.pdf") as file:
        numbers = {name: page for name, (page, _) in destinations(file).items() if "." in name}
    name = Path(artefact.path).name
    other = whole(clinic, language, numbers, edition=edition, name=name)

    assert pictures(artefact.data) == pictures(other)
    linked, drawn = (pikepdf.open(io.BytesIO(data)) for data in (artefact.data, other))
    assert list(readable(tag_tree(linked))) == list(readable(tag_tree(drawn)))
    assert outline(linked) == outline(drawn)
    for one, of_whole in zip(linked.pages, drawn.pages, strict=True):
        for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
            assert one[box] == of_whole[box]
    assert linked.Root.OutputIntents[0].Info == drawn.Root.OutputIntents[0].Info
    assert len(artefact.data) <= 1.1 * len(other)


def pictures(data: bytes) -> list[tuple[str, str]]:
    """What every page says, and a digest of what it looks like."""
    return [
        (
            page.get_textpage().get_text_range(),
            hashlib.sha256(page.render(scale=100 / 72).to_pil().tobytes()).hexdigest(),
        )
        for page in pypdfium2.PdfDocument(data)
    ]


def test_tags_outline_names_and_links_are_the_same(pair):
    linked, whole = (pikepdf.open(path) for path in pair)

    assert linked.check_pdf_syntax() == []
    assert list(readable(tag_tree(linked))) == list(readable(tag_tree(whole)))
    assert outline(linked) == outline(whole)
    assert destinations(linked) == destinations(whole)
    assert links(linked) == links(whole)
    for name in ("/Lang", "/ViewerPreferences", "/PageLayout", "/PageMode", "/PageLabels"):
        assert linked.Root[name] == whole.Root[name]
    assert dict(linked.docinfo) == dict(whole.docinfo)
    assert dict(linked.open_metadata()) == dict(whole.open_metadata())


def test_nothing_is_there_twice_and_the_file_is_not_larger(pair):
    linked = pikepdf.open(pair[0])
    streams = [item for item in linked.objects if isinstance(item, pikepdf.Stream)]
    digests = Counter(
        hashlib.sha256(item.read_raw_bytes()).hexdigest()
        for item in streams
        if item.get("/Subtype") == "/Image" or "/Length1" in item
    )
    fonts = [str(item.BaseFont) for item in linked.objects if _is(item, "/CIDFontType2")]

    assert set(digests.values()) == {1}
    assert len(fonts) <= 1.5 * len(set(fonts))
    assert pair[0].stat().st_size <= 1.1 * pair[1].stat().st_size


def _is(item, subtype: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == subtype


def test_identifiers_of_cells_are_the_only_ones_of_their_name(pair):
    linked = pikepdf.open(pair[0])
    cells = [item for item in linked.objects if isinstance(item, pikepdf.Dictionary)]
    names = [str(item.ID) for item in cells if item.get("/S") == "/TH" and "/ID" in item]
    named = {
        str(name)
        for item in cells
        if item.get("/S") == "/TD" and "/A" in item
        for name in item.A.get("/Headers", [])
    }

    assert len(names) == len(set(names)) >= 2 * len(NAMES)
    assert named <= set(names)


def test_what_looks_like_pdf_is_words(clinic):
    with pikepdf.open(clinic / "en.pdf") as file:
        titles = [title for _, title, *_ in outline(file)]
        tree = "\n".join(readable(tag_tree(file)))

    assert "Care 12 0 R" in titles
    assert "Walking 3 0 R" in titles
    assert "Picture <</S 7 0 R>> 2 %d" in tree
    assert "see 12 0 R obj and 5 %d, or (ask) us." in tree


def test_a_title_of_digits_is_no_page_number(tmp_path):
    titles = [str(number) for number in range(1, 9)]
    made = {
        "brochure.toml": SETTINGS.replace('"en", "ar"', '"en"').replace('"Care 12 0 R"', '"5"'),
        "content/p.png": clinics.picture(),
    }
    for title in titles:
        body = clinics.treatment("Every step counts.", title=title, lang="en")
        made[f"content/_collections/_care/0{title}0-t{title}-en.md"] = body
    data = build(clinics.write(tmp_path, made), is_cached=False)["en"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    numbers = {title: page for _, title, page, *_ in outline(pikepdf.open(io.BytesIO(data)))}

    for title in titles:
        shown = Counter(filter(str.isdecimal, pages[numbers[title] - 1].split()))
        head_and_foot = Counter((title, "5")) + Counter((title, "5"))
        assert shown == head_and_foot + Counter((str(numbers[title]),)), title


def test_a_number_among_words_is_a_fault_of_the_style_sheet(tmp_path):
    folder = clinics.write(tmp_path, files())
    sheet = (DEFAULTS / "templates/styles/page.css").read_text()
    assert sheet.count("content: counter(page") == 1
    own = folder / "templates/styles/page.css"
    own.parent.mkdir(parents=True)
    own.write_text(sheet.replace("content: counter(page", 'content: "– " counter(page'))

    with pytest.raises(BrochureError) as caught:
        build(folder, is_cached=False)

    assert {item.code for item in caught.value.diagnostics} == {"template-fault"}
    assert "“– " in caught.value.diagnostics[0].problem


def longer(folder: Path) -> None:
    """A page and a half more, so that all that follows moves to other sides."""
    path = folder / "content/_collections/_care/010-walk-en.md"
    path.write_text(path.read_text() + "\n" + WORDS["en"][1] * 60)


def edited(folder: Path) -> None:
    path = folder / "content/_collections/_care/020-rest-en.md"
    path.write_text(path.read_text().replace("counts", "matters", 1))


def deleted(folder: Path) -> None:
    for language in WORDS:
        (folder / f"content/_collections/_care/030-sleep-{language}.md").unlink()


def renamed(folder: Path) -> None:
    for language in WORDS:
        path = folder / f"content/_collections/_calm/010-yoga-{language}.md"
        path.rename(path.with_name(path.name.replace("yoga", "stretching")))


def reordered(folder: Path) -> None:
    for language in WORDS:
        path = folder / f"content/_collections/_calm/020-tea-{language}.md"
        path.rename(path.with_name(path.name.replace("020", "005")))


def test_builds_with_what_is_kept_give_the_bytes_of_clean_ones(tmp_path):
    folder = clinics.write(tmp_path, files())
    seen = [build(folder, is_cached=True)]
    for change in (edited, longer, deleted, renamed, reordered):
        change(folder)
        seen.append(build(folder, is_cached=True))
        assert seen[-1] == build(folder, is_cached=False), change.__name__
        assert seen[-1]["en"] != seen[-2]["en"]


def test_damaged_parts_are_made_again(tmp_path):
    folder = clinics.write(tmp_path, files())
    clean = build(folder, is_cached=True)
    entries = [path for path in folder.glob(".brochure-cache/??/*") if path.is_file()]
    for number, path in enumerate(sorted(entries)):
        if number % 2:
            os.truncate(path, path.stat().st_size // 2)
        else:
            path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert len(entries) > 2 * len(NAMES)
    assert build(folder, is_cached=True) == clean


def test_several_processes_give_the_same_bytes(clinic):
    with api.workers(2) as executor:
        made = build(clinic, is_cached=False, executor=executor)

    assert made["en"] == (clinic / "en.pdf").read_bytes()
    assert made["ar"] == (clinic / "ar.pdf").read_bytes()


class _Harmful:
    def __reduce__(self):
        return os.system, ("true",)


def test_a_part_is_read_without_running_anything():
    with pytest.raises(pickle.UnpicklingError, match="system"):
        part_from(bytes(5) + pickle.dumps(_Harmful()))


@pytest.mark.parametrize("kind", ["Severity", "Location"])
def test_of_what_getattr_gives_only_members_are_read(kind):
    """Python 3.11.2 writes `getattr(Severity, "ERROR")`."""
    data = (
        bytes(5) + b"cbuiltins\ngetattr\n(cbrochure.diagnostics\n%s\nS'ERROR'\ntR." % kind.encode()
    )
    if kind == "Severity":
        assert part_from(data) is Severity.ERROR
    else:
        with pytest.raises(pickle.UnpicklingError, match="no members"):
            part_from(data)
