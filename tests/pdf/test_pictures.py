"""Sizes of the finished files, and how fine their pictures are on the page."""

import pymupdf
import pytest
from PIL import Image

from brochure.assets import DEFAULTS
from pdf import clinics, contents
from pdf.glyphs import Box, pictures

MOST_BYTES = 2_500_000
LEAST_DPI = 200
MOST_DPI = 260


def resolution(box: Box, pixels: tuple[int, int]) -> float:
    """Pixels an inch, the coarser way."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return 72 * min(pixels[0] / width, pixels[1] / height)


@pytest.mark.parametrize("language", contents.LANGUAGES)
def test_a_sample_brochure_can_be_sent_by_mail(sample, language):
    assert sample(language).stat().st_size < MOST_BYTES


@pytest.mark.parametrize("language", contents.LANGUAGES)
def test_every_picture_of_the_sample_is_fine_enough(sample, language):
    """All sources are large enough: the smallest would do for the widest place."""
    for path in (DEFAULTS / "content/assets/img").rglob("*.webp"):
        with Image.open(path) as source:
            assert source.width >= 1200

    with pymupdf.open(sample(language)) as brochure:
        found = [
            (page.number + 1, round(resolution(box, (info["width"], info["height"]))))
            for page in brochure
            for box, info in pictures(page)
        ]
    assert len(found) == 1 + 2 * len(contents.treatments(language))
    assert [item for item in found if not LEAST_DPI <= item[1] <= MOST_DPI] == []


SETTINGS = """
[clinic]
slug = "pictures"
languages = ["en"]
cover = "0.png"
[language.en]
name = "Clinic"
"""
SOURCES = {"large": (3000, 2000), "small": (400, 400), "tall": (600, 2400), "wide": (2400, 300)}


def test_a_small_picture_is_neither_blown_up_nor_thrown_away(tmp_path):
    """What the source does not have, the page cannot have; what it has is not thinned out."""
    files: dict[str, str | bytes] = {"brochure.toml": SETTINGS}
    for number, (name, (width, height)) in enumerate(SOURCES.items()):
        files[f"content/{number}.png"] = clinics.picture(width=width, height=height, seed=number)
        files[f"content/_collections/_care/{number}-{name}-en.md"] = clinics.treatment(
            "Text.", title=name, lang="en", image=f"{number}.png", alt=name
        )
    brochure = pymupdf.open(clinics.build(clinics.write(tmp_path, files))["en"])
    found = [(box, info) for page in brochure for box, info in pictures(page)]
    brochure.close()

    assert len(found) == 1 + 2 * len(SOURCES)
    for box, info in found:
        across = 72 * info["width"] / (box.x1 - box.x0)
        down = 72 * info["height"] / (box.y1 - box.y0)
        assert across == pytest.approx(down, rel=0.02), "stretched"
        assert across <= MOST_DPI
        limits = {width for width, _ in SOURCES.values()}
        limits |= {
            round(height * info["width"] / info["height"]) for _, height in SOURCES.values()
        }
        kept_all = any(abs(info["width"] - limit) <= 1 for limit in limits)
        assert across >= LEAST_DPI or kept_all
