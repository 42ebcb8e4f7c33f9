"""Print how much of the texts each extractor gives back from the brochures.

python tests/text_layer/measure.py                    all texts
python tests/text_layer/measure.py --lost seeds       these only, with the words that are lost
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from brochure import api  # noqa: E402
from text_layer.extractors import EXTRACTORS  # noqa: E402
from text_layer.texts import TEXTS, blocks  # noqa: E402
from text_layer.words import Score, Unit, compare  # noqa: E402

HEAD = """\
| text | language | words | extractor | with signs | letters | marks aside | any order |
|---|---|---:|---|---:|---:|---:|---:|"""


def main() -> None:
    """Build what is asked for and print its table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("texts", nargs="*", default=list(TEXTS))
    options.add_argument("--lost", action="store_true")
    asked = options.parse_args()
    print(
        "| text | language | words | extractor | with signs | letters | marks aside | any order |"
    )
    print("|---|---|---:|---|---:|---:|---:|---:|")
    for name in asked.texts:
        with tempfile.TemporaryDirectory() as folder:
            clinic = TEXTS[name](Path(folder) / "clinic")
            for code, brochure in brochures(clinic, Path(folder) / "out").items():
                for extractor, scores in measured(brochure, _flat(blocks(clinic)[code])):
                    print(row(name, code, extractor, scores))
                    if asked.lost:
                        print("   ", *sorted({word for score in scores for word in score.lost}))


def brochures(clinic: Path, out: Path) -> dict[str, Path]:
    """Build a clinic's brochures; gives them by language."""
    report = api.build(api.open_project(clinic), out=out)
    return {item.language: out / item.path for item in report.artefacts}


def measured(brochure: Path, texts: list[str]) -> Iterator[tuple[str, tuple[Score, ...]]]:
    """Each extractor's scores: words with their signs, without, and without vowel marks too.

    The last are also looked for in any order.
    """
    for name, read in EXTRACTORS.items():
        text = read(brochure)
        yield (
            name,
            (
                compare(texts, text),
                compare(texts, text, unit=Unit.LETTERS),
                compare(texts, text, unit=Unit.LETTERS, marks=False),
                compare(texts, text, unit=Unit.LETTERS, marks=False, in_order=False),
            ),
        )


def row(name: str, code: str, extractor: str, scores: tuple[Score, ...]) -> str:
    """A row of the table."""
    shares = " | ".join(f"{score.per_cent:.2f}" for score in scores)
    return f"| {name} | {code} | {scores[1].total} | {extractor} | {shares} |"


def _flat(treatments: list[list[str]]) -> list[str]:
    return [block for treatment in treatments for block in treatment]


if __name__ == "__main__":
    main()
