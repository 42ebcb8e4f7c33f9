"""File names that every mail program, printer and file system can show: short, ASCII, one each.

Old mail programs show a long name in Greek as “Untitled attachment”, so letters lose their
accents and everything but letters and digits becomes a hyphen.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_LONGEST = 48
_DIGITS = 8


def file_stems(keys: Iterable[str]) -> dict[str, str]:
    """A name for each key `category/slug`: the slug; with its category where two are alike.

    A slug without ASCII letters or digits is named by its digest. The names depend on the keys
    alone, not on their order.
    """
    keys = tuple(dict.fromkeys(keys))
    names = dict.fromkeys(keys, "")
    for name_of in (_slug, _with_category, _with_digest):
        taken = Counter(names.values())
        names = {
            key: name_of(key) if not name or taken[name] > 1 else name
            for key, name in names.items()
        }
    return names


def _slug(key: str) -> str:
    return _ascii(key.rpartition("/")[2])


def _with_category(key: str) -> str:
    return _ascii(key) if _slug(key) else _with_digest(key)


def _with_digest(key: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]
    return f"{_ascii(key)[: _LONGEST - _DIGITS - 1].strip('-')}-{digest}".strip("-")


def _ascii(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub("[^a-z0-9]+", "-", spread.lower()).strip("-")
    return name if len(name) <= _LONGEST else name[:_LONGEST].rpartition("-")[0] or name[:_LONGEST]
