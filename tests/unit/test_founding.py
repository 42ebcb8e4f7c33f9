"""A `brochure.toml` for a site that is there; the site itself stays as it is."""

import tomllib

import pytest

from brochure import api
from brochure.diagnostics import BrochureError

TEXT = "---\ntitle: {title}\nlang: {lang}\n---\nText.\n"
FILES = {
    "_config.yml": 'title: The "Clinic"\nurl: https://little.example\n',
    "_collections/_face/010-peeling-en.md": TEXT.format(title="Peeling", lang="en"),
    "_collections/_face/010-peeling-gr.md": TEXT.format(title="Πίλινγκ", lang="gr"),
    "_data/gr/sitetext.yml": "face:\n  title: Πρόσωπο\n",
}


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_new_clinic_reads_the_site_where_it_is_and_has_no_faults(site, tmp_path):
    before = contents(site)
    assert api.init(tmp_path / "new", site=site) == ("brochure.toml",)

    project = api.open_project(tmp_path / "new")
    assert [language.tag for language in project.languages] == ["en", "el"]
    assert project.settings.language["en"].name == 'The "Clinic"'
    assert project.settings.content.roots == ("../site/_collections",)
    assert [fault.code for fault in api.check(project).diagnostics] == []
    assert contents(site) == before


def test_the_new_settings_carry_the_sites_words(site, tmp_path):
    api.init(tmp_path / "new", site=site)
    settings = tomllib.loads((tmp_path / "new/brochure.toml").read_text(encoding="utf-8"))

    assert settings["categories"]["face"]["title"] == {"el": "Πρόσωπο"}
    assert settings["clinic"]["slug"] == "the-clinic"
    assert settings["clinic"]["web"] == "https://little.example"


def test_a_site_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BrochureError, match="There is no folder"):
        api.init(tmp_path / "new", site=tmp_path / "nowhere")
    assert not (tmp_path / "new").exists()
