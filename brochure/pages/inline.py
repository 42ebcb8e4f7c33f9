"""A line of text and tags in, HTML out, its runs of other directions and scripts marked.

A run may go over tags, as in `10 J/cm<sup>2</sup>` or `*Clostridium* **botulinum**`. The engine
sets every element's pieces in the direction of what is round them and knows nothing of their
neighbours, so the run's own element has to hold them all. Where tags overlap with a run, it is
marked in parts. Text and tags themselves are never changed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from brochure.languages import Direction
from brochure.pages.bidi import UNBROKEN
from brochure.pages.scripts import Companions, Run, direction_of, foreign_script, runs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag, or a whole element that is left as it is; `stands_for` is its place in the text."""

    html: str
    opens: bool = False
    closes: bool = False
    stands_for: str = ""


Piece = str | Tag


def marked(pieces: Sequence[Piece], script: str, companions: Companions) -> Markup:
    """HTML of one paragraph of `script`, its plain text escaped and its runs marked."""
    text = "".join(_text(piece) for piece in pieces)
    runs = _runs(text, script, companions)
    if not runs:
        return Markup(unmarked(pieces))
    pieces = list(_cut(pieces, sorted({place for run in runs for place in (run.start, run.stop)})))
    partners = _partners(pieces)
    starts = _offsets(pieces)
    opening, closing = [""] * len(pieces), [""] * len(pieces)
    for run in runs:
        inside = [
            index
            for index, piece in enumerate(pieces)
            if _text(piece) and run.start <= starts[index] < run.stop
        ]
        for first, last in _whole(pieces, partners, inside[0], inside[-1]):
            opening[first], closing[last] = _element(run, text[run.start : run.stop])
    rows = zip(opening, map(_html, pieces), closing, strict=True)
    return Markup("".join("".join(row) for row in rows))


def unmarked(pieces: Sequence[Piece]) -> str:
    """HTML of pieces as they are."""
    return "".join(map(_html, pieces))


def _runs(text: str, script: str, companions: Companions) -> list[Run]:
    other = foreign_script(text, script)
    if not other:
        return runs_of(text, script, companions)
    start = len(text) - len(text.lstrip())
    direction = direction_of(other)
    turned = direction if direction is not direction_of(script) else None
    stop = len(text.rstrip())
    return [Run(start=start, stop=stop, tag=companions.tag(other), direction=turned)]


def _text(piece: Piece) -> str:
    return piece.stands_for if isinstance(piece, Tag) else piece


def _html(piece: Piece) -> str:
    return piece.html if isinstance(piece, Tag) else escape(piece, quote=False)


def _offsets(pieces: Sequence[Piece]) -> list[int]:
    offsets, offset = [], 0
    for piece in pieces:
        offsets.append(offset)
        offset += len(_text(piece))
    return offsets


def _cut(pieces: Sequence[Piece], places: Sequence[int]) -> Iterator[Piece]:
    """The pieces with their texts parted at `places`."""
    for piece, offset in zip(pieces, _offsets(pieces), strict=True):
        if isinstance(piece, Tag):
            yield piece
            continue
        inner = [place - offset for place in places if offset < place < offset + len(piece)]
        bounds = [0, *inner, len(piece)]
        yield from (piece[start:stop] for start, stop in itertools.pairwise(bounds))


def _partners(pieces: Sequence[Piece]) -> dict[int, int]:
    """Where each tag's other half is; a tag without one has none."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Tag) and piece.opens:
            opened.append(index)
        elif isinstance(piece, Tag) and piece.closes and opened:
            partners[index] = opened.pop()
            partners[partners[index]] = index
    return partners


def _whole(
    pieces: Sequence[Piece], partners: dict[int, int], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The spans from `first` to `last`, widened or parted so that each holds whole elements."""
    for index in range(first, last + 1):
        piece = pieces[index]
        if not isinstance(piece, Tag) or not (piece.opens or piece.closes):
            continue
        partner = partners.get(index, -1)
        if first <= partner <= last:
            continue
        if partner > last and not any(map(_text, pieces[last + 1 : partner])):
            yield from _whole(pieces, partners, first, partner)
        elif 0 <= partner < first and not any(map(_text, pieces[partner:first])):
            yield from _whole(pieces, partners, partner, last)
        else:
            yield from _whole(pieces, partners, first, index - 1)
            yield from _whole(pieces, partners, index + 1, last)
        return
    while partners.get(first - 1) == last + 1:
        first, last = first - 1, last + 1
    if any(map(_text, pieces[first : last + 1])):
        yield first, last


def _element(run: Run, words: str) -> tuple[str, str]:
    """The tags round a run: a `span` where it has a language, which the tag tree can hold."""
    name = "span" if run.tag else "bdi"
    classes = "companion unbroken" if _is_unbroken(run, words) else "companion"
    lang = f' lang="{run.tag}"' if run.tag else ""
    direction = f' dir="{run.direction.value}"' if run.direction else ""
    return f'<{name} class="{classes}"{lang}{direction}>', f"</{name}>"


def _is_unbroken(run: Run, words: str) -> bool:
    """Whether a run is a dose or a phone number that reads wrong on two lines.

    Only one against its surroundings: its halves would not stand where the eye looks for them.
    """
    return (
        run.direction is Direction.LTR and len(words) <= UNBROKEN and any(map(str.isdigit, words))
    )
