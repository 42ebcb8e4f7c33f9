"""Results that can be made again: bytes under the digest of everything that they depend on.

Entries lie in `.brochure-cache/` of the project, marked for backup programs
(bford.info/cachedir) and kept out of git. An entry appears whole or not at all, and holds a digest
of itself: what a crash or a full disk has left is taken for absent. Where nothing can be written,
nothing is kept, and nobody is told: it only takes longer.

No import here is more than a millisecond: the command looks into the cache before all else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator

FOLDER = ".brochure-cache"
_TAG = "CACHEDIR.TAG"
_NOTICES = {
    _TAG: "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# brochure keeps here what it need not make again. All of this folder may be deleted.\n"
    "# https://bford.info/cachedir/\n",
    ".gitignore": "*\n",
}
_MARK = b"brochure 1\n"
_DIGEST = 32
_HEAD = len(_MARK) + _DIGEST
_UNFINISHED = "unfinished"
_ABANDONED_NS = 3_600_000_000_000
"""An hour: whoever began to write a file that long ago does so no more."""


class Cache:
    """The entries of one project; of none, and then nothing is ever kept, without a `folder`."""

    __slots__ = ("_folder",)

    def __init__(self, folder: str = "") -> None:
        self._folder = folder

    def __bool__(self) -> bool:
        return bool(self._folder)

    def __contains__(self, key: str) -> bool:
        """Whether there is an entry, damaged or not."""
        return bool(self._folder) and os.path.exists(self._path(key))

    def get(self, key: str) -> bytes | None:
        """What was put under `key` (a digest in hexadecimal); a damaged entry is removed."""
        if not self._folder:
            return None
        path = self._path(key)
        try:
            with open(path, "rb") as file:
                head, data = file.read(_HEAD), file.read()
        except OSError:
            return None
        if head != _head(data):
            _remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # when it was last of use
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, in place of what is there."""
        if self._folder:
            with contextlib.suppress(OSError):
                self._mark_folder()
                self._write(self._path(key), _head(data) + data)

    def moment(self) -> int | None:
        """Now, by the clock of the file system, in ns; None if it cannot be written to."""
        if not self._folder:
            return None
        try:
            self._mark_folder()
            tag = os.path.join(self._folder, _TAG)
            os.utime(tag)
            return os.stat(tag).st_mtime_ns
        except OSError:
            return None

    def entries(self) -> list[tuple[str, os.stat_result]]:
        """Path and state of every entry, the one longest unused first."""
        found = (item for item in self._files() if _UNFINISHED not in item[0])
        return sorted(found, key=lambda item: (item[1].st_mtime_ns, item[0]))

    def trim(self, limit_bytes: int) -> None:
        """Remove what was longest not used until `limit_bytes` are left, and what was given up."""
        entries = self.entries()
        size = sum(state.st_size for _, state in entries)
        for path, state in entries:
            if size <= limit_bytes:
                break
            _remove(path)
            size -= state.st_size
        if (now := self.moment()) is None:
            return
        for path, state in _files_in(os.path.join(self._folder, _UNFINISHED)):
            if state.st_mtime_ns < now - _ABANDONED_NS:
                _remove(path)

    def clear(self) -> None:
        """Remove every entry."""
        for path, _ in self._files():
            _remove(path)

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key[:2], key[2:])

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        """Everything below the folder but the notices."""
        for folder in _subfolders(self._folder) if self._folder else ():
            yield from _files_in(folder)

    def _mark_folder(self) -> None:
        for name, text in _NOTICES.items():
            path = os.path.join(self._folder, name)
            if not os.path.exists(path):
                self._write(path, text.encode())

    def _write(self, path: str, data: bytes) -> None:
        unfinished = os.path.join(self._folder, _UNFINISHED)
        os.makedirs(unfinished, exist_ok=True)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        written = os.path.join(unfinished, f"{os.getpid()}-{os.urandom(8).hex()}")
        try:
            with open(written, "xb") as file:
                file.write(data)
            os.replace(written, path)
        except BaseException:
            _remove(written)
            raise


NO_CACHE = Cache()


def cache_of(project: str | os.PathLike[str]) -> Cache:
    """The cache of the project in that folder."""
    return Cache(os.path.join(os.path.abspath(project), FOLDER))


def _head(data: bytes) -> bytes:
    return _MARK + hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _subfolders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as items:
            return [item.path for item in items if item.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _files_in(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with contextlib.suppress(OSError), os.scandir(folder) as items:
        for item in items:
            with contextlib.suppress(OSError):  # another process was quicker
                yield item.path, item.stat(follow_symlinks=False)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
