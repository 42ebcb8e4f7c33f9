"""The objects of a file as a part keeps them: as they are written, with holes for numbers.

They are walked from one to the next; a reference is an object with a number, never a pattern over
bytes, so that words may look like one (ISO 32000-2, 7.3.10).
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.pdf.part import Form, Hole

_LEVEL = 9
"""Of compression: a part is made once and written often."""


class Forms:
    """Gives every object a hole when it is met, and writes it once; `name` is the part's own."""

    def __init__(self, name: str) -> None:
        self.written: list[Form] = []
        self.keys: dict[int, int] = {}
        """The part's own number of each key of the parent tree, in their order."""
        self._name = name
        self._holes: dict[tuple[int, int], int] = {}
        self._waiting: list[Any] = []

    def know(self, item: Any, hole: int) -> None:
        """Let references to an object be a hole that another fills; it is not written here."""
        self._holes[item.objgen] = hole

    def hole(self, item: Any) -> int:
        """The hole of an object, which is written later if it is new."""
        if item.objgen not in self._holes:
            self._holes[item.objgen] = Hole.OBJECT.at(len(self._waiting))
            self._waiting.append(item)
        return self._holes[item.objgen]

    def write(self) -> None:
        """Write every object met, and those met on the way."""
        while len(self.written) < len(self._waiting):
            self.written.append(self._object(self._waiting[len(self.written)]))

    def row(self, item: Any) -> Form:
        """What a key of the parent tree leads to: elements of a page, or one (14.7.5.4)."""
        if isinstance(item, Array):
            return self._value(item)
        return Form(b"%d 0 R", (self.hole(item),))

    def _object(self, item: Any) -> Form:
        if not isinstance(item, pikepdf.Stream):
            return self._value(item)
        data, entries = item.read_raw_bytes(), Dictionary(dict(item.stream_dict.items()))
        if Name.Filter not in entries:
            data = zlib.compress(data, _LEVEL)
            entries.Filter = Name.FlateDecode
        entries.Length = len(data)
        return self._value(entries)._replace(data=data)

    def _value(self, item: Any) -> Form:
        """The content of an object."""
        text: list[bytes] = []
        holes: list[int] = []
        self._write_content(item, text, holes)
        return Form(b"".join(text), tuple(holes))

    def _write(self, item: Any, text: list[bytes], holes: list[int]) -> None:
        if isinstance(item, pikepdf.Object) and item.is_indirect:
            text.append(b"%d 0 R")
            holes.append(self.hole(item))
        else:
            self._write_content(item, text, holes)

    def _write_content(self, item: Any, text: list[bytes], holes: list[int]) -> None:
        if isinstance(item, Dictionary):
            self._write_dictionary(item, text, holes)
        elif isinstance(item, Array):
            text.append(b"[")
            for at, kid in enumerate(item):
                text += [b" "] * bool(at)
                self._write(kid, text, holes)
            text.append(b"]")
        else:
            text.append(plain(item).replace(b"%", b"%%"))

    def _write_dictionary(self, item: Any, text: list[bytes], holes: list[int]) -> None:
        text.append(b"<<")
        for key, value in item.items():
            text.append(Name(key).unparse().replace(b"%", b"%%") + b" ")
            if key in ("/StructParents", "/StructParent"):
                text.append(b"%d")
                holes.append(self._key(int(value)))
            elif key == "/ID" and isinstance(value, String):
                self._write(self._cell(value), text, holes)
            elif key == "/Headers":
                self._write(Array(map(self._cell, value)), text, holes)
            else:
                self._write(value, text, holes)
        text.append(b">>")

    def _key(self, key: int) -> int:
        return Hole.KEY.at(self.keys.setdefault(key, len(self.keys)))

    def _cell(self, identifier: Any) -> String:
        """A table cell's identifier, which is the only one in the whole brochure (14.7.2)."""
        return String(f"{self._name}-{identifier}")


def plain(item: Any) -> bytes:
    """A value without parts, as it is written (7.3)."""
    match item:
        case None:
            return b"null"
        case bool():
            return b"true" if item else b"false"
        case int():
            return b"%d" % item
        case Decimal() | float():
            return format(item, "f").encode()
        case _:
            return bytes(item.unparse())
