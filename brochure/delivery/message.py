"""A letter and its handouts as one e-mail: bytes as RFC 5322, 2045-2047 and 2231 want them.

    multipart/mixed
      multipart/alternative
        text/plain
        text/html
      application/pdf, one for each handout

The boundaries are digests of the contents, so the same e-mail has the same bytes. A handout is
encoded once, however many e-mails carry it.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from functools import cached_property, lru_cache

_EOL = b"\r\n"
_LONGEST_NAME = 30
"""Characters, so that a line has fewer than 78 even if each of them has to be escaped."""
_WORD_BYTES = 45
"""They are 60 characters in base64, 72 with what stands around them."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A handout as it is attached; `name` is short and ASCII."""

    name: str
    data: bytes

    @cached_property
    def part(self) -> bytes:
        """The whole part of the message: its headers and the bytes in base64."""
        fields = {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Content-Transfer-Encoding": "base64",
        }
        return _part(fields, _base64(self.data))

    @cached_property
    def digest(self) -> bytes:
        """What the part says, for the boundary."""
        return hashlib.sha256(self.part).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who writes or reads; the address is in its normal ASCII form, the name may be empty."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What makes a draft a sent message: its id and its moment, from outside."""

    message_id: str
    moment: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One e-mail to one patient, or to nobody yet."""

    sender: Party
    recipient: Party | None
    reply_to: str
    language: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


def compose(message: Message, posting: Posting | None = None) -> bytes:
    """The e-mail as bytes: a draft (`X-Unsent: 1`) without a `posting`, else ready to be sent."""
    texts = [_text_part("plain", message.text), _text_part("html", message.html)]
    digests = [hashlib.sha256(text).digest() for text in texts]
    letter = _multipart({}, "alternative", texts, digests)
    digests += [item.digest for item in message.attachments]
    parts = [letter, *(item.part for item in message.attachments)]
    mailboxes = _mailbox("From", message.sender)
    if message.recipient:
        mailboxes += _mailbox("To", message.recipient)
    return mailboxes + _multipart(dict(_head(message, posting)), "mixed", parts, digests)


def _head(message: Message, posting: Posting | None) -> Iterator[tuple[str, str]]:
    if message.reply_to:
        yield "Reply-To", message.reply_to
    yield "Subject", message.subject
    if posting:
        yield "Date", format_datetime(posting.moment)
        yield "Message-ID", f"<{posting.message_id}>"
    else:
        yield "X-Unsent", "1"
    yield "Content-Language", message.language
    yield "MIME-Version", "1.0"


def _mailbox(name: str, party: Party) -> bytes:
    """A field with one address, folded by hand: the policy takes half an e-mail's time for it.

    `Address` refuses a line break, should one ever come this far.
    """
    address = Address(display_name=party.name, addr_spec=party.address)
    called = [*_phrase(party.name), f"<{address.addr_spec}>"] if party.name else [party.address]
    return (
        f"{name}: ".encode() + (_EOL + b" ").join(word.encode("ascii") for word in called) + _EOL
    )


def _phrase(name: str) -> Iterator[str]:
    """A name as a quoted string, or as encoded words of at most 75 characters (RFC 2047, 2)."""
    if name.isascii() and len(name) <= _LONGEST_NAME:
        yield '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
        return
    while name:
        room = next(n for n in range(len(name), 0, -1) if len(name[:n].encode()) <= _WORD_BYTES)
        yield f"=?utf-8?b?{base64.b64encode(name[:room].encode()).decode()}?="
        name = name[room:]


def _text_part(kind: str, text: str) -> bytes:
    """A text in the shorter of the two encodings that every server passes on."""
    data = text.encode().replace(b"\n", _EOL)
    forms = (("quoted-printable", b2a_qp(data)), ("base64", _base64(data)))
    name, encoded = min(forms, key=lambda form: len(form[1]))
    fields = {
        "Content-Type": f'text/{kind}; charset="utf-8"',
        "Content-Transfer-Encoding": name,
    }
    return _part(fields, encoded)


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", _EOL)


def _multipart(
    fields: dict[str, str], kind: str, parts: list[bytes], digests: list[bytes]
) -> bytes:
    """The parts between boundaries that are a digest of the contents (RFC 2046, 5.1.1).

    No content holds 128 bits of its own digest by chance.
    """
    boundary = f"={hashlib.sha256(b''.join(digests)).hexdigest()[:32]}="
    line = _EOL + b"--" + boundary.encode()
    body = b"".join(line + _EOL + part for part in parts) + line + b"--" + _EOL
    # Folded by hand: no other message has this field, and folding it takes most of the time.
    content_type = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n'.encode()
    return b"".join(_fields(fields)) + content_type + body


def _part(fields: dict[str, str], body: bytes) -> bytes:
    return b"".join(_fields(fields)) + _EOL + body


def _fields(fields: dict[str, str]) -> Iterator[bytes]:
    return (_folded(name, value) for name, value in fields.items())


@lru_cache(maxsize=256)
def _folded(name: str, value: str) -> bytes:
    """A header field in lines of 78 characters, other letters as encoded words (RFC 2047).

    The policy refuses a value with a line break, should one ever come this far.
    """
    return SMTP.fold_binary(*SMTP.header_store_parse(name, value))
