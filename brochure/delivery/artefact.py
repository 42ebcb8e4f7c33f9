"""Finished files and the manifest that lists them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MANIFEST = "manifest.json"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that an artefact was made from; `path` is relative to the project."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """One finished file; `path` is relative to the output folder, with forward slashes.

    `title` is what people call it, in its own language, where a file's name cannot say it;
    `sha256` the digest of its bytes, in hexadecimal.
    """

    path: str
    edition: str
    language: str
    pages: int
    data: bytes
    sources: tuple[SourceFile, ...]
    title: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


def read_manifest(text: str) -> tuple[Mapping[str, Any], ...]:
    """The entries of an earlier manifest; none if it cannot be understood."""
    try:
        data = json.loads(text)
        entries = data["artefacts"] if data.get("version") == _VERSION else []
        return tuple(entry for entry in entries if isinstance(entry["path"], str))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def write_manifest(artefacts: Iterable[Artefact], earlier: Iterable[Mapping[str, Any]]) -> bytes:
    """The manifest of `artefacts` and of the earlier entries that they do not replace."""
    entries = {entry["path"]: dict(entry) for entry in earlier}
    entries.update({artefact.path: _entry(artefact) for artefact in artefacts})
    data = {"version": _VERSION, "artefacts": [entries[path] for path in sorted(entries)]}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(artefact: Artefact) -> dict[str, Any]:
    return {
        "path": artefact.path,
        "edition": artefact.edition,
        "language": artefact.language,
        "pages": artefact.pages,
        "bytes": len(artefact.data),
        "sha256": artefact.sha256,
        "sources": [
            {"path": source.path, "sha256": source.sha256}
            for source in sorted(artefact.sources, key=lambda source: source.path)
        ],
    }
