"""Reads kramdown's attribute lists and extensions: `{:.lead}`, `{:x: #y}`, `{::options …/}`.

They style the web page. In print none of them shows and none has an effect; only `nomarkdown`
gives its text on, as raw HTML.
"""

from xml.etree.ElementTree import Element, SubElement

from brochure.content.dialect.blocks import (
    ATTRIBUTED,
    BLANK,
    BOUNDARY,
    UNSEEN,
    BlockReader,
    add_block,
    last_block,
)
from brochure.content.dialect.html_blocks import STASHED
from brochure.content.dialect.source import (
    ATTRIBUTE_CHARACTER,
    ATTRIBUTE_TEXT,
    ATTRIBUTES_START,
    Source,
    pattern,
)

EXTENSION_TAG = rf"\{{::(\w+)(?:\s({ATTRIBUTE_CHARACTER}{{0,500}}?)|)(/)?\}}"
ATTRIBUTE_BLOCK_START = pattern(r" {0,3}\{:")
_REFERENCED_LIST = pattern(rf" {{0,3}}\{{:(\w[\w-]*):{ATTRIBUTE_TEXT}\}}\s*?\n")
_EXTENSION_START = pattern(rf" {{0,3}}{EXTENSION_TAG}\s*?\n")
SILENT_EXTENSIONS = ("comment", "options")


def read_attributes(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read one line (or one extension with its body) that never prints."""
    if source.take(_REFERENCED_LIST):
        add_block(parent, source, UNSEEN)
        return True
    if source.see(_EXTENSION_START):
        return _read_extension(reader, parent, source)
    found = source.take(ATTRIBUTES_START)
    if found:
        _attach(parent, source, found[0].strip(" {:}\n"))
    return bool(found)


def _attach(parent: Element, source: Source, attributes: str) -> None:
    """Give an attribute list to the block before it, else to the one after."""
    previous = last_block(parent)
    if previous is None or previous.tag in (BLANK, BOUNDARY):
        source.waiting_attributes = f"{source.waiting_attributes or ''} {attributes}"
        return
    previous.set(ATTRIBUTED, f"{previous.get(ATTRIBUTED, '')} {attributes}")
    if not source.see(ATTRIBUTES_START):
        add_block(parent, source, UNSEEN)


def _read_extension(reader: BlockReader, parent: Element, source: Source) -> bool:
    found = source.see(_EXTENSION_START)
    assert found
    name, end, body = found[1], found.end(), ""
    if not found[3]:
        stop = pattern(rf"^ {{0,3}}\{{:/(?:{name})?\}}\s*?\n").search(source.text, end)
        if not stop:
            return False
        body, end = source.text[end : stop.start()], stop.end()
    if name not in (*SILENT_EXTENSIONS, "nomarkdown"):
        return False
    source.position = end
    if name == "nomarkdown":
        SubElement(parent, STASHED).text = reader.md.htmlStash.store(body)
    elif name == "options":
        add_block(parent, source, UNSEEN)
    return True
