"""A clinic's own files come before ours, file by file."""

import pytest

from brochure.assets import DEFAULTS, assets_of

BACK = "templates/parts/back.html"


@pytest.fixture
def assets(tmp_path):
    (tmp_path / "templates/parts").mkdir(parents=True)
    (tmp_path / BACK).touch()
    (tmp_path / "templates/parts/more.html").touch()
    return assets_of(tmp_path)


def test_a_file_of_the_clinic_replaces_ours_and_every_other_stays(assets, tmp_path):
    assert assets.find(BACK) == tmp_path / BACK
    assert assets.find("templates/parts/cover.html") == DEFAULTS / "templates/parts/cover.html"
    assert assets.find("templates/parts/none.html") is None
    assert assets.find("templates/parts") is None


def test_a_listing_holds_the_files_of_both_each_name_once(assets, tmp_path):
    listed = assets.listing("templates/parts", ".html")

    assert [path.name for path in listed] == sorted({path.name for path in listed})
    assert {tmp_path / BACK, DEFAULTS / "templates/parts/cover.html"} <= set(listed)
    assert DEFAULTS / BACK not in listed


def test_folders_come_with_the_clinics_first(assets, tmp_path):
    assert assets.folders("templates") == (tmp_path / "templates", DEFAULTS / "templates")
    assert assets.folders("fonts") == (DEFAULTS / "fonts",)


def test_our_own_folder_is_looked_into_once():
    assert assets_of(DEFAULTS).roots == (DEFAULTS,)
