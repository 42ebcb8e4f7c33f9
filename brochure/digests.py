"""Digests of values: two that differ in anything have two digests, on every machine.

A path to a file stands for what is in the file, so that a digest of a composition or a printer
knows its fonts and its profile by their bytes, wherever they lie.
"""

from __future__ import annotations

import ctypes
import enum
import hashlib
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

_LIBRARIES = tuple(
    "babel coloraide cssselect2 fonttools jinja2 markdown markupsafe nh3 pikepdf pillow pydyf "
    "pypdfium2 pyphen python-bidi python-frontmatter PyYAML segno tinycss2 tinyhtml5 "
    "uharfbuzz weasyprint".split()
)
"""All that has a say in what a text becomes on paper: its words, their breaks, colours, codes."""
_VERSION = re.compile(r"^Version: (.+)$", re.MULTILINE)
_SYSTEM_LIBRARIES = (
    ("libpango-1.0", "pango_version_string"),
    ("libharfbuzz", "hb_version_string"),
    ("libfontconfig", "FcGetVersion"),
)
_ENDINGS = (".so.0", ".so.1", ".0.dylib", ".1.dylib", "-0.dll", "-1.dll")


def digest_of(value: Any) -> str:
    """The digest of a frozen value, in hexadecimal; raises `TypeError` for what is none."""
    digest = hashlib.blake2b(digest_size=32)
    _feed(digest.update, value)
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; read once, until its size or its times change."""
    state = path.stat()
    return _file_digest(path, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


@cache
def _file_digest(path: Path, *_state: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def toolchain() -> tuple[tuple[str, str], ...]:
    """Name and version, or digest, of everything that turns content into a file."""
    return (
        ("brochure", _own_source()),
        ("Python", platform.python_version()),
        *((name, _version(name)) for name in _LIBRARIES),
        *((name, _system_version(name, function)) for name, function in _SYSTEM_LIBRARIES),
    )


@cache
def toolchain_digest() -> str:
    """The digest of the toolchain."""
    return digest_of(toolchain())


def _version(library: str) -> str:
    """Its version as its metadata have it (`importlib.metadata.version` reads all of them)."""
    found = _VERSION.search(distribution(library).read_text("METADATA") or "")
    return found[1] if found else version(library)


def _own_source() -> str:
    """The digest of this package's own modules."""
    package = Path(__file__).parent
    modules = sorted(package.rglob("*.py"))
    return digest_of(tuple((path.relative_to(package).as_posix(), path) for path in modules))


def _system_version(name: str, function: str) -> str:
    """What a system library says that it is; empty where it is known by another name.

    A file of the library is named, because looking for it would start a compiler.
    """
    for ending in _ENDINGS:
        try:
            say = getattr(ctypes.CDLL(f"{name}{ending}"), function)
        except (OSError, AttributeError):
            continue
        if function == "FcGetVersion":
            return str(say())
        say.restype = ctypes.c_char_p
        return bytes(say()).decode()
    return ""


def _feed(update: Callable[[bytes], None], value: Any) -> None:
    """Feed kind, length and contents, so that no two values run into each other."""
    match value:  # the most frequent first
        case enum.Enum():
            _feed_bytes(update, b"enum", f"{type(value).__name__}.{value.name}".encode())
        case str():
            _feed_bytes(update, b"text", value.encode("utf-8", "surrogatepass"))
        case bytes():
            _feed_bytes(update, b"bytes", value)
        case tuple() | list():
            _feed_all(update, b"row", value)
        case _ if is_dataclass(value):
            parts = [getattr(value, name) for name in _compared(value.__class__)]
            _feed_all(update, type(value).__name__.encode(), parts)
        case None | bool() | int() | float():
            _feed_bytes(update, b"fact", repr(value).encode())
        case Path():
            _feed_bytes(update, b"file", file_digest(value).encode())
        case Mapping():
            _feed_all(update, b"map", [part for item in sorted(value.items()) for part in item])
        case frozenset():
            _feed_all(update, b"set", sorted(value))
        case _ if hasattr(value, "isoformat"):
            _feed_bytes(update, b"date", value.isoformat().encode())
        case _:
            raise TypeError(f"{type(value).__name__} has no digest")


@cache
def _compared(kind: type[Any]) -> tuple[str, ...]:
    """The fields by which two values of a kind are told apart."""
    return tuple(item.name for item in fields(kind) if item.compare)


def _feed_all(update: Callable[[bytes], None], kind: bytes, parts: Sequence[Any]) -> None:
    update(b"%b %d\n" % (kind, len(parts)))
    for part in parts:
        _feed(update, part)


def _feed_bytes(update: Callable[[bytes], None], kind: bytes, data: bytes) -> None:
    update(b"%b %d:" % (kind, len(data)))
    update(data)
