"""Writes a PDF, object by object (ISO 32000-2, 7.5).

Streams stand by themselves, each once however often it is given; everything else goes into object
streams (7.5.7). The cross-reference stream comes last (7.5.8). The two
identifiers are made of the name and of the content (14.4).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence

_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_TOGETHER = 200
"""Objects in one object stream."""
_LEVEL = 9
_ROW = struct.Struct(">BIH")
"""Of the cross-reference table: what kind of place, where, and which there."""


class Writer:
    """Gives objects their numbers and collects them; `finished` are the bytes of the file."""

    def __init__(self) -> None:
        self._count = 0
        self._plain: dict[int, bytes] = {}
        self._streams: dict[int, tuple[bytes, bytes]] = {}
        self._known: dict[bytes, int] = {}

    def reserve(self) -> int:
        """A new number."""
        self._count += 1
        return self._count

    def put(self, number: int, text: bytes) -> None:
        """Write an object that is not a stream under a number of its own."""
        self._plain[number] = text

    def add(self, text: bytes) -> int:
        """Write such an object under the next number."""
        number = self.reserve()
        self.put(number, text)
        return number

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream, its dictionary complete, under a number of its own."""
        self._streams[number] = entries, data

    def known(self, entries: bytes, data: bytes) -> int:
        """The number of a stream like this, which is written if there is none."""
        digest = hashlib.blake2b(b"%d " % len(entries) + entries + data).digest()
        if digest not in self._known:
            self._known[digest] = self.reserve()
            self.put_stream(self._known[digest], entries, data)
        return self._known[digest]

    def stream(self, data: bytes, entries: bytes = b"") -> int:
        """Write a stream, compressed if that makes it shorter; `entries` add to its dictionary."""
        short = zlib.compress(data, _LEVEL)
        if len(short) >= len(data):
            return self.known(b"<<%s/Length %d>>" % (entries, len(data)), data)
        return self.known(b"<<%s/Filter/FlateDecode/Length %d>>" % (entries, len(short)), short)

    def finished(self, *, root: int, info: int, name: str) -> bytes:
        """The whole file; `name` tells it from others, and not from its own next version."""
        numbers = sorted(self._plain)
        groups = [numbers[at : at + _TOGETHER] for at in range(0, len(numbers), _TOGETHER)]
        places = {
            number: (2, holder, index)
            for holder, group in enumerate(groups, start=self._count + 1)
            for index, number in enumerate(group)
        }
        for holder, group in enumerate(groups, start=self._count + 1):
            self._streams[holder] = self._together(group)
        table = self._count + len(groups) + 1
        parts, at = [_HEAD], len(_HEAD)
        for number in sorted(self._streams):
            entries, data = self._streams[number]
            text = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, entries, data)
            places[number] = (1, at, 0)
            parts.append(text)
            at += len(text)
        places[table] = (1, at, 0)
        lasting, digest = _digest(name.encode()), _digest(b"".join(parts))
        rows = zlib.compress(_rows(places, table + 1), _LEVEL)
        parts.append(
            b"%d 0 obj\n<</Type/XRef/Size %d/W [1 4 2]/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]"
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>/Length %d>>\nstream\n"
            % (table, table + 1, root, info, lasting, digest, len(rows))
        )
        parts += [rows, b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at]
        return b"".join(parts)

    def _together(self, numbers: Sequence[int]) -> tuple[bytes, bytes]:
        head, at = [], 0
        for number in numbers:
            head.append(b"%d %d" % (number, at))
            at += len(self._plain[number]) + 1
        index = b" ".join(head) + b"\n"
        body = b"\n".join(self._plain[number] for number in numbers)
        data = zlib.compress(index + body, 6)
        entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (
            len(numbers),
            len(index),
            len(data),
        )
        return entries, data


def _digest(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).hexdigest().encode()


def _rows(places: dict[int, tuple[int, int, int]], size: int) -> bytes:
    """The cross-reference table, each row as what it differs from the one before (PNG's Up)."""
    nothing = (0, 0, 0)
    rows = b"".join(_ROW.pack(*places.get(number, nothing)) for number in range(size))
    less = _differences(rows, bytes(_ROW.size) + rows[: -_ROW.size])
    steps = range(0, len(rows), _ROW.size)
    return b"".join(b"\2" + less[at : at + _ROW.size] for at in steps)


def _differences(of: bytes, to: bytes) -> bytes:
    """Byte by byte, what is left of `of` without `to`: on all bytes at once, as on one number."""
    high = int.from_bytes(b"\x80" * len(of))
    low = high ^ int.from_bytes(b"\xff" * len(of))
    one, other = int.from_bytes(of), int.from_bytes(to)
    return (((one | high) - (other & low)) ^ ((one ^ other ^ high) & high)).to_bytes(len(of))
