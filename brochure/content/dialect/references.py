"""Reads what a text defines for use elsewhere: `[id]: url`, `*[HTML]: …`, `[^1]: …`."""

from xml.etree.ElementTree import Element

from brochure.content.dialect.blocks import UNSEEN, BlockReader, add_block
from brochure.content.dialect.code_blocks import INDENTED_EXPRESSION
from brochure.content.dialect.definitions import LinkTarget
from brochure.content.dialect.source import INDENTATION, WHITESPACE, Source, pattern

LINK_DEFINITION = pattern(
    r" {0,3}\[([^\n\]]+)\]:[ \t]*(?:<(.*?)>|([^\n]*?\S[^\n]*?))"
    r"(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?([\"'])(.+?)\4)?[ \t]*?\n"
)
ABBREVIATION_DEFINITION = pattern(r" {0,3}\*\[(.+?)\]:(.*?)\n")
FOOTNOTE_DEFINITION = pattern(rf" {{0,3}}\[\^(\w[\w-]*)\]:\s*?(.*?\n{INDENTED_EXPRESSION})")
_TITLE_WITHOUT_END = pattern(r"[ \t]+[\"']")
_GAPS = pattern(r"\s+")


def link_name(name: str) -> str:
    """Make names that differ in case and white space alone the same."""
    return _GAPS.sub(" ", name).lower()


def read_link_definition(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read where a reference link leads."""
    found = source.see(LINK_DEFINITION)
    if not found or _TITLE_WITHOUT_END.search(found[3] or ""):
        return False
    source.position = found.end()
    address = found[2] if found[2] is not None else found[3]
    target = LinkTarget(address=address, title=found[5])
    reader.definitions.links[link_name(found[1])] = target
    add_block(parent, source, UNSEEN)
    return True


def read_abbreviation(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read what an abbreviation stands for."""
    found = source.take(ABBREVIATION_DEFINITION)
    if found:
        reader.definitions.abbreviations[found[1]] = found[2].strip(WHITESPACE)
        add_block(parent, source, UNSEEN)
    return bool(found)


def read_footnote(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a footnote's own blocks."""
    found = source.take(FOOTNOTE_DEFINITION)
    if found:
        note = Element("li")
        reader.parseChunk(note, INDENTATION.sub("", found[2]))
        reader.definitions.footnotes[found[1]] = note
        add_block(parent, source, UNSEEN)
    return bool(found)
