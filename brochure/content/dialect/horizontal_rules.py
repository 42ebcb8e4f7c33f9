"""Turns a line of three or more `*`, `-` or `_` into `hr`."""

from xml.etree.ElementTree import Element

from brochure.content.dialect.blocks import BlockReader, add_block
from brochure.content.dialect.source import Source, pattern

RULE_START = pattern(r" {0,3}(\*|-|_)[ \t]*\1[ \t]*\1(\1|[ \t])*\n")


def read_rule(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a horizontal rule."""
    source.take(RULE_START)
    add_block(parent, source, "hr")
    return True
