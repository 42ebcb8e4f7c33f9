import pytest

from brochure.assets import DEFAULTS, assets_of
from brochure.typefaces import TABLE, characters, font_fault, load_typefaces


@pytest.fixture(scope="module")
def typefaces():
    return load_typefaces(assets_of(DEFAULTS))


@pytest.mark.parametrize("code", ["Latn", "Grek", "Cyrl", "Arab", "Hebr"])
def test_the_fonts_of_these_scripts_come_with_brochure(typefaces, code):
    assert font_fault(typefaces, script_code=code, language_name="x", location=None) is None


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("Hans", "Put NotoSansSC-Regular.ttf and NotoSansSC-Bold.ttf into the folder fonts/"),
        ("Deva", "Add the script Deva and a font for it to fonts/fonts.toml"),
    ],
)
def test_what_to_do_about_a_script_without_a_font(typefaces, code, fix):
    fault = font_fault(typefaces, script_code=code, language_name="x", location=None)

    assert fault.code == "font-missing"
    assert fix in fault.fix


def test_a_font_that_a_clinic_puts_there_is_found(tmp_path):
    (tmp_path / "fonts").mkdir()
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        (tmp_path / "fonts" / name).symlink_to(DEFAULTS / "fonts/NotoSans-Regular.ttf")

    typefaces = load_typefaces(assets_of(tmp_path))

    assert font_fault(typefaces, script_code="Hans", language_name="x", location=None) is None
    assert typefaces.stack(typefaces.script("Hans"))[:2] == ("Noto Sans SC", "Noto Sans")


def test_a_scripts_own_family_comes_first_and_every_other_may_help(typefaces):
    arabic = typefaces.stack(typefaces.script("Arab"))

    assert arabic == ("Noto Sans Arabic", "Noto Sans", "Noto Sans Hebrew", "Brochure Symbols")


def test_every_font_file_is_in_the_table_and_none_that_is_not_used(typefaces):
    used = {file.name for family in typefaces.available for file in family.files}

    assert used == {path.name for path in (DEFAULTS / "fonts").glob("*.ttf")}
    assert (DEFAULTS / TABLE).is_file()


def test_characters_are_those_that_every_weight_has(typefaces):
    found = characters(typefaces)

    assert set(map(ord, "aéß€½–“Ωώжحأ١שׁ−≥→✓")) <= found
    assert not set(map(ord, "漢😀☕")) & found
