import shutil

import pytest

from brochure.content.pictures import Roots, body_pictures, find_picture
from brochure.diagnostics import Diagnostic

REST = "---\ntitle: Rest\nlang: en\n---\n"


@pytest.fixture
def roots(clinic):
    return Roots(site_root=clinic / "content", allowed=(clinic.resolve(),))


@pytest.mark.parametrize(
    "name",
    [
        "img/rest.png",
        "/img/rest.png",
        "img\\rest.png",
        "img/./rest.png",
        "img/%72est.png",
        "IMG/Rest.PNG",
    ],
)
def test_names_start_at_the_sites_root(roots, name):
    assert find_picture(name, None, roots).path.samefile(roots.site_root / "img/rest.png")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("img", "image-missing"),
        (".", "image-missing"),
        ("img/a%00b.png", "image-missing"),
        ("x" * 5000, "image-missing"),
        ("https://a.example/a.png", "image-refused"),
        ("HTTP://a.example/a.png", "image-refused"),
        ("//a.example/a.png", "image-refused"),
        ("file:///etc/passwd", "image-refused"),
        ("data:image/png;base64,AAAA", "image-refused"),
        ("C:\\a.png", "image-refused"),
        ("../../a.png", "image-refused"),
        ("..%2F..%2Fa.png", "image-refused"),
        ("img/../../../a.png", "image-refused"),
        ("../brochure.toml", "image-unreadable"),
    ],
)
def test_other_names_are_faults(roots, name, code):
    found = find_picture(name, None, roots)

    assert isinstance(found, Diagnostic)
    assert found.code == code
    assert len(found.problem) < 200


@pytest.mark.parametrize("below", ["", "folder/"])
def test_a_link_counts_as_the_file_it_leads_to(roots, clinic, below):
    outside = shutil.copytree(clinic / "content/img", clinic.parent / "outside")
    (clinic / "content/folder").symlink_to(outside)
    (clinic / "content/out.png").symlink_to(outside / "rest.png")
    (clinic / "content/in.png").symlink_to("img/rest.png")
    name = "folder/rest.png" if below else "out.png"

    refused = find_picture(name, None, roots)

    assert isinstance(refused, Diagnostic)
    assert refused.code == "image-refused"
    assert not isinstance(find_picture("in.png", None, roots), Diagnostic)


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_links_in_a_circle_are_no_picture(roots, name):
    (roots.site_root / name).symlink_to(name)

    assert find_picture(name, None, roots, drawings=True).code == "image-missing"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![a](b.png)", [("b.png", "a", 5, 6)]),
        ('![a](b.png "c") ![](b.png)', [("b.png", "a", 5, 6), ("b.png", "", 5, 21)]),
        ("Text\n\n<img alt='a' src='b.png'>", [("b.png", "a", 7, 19)]),
        ("![a][c]\n\n[c]: b.png", [("b.png", "a", 7, 6)]),
        ("`![a](b.png)` <!-- ![a](b.png) -->\n\n    ![a](b.png)", []),
        ("<img alt='no name'>", []),
        ("no pictures!", []),
    ],
)
def test_the_pictures_of_a_text_are_those_that_it_shows(read, text, found):
    (document,), _ = read({"rest-en.md": REST + text})

    assert [
        (item.name, item.alt, item.place.line, item.place.column)
        for item in body_pictures(document)
    ] == found


@pytest.mark.parametrize(
    "name",
    ["my rest & more.png", "my%20rest%20&%20more.png", "100%.png", "../img/my rest & more.png"],
)
def test_names_may_hold_anything_and_start_at_the_files_own_folder(roots, clinic, name):
    folder = clinic / "content/img"
    for copy in ("my rest & more.png", "100%.png"):
        shutil.copy(folder / "rest.png", folder / copy)

    assert find_picture(name, None, roots, folder=folder).path.parent.samefile(folder)


def test_a_name_in_other_letters_is_found_and_the_right_one_told(read, tmp_path, clinic):
    shutil.copytree(clinic / "content/img", tmp_path / "content/Img")
    (document,), faults = read({"rest-en.md": REST.replace("lang", "image: /img/REST.png\nlang")})

    assert document.picture("/img/REST.png").name == "rest.png"
    assert [fault.code for fault in faults] == ["image-case"]
    assert faults[0].fix.endswith("Img/rest.png")
