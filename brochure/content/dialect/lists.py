"""Turns list lines into `ul` and `ol` trees, item for item as kramdown's list parser does.

The rules (kramdown 2.4, `parser/kramdown/list.rb`; GFM 1.1 lets a list interrupt a paragraph):

* An item starts with a marker behind at most three spaces; what its first line is indented by,
  tabs counting to the next multiple of four, is the item's own indentation. A marker on an empty
  line has indentation 4.
* Lines indented that far belong to it. So does any other line that is not after a blank one
  ("lazy"), unless it is an attribute list or block HTML.
* A next item of the same kind must start to the left of the previous item's indentation.
* The item's text, without its indentation, is read again as blocks. A nested list that follows
  its item's text directly is read apart, so that the text cannot swallow it.
* The first paragraph is tight, without `<p>`, unless a blank line follows it inside the item; the
  last item of a longer list is tight only if an earlier item is.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from brochure.content.dialect.blocks import (
    ATTRIBUTED,
    BLANK,
    BOUNDARY,
    TIGHT,
    UNSEEN,
    BlockReader,
    add_block,
)
from brochure.content.dialect.horizontal_rules import RULE_START
from brochure.content.dialect.source import (
    ATTRIBUTE_LINE,
    ATTRIBUTE_TEXT,
    BLANK_LINES,
    BLOCK_END_MARKER,
    HTML_LINE,
    WHITESPACE,
    Source,
    pattern,
)

MARKERS = {"ul": r"[+*-]", "ol": r"\d+\.", "dl": r":"}
REST = r"([\t| ].*?\n)"
LIST_START = pattern(r" {0,3}(?:[+*-]|\d+\.)[\t| ].*?\n")
BULLET_START = pattern(rf" {{0,3}}{MARKERS['ul']}[\t| ].*?\n")
ITEM_ATTRIBUTES = pattern(r"\s*\{:(?!(?:\w[\w-]*)?:|/)" + ATTRIBUTE_TEXT + r"\}\s*")
EMPTY_FIRST_LINE = pattern(rf"(?:{ITEM_ATTRIBUTES.pattern})?\s*\n")
NUMBER = pattern(r" {0,3}(\d+)")
TABS = pattern(r"( *)(\t+)")
TASK = pattern(r"\s*\[([ xX])\]\s+")

# A number that no list of a leaflet reaches is a year or a quantity; see `_keep_number`.
LARGEST_ITEM_NUMBER = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Which lines belong to an item: indented, lazy; and the indentation to take off."""

    width: int
    indented: re.Pattern[str]
    lazy: re.Pattern[str]


@dataclass(slots=True)
class Item:
    """An item while its lines are collected; `parts` are read one after the other."""

    margin: Margin
    parts: list[str]
    nested: bool
    element: Element = field(default_factory=lambda: Element("li"))


@lru_cache(maxsize=64)
def margin(width: int) -> Margin:
    """Make the patterns for one indentation."""
    tabs, spaces = divmod(width, 4)
    step = r"(?:\t| {4})"
    html_margin = min(width, 3)
    return Margin(
        width=width,
        indented=pattern(rf"(?:{step}{{{tabs}}} {{{spaces}}}|{step}{{{tabs + 1}}}).*\S.*\n"),
        lazy=pattern(rf"(?! {{0,{html_margin}}}(?:{ATTRIBUTE_LINE}|{HTML_LINE})).*\S.*\n"),
    )


@lru_cache(maxsize=64)
def item_start(kind: str, width: int) -> re.Pattern[str]:
    """Make the pattern of an item that follows one with this indentation."""
    furthest = width - 1 if 1 <= width <= 3 else 3
    return pattern(rf"( {{0,{furthest}}}{MARKERS[kind]}){REST}")


def first_line(marker: str, rest: str) -> tuple[str, Margin]:
    """Return an item's first line without its white space, and the margin it sets."""
    if EMPTY_FIRST_LINE.match(rest):
        return _without_attributes(rest.lstrip(WHITESPACE)), margin(4)
    rest = _expand_leading_tabs(rest, len(marker))
    text = rest.lstrip(WHITESPACE)
    width = len(marker) + len(rest) - len(rest.lstrip(" "))
    return _without_attributes(text), margin(width)


def _expand_leading_tabs(text: str, column: int) -> str:
    """Replace the tabs before a text by spaces; it starts at this column."""
    while found := TABS.match(text):
        spaces, tabs = len(found[1]), len(found[2])
        width = spaces + tabs * 4 - (column + spaces) % 4
        text = " " * width + text[found.end() :]
    return text


def _without_attributes(text: str) -> str:
    found = ITEM_ATTRIBUTES.match(text)
    return text[found.end() :] if found else text


