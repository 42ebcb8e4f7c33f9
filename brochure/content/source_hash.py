"""The line `source_hash:` of a translation, written without touching another byte.

Works on the raw bytes, so that a byte order mark, either kind of line ending and a missing end of
line stay as they are. The result is read again: if anything but the hash reads differently, there
is no result.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from brochure.content import front_matter
from brochure.content.document import Field, FrontMatter
from brochure.diagnostics import Diagnostic

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?-{3,}[ \t]*(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(rb"([ \t]*)(?:\"[^\"]*\"|'[^']*'|[\w-]+)[ \t]*:")
_ENTRY = re.compile(
    rb"""(?P<before>[ \t]*["']?source_hash["']?[ \t]*:)
    (?P<gap>[ \t]*)
    (?P<value>"[^"\r\n]*"|'[^'\r\n]*'|[^\s\#"'][^\s]*)?
    (?P<after>[ \t]*(?:(?<=[ \t:])\#[^\r\n]*)?(?:\r\n|\r|\n|\Z))""",
    re.VERBOSE,
)


def stamped(file: Path, digest: str) -> tuple[bytes, bytes | None]:
    """The bytes of `file`, and `with_source_hash` of them."""
    data = file.read_bytes()
    return data, with_source_hash(data, digest)


def with_source_hash(data: bytes, digest: str) -> bytes | None:
    """The file `data` with `source_hash: digest`, or nothing if one line cannot say it.

    An entry that is there keeps its place and its comment; else a line is put before the closing
    `---`.
    """
    lines = _LINE.findall(data)
    closing = _closing_fence(lines)
    if closing is None:
        return None
    entries = [(at, match) for at in range(1, closing) if (match := _ENTRY.fullmatch(lines[at]))]
    if len(entries) > 1:
        return None
    for at, match in entries:
        lines[at] = match["before"] + (match["gap"] or b" ") + digest.encode() + match["after"]
    if not entries:
        lines.insert(closing, _new_line(lines[:closing], digest))
    written = b"".join(lines)
    return written if _says(data, written, digest) else None


def _closing_fence(lines: list[bytes]) -> int | None:
    if not _FENCE.fullmatch(lines[0]):
        return None
    return next((at for at in range(1, len(lines)) if _FENCE.fullmatch(lines[at])), None)


def _new_line(head: list[bytes], digest: str) -> bytes:
    """A line that is indented and ended as the others of the front matter are."""
    indents = [match[1] for line in head[1:] if (match := _KEY.match(line))]
    ending = head[0][len(head[0].rstrip(b"\r\n")) :]
    return (indents or [b""])[0] + b"source_hash: " + digest.encode() + ending


def _says(before: bytes, after: bytes, digest: str) -> bool:
    """Whether `after` reads as `before` does, but for the hash."""
    old, new = _read(before), _read(after)
    if old is None or new is None:
        return False
    (old_head, old_body), (new_head, new_body) = old, new
    same = _texts(replace(old_head, source_hash=Field())) == _texts(
        replace(new_head, source_hash=Field())
    )
    return same and old_body == new_body and new_head.source_hash.text == digest


def _read(data: bytes) -> tuple[FrontMatter, str] | None:
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    parts = front_matter.split("", text)
    if isinstance(parts, Diagnostic):
        return None
    head, faults = front_matter.read_head("", text, parts)
    return None if faults else (head, parts.body)


def _texts(head: FrontMatter) -> list[str]:
    """Every value without its place, which a new line moves."""
    single = (getattr(head, item.name) for item in fields(head) if item.name != "sources")
    return [value.text for value in (*single, *head.sources)]
