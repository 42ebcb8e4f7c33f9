"""Reduces HTML to what a reader sees of it, so that two printings can be compared.

`list_items` is the shape of the lists alone; `outline` is everything: one line per element or
text. Attributes do not count except where a link leads and which picture is shown; neither do
heading levels (ours are settled for paper), comments, scripts, white space, or footnotes' links
back.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("br", "hr", "img", "input", "col", "wbr", "source", "track", "area", "embed"))
UNPRINTED = frozenset(("script", "style"))
LISTS = frozenset(("ul", "ol"))
INLINE = frozenset(("a", "abbr", "b", "code", "del", "em", "i", "span", "strong", "sup"))
KEPT_ATTRIBUTES = ("href", "src", "title", "alt", "align")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass
class Node:
    """An element with its children in order; texts are strings."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


@dataclass(frozen=True)
class ListItem:
    """One item: the lists it stands in from the outermost, its own text, and its tightness."""

    path: tuple[str, ...]
    text: str
    loose: bool


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Node:
    """Read HTML into nodes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def list_items(html: str) -> list[ListItem]:
    """Return every list item in the order of the text."""
    return _items(tree(html), ())


def _items(node: Node, path: tuple[str, ...]) -> list[ListItem]:
    found: list[ListItem] = []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag in LISTS:
            found += _items(child, (*path, child.tag))
        elif child.tag == "li" and path:
            loose = any(isinstance(c, Node) and c.tag == "p" for c in child.children)
            found.append(ListItem(path, _plain(_own_text(child)), loose))
            found += _items(child, path)
        else:
            found += _items(child, path)
    return found


def _own_text(node: Node) -> str:
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag not in LISTS | UNPRINTED and not _is_back_link(child):
            parts.append(_own_text(child) + ("" if child.tag in INLINE else " "))
    return "".join(parts)


def _plain(text: str) -> str:
    return " ".join(text.replace("↩", "").split())


def outline(html: str) -> str:
    """Return one line per element and per text, indented by depth."""
    lines: list[str] = []
    _outline(tree(html), 0, lines)
    return "\n".join(lines)


def _outline(node: Node, depth: int, lines: list[str]) -> None:
    text = ""
    for child in node.children:
        if isinstance(child, str):
            text += child
            continue
        if _is_back_link(child) or child.tag in UNPRINTED:
            continue
        _add_text(text, depth, lines)
        text = ""
        if _is_note_link(child):
            _outline(child, depth, lines)
            continue
        lines.append("  " * depth + _name(child))
        _outline(child, depth + 1, lines)
    _add_text(text, depth, lines)


def _add_text(text: str, depth: int, lines: list[str]) -> None:
    if plain := re.sub(r"[ \t\n]+", " ", text).strip(" \n" + NO_BREAK_SPACE):
        lines.append("  " * depth + repr(plain))


def _name(node: Node) -> str:
    tag = "h" if re.fullmatch("h[1-6]", node.tag) else node.tag
    kept = [f"{k}={node.attributes[k]!r}" for k in KEPT_ATTRIBUTES if k in node.attributes]
    kept += ["checked"] if "checked" in node.attributes else []
    if aligned := re.search(r"(?<=text-align: )\w+", node.attributes.get("style") or ""):
        kept.append(f"align={aligned[0]!r}")
    return " ".join([tag, *kept])


def _is_back_link(node: Node) -> bool:
    """Say whether a node is a footnote's link back, or a paragraph of nothing else."""
    if node.tag == "p" and node.children:
        return all(isinstance(child, Node) and _is_back_link(child) for child in node.children)
    return node.attributes.get("class") == "reversefootnote"


def _is_note_link(node: Node) -> bool:
    return node.tag == "a" and node.attributes.get("class") == "footnote"