def outdent(line: str, width: int) -> tuple[str, bool]:
    """Take an item's indentation off a line; say whether it was there."""
    text = line.lstrip("\t")
    line = "    " * (len(line) - len(text)) + text
    if line.startswith(" " * width):
        return line[width:], True
    return line, False


def read_list(reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a whole list with everything nested in it."""
    kind = "ul" if source.see(BULLET_START) else "ol"
    listing = add_block(parent, source, kind)
    if kind == "ol":
        _keep_number(listing, source)
    items, cut = _collect(source, kind)
    blank = None
    for item in items:
        listing.append(item.element)
        for part in item.parts:
            reader.parseChunk(item.element, part)
        if len(item.element):
            _settle_tightness(listing, item is items[-1], cut)
            blank = drop_last_blank(item.element)
            _show_task(item.element)
    if blank is not None and not cut:
        parent.append(blank)
    return True


def _collect(source: Source, kind: str) -> tuple[list[Item], bool]:
    """Take a list's lines; say whether a `^` line ended it."""
    items: list[Item] = []
    start = item_start(kind, 4)
    after_blank = False
    while not source.at_end() and not (after_blank and source.see(RULE_START)):
        if source.take(BLOCK_END_MARKER):
            return items, True
        if found := source.take(start):
            items.append(_new_item(found))
            start = item_start(kind, items[-1].margin.width)
            after_blank = False
        elif line := _item_line(source, items[-1].margin, after_blank):
            _add_line(items[-1], line)
            after_blank = False
        elif found := source.take(BLANK_LINES):
            items[-1].parts[-1] += found[0]
            items[-1].nested = after_blank = True
        else:
            break
    return items, False


def _new_item(found: re.Match[str]) -> Item:
    text, item_margin = first_line(found[1], found[2])
    return Item(margin=item_margin, parts=[text], nested=bool(LIST_START.match(text)))


def _item_line(source: Source, item_margin: Margin, after_blank: bool) -> str | None:
    found = source.take(item_margin.indented)
    if not found and not after_blank:
        found = source.take(item_margin.lazy)
    return found[0] if found else None


def _add_line(item: Item, line: str) -> None:
    """Add a line; the first nested list starts a new part, a lazy marker goes into that list."""
    line, indented = outdent(line, item.margin.width)
    if LIST_START.match(line):
        if indented and not item.nested:
            item.parts.append("")
            item.nested = True
        elif item.nested and not indented:
            line = " " * (item.margin.width + 4) + line
    item.parts[-1] += line


def _settle_tightness(listing: Element, is_last: bool, cut: bool) -> None:
    """Mark an item's first paragraph as tight if kramdown prints it without `<p>`."""
    blocks = listing[-1]
    first = blocks[0]
    if first.tag != "p":
        return
    if len(blocks) >= 2 and ATTRIBUTED in first.attrib and blocks[1].tag in (BOUNDARY, UNSEEN):
        blocks.remove(blocks[1])
    stands_close = len(blocks) < 2 or blocks[1].tag != BLANK
    ends_list = is_last and len(blocks) == 2 and not cut
    follows_tight = not is_last or len(listing) == 1 or any(map(_is_tight, listing[:-1]))
    if (stands_close or ends_list) and follows_tight:
        first.set(TIGHT, "")
        if len(blocks) > 1 and stands_close:
            first.text = f"{first.text}\n"


def _is_tight(item: Element) -> bool:
    return len(item) == 0 or item[0].tag != "p" or TIGHT in item[0].attrib


def drop_last_blank(item: Element) -> Element | None:
    """Take the blank lines at an item's end out of it, and return them."""
    last = item[-1]
    if last.tag != BLANK:
        return None
    item.remove(last)
    return last


def _show_task(item: Element) -> None:
    """Turn `[ ]` and `[x]` at the start of an item into a box, as GFM does."""
    first = item[0] if len(item) else None
    if first is None or first.tag != "p" or not (found := TASK.match(first.text or "")):
        return
    checked = "" if found[1] == " " else ' checked="checked"'
    box = f'<input type="checkbox" disabled="disabled"{checked} />'
    first.text = box + (first.text or "")[found.end() :]


def _keep_number(listing: Element, source: Source) -> None:
    """Print `1986.` as itself: kramdown numbers every list from 1, which would lose the year."""
    found = source.see(NUMBER)
    if found and int(found[1]) > LARGEST_ITEM_NUMBER:
        listing.set("start", str(int(found[1])))


def unwrap_tight_paragraphs(root: Element) -> None:
    """Move the content of every tight paragraph into its item."""
    for item in root.iter():
        if len(item) and TIGHT in item[0].attrib:
            tight = item[0]
            item.remove(tight)
            item.text = tight.text
            item[0:0] = list(tight)
