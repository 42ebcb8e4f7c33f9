"""A treatment is set once, and stands on either side of the leaf as if it had been set for it."""

import base64
import io
from pathlib import Path

import pikepdf
import pytest

from brochure import api
from brochure.api.brochures import make
from brochure.api.printers import edition_for
from brochure.assets import DEFAULTS
from brochure.diagnostics import BrochureError
from brochure.pages.edition import PRINT, SCREEN
from brochure.production import brochures, parts
from brochure.production.parts import part_from
from pdf import clinics
from pdf.test_linked import build, files, pictures, text
from pdf.whole import destinations, whole

PAGE = "templates/styles/page.css"
DOTS = b"""\
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">
<rect width="4" height="4" fill="#fdb"/></svg>"""
GROUND = """
@page :left {
  background: #eef repeat url("data:image/svg+xml;base64,{dots}");
  @top-left { content: "A"; width: 20mm; border-bottom: 1pt solid #a33 }
}
@page :right { background: #efe; @top-right { content: string(section) " B"; width: 40mm } }
@page :blank { background: none; @top-left { content: none } @top-right { content: none } }
"""
GROUND = GROUND.replace("{dots}", base64.b64encode(DOTS).decode())
LONGER = "content/_collections/_care/010-walk-en.md"


def styled(folder: Path, css: str) -> Path:
    """The clinic with rules of its own behind those of the page."""
    sheet = folder / PAGE
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text((DEFAULTS / PAGE).read_text() + css)
    return folder


def pair(folder: Path, language: str, edition=SCREEN) -> tuple[bytes, bytes]:
    """The linked file and the whole one."""
    screen = build(folder, is_cached=False)[language]
    with pikepdf.open(io.BytesIO(screen)) as file:
        numbers = {name: page for name, (page, _) in destinations(file).items() if "." in name}
    linked, name = screen, ""
    if edition is not SCREEN:
        edition = edition_for(api.open_project(folder), edition, "generic-coated")
        (made,) = make(api.open_project(folder), codes=[language], edition=edition).artefacts
        linked, name = made.data, Path(made.path).name
    return linked, whole(folder, language, numbers, edition=edition, name=name)


@pytest.mark.parametrize("edition", [SCREEN, PRINT], ids=["screen", "print"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_round_the_text_is_that_of_the_side(tmp_path, language, edition):
    """Backgrounds, and patterns in them, margins, rules and running heads of either side."""
    linked, drawn = pair(styled(clinics.write(tmp_path, files()), GROUND), language, edition)

    assert pictures(linked) == pictures(drawn)


def test_an_edit_that_moves_all_that_follows_sets_one_treatment(tmp_path, monkeypatch):
    folder = clinics.write(tmp_path, files())
    before = build(folder, is_cached=True)["en"]
    path = folder / LONGER
    path.write_text(text("en", 0) + "\n" + "One more line.\n\n" * 40)
    done: list[str] = []
    do = parts.PartSetting.do

    def noted(work):
        done.append(work.name)
        return do(work)

    monkeypatch.setattr(parts.PartSetting, "do", noted)
    after = build(folder, is_cached=True)["en"]

    assert done == ["care.walk", "front"]
    assert len(edges(after)) == len(edges(before)) + 1
    assert set(edges(before) + edges(after)) == {0, 5.669, -5.669}


def test_a_front_that_has_never_the_length_of_its_numbers_is_followed_by_a_blank(
    tmp_path, monkeypatch
):
    """Numbers that make it longer, and others that make it shorter, by turns."""
    folder = clinics.write(tmp_path, files())
    expected, pages_in, fronts = build(folder, is_cached=True)["en"], brochures.pages_in, []

    def wavering(part: bytes) -> int:
        if "cover" not in {place.name.decode() for place in part_from(part).destinations}:
            return pages_in(part)
        fronts.append(part)
        return pages_in(part) + len(fronts) % 2

    monkeypatch.setattr(brochures, "pages_in", wavering)
    (made,) = make(api.open_project(folder), codes=["en"]).artefacts

    assert len(fronts) == 4
    assert len(edges(made.data)) == len(edges(expected)) + 1


def edges(data: bytes) -> list[float]:
    """Where each page begins on the left."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return [round(float(page.MediaBox[0]), 3) for page in file.pages]


def test_sides_with_unequal_room_are_a_fault_of_the_style_sheet(tmp_path):
    folder = styled(clinics.write(tmp_path, files()), "@page :left { margin-left: 40mm }")

    with pytest.raises(BrochureError) as caught:
        build(folder, is_cached=False)

    assert {item.code for item in caught.value.diagnostics} == {"template-fault"}
    assert "less room" in caught.value.diagnostics[0].problem
