"""Passages looked for among the pieces of text on some pages.

A passage is whole where pieces that follow each other in the order of reading show all its signs
and no other. Between them may stand pieces that have neither letter nor digit, as quotation marks
of a style sheet; a piece may end with one hyphen more.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from brochure.pdf.printed_text import PrintedPiece
from brochure.pdf.reading_order import is_right_to_left
from brochure.pdf.signs import bases, end_of, looks_like, marks, signs_of


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of text on a page of the layout, which counts from 0."""

    page: int
    printed: PrintedPiece

    @cached_property
    def clusters(self) -> tuple[str, ...]:
        """The signs from left to right, without marks and without spaces at the ends."""
        shown: list[str] = []
        for cluster in filter(None, (bases(signs_of(item)) for item in self.printed.clusters)):
            if cluster.strip() or (shown and shown[-1].strip()):
                shown.append(cluster)
        return tuple(shown if not shown or shown[-1].strip() else shown[:-1])

    @cached_property
    def count(self) -> int:
        """How many signs there are, spaces not counted."""
        return sum(len(cluster.strip()) for cluster in self.clusters)

    @cached_property
    def marks(self) -> list[str]:
        return marks(signs_of(" ".join(self.printed.clusters)))

    @cached_property
    def is_ornament(self) -> bool:
        return not any(sign.isalnum() for cluster in self.clusters for sign in cluster)

    @cached_property
    def text(self) -> str:
        """The signs in the order in which PDFium reads them."""
        return signs_of(self.printed.text).strip()

    @cached_property
    def is_rtl(self) -> bool:
        return is_right_to_left(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a passage begins to be found: its pieces by number, and whether it is whole.

    `signs_read` of the passage's signs are there.
    """

    pieces: tuple[int, ...]
    signs_read: int
    is_whole: bool


def search(signs: str, pieces: Sequence[Piece]) -> Iterator[Found]:
    """Every place where a passage begins."""
    for start, piece in enumerate(pieces):
        if piece.clusters:
            found = _read(signs, pieces, start)
            if found.pieces:
                yield found


def _read(signs: str, pieces: Sequence[Piece], start: int) -> Found:
    """How much of a passage can be read from a piece on."""
    at, taken = 0, list[int]()
    for number in range(start, len(pieces)):
        end = _matched(signs, at, pieces[number])
        if end:
            at = end
            taken.append(number)
        elif number == start or not pieces[number].is_ornament:
            break
        if at == len(signs):
            break
    return Found(pieces=tuple(taken), signs_read=at, is_whole=at == len(signs))


def _matched(signs: str, at: int, piece: Piece) -> int:
    """Where in a passage a piece ends that begins at `at`; 0 if it says something else."""
    end = end_of(signs, at, piece.count)
    if _says(piece.clusters, piece.marks, signs[at:end]):
        return end
    if piece.clusters[-1:] == ("-",):
        end = end_of(signs, at, piece.count - 1)
        if _says(piece.clusters[:-1], piece.marks, signs[at:end]):
            return end
    return 0


def _says(clusters: Sequence[str], found: list[str], signs: str) -> bool:
    text = bases(signs).strip()
    return bool(text) and looks_like(clusters, text) and found == marks(signs)


def longest_in_order(places: Sequence[Sequence[Found]]) -> dict[int, Found]:
    """As many passages as possible, by number, at places that follow each other.

    `places` are those where each passage is whole. (The longest increasing subsequence.)
    """
    ends: list[int] = []
    chain: list[tuple[int, Found]] = []
    before: dict[tuple[int, Found], tuple[int, Found] | None] = {}
    for number, found in enumerate(places):
        for place in sorted(found, key=lambda place: place.pieces, reverse=True):
            length = bisect.bisect_left(ends, place.pieces[0])
            step = (number, place)
            before[step] = chain[length - 1] if length else None
            if length == len(chain):
                chain.append(step)
                ends.append(place.pieces[-1])
            elif place.pieces[-1] < ends[length]:
                chain[length], ends[length] = step, place.pieces[-1]
    best: dict[int, Found] = {}
    last = chain[-1] if chain else None
    while last:
        best[last[0]] = last[1]
        last = before[last]
    return best
