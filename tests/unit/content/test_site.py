"""A Jekyll site as `brochure init --from` and the catalogue see it."""

import pytest

from brochure.content.site import look_at_site
from brochure.content.site_text import read_site_titles

CONFIG = """\
title: Little Clinic
description: Care by the sea
url: https://little.example
email: hello@little.example
lang: gr
contact:
  phone: "+357 22 123456"
"""
TEXTS = {
    "_config.yml": CONFIG,
    "_collections/_face/010-peeling-en.md": "---\ntitle: Peeling\nlang: en\n---\nText.\n",
    "_collections/_face/010-peeling-gr.md": "---\ntitle: Πίλινγκ\nlang: gr\n---\nΚείμενο.\n",
    "_collections/_skin/020-laser-en.md": "---\ntitle: Laser\nlang: en\n---\nText.\n",
    "_data/gr/sitetext.yml": "face:\n  title: Πρόσωπο\nskin:\n  title: Δέρμα\n",
    "_data/en/sitetext.yml": "face:\n  title: Face\nfooter: not a category\n",
    "assets/img/logo.png": "picture",
}


@pytest.fixture
def site(tmp_path):
    for name, text in TEXTS.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_a_site_says_what_its_clinic_is(site, languages):
    facts = look_at_site(site, languages)

    assert (facts.title, facts.tagline) == ("Little Clinic", "Care by the sea")
    assert (facts.web, facts.email) == ("https://little.example", "hello@little.example")
    assert facts.phones == ("+357 22 123456",)
    assert facts.logo == "assets/img/logo.png"
    assert facts.roots == ("_collections",)
    assert facts.languages == ("el", "en")
    assert facts.categories == ("face", "skin")


def test_a_site_may_say_nothing(tmp_path, languages):
    facts = look_at_site(tmp_path, languages)

    assert facts.languages == ("en",)
    assert (facts.title, facts.roots, facts.phones) == ("", (), ())


def test_category_titles_come_from_sitetext(site, languages):
    titles, faults = read_site_titles(site, languages)

    assert {(item.language, item.category): item.title for item in titles} == {
        ("el", "face"): "Πρόσωπο",
        ("el", "skin"): "Δέρμα",
        ("en", "face"): "Face",
    }
    assert faults == ()


def test_a_broken_file_of_titles_is_named_with_its_line(site, languages):
    (site / "_data/gr/sitetext.yml").write_text("face:\n  title: [Πρόσωπο\n", encoding="utf-8")
    titles, (fault,) = read_site_titles(site, languages)

    assert [item.language for item in titles] == ["en"]
    assert fault.code == "site-text-invalid"
    assert str(fault.location) == "_data/gr/sitetext.yml:3"
