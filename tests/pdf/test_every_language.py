"""Every language that comes with us builds without a fault; so does one that has only a file."""

import pikepdf
import pytest

from brochure import api
from brochure.assets import DEFAULTS
from pdf import clinics

TAGS = "en el ar he fr it es pt ru".split()
NEW = "nl"


@pytest.fixture(scope="module")
def world(made_once):
    """A clinic in nine languages of ours and in Dutch, whose wording is its own file."""
    tags = [*TAGS, NEW]
    names = "\n".join(f'[language.{tag}]\nname = "Clinic"' for tag in tags)
    english = (DEFAULTS / "templates/wording/en.toml").read_text(encoding="utf-8")
    files = {
        "brochure.toml": f'[clinic]\nslug = "world"\nlanguages = {tags}\n{names}\n',
        f"templates/wording/{NEW}.toml": english,
        **{
            f"content/_collections/_care/010-rest-{tag}.md": clinics.treatment(
                "12–14 h", title="1", lang=tag
            )
            for tag in tags
        },
    }
    return made_once("world", lambda new: clinics.build(clinics.write(new, files)))


@pytest.mark.parametrize("tag", [*TAGS, NEW])
def test_it_builds_in_its_own_direction(world, tag):
    with pikepdf.open(clinics.built(world)[tag]) as file:
        assert str(file.Root.Lang) == tag
        direction = "/R2L" if tag in ("ar", "he") else "/L2R"
        assert str(file.Root.ViewerPreferences.Direction) == direction


def test_nothing_is_wrong_with_it(world):
    assert [fault.problem for fault in api.check(api.open_project(world)).diagnostics] == []
