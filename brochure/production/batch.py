"""The e-mails of a list as files of one folder: the messages, and a log of how far each has come.

The log names rows, not people. Its first line tells, by a keyed digest of the list's name, which
list the folder belongs to; each further line is one e-mail.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brochure.delivery.addresses import domain_of
from brochure.delivery.message import Posting, compose
from brochure.delivery.outbox import SETTLED, Outbox, State
from brochure.delivery.posting import Parcel
from brochure.delivery.recipients import Recipient
from brochure.diagnostics import Location
from brochure.production.correspondence import Desk, Patient, write_email

LOG = "log.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An e-mail of the list with its id in the outbox."""

    recipient: Recipient
    id: str

    @property
    def name(self) -> str:
        """The file's name: the row and the language, nothing about the patient."""
        return f"{self.recipient.row:05}-{self.recipient.language.tag}.eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The e-mails of one list; `moment` is set if they are sent, and then they are no drafts."""

    desk: Desk
    items: tuple[Item, ...]
    outbox: Outbox
    list_id: str
    moment: datetime.datetime | None
    with_names: bool

    def state(self, item: Item) -> State:
        """How far an e-mail has come."""
        state = self.outbox.state_of(item.id)
        return State.DRAFT if state is State.WAITING and self.moment is None else state

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every message, one at a time, and the log; what was sent is not made a draft again."""
        for item in self.items:
            if self.moment or self.state(item) not in SETTLED:
                yield item.name, self._message(item)
        yield LOG, self.log()

    def log(self) -> bytes:
        """The log as it stands now, in lines of JSON."""
        head = {"list": self.list_id, "messages": len(self.items)}
        lines = [head, *(self._entry(item) for item in self.items)]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()

    def parcels(self, folder: Path, path: str) -> Iterator[Parcel]:
        """The messages for the mail server, read from `folder`; `path` is the list's."""
        for item in self.items:
            yield Parcel(
                id=item.id,
                place=Location(path=path, line=item.recipient.row),
                sender=self.desk.sender.address,
                recipient=item.recipient.address,
                read=(folder / item.name).read_bytes,
                moment=self._moment(item).isoformat(),
            )

    def _message(self, item: Item) -> bytes:
        wanted = item.recipient
        patient = Patient(address=wanted.address, name=wanted.name, note=wanted.note)
        message = write_email(self.desk, patient, wanted.language, wanted.treatments)
        if self.moment is None:
            return compose(message)
        message_id = f"{item.id}@{domain_of(self.desk.sender.address)}"
        return compose(message, Posting(message_id=message_id, moment=self._moment(item)))

    def _moment(self, item: Item) -> datetime.datetime:
        """The Date that the message was sent with, or this run's."""
        record = self.outbox.record_of(item.id)
        if record and record.moment:
            return datetime.datetime.fromisoformat(record.moment)
        assert self.moment, "a draft has no date"
        return self.moment

    def _entry(self, item: Item) -> dict[str, Any]:
        wanted = item.recipient
        entry = {
            "id": item.id,
            "row": wanted.row,
            "language": wanted.language.tag,
            "treatments": list(wanted.treatments),
            "date": wanted.date.isoformat() if wanted.date else None,
            "state": self.state(item).value,
        }
        person = {"name": wanted.name, "address": wanted.address} if self.with_names else {}
        return {**entry, **person}


def list_of(folder: Path) -> str | None:
    """The id of the list that a folder belongs to; empty if nobody can tell, None if it is new."""
    if not folder.exists():
        return None
    try:
        with (folder / LOG).open(encoding="utf-8") as log:
            return str(json.loads(log.readline())["list"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
