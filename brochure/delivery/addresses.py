"""What people type into an e-mail's fields, made safe for its headers (RFC 5321, RFC 5322).

An internationalised domain is written in its ASCII form (IDNA 2008), which every server takes.
A local part outside ASCII is refused: it would need SMTPUTF8 (RFC 6531) at every server on the
way, and a message that bounces in the middle helps nobody. No address is looked up in the DNS.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_JOINERS = "\u200c\u200d"
"""Invisible, but letters of Persian and of Indian scripts need them."""


class Typed(NamedTuple):
    """What somebody typed, safe to use, or else what is wrong with it; never what it said."""

    value: str
    problem: str = ""


def read_address(text: str) -> Typed:
    """The address in its normal ASCII form."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        return Typed("", str(error).rstrip("."))
    if found.ascii_email is None:
        return Typed("", "The part before the @-sign may only have letters a to z without accents")
    return Typed(found.ascii_email)


def read_line(text: str) -> Typed:
    """A name: one line without control characters; marks of direction are left out."""
    if "\n" in text.strip() or "\r" in text.strip():
        return Typed("", "There is a line break")
    return read_lines(text)


def read_lines(text: str) -> Typed:
    """A note: lines without control characters; marks of direction are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    kinds = [(sign, unicodedata.category(sign)) for sign in lines]
    if any(kind in ("Cc", "Cs", "Zl", "Zp") and sign != "\n" for sign, kind in kinds):
        return Typed("", "There is an invisible control character")
    shown = "".join(sign for sign, kind in kinds if kind != "Cf" or sign in _JOINERS)
    return Typed("\n".join(" ".join(line.split()) for line in shown.split("\n")))


def domain_of(address: str) -> str:
    """What stands after the @, in small letters."""
    return address.rpartition("@")[2].lower()
