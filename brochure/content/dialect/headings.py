"""Turns `#` lines and underlined lines into headings, and settles the levels.

On paper the page's title is the H1, so a body's headings start below it and never skip a level
going down (PDF/UA-1, ISO 14289-1, 7.4.2).
"""

from xml.etree.ElementTree import Element

from brochure.content.dialect.blocks import BlockReader, add_block, after_boundary
from brochure.content.dialect.source import WHITESPACE, Source, pattern

ATX_START = pattern(r"(#{1,6})[\t ]+(.*)\n")
SETEXT_START = pattern(r" {0,3}([^ \t].*)\n([-=])[-=]*[ \t\r\f\v]*\n")
IDENTIFIER = pattern(r"[\t ]\{#[A-Za-z_:][-\w.:]*\}\Z")
CLOSING_HASHES = pattern(r"[\t ]#+\Z")

LEVELS = {f"h{level}": level for level in range(1, 7)}
DEEPEST_LEVEL = 6


def read_atx_heading(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read `## Heading ##`; a line of hashes alone is text."""
    found = source.see(ATX_START)
    text = CLOSING_HASHES.sub("", _heading_text(found[2])) if found else ""
    if not found or not text.strip(WHITESPACE):
        return False
    source.position = found.end()
    add_block(parent, source, f"h{len(found[1])}", text.strip(WHITESPACE))
    return True


def read_setext_heading(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read one line underlined with `=` or `-`; it must stand alone."""
    found = source.see(SETEXT_START)
    if not found or not after_boundary(parent, source):
        return False
    text = _heading_text(found[1])
    if not text:
        return False
    source.position = found.end()
    add_block(parent, source, "h2" if found[2] == "-" else "h1", text)
    return True


def _heading_text(line: str) -> str:
    line = line.rstrip(WHITESPACE)
    return IDENTIFIER.sub("", line).rstrip(WHITESPACE)


def drop_empty(root: Element) -> None:
    """Take out headings of which nothing is left, such as an underlined attribute list."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in LEVELS]:
            if not len(child) and not (child.text or "").strip():
                parent.remove(child)


def settle_levels(root: Element, first_level: int) -> None:
    """Start the headings of a body at `first_level`; each next one is at most one level deeper."""
    above: list[int] = []
    for heading in root.iter():
        if level := LEVELS.get(heading.tag):
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            heading.tag = f"h{min(first_level + len(above) - 1, DEEPEST_LEVEL)}"
