"""What a content file's path says: category, place in it, slug and language.

Sites are laid out in many ways: `_face/010-peeling-gr.md`, `face/peeling.el.md`,
`_el/_face/010 peeling.md`, `face/el/peeling.md`. A part counts as a language only if it is the
code of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from brochure.languages import Languages

_NUMBER = re.compile(r"(\d+)[-_ .]+(?=.)")
_CODE = re.compile(r"(.+)[-_.]([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathParts:
    """The parts of a path below its content root; codes are as written, empty if there is none.

    `order` is None where the name has no number.
    """

    category: str
    order: int | None
    slug: str
    code_in_name: str
    code_in_folder: str


def read_path(path: PurePath, root_name: str, languages: Languages) -> PathParts:
    """Read `path`, relative to the content root whose own name is `root_name`."""
    folders = [folder.lstrip("_") for folder in path.parent.parts]
    codes = [folder for folder in folders if _is_code(folder, languages)]
    others = [folder for folder in folders if folder not in codes]
    order, rest = _number(path.stem)
    slug, code = _code(rest, languages)
    return PathParts(
        category=others[-1] if others else root_name.lstrip("_"),
        order=order,
        slug=slug,
        code_in_name=code,
        code_in_folder=codes[-1] if codes else "",
    )


def _number(stem: str) -> tuple[int | None, str]:
    match = _NUMBER.match(stem)
    return (int(match[1]), stem[match.end() :]) if match else (None, stem)


def _code(stem: str, languages: Languages) -> tuple[str, str]:
    """Slug and code; the longest ending that is a code wins, so that `-pt-BR` is not `-BR`."""
    for start in (index for index, sign in enumerate(stem) if sign in "-_." and index):
        code = stem[start + 1 :]
        if _CODE.fullmatch(stem[: start + 1] + code) and _is_code(code, languages):
            return stem[:start], code
    return stem, ""


def _is_code(text: str, languages: Languages) -> bool:
    shaped = re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", text)
    return bool(shaped) and languages.find(text) is not None
