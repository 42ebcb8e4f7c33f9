"""Turns defined abbreviations, wherever they stand as words of their own, into `abbr`."""

import re
from xml.etree.ElementTree import Element

from brochure.content.dialect.source import pattern

LITERAL_ELEMENTS = frozenset(("code", "pre", "abbr"))


def mark_abbreviations(root: Element, abbreviations: dict[str, str]) -> None:
    """Wrap every defined abbreviation in the tree."""
    if not abbreviations:
        return
    longest_first = sorted(abbreviations, key=len, reverse=True)
    names = pattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for element in list(root.iter()):
        if element.tag not in LITERAL_ELEMENTS:
            _mark_in(element, names, abbreviations)


def _mark_in(element: Element, names: re.Pattern[str], titles: dict[str, str]) -> None:
    for child in list(element):
        pieces = _pieces(child.tail or "", names, titles)
        if pieces:
            index = list(element).index(child) + 1
            child.tail = (child.tail or "")[: _first(child.tail or "", names)]
            element[index:index] = pieces
    pieces = _pieces(element.text or "", names, titles)
    if pieces:
        element.text = (element.text or "")[: _first(element.text or "", names)]
        element[0:0] = pieces


def _first(text: str, names: re.Pattern[str]) -> int:
    found = names.search(text)
    return found.start() if found else len(text)


def _pieces(text: str, names: re.Pattern[str], titles: dict[str, str]) -> list[Element]:
    """Make one `abbr` per occurrence, each with the text up to the next as its tail."""
    found = list(names.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    pieces = []
    for match, end in zip(found, ends, strict=True) if found else ():
        piece = Element("abbr", {"title": titles[match[0]]} if titles[match[0]] else {})
        piece.text, piece.tail = match[0], text[match.end() : end]
        pieces.append(piece)
    return pieces
