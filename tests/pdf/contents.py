"""What the sample clinic's files say, read without `brochure`: the yardstick for its brochures."""

import tomllib
from dataclasses import dataclass
from typing import Any

import frontmatter

from brochure.assets import DEFAULTS

LANGUAGES = ("en", "el", "ar")
_CODES = {"el": "gr"}
"""Greek files are named the way the clinic's website names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One treatment as its file has it."""

    category: str
    title: str
    alt: str
    body: str


def settings() -> dict[str, Any]:
    return tomllib.loads((DEFAULTS / "brochure.toml").read_text("utf-8"))


def wording(language: str) -> dict[str, str]:
    path = DEFAULTS / f"templates/wording/{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))["wording"]


def treatments(language: str) -> list[Written]:
    """Every treatment of a language in the order of print."""
    code = _CODES.get(language, language)
    found = []
    for category, facts in settings()["categories"].items():
        folder = DEFAULTS / "content/_collections" / f"_{category}"
        for path in sorted(folder.glob(f"*-{code}.md")):
            head, body = frontmatter.parse(path.read_text("utf-8").lstrip("\n"))
            found.append(
                Written(
                    category=facts["title"][language],
                    title=head["title"],
                    alt=head["alt"],
                    body=body,
                )
            )
    return found
