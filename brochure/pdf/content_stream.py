"""Content streams of a finished file, operator by operator (ISO 32000-2, 7.8.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

Instruction = tuple[Any, str]
"""Operands and operator; raw bytes as the operands of no operator are written as they are."""
RAW = ""


def drawn_by(page: pikepdf.Page) -> Iterator[tuple[Any, list[Instruction]]]:
    """A page and every form that it draws (8.10), each once, with what they draw.

    Its resources may name what other pages draw.
    """
    waiting: list[Any] = [page.obj]
    seen = set()
    while waiting:
        target = waiting.pop()
        steps = read_content(target)
        yield target, steps
        known = target.get(Name.Resources, Dictionary()).get(Name.XObject, Dictionary())
        for name in sorted({str(operands[0]) for operands, operator in steps if operator == "Do"}):
            item = known[name]
            if item.get(Name.Subtype) == Name.Form and item.objgen not in seen:
                seen.add(item.objgen)
                waiting.append(item)


def read_content(target: Any) -> list[Instruction]:
    """What a page or form draws."""
    source = target if isinstance(target, pikepdf.Stream) else pikepdf.Page(target)
    return [(item[0], str(item[1])) for item in pikepdf.parse_content_stream(source)]


def write_content(file: pikepdf.Pdf, target: Any, instructions: Iterable[Instruction]) -> None:
    """Replace what a page or form draws."""
    parts: list[bytes] = []
    plain: list[Any] = []
    for operands, operator in instructions:
        if operator == RAW:
            parts += [pikepdf.unparse_content_stream(plain), operands]
            plain = []
        else:
            plain.append((operands, pikepdf.Operator(operator)))
    content = b"\n".join((*parts, pikepdf.unparse_content_stream(plain)))
    if isinstance(target, pikepdf.Stream):
        target.write(content)
    else:
        target.Contents = file.make_stream(content)
