"""What is kept of earlier builds: a look at it, and a clean slate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brochure.cache import cache_of
from brochure.settings_file import load

_DAY_NS = 86_400_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much is kept, how much may be, and for how many days the oldest has not been of use."""

    entries: int
    bytes: int
    limit_mb: int
    oldest_days: int


def kept(folder: Path, *, clear: bool = False) -> Kept:
    """What the project in `folder` keeps; with `clear`, it is removed and was what is told.

    Raises `BrochureError` if brochure.toml cannot be used.
    """
    limit_mb = load(folder).settings.cache.limit_mb
    cache = cache_of(folder)
    states = [state for _, state in cache.entries()]
    now = cache.moment() if states else None
    oldest = states[0].st_mtime_ns if states else 0
    if clear:
        cache.clear()
    return Kept(
        entries=len(states),
        bytes=sum(state.st_size for state in states),
        limit_mb=limit_mb,
        oldest_days=max(0, (now or oldest) - oldest) // _DAY_NS,
    )
