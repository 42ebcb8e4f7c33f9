"""Right-to-left text on a terminal.

Some terminals shape Arabic and order a line by the Unicode Bidirectional Algorithm (UAX #9);
most print letter after letter from the left, unjoined. For those, letters are replaced by their
presentation forms (arabic-reshaper) and put in the order in which they are seen (python-bidi).
This is for the eye only: what is written to a file or a pipe keeps its logical order, and the
pages never see it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_VTE_WITH_BIDI = 5800
"""Since 0.58 the library of GNOME Terminal and its like orders lines itself."""
_PROGRAMS_WITH_BIDI = ("Apple_Terminal", "mintty")


class Order(enum.Enum):
    """In which order right-to-left text is written to a terminal."""

    AUTO = "auto"
    VISUAL = "visual"
    LOGICAL = "logical"


def text_for(
    order: Order, environment: Mapping[str, str], *, is_terminal: bool
) -> Callable[[str], str]:
    """How to rewrite a text for the output: `AUTO` looks at what is known of the terminal."""
    is_visual = order is Order.VISUAL or (
        order is Order.AUTO and is_terminal and not orders_itself(environment)
    )
    return visual if is_visual else str


def orders_itself(environment: Mapping[str, str]) -> bool:
    """Whether the terminal of these environment variables is known to do it all itself."""
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdigit() and int(vte) >= _VTE_WITH_BIDI)
        or "KONSOLE_VERSION" in environment
        or "MLTERM" in environment
        or environment.get("TERM_PROGRAM") in _PROGRAMS_WITH_BIDI
    )


def visual(text: str) -> str:
    """One line as it is to be seen, letters joined; vowel marks, which need a shaper, go."""
    if not _RTL.search(text):
        return text
    from arabic_reshaper import reshape
    from bidi.algorithm import get_display  # the faster bidi.get_display mirrors no brackets

    return str(get_display(str(reshape(text))))
