"""Nothing changed: say again what the last run said, before anything else is loaded.

A run that has succeeded leaves a note in the cache: the state of every file and folder that it
read or wrote, and what it printed; beside the note, what it made. The same command, in the same
place, on the same day, with the same programs, is answered from that note if every state is the
same, in the time that it takes to look; what it made and is gone is put back. Another edition may
have been made in the meantime: then its files are in the manifest too. Files changed less than a
tick of the clock before the run began could have changed again unseen, as in git's racy
index: then no note is left.

Nothing is imported here that takes a millisecond.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from brochure.cache import Cache, cache_of

_COMMANDS = ("build", "handout")
_PROJECT = "--project"
_VARIABLES = (
    *("SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LANG"),
    *("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"),
)
_TICK_NS, _COARSE_TICK_NS, _SECOND_NS = 20_000_000, 2_000_000_000, 1_000_000_000
"""How far apart two changes must be for their times to differ; some disks know seconds only."""

_END = "\0"
_WIDTHS = (2, 2, 3, 2)
"""How many columns a note's tables have: where it was written to and what lists that, with its
state; what was read, and its state; what was made, its state and its digest; what was said."""

State = str
"""Of a file or folder: its size, when it and what is known of it changed, its number; empty if it
is not there."""
Said = Sequence[tuple[str, str]]
"""What was printed, piece by piece: `stdout` or `stderr`, and the text."""
PutBack = Callable[[Sequence[tuple[str, bytes]], str], bool]
"""Writes files, by name, into a folder, all of them or none; tells whether it could."""


def recall(arguments: Sequence[str], put_back: PutBack) -> int | None:
    """Repeat what the same command said if nothing has changed; gives its exit code then.

    `put_back` writes what it made and is gone.
    """
    if not arguments or arguments[0] not in _COMMANDS:
        return None
    cache, key = cache_of(_project_in(arguments)), _key(arguments)
    note = cache.get(key)
    said = _still_true(note, cache, key, put_back) if note else None
    if said is None:
        return None
    for stream, text in said:
        getattr(sys, stream).write(text)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        return 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def remember(
    cache: Cache,
    arguments: Sequence[str],
    *,
    since: int | None,
    read: Iterable[str],
    out: str,
    manifest: str,
    made: Iterable[tuple[str, bytes, str]],
    said: Said,
) -> None:
    """Leave a note of a run that began at the moment `since` of the cache's file system.

    `read` are files and folders, there or not, that would change what it does; what it `made` are
    files below the folder `out`, by name, bytes and SHA-256, that can be put back, and that the
    file `manifest` lists.
    """
    if since is None or not arguments or arguments[0] not in _COMMANDS:
        return
    inputs = {path: _state(path) for path in read}
    if not any(_is_fresh(state, since) for state in inputs.values()):
        files = []
        for name, data, digest in made:
            if digest not in cache:
                cache.put(digest, data)
            files.append((name, _state(_path(out, name)), digest))
        listed = [(out, ""), (manifest, _state(manifest))]
        _write(cache, _key(arguments), [listed, list(inputs.items()), files, said])


def _write(cache: Cache, key: str, note: Sequence[Sequence[Sequence[str]]]) -> None:
    """Keep a note, unless what is in it cannot be told apart again.

    Four tables; to read JSON would take longer than all the rest.
    """
    fields = [field for table in note for row in table for field in row]
    if not any(_END in field for field in fields):
        sizes = " ".join(f"{len(table)}" for table in note)
        cache.put(key, _END.join((sizes, *fields)).encode(errors="surrogateescape"))


def _read(note: bytes) -> list[list[tuple[str, ...]]]:
    """The tables of a note."""
    sizes, *fields = note.decode(errors="surrogateescape").split(_END)
    tables, start = [], 0
    for size, width in zip(map(int, sizes.split()), _WIDTHS, strict=True):
        end = start + size * width
        tables.append([tuple(fields[at : at + width]) for at in range(start, end, width)])
        start = end
    return tables


def _still_true(note: bytes, cache: Cache, key: str, put_back: PutBack) -> Said | None:
    """What was printed by a run that would change nothing, once what is gone has been put back."""
    listed, states, made, said = _read(note)
    if any(_state(path) != state for path, state in states):
        return None
    (out, _), (manifest, known) = listed
    digests = {name: digest for name, _, digest in made}
    changed = [name for name, state, _ in made if _state(_path(out, name)) != state]
    if changed and not _are_back(cache, out, {name: digests[name] for name in changed}, put_back):
        return None
    is_listed = _state(manifest) == known
    if not is_listed and not _lists(manifest, digests):
        return None
    if changed or not is_listed:
        files = [(name, _state(_path(out, name)), digest) for name, _, digest in made]
        listed = [(out, ""), (manifest, _state(manifest))]
        _write(cache, key, [listed, states, files, said])
    return [(stream, text) for stream, text in said]


def _are_back(cache: Cache, out: str, digests: Mapping[str, str], put_back: PutBack) -> bool:
    """Whether these files were gone, and have been put back as they were."""
    files = []
    for name, digest in digests.items():
        data = None if _state(_path(out, name)) else cache.get(digest)
        if data is None:
            return False
        files.append((name, data))
    return put_back(files, out)


def _lists(manifest: str, digests: Mapping[str, str]) -> bool:
    """Whether a manifest that another run has written since lists these files as they are."""
    import json

    try:
        with open(manifest, encoding="utf-8") as file:
            listed = {entry["path"]: entry["sha256"] for entry in json.load(file)["artefacts"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return digests.items() <= listed.items()


def programs() -> Iterator[str]:
    """The files of everything that runs here: our modules, the libraries, the system's."""
    package = os.path.dirname(os.path.abspath(__file__))
    for folder, _, files in os.walk(package):
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))
    yield from (path for path in sys.path if path.endswith("-packages"))
    with contextlib.suppress(OSError), open("/proc/self/maps", encoding="utf-8") as maps:
        yield from sorted({line[line.index("/") :].rstrip("\n") for line in maps if ".so" in line})


def _key(arguments: Sequence[str]) -> str:
    """The digest of all that a run depends on besides files."""
    terminals = [stream.isatty() for stream in (sys.stdout, sys.stderr)]
    facts = (
        list(arguments),
        os.getcwd(),
        [os.environ.get(name) for name in _VARIABLES],
        [sys.version, sys.prefix, __file__],
        [*terminals, sys.stdout.encoding, sys.stderr.encoding],
        list(os.get_terminal_size()) if all(terminals) else None,
        # Some warnings depend on the day.
        time.strftime("%Y-%m-%d"),
    )
    return hashlib.sha256(repr(facts).encode(errors="surrogateescape")).hexdigest()


def _project_in(arguments: Sequence[str]) -> str:
    """The folder that the arguments name; the command itself reads them more thoroughly."""
    for place, argument in enumerate(arguments):
        if argument == _PROJECT:
            return "".join(arguments[place + 1 : place + 2])
        if argument.startswith(f"{_PROJECT}="):
            return argument.partition("=")[2]
    return ""


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, *name.split("/"))


def _state(path: str) -> State:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _is_fresh(state: State, since: int) -> bool:
    if not state:
        return False
    _, modified, changed, _ = map(int, state.split())
    tick = _TICK_NS if modified % _SECOND_NS else _COARSE_TICK_NS
    return max(modified, changed) > since - tick
