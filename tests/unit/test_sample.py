"""The sample clinic keeps what it was given."""

import re
from pathlib import Path

import pytest

from brochure.assets import DEFAULTS

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
FACE = DEFAULTS / "content/_collections/_face"
HASH = re.compile(rb"(?m)^source_hash: [0-9a-f]{32}$")


@pytest.mark.parametrize("language", ["ar", "gr"])
def test_the_seeds_are_among_the_texts_byte_for_byte_but_for_the_hash(language):
    seed = (SEEDS / f"anti-wrinkle-treatment-{language}.md").read_bytes()
    ours = (FACE / f"010-anti-wrinkle-treatment-{language}.md").read_bytes()

    assert HASH.sub(b"", ours) == HASH.sub(b"", seed)


def test_every_treatment_is_there_in_three_languages_with_its_picture():
    texts = list((DEFAULTS / "content/_collections").glob("_*/*.md"))
    treatments = {(path.parent.name, path.stem.rpartition("-")[0]) for path in texts}

    assert len(texts) == 3 * len(treatments) >= 36
    assert len({category for category, _ in treatments}) == 3
    for _, name in treatments:
        slug = name.partition("-")[2]
        assert (DEFAULTS / f"content/assets/img/portfolio/{slug}.webp").is_file()
        assert (DEFAULTS / f"content/illustrations/{slug}.svg").is_file()
