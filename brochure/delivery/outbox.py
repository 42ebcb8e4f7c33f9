"""The outbox: a journal of what was sent, so that nothing is lost and nothing sent twice.

A line is added, and flushed to the disk, when the whole message is with the server except for the
dot that ends it (`trying`), and when the server has answered. A run that dies before the first
line leaves a message the server must throw away (RFC 5321, 4.2.5 and 4.1.1.4), so it may be sent
again; one that dies between the two leaves a message whose fate nobody knows, which is never sent
again unless somebody decides so.

A message is known by a keyed digest of its recipient, treatments, language and day. The key never
leaves this folder; without it, the journal and the logs do not tell who got what. The folder is
locked while a run uses it, and the lock ends with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose

FOLDER = "outbox"
_JOURNAL, _KEY, _LOCK, _IGNORE = "journal.jsonl", "key", "lock", ".gitignore"
_PRIVATE = 0o600


class State(enum.Enum):
    """How far a message has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    TRYING = "trying"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    GIVEN_UP = "given-up"
    RESEND = "resend"


SETTLED = (State.ACCEPTED, State.GIVEN_UP)
"""Nothing is to be done any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The last that is known of a message; `moment` is its Date, in ISO 8601."""

    state: State
    moment: str = ""
    reply: str = ""


class Outbox:
    """The journal, open and locked; made by `open_outbox`."""

    def __init__(self, folder: Path, key: bytes, records: dict[str, Record]) -> None:
        self._journal = folder / _JOURNAL
        self._key = key
        self._records = records

    def identify(self, parts: Sequence[str]) -> str:
        """The message's id: 16 hexadecimal digits that need the key to be made."""
        data = json.dumps(list(parts)).encode()
        return hmac.new(self._key, data, hashlib.sha256).hexdigest()[:16]

    def record_of(self, message: str) -> Record | None:
        """The last that is known of the message with this id."""
        return self._records.get(message)

    def state_of(self, message: str) -> State:
        """How far a message has come; a run that ended while trying leaves nobody the wiser."""
        record = self._records.get(message)
        if record is None or record.state is State.RESEND:
            return State.WAITING
        return State.UNKNOWN if record.state is State.TRYING else record.state

    def record(self, message: str, state: State, *, moment: str = "", reply: str = "") -> None:
        """Add what is known now; it is on the disk when this returns."""
        entry = {"id": message, "state": state.value, "moment": moment, "reply": reply}
        _append(self._journal, json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._records[message] = Record(state=state, moment=moment, reply=reply)


@contextlib.contextmanager
def open_outbox(project: Path) -> Iterator[Outbox]:
    """Open and lock the outbox of a clinic; raises `outbox-busy` or `output-fault`."""
    from filelock import FileLock, Timeout

    folder = project / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            yield Outbox(folder, _key(folder), _records(folder / _JOURNAL))
    except Timeout:
        raise BrochureError([_busy(folder)]) from None
    except OSError as error:
        fault = diagnose(
            "output-fault",
            Location(path=str(folder)),
            problem=f"Cannot use the outbox: {error.strerror or error}",
            cause="What was sent is written down there before and after each e-mail.",
            fix="Check that the folder may be written to and that the disk is not full.",
        )
        raise BrochureError([fault]) from None


def _busy(folder: Path) -> Diagnostic:
    return diagnose(
        "outbox-busy",
        Location(path=str(folder)),
        problem="Another run of brochure is using the outbox",
        cause="Two runs at once could send one e-mail twice.",
        fix="Wait until the other one has finished, then repeat the command.",
    )


def _key(folder: Path) -> bytes:
    path = folder / _KEY
    if not path.exists():
        _append(folder / _IGNORE, b"*\n")
        draft = folder / f"{_KEY}.new"
        draft.unlink(missing_ok=True)
        _append(draft, os.urandom(32))
        draft.replace(path)
    return path.read_bytes()


def _records(journal: Path) -> dict[str, Record]:
    """The last record of each message; a last line that was cut short never came to be."""
    records: dict[str, Record] = {}
    data = journal.read_bytes() if journal.exists() else b""
    for line in data.split(b"\n"):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            records[entry["id"]] = Record(
                state=State(entry["state"]), moment=entry["moment"], reply=entry["reply"]
            )
    if data and not data.endswith(b"\n"):
        _append(journal, b"\n")
    return records


def _append(path: Path, data: bytes) -> None:
    """Add bytes to a file that only its owner may read, and wait until the disk has them."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _PRIVATE)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
