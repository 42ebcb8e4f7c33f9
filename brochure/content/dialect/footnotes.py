"""Turns `[^1]` into a raised number, and puts the notes that are used at the end.

No identifiers and no links back: many treatments stand in one brochure, and on paper the number
is enough.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import STX

from brochure.content.dialect.definitions import Definitions
from brochure.content.dialect.source import pattern
from brochure.content.dialect.spans import SpanReader, add_text

MARKER = pattern(r"\[\^(\w[\w-]*)\]")
NOTE_NAME = f"{STX}note"


def read_marker(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read a reference to a footnote; one that is not defined is text."""
    if found[1] in reader.definitions.footnotes:
        SubElement(element, "sup", {NOTE_NAME: found[1]})
    else:
        add_text(element, found[0])
    reader.position = found.end()


def number_notes(root: Element, definitions: Definitions) -> None:
    """Number the notes in the order of their first use, and print them."""
    numbers: dict[str, int] = {}
    notes = Element("ol")
    waiting = [root]
    while waiting:
        for name in _mark(waiting.pop(0), numbers):
            notes.append(definitions.footnotes[name])
            waiting.append(definitions.footnotes[name])
    if len(notes):
        SubElement(root, "div", {"class": "footnotes"}).append(notes)


def _mark(part: Element, numbers: dict[str, int]) -> list[str]:
    """Write the numbers into a part; return the names that are new there."""
    fresh = []
    for marker in part.iter("sup"):
        if (name := marker.attrib.pop(NOTE_NAME, None)) is not None:
            if name not in numbers:
                numbers[name] = len(numbers) + 1
                fresh.append(name)
            marker.text = str(numbers[name])
            marker.set("class", "footnote")
    return fresh
