"""No word is divided by the turn of a page.

The engine divides words at the ends of lines and does not look whether a page ends there. A page
that does is made once more, with the text in which it ends set without division: what came before
it stays, and only what comes after it moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_MOST_TRIALS = 4
"""Times that a page is made: without one division it may end in another text's."""

Remake = Callable[..., tuple[Any, Any]]
"""Makes the page with a number; gives it and where the next one begins, None after the last."""


def without_divided_words(remake: Remake) -> Remake:
    """The engine's way to make a page, so that the page does not end within a word."""

    def remade(index: int, context: Any, *others: Any) -> tuple[Any, Any]:
        broken, reported = dict(context.broken_out_of_flow), list(context.reported_footnotes)
        page, following = remake(index, context, *others)
        for _ in range(_MOST_TRIALS - 1):
            text = _divided(page) if following else None
            if text is None or text.style["hyphens"] == "none":
                break
            text.style["hyphens"] = "none"
            context.broken_out_of_flow, context.reported_footnotes = dict(broken), list(reported)
            page, following = remake(index, context, *others)
        return page, following

    return remade


def _divided(page: Any) -> Any:
    """The text box that ends a page with a hyphen that the engine put there, or None."""
    texts = list(_texts(page))
    if texts and texts[-1].text.endswith(texts[-1].style["hyphenate_character"]):
        return texts[-1]
    return None


def _texts(box: Any) -> Iterator[Any]:
    """The boxes of text in the flow of a page, in the order in which they are set."""
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        if getattr(child, "is_in_normal_flow", lambda: True)():
            yield from _texts(child)
