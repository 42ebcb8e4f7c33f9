"""The texts that are measured: name, clinic, and the blocks that it must give back.

`seeds` and the sample clinic are known to whoever works on the text layer. `development` was
written to find its faults, and `earlier` was looked at for them in the end, so they say little of
texts not seen before; that is what `held_out` is for, which was written before it was measured
and never looked at to mend anything.
"""

from pathlib import Path

from brochure import api
from brochure.api.catalogues import catalogues_of
from brochure.assets import DEFAULTS
from pdf import clinics
from text_layer.words import blocks_of

HERE = Path(__file__).parent
SEEDS = HERE.parent / "data" / "seeds"
_SETTINGS = """
[clinic]
slug = "words"
languages = [{codes}]
phones = ["+357 22 000000"]
[imprint]
date = 2026-11-21
[categories.care]
title = {{ {titles} }}
"""
_LANGUAGE = '[language.{code}]\nname = "X"\n'


def seeds(folder: Path) -> Path:
    """A clinic of the two seeds, below a folder."""
    files = {"ar": "anti-wrinkle-treatment-ar.md", "el": "anti-wrinkle-treatment-gr.md"}
    return _clinic(folder, {code: (SEEDS / name).read_bytes() for code, name in files.items()})


def development(folder: Path) -> Path:
    """A clinic of the texts that the faults were found with."""
    return _written(folder, HERE / "development")


def earlier(folder: Path) -> Path:
    """A clinic of the texts that were held out at first."""
    return _written(folder, HERE / "earlier")


def held_out(folder: Path) -> Path:
    """A clinic of the texts that nobody tuned anything to."""
    return _written(folder, HERE / "held_out")


def sample(folder: Path) -> Path:
    """The sample clinic."""
    return DEFAULTS


TEXTS = {
    "seeds": seeds,
    "sample": sample,
    "development": development,
    "earlier": earlier,
    "held-out": held_out,
}


def _written(folder: Path, texts: Path) -> Path:
    return _clinic(folder, {path.stem: path.read_bytes() for path in sorted(texts.glob("*.md"))})


def _clinic(folder: Path, texts: dict[str, bytes]) -> Path:
    settings = _SETTINGS.format(
        codes=", ".join(f'"{code}"' for code in texts),
        titles=", ".join(f'{code} = "X"' for code in texts),
    )
    settings += "".join(_LANGUAGE.format(code=code) for code in texts)
    files: dict[str, str | bytes] = {"brochure.toml": settings, "content/p.png": clinics.picture()}
    for code, text in texts.items():
        files[f"content/_collections/_care/010-care-{code}.md"] = text
    return clinics.write(folder, files)


def blocks(clinic: Path) -> dict[str, list[list[str]]]:
    """What each language's treatments say: title, subtitle and body, block by block."""
    return {
        catalogue.language.tag: [
            [*filter(None, (item.title, item.subtitle)), *blocks_of(item.body)]
            for item in catalogue.treatments
        ]
        for catalogue in catalogues_of(api.open_project(clinic)).catalogues
    }
