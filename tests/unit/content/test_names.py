"""What a path says, in the many ways that sites are laid out."""

from pathlib import PurePath

import pytest

from brochure.content.names import read_path


@pytest.mark.parametrize(
    ("path", "category", "order", "slug", "in_name", "in_folder"),
    [
        ("_face/010-peeling-gr.md", "face", 10, "peeling", "gr", ""),
        ("face/010_peeling-EN.md", "face", 10, "peeling", "EN", ""),
        ("face/peeling.el.md", "face", None, "peeling", "el", ""),
        ("_el/_face/010 peeling.md", "face", 10, "peeling", "", "el"),
        ("face/el/peeling.md", "face", None, "peeling", "", "el"),
        ("face/_pt-BR/peeling.md", "face", None, "peeling", "", "pt-BR"),
        ("face/peeling-pt-BR.md", "face", None, "peeling", "pt-BR", ""),
        ("face/peeling-zh-Hans.md", "face", None, "peeling", "zh-Hans", ""),
        ("Lips & Cheeks/010-full lips-ar.md", "Lips & Cheeks", 10, "full lips", "ar", ""),
        ("face/how-it-works.md", "face", None, "how-it-works", "", ""),
        ("face/how-it-works-en.md", "face", None, "how-it-works", "en", ""),
        ("face/5-point-lift-en.md", "face", 5, "point-lift", "en", ""),
        ("face/laser-co2.md", "face", None, "laser-co2", "", ""),
        ("peeling-en.md", "treatments", None, "peeling", "en", ""),
        ("deep/er/face/peeling-en.md", "face", None, "peeling", "en", ""),
    ],
)
def test_a_path_is_read(languages, path, category, order, slug, in_name, in_folder):
    parts = read_path(PurePath(path), "_treatments", languages)

    assert (parts.category, parts.order, parts.slug) == (category, order, slug)
    assert (parts.code_in_name, parts.code_in_folder) == (in_name, in_folder)
