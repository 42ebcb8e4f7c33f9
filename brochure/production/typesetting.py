"""What was laid out, finished and inspected."""

from __future__ import annotations

import atexit
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from brochure.diagnostics import Diagnostic
from brochure.pages.composition import Composition
from brochure.typefaces import Family

if TYPE_CHECKING:
    from cattrs import Converter

    from brochure.pdf.engine import Layout, TypeCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A finished file, what it is called, and what is wrong with it.

    Its `pages` count the blanks that its printer wants. Of a linked file, `fonts` is the digest of
    its fonts.
    """

    pages: int
    name: str
    faults: tuple[Diagnostic, ...]
    data: bytes
    fonts: str = ""


def finished(
    layout: Layout, composition: Composition, faults: tuple[Diagnostic, ...], *, name: str
) -> Typeset:
    """Draw and finish what was laid out as the file `name`, and find all that is wrong with it."""
    from brochure.pdf.engine import draw
    from brochure.pdf.inspection import font_faults, fonts_in
    from brochure.pdf.overflow import overflow_faults
    from brochure.pdf.proof import prove_text
    from brochure.pdf.screen import finish_screen

    drawn, more = draw(layout)
    data = finish_screen(drawn, composition)
    found: tuple[Diagnostic, ...] = (
        *faults,
        *more,
        *overflow_faults(layout.pages, layout.starts, composition),
        *font_faults(fonts_in(data), composition.families, name),
    )
    if not any(fault.is_error for fault in found):
        # What a known fault does to the text would only hide that fault.
        found = (*found, *prove_text(data, composition, layout, drawn=drawn))
    return Typeset(pages=len(layout.pages), name=name, faults=found, data=data)


_OPEN = ExitStack()


@cache
def type_case_of(families: tuple[Family, ...]) -> TypeCase:
    """The fonts as the engine has loaded them, once a process."""
    from brochure.pdf.engine import type_case

    return _OPEN.enter_context(type_case(families))


@atexit.register
def _put_away() -> None:
    """Give the fonts back while the engine is still there to take them."""
    type_case_of.cache_clear()
    _OPEN.close()


def typeset_from(data: bytes) -> Typeset:
    """What `typeset_bytes` made of it."""
    head, _, file = data.partition(b"\n")
    facts = json.loads(head)
    faults = _structured(facts.pop("faults"))
    return Typeset(**facts, faults=faults, data=file)


def typeset_bytes(typeset: Typeset) -> bytes:
    """A line of JSON, then the file: nothing that could run when it is read."""
    head = {
        "pages": typeset.pages,
        "name": typeset.name,
        "fonts": typeset.fonts,
        "faults": _unstructured(typeset.faults),
    }
    return json.dumps(head).encode() + b"\n" + typeset.data


def faults_from(data: bytes) -> tuple[Diagnostic, ...]:
    """What `faults_bytes` made of them."""
    return _structured(json.loads(data))


def faults_bytes(faults: tuple[Diagnostic, ...]) -> bytes:
    """Faults as JSON."""
    return json.dumps(_unstructured(faults)).encode()


def _structured(found: Sequence[Any]) -> tuple[Diagnostic, ...]:
    return _converter().structure(found, tuple[Diagnostic, ...]) if found else ()


def _unstructured(faults: tuple[Diagnostic, ...]) -> Sequence[Any]:
    unstructured: Sequence[Any] = _converter().unstructure(faults) if faults else ()
    return unstructured


@cache
def _converter() -> Converter:
    """What turns faults into JSON and back; to load it takes longer than to find none."""
    from cattrs import Converter

    return Converter()
