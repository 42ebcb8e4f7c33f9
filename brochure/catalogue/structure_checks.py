"""The shape of a text: empty bodies, skipped headings, bare links, lists that lost an item.

Each check first looks at the lines alone; only if they raise a suspicion is the body read as
blocks, the way the page shows it (`content.outline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from brochure.content.document import Document
from brochure.content.outline import ListItem, ListOutline, outline_of
from brochure.diagnostics import Diagnostic, diagnose

_UNSEEN = re.compile(r"<!--.*?-->|\{:.*?\}|\{%.*?%\}|&nbsp;|[\s\u200b\ufeff]+", re.DOTALL)
_MAY_BE_UNSEEN = ("", "<", "{", "&", "\u200b", "\ufeff")
_MAYBE_HEADING = re.compile(
    r"^[ \t>]*(?:[-+*][ \t]+|\d+\.[ \t]+)?(?:(#{1,6})[ \t]|(=|-)[=-]*[ \t]*$)", re.MULTILINE
)
_CODE = re.compile(
    r"(`+)[^\n]*?\1|^(?:~~~|```).*?^(?:~~~|```)|<!--.*?-->", re.DOTALL | re.MULTILINE
)
_URL = r"(?:https?://|www\.)[^\s<>\]()]+"
_BARE_LINK = re.compile(
    rf"\[\s*<?({_URL})>?\s*\]\s*[(\[]|<(https?://[^\s<>]+)>|<a\s[^>]*>\s*({_URL})\s*</a>",
    re.IGNORECASE,
)
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/|www\.doi\.org/", re.IGNORECASE)
_SHOWN = 40


def check_structure(document: Document) -> Iterator[Diagnostic]:
    """Report `body-empty`, `heading-jump` and `link-bare` for one file."""
    body = document.body
    if body.lstrip()[:1] in _MAY_BE_UNSEEN and not _UNSEEN.sub("", body):
        yield _empty(document)
    elif "#" in body or "---" in body or "===" in body:
        yield from _check_headings(document)
    if "//" in body or "www." in body:
        yield from _check_links(document)


def _empty(document: Document) -> Diagnostic:
    return diagnose(
        "body-empty",
        document.place_of(document.front_matter.title),
        problem="The treatment has no text",
        cause="Its pages would show a title and a picture, and nothing below.",
        fix="Write the text below the second ---, or take the file out of the folder.",
    )


def _check_headings(document: Document) -> Iterator[Diagnostic]:
    levels = [
        len(match[1]) if match[1] else 1 if match[2] == "=" else 2
        for match in _MAYBE_HEADING.finditer(document.body)
    ]
    if not _jumps(levels):
        return
    headings = [block for block in outline_of(document.body).blocks if block.level]
    for index in _jumps([block.level for block in headings]):
        above, block = headings[index - 1], headings[index]
        wanted = "#" * (above.level + 1)
        yield diagnose(
            "heading-jump",
            document.place(document.body_line + block.line - 1),
            problem=f"A heading of level {block.level} follows one of level {above.level}",
            cause="A level is left out; readers with a screen reader look for what is missing. "
            f"It is printed as level {above.level + 1}.",
            fix=f"Begin the line with {wanted} instead of {'#' * block.level}.",
        )


def _jumps(levels: list[int]) -> list[int]:
    """The headings that are more than one level below the one before."""
    return [index for index in range(1, len(levels)) if levels[index] > levels[index - 1] + 1]


def _check_links(document: Document) -> Iterator[Diagnostic]:
    if not _BARE_LINK.search(document.body):
        return
    body = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), document.body)
    for match in _BARE_LINK.finditer(body):
        address = match[1] or match[2] or match[3]
        if _DOI.match(address):
            continue
        before = body[: match.start()]
        line = document.body_line + before.count("\n")
        shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"
        yield diagnose(
            "link-bare",
            document.place(line, len(before) - before.rfind("\n")),
            problem=f"The address “{shown}” stands in place of a link's words",
            cause="A screen reader spells it out letter by letter, and it breaks badly in a line.",
            fix=f"Say where it leads: [a few words]({shown}).",
        )


# --- lists ---------------------------------------------------------------------------------------

_LINE = re.compile(r"^([ \t]*)([-+*]|\d+\.|#{1,6})?([ \t]*)(\S?)", re.MULTILINE)


def list_signature(body: str) -> tuple[str, ...]:
    """What of a body's lines decides its lists; two bodies with the same one have the same lists.

    It holds every marker with the white space round it, and every line that ends a list: the
    first line of a text that stands after a blank one, and headings. The reverse is not true.
    """
    signature: list[str] = []
    after_blank = True
    for indent, marker, gap, text in _LINE.findall(body):
        if not marker and not text:
            after_blank = True
            continue
        if marker and gap and marker[0] != "#":
            signature.append(f"{indent}{'1' if marker[-1] == '.' else '-'}{gap}")
        elif (after_blank or marker) and (not signature or signature[-1] != indent + "."):
            signature.append(indent + ".")
        after_blank = False
    return tuple(signature)


def check_lists(document: Document, source: Document) -> Iterator[Diagnostic]:
    """Report `list-differs` where a translation's lists are not its source's."""
    if list_signature(document.body) == list_signature(source.body):
        return
    ours, theirs = outline_of(document.body).lists, outline_of(source.body).lists
    matcher = SequenceMatcher(a=_shapes(ours), b=_shapes(theirs), autojunk=False)
    for kind, start, end, from_start, from_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        mine, others = ours[start:end], theirs[from_start:from_end]
        for one, other in zip(mine, others, strict=False):
            yield from _compare(document, source, one, other)
        for extra in mine[len(others) :]:
            yield _extra(document, source, extra)
        for lost in others[len(mine) :]:
            yield _lost(document, source, lost, ours[: start + len(mine)])


def _shapes(lists: tuple[ListOutline, ...]) -> list[str]:
    """Each list as brackets: `[--[-]]` has three items, the last one with a list of one."""
    return [f"[{''.join(_shape(item) for item in listing.items)}]" for listing in lists]


def _shape(item: ListItem) -> str:
    return "-" + "".join(_shapes(item.lists))


def _compare(
    document: Document, source: Document, ours: ListOutline, theirs: ListOutline
) -> Iterator[Diagnostic]:
    """What differs first between two lists: their items, else the lists inside an item."""
    if len(ours.items) != len(theirs.items):
        yield _differs(
            document,
            ours.line,
            f"This list has {_items(ours)}; in {_place(source, theirs.line)} it has "
            f"{_items(theirs)}",
        )
        return
    for mine, other in zip(ours.items, theirs.items, strict=True):
        if _shape(mine) == _shape(other):
            continue
        if len(mine.lists) == len(other.lists) == 1:
            yield from _compare(document, source, mine.lists[0], other.lists[0])
        else:
            yield _differs(
                document,
                mine.line,
                f"The item “{_start(mine.text)}” has {_below(mine)} below it; in "
                f"{_place(source, other.line)} it has {_below(other)}",
            )


def _extra(document: Document, source: Document, ours: ListOutline) -> Diagnostic:
    return _differs(
        document,
        ours.line,
        f"This list of {_items(ours)} is not in {source.path}, or is part of another list there",
    )


def _lost(
    document: Document, source: Document, theirs: ListOutline, before: tuple[ListOutline, ...]
) -> Diagnostic:
    """The place is the list before the missing one, or the body's start."""
    line = before[-1].items[-1].line if before else 1
    return _differs(
        document,
        line,
        f"The list of {_items(theirs)} in {_place(source, theirs.line)} is not here, or is part "
        "of another list",
    )


def _items(listing: ListOutline) -> str:
    count = len(listing.items)
    return f"{count} item{'s' if count > 1 else ''}"


def _below(item: ListItem) -> str:
    count = sum(len(listing.items) for listing in item.lists)
    return f"{count or 'no'} item{'' if count == 1 else 's'}"


def _start(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _place(source: Document, line: int) -> str:
    return f"{source.path}, line {source.body_line + line - 1},"


def _differs(document: Document, line: int, problem: str) -> Diagnostic:
    return diagnose(
        "list-differs",
        document.place(document.body_line + line - 1),
        problem=problem,
        cause="An item that was lost or moved in translation can change what a patient does.",
        fix="Compare the two files item by item, and indent nested items alike.",
    )
