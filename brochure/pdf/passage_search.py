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
from brochure.pdf.signs import Wording, bases, looks_like, marks, signs_of

Place = tuple[int, ...]
"""The pieces that a passage is in, by their numbers."""


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
        if shown and not shown[-1].strip():
            shown.pop()
        for end in {0, len(shown) - 1} if shown else ():
            shown[end] = shown[end].strip()  # a space without ink may share a sign's place
        return tuple(shown)

    @cached_property
    def readings(self) -> list[tuple[tuple[str, ...], list[str]]]:
        """The clusters and their signs in no order; the second without a dividing hyphen."""
        clusters = [self.clusters]
        if self.clusters[-1] == "-" and len(self.clusters) > 1:
            clusters.append(self.clusters[:-1])
        return [(item, sorted("".join(item).replace(" ", ""))) for item in clusters]

    @cached_property
    def marks(self) -> list[str]:
        """The marks on all signs, in no order."""
        return marks(signs_of(" ".join(self.printed.clusters)))

    @cached_property
    def is_ornament(self) -> bool:
        """Whether there is neither letter nor digit."""
        return not any(sign.isalnum() for cluster in self.clusters for sign in cluster)

    @cached_property
    def text(self) -> str:
        """The signs in the order in which PDFium reads them."""
        return signs_of(self.printed.text).strip()

    @cached_property
    def is_rtl(self) -> bool:
        """Whether there is a letter that is read from right to left."""
        return is_right_to_left(self.text)


class Pieces(tuple[Piece, ...]):
    """Pieces of text in which passages are looked for."""

    @cached_property
    def _numbers(self) -> dict[int, dict[tuple[str, ...], list[int]]]:
        """The pieces that have certain signs, in no order, by the number of signs."""
        found: dict[int, dict[tuple[str, ...], list[int]]] = {}
        for number, piece in enumerate(self):
            for _, inked in piece.readings:
                same = found.setdefault(len(inked), {})
                same.setdefault(tuple(inked), []).append(number)
        return found

    def starts(self, wanted: Wording) -> list[int]:
        """The pieces that a passage may begin with, by their numbers."""
        return sorted(
            number
            for length, pieces in self._numbers.items()
            for number in pieces.get(tuple(sorted(wanted.inked[:length])), ())
        )


def search(wanted: Wording, pieces: Pieces, *, is_rtl: bool) -> Iterator[Place]:
    """Every place where a passage is whole.

    It `is_rtl` if it belongs to a text that runs from right to left. Elsewhere signs between words
    that do may run so too.
    """
    is_rtl = is_rtl or is_right_to_left(wanted.signs)
    for start in pieces.starts(wanted):
        if found := _read(wanted, pieces, start, is_rtl):
            yield found


def _read(wanted: Wording, pieces: Sequence[Piece], start: int, is_rtl: bool) -> Place | None:
    """The pieces from one on in which all of a passage is, if it is."""
    at, taken = 0, list[int]()
    for number in range(start, len(pieces)):
        end = _matched(wanted, at, pieces[number], is_rtl)
        if end:
            at = end
            taken.append(number)
        elif number == start or not pieces[number].is_ornament:
            return None
        if at == len(wanted.inked):
            return tuple(taken)
    return None


def _matched(wanted: Wording, at: int, piece: Piece, is_rtl: bool) -> int:
    """Where in a passage a piece ends that begins at `at`; 0 if it says something else."""
    for clusters, inked in piece.readings:
        end = at + len(inked)
        if sorted(wanted.inked[at:end]) == inked:
            text = wanted.part(at, end)
            if looks_like(clusters, bases(text).strip(), is_rtl=is_rtl):
                return end if piece.marks == marks(text) else 0
    return 0


def longest_in_order(places: Sequence[Sequence[Place]]) -> dict[int, Place]:
    """As many passages as possible, by number, at places that follow each other.

    `places` are all those of each passage. (The longest increasing subsequence.)
    """
    last_pieces: list[int] = []
    tails: list[tuple[int, Place]] = []
    before: dict[tuple[int, Place], tuple[int, Place] | None] = {}
    for number, found in enumerate(places):
        for place in sorted(found, reverse=True):
            length = bisect.bisect_left(last_pieces, place[0])
            before[number, place] = tails[length - 1] if length else None
            if length == len(tails) or place[-1] < last_pieces[length]:
                last_pieces[length:] = [place[-1], *last_pieces[length + 1 :]]
                tails[length:] = [(number, place), *tails[length + 1 :]]
    chosen: dict[int, Place] = {}
    step = tails[-1] if tails else None
    while step:
        chosen[step[0]] = step[1]
        step = before[step]
    return chosen
