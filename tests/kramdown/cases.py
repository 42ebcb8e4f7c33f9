"""Reads case files: a title, then parts that each end in a line with nothing but a dot.

White space that an editor would lose is written visibly: `·` is a space, `→` is a tab.
"""

from dataclasses import dataclass
from pathlib import Path

VISIBLE = str.maketrans({"·": " ", "→": "\t"})


@dataclass(frozen=True, slots=True)
class Case:
    """A titled case; its parts are Markdown, and HTML where the file expects one.

    `construct` is the heading that it stands under.
    """

    title: str
    parts: tuple[str, ...]
    construct: str = ""


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; lines that start with `#` before a title are headings."""
    return _cases(iter(path.read_text(encoding="utf-8").splitlines()))


def _cases(lines) -> list[Case]:
    cases: list[Case] = []
    construct = ""
    for line in lines:
        if line.startswith("#"):
            construct = line.lstrip("# ")
        if not line.strip() or line.startswith("#"):
            continue
        parts = []
        opened = next(lines)
        assert opened == ".", f"{line}: a dot must follow the title, not {opened!r}"
        while part := _part(lines):
            parts.append(part)
        cases.append(Case(line, tuple(parts), construct))
    return cases


def _part(lines) -> str:
    """Return the lines up to the next dot; nothing after the last part (a blank line)."""
    part = []
    for line in lines:
        if line == ".":
            return "\n".join(part).translate(VISIBLE)
        if not part and not line:
            return ""
        part.append(line)
    return ""
