"""The decoded bytes of a stream, and no more of them than a page of print can need.

A few kilobytes of a PDF may unfold to gigabytes; a stream that does is refused and not read.
"""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Name

MOST_BYTES = 256_000_000
"""An A3 spread of CMYK at 600 dpi, unpacked, is 280 MB; content streams are far below."""
_PACKERS = ("/FlateDecode", "/LZWDecode", "/RunLengthDecode")
_SMALL = 180_000
"""Below this no LZW stream can reach `MOST_BYTES`: 12 bits become 2,048 bytes at most."""


class Unreadable(Exception):
    """A part of a file that cannot be read, in words for people."""


def decoded(stream: Any, most: int = MOST_BYTES) -> bytes:
    """The bytes of a stream after all its filters; raises `Unreadable`."""
    names = filters_of(stream)
    try:
        raw = stream.read_raw_bytes()
        packed = [name for name in names if name in _PACKERS]
        if not packed:
            return bytes(stream.read_bytes()) if names else bytes(raw)
        if len(packed) > 1:
            raise Unreadable("a stream is packed twice over")
        if names == ["/FlateDecode"] and _is_plain(stream):
            return _inflated(raw, most)
        if names[0] == "/FlateDecode":
            _inflated(raw, most)
        elif len(raw) > _SMALL:
            raise Unreadable(f"a stream of {len(raw)} bytes may unfold to more than we can read")
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, zlib.error, NotImplementedError, ValueError) as error:
        raise Unreadable(f"a stream is damaged ({error})") from error


def filters_of(stream: Any) -> list[str]:
    """The names of a stream's filters, outermost first (ISO 32000-1, 7.4)."""
    found = stream.get(Name.Filter)
    if found is None:
        return []
    return [str(name) for name in (found if isinstance(found, Array) else [found])]


def _is_plain(stream: Any) -> bool:
    parameters = stream.get(Name.DecodeParms)
    if isinstance(parameters, Array):
        parameters = parameters[0] if len(parameters) else None
    return parameters is None or int(parameters.get("/Predictor", 1)) == 1


def _inflated(raw: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(raw, most)
    if unpacker.unconsumed_tail:
        raise Unreadable(f"a stream of {len(raw)} bytes unfolds to more than {most} bytes")
    return data
