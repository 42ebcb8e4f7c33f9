"""Only the project's fonts, embedded and complete; other fonts on the machine change nothing."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from brochure.assets import DEFAULTS
from pdf import contents, runs
from pdf.tags import marks

SUBSET = re.compile(r"[A-Z]{6}\+(.+)")


@pytest.fixture(scope="module", params=contents.LANGUAGES)
def brochure(request, sample):
    with pikepdf.open(sample(request.param)) as file:
        yield SimpleNamespace(language=request.param, file=file)


def composite_fonts(file: pikepdf.Pdf) -> list:
    return [
        item
        for item in file.objects
        if isinstance(item, Dictionary)
        and item.get(Name.Type) == Name.Font
        and item.get(Name.Subtype) == Name.Type0
    ]


def test_every_font_is_a_subset_of_one_of_ours_and_embedded(brochure):
    ours = {path.stem.replace("-", "").removesuffix("Regular") for path in fonts()}
    found = composite_fonts(brochure.file)

    assert found
    for font in found:
        (descendant,) = font.DescendantFonts
        name = SUBSET.fullmatch(str(font.BaseFont).lstrip("/"))
        assert name, f"{font.BaseFont} is not a subset"
        assert name[1].replace("-", "").removesuffix("Regular") in ours
        assert {Name.FontFile2, Name.FontFile3} & set(map(Name, descendant.FontDescriptor.keys()))


def fonts() -> list[Path]:
    return sorted((DEFAULTS / "fonts").glob("*.ttf"))


def shown(brochure) -> list[tuple[int, str, int, str]]:
    """Page, font, glyph and text of everything drawn in a font, each once."""
    found = {
        (number + 1, mark.font, glyph, text)
        for number, page in enumerate(brochure.file.pages)
        for mark in marks(page)
        for glyph, text in zip(mark.glyphs, mark.letters, strict=True)
    }
    return sorted(found)


def test_no_glyph_is_the_one_for_missing_characters(brochure):
    assert [item for item in shown(brochure) if item[2] == 0] == []


def test_every_glyph_says_which_text_it_stands_for(brochure):
    """An empty entry loses the letter in every place where the glyph is drawn."""
    assert [item for item in shown(brochure) if not item[3] or item[3] == "\ufffd"] == []


def stranger(path: Path, source: Path, family: str) -> None:
    """A copy of `source` that says it belongs to `family`."""
    with TTFont(source) as font:
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = family.replace(" ", "" if record.nameID == 6 else " ")
        path.parent.mkdir(parents=True, exist_ok=True)
        font.save(path)


@pytest.fixture(scope="module")
def furnished(made_once) -> Path:
    """A home with fonts that take our families' names, and one that has every sign."""

    def make(home: Path) -> None:
        ours = {path.stem: path for path in fonts()}
        folder = home / ".fonts"
        stranger(folder / "a.ttf", ours["NotoSans-Bold"], "Noto Sans")
        stranger(folder / "b.ttf", ours["NotoSansArabic-Bold"], "Noto Sans Arabic")
        stranger(folder / "c.ttf", ours["NotoSans-Light"], "sans-serif")
        shutil.copytree(folder, home / "share/fonts")
        (home / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
            f"<fontconfig><dir>{home.with_suffix('')}/.fonts</dir><dir>/usr/share/fonts</dir>"
            '<match target="pattern"><edit name="family" mode="prepend" binding="strong">'
            "<string>sans-serif</string></edit></match></fontconfig>"
        )

    return made_once("furnished", make)


def test_other_fonts_on_the_machine_change_no_byte(plain_run, furnished, tmp_path):
    environment = {
        "HOME": str(furnished),
        "XDG_DATA_HOME": str(furnished / "share"),
        "XDG_CONFIG_HOME": str(furnished),
        "XDG_CACHE_HOME": str(tmp_path),
        "FONTCONFIG_FILE": str(furnished / "fonts.conf"),
        "FONTCONFIG_PATH": str(furnished),
    }
    built = runs.build(runs.clinic(tmp_path / "clinic"), runs.surroundings(**environment))

    assert built == plain_run
