"""Scores by construct: how many documents look as in kramdown, for the end of a test run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from brochure.content.markdown import render
from kramdown import documents
from kramdown.outline import list_items, outline

SCORES = pytest.StashKey[list[str]]()


@dataclass
class Score:
    """How many documents there are, and in how many what is the same."""

    documents: int = 0
    shape: int = 0
    items: int = 0
    outline: int = 0

    def add(self, text: str, expected: str) -> None:
        """Compare one document: its lists' tree, its items with text and tightness, everything."""
        html = render(text)
        ours, theirs = list_items(html), list_items(expected)
        self.documents += 1
        self.shape += [item.path for item in ours] == [item.path for item in theirs]
        self.items += ours == theirs
        self.outline += outline(html) == outline(expected)


def groups() -> dict[str, list[str]]:
    """Every document under the construct that it is about."""
    found: dict[str, list[str]] = {}
    found["seeds"] = [documents.body(path) for path in documents.seeds()]
    found["content"] = [documents.body(path) for path in documents.content()]
    found["lists, in three scripts"] = [case.parts[0] for case in documents.list_cases()]
    for case in (*documents.dialect_cases(), *documents.combinations()):
        found.setdefault(case.construct.lower(), []).append(case.parts[0])
    for kind in documents.KINDS:
        found[f"generated {kind}"] = list(documents.generated(kind))
    return found


def measure(kramdown: Callable[[str], str]) -> dict[str, Score]:
    """Compare every document of every group."""
    scores: dict[str, Score] = {}
    for name, texts in groups().items():
        scores[name] = Score()
        for text in texts:
            scores[name].add(text, kramdown(text))
    return scores


def table(scores: dict[str, Score]) -> Iterable[str]:
    """Lines to print."""
    yield f"{'construct':<36}{'files':>6}{'shape':>9}{'items':>9}{'all':>9}"
    for name, score in scores.items():
        shares = (score.shape, score.items, score.outline)
        percent = "".join(f"{share / score.documents:>9.1%}" for share in shares)
        yield f"{name:<36}{score.documents:>6}{percent}"
