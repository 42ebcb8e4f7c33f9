"""Lines of two directions, marked by hand: what was typed, and what stands on the paper.

Between ⟦ and ⟧ stands what reads against the line's own direction.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "data/mixed_lines"
_UNIT = re.compile("⟦(.*?)⟧")


def rows(tag: str) -> list[str]:
    """The marked lines of one language."""
    lines = (FOLDER / f"{tag}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def typed(row: str) -> str:
    """What the clinic wrote."""
    return _UNIT.sub(r"\1", row)


def printed(row: str, *, rtl: bool) -> str:
    """What stands on the line, read from left to right."""
    parts = _UNIT.split(row)
    if not rtl:
        return alike("".join(part[::-1] if odd % 2 else part for odd, part in enumerate(parts)))
    shown = (part if odd % 2 else part[::-1] for odd, part in enumerate(parts))
    return alike("".join(reversed(list(shown))))


def alike(text: str) -> str:
    """A line without its spaces and marks, in which a sign and its mirror image are the same.

    A language's own quotation marks take the place of plain ones.
    """
    text = re.sub(r"[()\[\]]", "|", "".join(text.replace("\u200f", "").split()))
    return re.sub("[«»“”]", '"', text)
