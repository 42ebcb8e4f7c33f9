"""The texts that are measured: name, clinic, and the blocks that it must give back.

`seeds` and the sample clinic are known to whoever works on the text layer. `development` was
written to find its faults, and `earlier` was looked at for them in the end, so they say little of
texts not seen before; that is what `held_out` is for, which was written before it was measured
and never looked at to mend anything. A set has any number of texts in a language: `ar-1.md`,
`ar-2.md` and so on.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    return _clinic(folder, {code: [(SEEDS / name).read_bytes()] for code, name in files.items()})


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


_TEXT = re.compile(r"([a-z]+)-\d+\.md")
_NAMES = [_TEXT.fullmatch(path.name) for path in (HERE / "held_out").iterdir()]
HELD_OUT = sorted({name[1] for name in _NAMES if name})
"""The languages that have texts nobody tuned anything to; none while they are being written."""
TEXTS = {
    "seeds": seeds,
    "sample": sample,
    "development": development,
    "earlier": earlier,
    **({"held-out": held_out} if HELD_OUT else {}),
}


def _written(folder: Path, texts: Path) -> Path:
    found: dict[str, list[bytes]] = defaultdict(list)
    for path in sorted(texts.iterdir()):
        if name := _TEXT.fullmatch(path.name):
            found[name[1]].append(path.read_bytes())
    return _clinic(folder, found)


def _clinic(folder: Path, texts: Mapping[str, Sequence[bytes]]) -> Path:
    """A clinic in which the first texts of all languages are one treatment, and so on."""
    settings = _SETTINGS.format(
        codes=", ".join(f'"{code}"' for code in texts),
        titles=", ".join(f'{code} = "X"' for code in texts),
    )
    settings += "".join(_LANGUAGE.format(code=code) for code in texts)
    files: dict[str, str | bytes] = {"brochure.toml": settings, "content/p.png": clinics.picture()}
    for code, written in texts.items():
        for number, text in enumerate(written, start=1):
            files[f"content/_collections/_care/{number:02}0-care{number}-{code}.md"] = text
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
