"""The tag tree put right where the engine leaves it against the standard.

A list item may hold a label and a body and nothing else (ISO 32000-1, 14.8.4.3.3, table 336; ISO
14289-1, 7.2). The engine puts a loose item's paragraphs, and pictures, next to the label; here
they go into the body. A list nested in an item goes into that item's body, where a screen reader
expects it. What the end of a page parts, which the engine tags on each page for itself, becomes
one element again with content on several pages (ISO 32000-2, 14.7.5); a table's head, which is
repeated on each, is read once. A link annotation belongs to a `Link` element (ISO 14289-1,
7.18.5); the engine makes one more for everything inside the link, which a screen reader would
announce again. Running heads and folios are artifacts of pagination (ISO 32000-1, 14.8.2.2.2; ISO
14289-1, 7.8); the engine marks them as content that no element of the tree holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

PART_OF = "PartOf"
"""The key of a note of the engine's: the number of the HTML element that a tag is a part of."""
_PART_OF = Name(f"/{PART_OF}")
_PARTED = tuple(
    Name(f"/{name}")
    for name in "Sect Div P BlockQuote L LI LBody Caption Table TBody TFoot TR TH TD".split()
)
"""What goes on after the end of a page; words on a line are tagged line by line anyway."""
_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
"""How the engine opens marked content; its texts are hexadecimal, so nothing else looks so."""
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def repair_structure(file: pikepdf.Pdf) -> None:
    """Repair the document's tag tree, in place."""
    root = file.Root.get(Name.StructTreeRoot)
    if root is None:
        return
    _drop_inner_links(file, root)
    for element in list(_elements(root)):
        if element.get(Name.S) == Name.L:
            _adopt_nested_lists(file, element)
    _join_parts(root)
    for element in list(_elements(root)):
        if element.get(Name.S) == Name.LI:
            _gather_body(file, element)
    _set_aside_furniture(file, root)


def _elements(parent: Any) -> Iterator[Any]:
    """Every structure element below `parent`, parents first."""
    for kid in _kids(parent):
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid
            yield from _elements(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _is(kid: Any, *names: Name) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.S) in names


def _adopt_nested_lists(file: pikepdf.Pdf, element: Any) -> None:
    """Move each list that stands between items into the item before it."""
    kept: list[Any] = []
    for kid in _kids(element):
        if _is(kid, Name.L) and kept and _is(kept[-1], Name.LI):
            item = kept[-1]
            item.K = Array([*_kids(item), kid])
            kid.P = item
        else:
            kept.append(kid)
    element.K = Array(kept)


def _join_parts(root: Any) -> None:
    """Make one element of what the ends of pages have parted."""
    repeated: dict[str, Any] = {}
    for document in _kids(root):
        _join_below(document, repeated)
    for element in _elements(root):
        if _PART_OF in element:
            del element[_PART_OF]
        if repeated and element.get(Name.S) == Name.TD:
            names = element.A.get(Name.Headers, Array())
            element.A.Headers = Array([repeated.get(str(name), name) for name in names])


def _join_below(parent: Any, repeated: dict[str, Any]) -> None:
    """Join the parts below an element; `repeated` gets the first of each repeated heading's ID."""
    kept: list[Any] = []
    for kid in _read_once(_kids(parent), repeated):
        beside = kept if _is(parent, Name.TR) else kept[-1:]
        whole = next((item for item in beside if _is_part_of(kid, item)), None)
        if whole is None:
            kept.append(kid)
        else:
            whole.K = Array([*_kids(whole), *_kids(kid)])
            for inner in _kids(kid):
                inner.P = whole
    parent.K = Array(kept)
    for kid in kept:
        if _is(kid, *_PARTED):
            _join_below(kid, repeated)


def _read_once(kids: list[Any], repeated: dict[str, Any]) -> list[Any]:
    """A table's parts with its first head only."""
    heads = [kid for kid in kids if _is(kid, Name.THead)]
    for head in heads[1:]:
        repeated.update(zip(map(str, _names_in(head)), _names_in(heads[0]), strict=True))
    again = {head.objgen for head in heads[1:]}
    return [kid for kid in kids if not (_is(kid, Name.THead) and kid.objgen in again)]


def _is_part_of(kid: Any, other: Any) -> bool:
    """Whether two elements are parts of one, on different pages."""
    return (
        _is(kid, *_PARTED)
        and _is(other, kid.S)
        and kid.get(_PART_OF) == other.get(_PART_OF)
        and kid.Pg.objgen != other.Pg.objgen
    )


def _names_in(element: Any) -> list[Any]:
    """The IDs of a table's headings, in their order."""
    return [item.ID for item in _elements(element) if Name.ID in item]


def _gather_body(file: pikepdf.Pdf, item: Any) -> None:
    """Leave one label and one body in a list item."""
    labels = [kid for kid in _kids(item) if _is(kid, Name.Lbl)]
    rest = [kid for kid in _kids(item) if not _is(kid, Name.Lbl)]
    if not rest or (len(rest) == 1 and _is(rest[0], Name.LBody)):
        return
    body = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array()))
    if Name.Pg in item:
        body.Pg = item.Pg
    content: list[Any] = []
    for kid in rest:
        content += _kids(kid) if _is(kid, Name.LBody) else [kid]
    for kid in content:
        if isinstance(kid, Dictionary):
            kid.P = body
    body.K = Array(content)
    item.K = Array([*labels, body])


def _drop_inner_links(file: pikepdf.Pdf, root: Any) -> None:
    """Remove the annotations that stand inside a link which has its own."""
    inner = [
        reference
        for link in _elements(root)
        if link.get(Name.S) == Name.Link
        for element in _elements(link)
        for reference in _drop_references(element)
    ]
    gone = {annotation.objgen for annotation in inner}
    numbers = {int(annotation.StructParent) for annotation in inner}
    for page in file.pages:
        if Name.Annots in page:
            page.Annots = Array([item for item in page.Annots if item.objgen not in gone])
    tree = root.ParentTree
    pairs = zip(tree.Nums[::2], tree.Nums[1::2], strict=True)
    kept = [pair for pair in pairs if int(pair[0]) not in numbers]
    tree.Nums = Array([item for pair in kept for item in pair])


def _drop_references(element: Any) -> list[Any]:
    """Take the annotations out of an element that is not a link; returns them."""
    kids = _kids(element)
    references = [
        kid for kid in kids if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR
    ]
    element.K = Array([kid for kid in kids if kid not in references])
    return [reference.Obj for reference in references]


def _set_aside_furniture(file: pikepdf.Pdf, root: Any) -> None:
    """Turn marked content whose element is not in the tree into artifacts."""
    held = {element.objgen for element in _elements(root)}
    owners = pikepdf.NumberTree(root.ParentTree)
    for page in file.pages:
        row = owners[int(page.StructParents)] if Name.StructParents in page else Array()
        loose = {
            number
            for number, owner in enumerate(row)
            if isinstance(owner, Dictionary) and owner.objgen not in held
        }
        if loose:
            for number in loose:
                row[number] = None
            page.Contents = file.make_stream(_with_artifacts(_content(page), loose))


def _content(page: pikepdf.Page) -> bytes:
    streams = page.Contents
    parts = streams if isinstance(streams, Array) else [streams]
    return b"\n".join(part.read_bytes() for part in parts)


def _with_artifacts(content: bytes, numbers: set[int]) -> bytes:
    """A page's content, with the marked content of `numbers` as artifacts."""

    def marked(match: re.Match[bytes]) -> bytes:
        return _ARTIFACT if int(match[1]) in numbers else match[0]

    return _MARKED.sub(marked, content)
