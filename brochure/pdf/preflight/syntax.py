"""A content stream's bytes in, its operators with their operands out (ISO 32000-1, 7.8.2).

Operands are plain values: numbers are `float`, names `Name`, strings `bytes`, arrays and
dictionaries those of Python. An inline image is one operator, `BI`, with its dictionary and data.
What makes no sense is passed over, as viewers do. Most operators have numbers only, and those
are read with one match; that is three times as fast as pikepdf's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.pdf.preflight.streams import Unreadable

_SPACE = rb"[ \t\r\n\f\0]"
_NUMBER = rb"[+-]*(?:\d+\.?\d*|\.\d+)"
_PLAIN = re.compile(
    _SPACE + rb"*+((?:" + _NUMBER + _SPACE + rb"++){0,8}+)([A-Za-z'\"][A-Za-z0-9*]*+)"
)
_TOKEN = re.compile(
    _SPACE + rb"*+(?:(?P<number>" + _NUMBER + rb")|/(?P<name>[^\s()<>\[\]{}/%\0]*+)"
    rb"|(?P<sign><<|>>|\[|\]|\()|<(?P<hex>[^>]*+)>|(?P<comment>%[^\r\n]*+)"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*]*+)|(?P<other>[^ \t\r\n\f\0]))"
)
_LETTERS = re.compile(rb"[ \t\r\n\f\0]*+\[((?:<[0-9A-Fa-f]*+>|[0-9.+\- \t\r\n]++)*+)\]")
_LETTERS_PART = re.compile(rb"<([0-9A-Fa-f]*+)>|([0-9.+\-]++)")
_STRING_PART = re.compile(rb"[^()\\]++|\\(?:[0-7]{1,3}|\r\n|.|$)|[()]", re.DOTALL)
_ESCAPES = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
    b"\n": b"", b"\r": b"", b"\r\n": b"",
}  # fmt: skip
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_IMAGE_END = re.compile(rb"[\s]EI(?=[\s]|$)")
_DEPTH = 64
_MOST_OPERANDS = 100_000


class Name(str):
    """A name of a PDF, without its slash."""

    __slots__ = ()


Operation = tuple[str, list[Any]]


def operations(data: bytes) -> Iterator[Operation]:
    """Every operator of a content stream with its operands; raises `Unreadable`."""
    reader = _Reader(data)
    operands: list[Any] = []
    while True:
        plain = _PLAIN.match(data, reader.position)
        if plain:
            reader.position = plain.end()
            operands += map(float, plain[1].split())
            word = plain[2].decode()
        elif letters := _LETTERS.match(data, reader.position):
            reader.position = letters.end()
            operands.append([_part(*part) for part in _LETTERS_PART.findall(letters[1])])
            continue
        else:
            value = reader.value(0)
            if value is _END:
                return
            if not isinstance(value, _Word):
                operands.append(value)
                if len(operands) > _MOST_OPERANDS:
                    raise Unreadable("an operator has more than 100,000 operands")
                continue
            word = value
        if word in _CONSTANTS:
            operands.append(_CONSTANTS[word])
            continue
        if word == "BI":
            operands = reader.inline_image()
        yield str(word), operands
        operands = []


def _part(text: bytes, number: bytes) -> bytes | float:
    """A string or a number of an array for `TJ`, in which most of a page's bytes are."""
    if number:
        return float(number)
    return bytes.fromhex((text + b"0" * (len(text) % 2)).decode())


class _Word(str):
    __slots__ = ()


_END = object()
_CLOSE = object()


class _Reader:
    """Reads values one after the other from `position` on."""

    def __init__(self, data: bytes) -> None:
        self.data, self.position = data, 0

    def value(self, depth: int) -> Any:
        """The next value, operator (`_Word`), closing bracket (`_CLOSE`) or `_END`."""
        match = _TOKEN.match(self.data, self.position)
        if match is None:
            return _END
        self.position = match.end()
        kind = match.lastgroup
        token = match[kind or 0]
        if kind == "number":
            return float(token.lstrip(b"+-")) * (-1 if token[:1] == b"-" else 1)
        if kind == "name":
            text = _HASH.sub(lambda code: bytes.fromhex(code[1].decode()), token)
            return Name(text.decode("utf-8", "replace"))
        if kind == "hex":
            digits = _NOT_HEX.sub(b"", token)
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if kind == "word":
            return _Word(token.decode())
        return self._composite(token, depth) if kind == "sign" else self.value(depth)

    def _composite(self, sign: bytes, depth: int) -> Any:
        if depth > _DEPTH:
            raise Unreadable("arrays lie in arrays more than 64 deep")
        if sign == b"(":
            return self._string()
        if sign in (b"]", b">>"):
            return _CLOSE
        items = []
        while (item := self.value(depth + 1)) is not _CLOSE and item is not _END:
            items.append(_CONSTANTS.get(item) if isinstance(item, _Word) else item)
        return items if sign == b"[" else _dictionary(items)

    def _string(self) -> bytes:
        parts, depth = [], 1
        for match in _STRING_PART.finditer(self.data, self.position):
            part = match[0]
            self.position = match.end()
            depth += (part == b"(") - (part == b")")
            if not depth:
                break
            parts.append(_unescaped(part[1:]) if part[:1] == b"\\" else part)
        else:
            self.position = len(self.data)
        return b"".join(parts)

    def inline_image(self) -> list[Any]:
        """`[dictionary, data]` of the image whose `BI` has just been read (8.9.7)."""
        items: list[Any] = []
        while (item := self.value(0)) is not _END and item != "ID":
            items.append(_CONSTANTS.get(item) if isinstance(item, _Word) else item)
        start = self.position + 1
        end = _IMAGE_END.search(self.data, start)
        self.position = end.end() if end else len(self.data)
        return [_dictionary(items), self.data[start : end.start() if end else None]]


def _dictionary(items: list[Any]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(items[::2], items[1::2], strict=False) if key}


def _unescaped(code: bytes) -> bytes:
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes([int(code, 8) & 0xFF])
    return _ESCAPES.get(code, code)
