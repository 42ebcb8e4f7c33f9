"""One message at a time to the clinic's mail server (RFC 5321, 3207, 8314).

The connection is encrypted and the server's certificate verified, always, unless the server is on
this very machine. The password goes to the server and nowhere else. What the server says is kept
for people, without addresses and without control characters.
"""

from __future__ import annotations

import enum
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.settings import FILE_NAME, THIS_MACHINE, Security

_HELLO = "[127.0.0.1]"
"""How we call ourselves: the name of the clinic's computer is nobody's business."""
_EOL = b"\r\n"
_LONGEST_REPLY = 200
_PARTS = re.compile(r"[\W\d_]+")
_SHORTEST_NAME = 3
"""Letters of a part of an address that is left out of what the server said."""
_ADDRESS = re.compile(r"<?[^\s<>:,;]+@[^\s<>:,;]+>?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where to send, and how long to wait: for an answer, and for the answer to a whole message.

    RFC 5321, 4.5.3.2 wants ten minutes for the latter, so that a slow server is not sent to twice.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str
    reply_s: float = 60
    acceptance_s: float = 600


class Outcome(enum.Enum):
    """What became of a message."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a message, what the server said, and whether the connection still stands."""

    outcome: Outcome
    reply: str
    is_connected: bool = True


def connect(server: Server) -> smtplib.SMTP:
    """Open an encrypted connection and log in; raises `BrochureError` with `server-refused`."""
    try:
        if server.security is Security.TLS:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, _HELLO, timeout=server.reply_s, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, _HELLO, timeout=server.reply_s)
    except (OSError, smtplib.SMTPException) as error:
        raise BrochureError([_refusal(server, error)]) from None
    try:
        _greet(smtp, server)
    except (OSError, smtplib.SMTPException, BrochureError) as error:
        smtp.close()
        if isinstance(error, BrochureError):
            raise
        raise BrochureError([_refusal(server, error)]) from None
    return smtp


def _greet(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        if not smtp.has_extn("starttls"):
            raise BrochureError([_unencrypted(server)])
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
    elif server.security is Security.NONE and server.host not in THIS_MACHINE:
        raise BrochureError([_unencrypted(server)])
    if server.user:
        smtp.login(server.user, server.password)


def send(
    smtp: smtplib.SMTP,
    server: Server,
    data: bytes,
    *,
    sender: str,
    recipient: str,
    before_the_end: Callable[[], None],
) -> Verdict:
    """Hand over one message; `before_the_end` is called when only the final dot is missing.

    Until then the server has to throw the message away if the connection ends, so whatever goes
    wrong the outcome is `DEFERRED` or `REFUSED`; after it, silence means `UNKNOWN`.
    """
    ending = False
    try:
        for command, argument, wanted in (
            (smtp.mail, sender, (250,)),
            (smtp.rcpt, recipient, (250, 251)),
            (smtp.docmd, "DATA", (354,)),
        ):
            code, said = command(argument)
            if code not in wanted:
                return _after(smtp, _verdict(code, said, recipient))
        smtp.send(_stuffed(data))
        before_the_end()
        ending = True
        if smtp.sock:
            smtp.sock.settimeout(server.acceptance_s)
        smtp.send(b"." + _EOL)
        code, said = smtp.getreply()
        if smtp.sock:
            smtp.sock.settimeout(server.reply_s)
    except (OSError, smtplib.SMTPException) as error:
        smtp.close()
        outcome = Outcome.UNKNOWN if ending else Outcome.DEFERRED
        return Verdict(
            outcome=outcome, reply=_reply(str(error).encode(), recipient), is_connected=False
        )
    return _after(smtp, _verdict(code, said, recipient, ending=True))


def _stuffed(data: bytes) -> bytes:
    """Dots at the start of lines doubled (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", data.rstrip(_EOL) + _EOL)


def _verdict(code: int, said: bytes, recipient: str, *, ending: bool = False) -> Verdict:
    outcomes = {2: Outcome.ACCEPTED, 4: Outcome.DEFERRED, 5: Outcome.REFUSED}
    outcome = outcomes.get(code // 100, Outcome.UNKNOWN)
    if not ending and outcome in (Outcome.ACCEPTED, Outcome.UNKNOWN):
        outcome = Outcome.DEFERRED  # it never got the message
    return Verdict(outcome=outcome, reply=f"{code} {_reply(said, recipient)}")


def _after(smtp: smtplib.SMTP, verdict: Verdict) -> Verdict:
    """Make the connection ready for the next message, or give it up."""
    if verdict.outcome is Outcome.ACCEPTED:
        return verdict
    try:
        if smtp.rset()[0] == 250:
            return verdict
    except (OSError, smtplib.SMTPException):
        pass
    smtp.close()
    return Verdict(outcome=verdict.outcome, reply=verdict.reply, is_connected=False)


def _reply(said: bytes, recipient: str = "") -> str:
    """What the server said on one line, as people may read it."""
    text = " ".join(said.decode("utf-8", errors="replace").split())
    text = _ADDRESS.sub("…", text)
    name = recipient.rpartition("@")[0]
    for word in (name, *(part for part in _PARTS.split(name) if len(part) >= _SHORTEST_NAME)):
        if word:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return "".join(sign if sign.isprintable() else "�" for sign in text)[:_LONGEST_REPLY]


def _refusal(server: Server, error: Exception) -> Diagnostic:
    """Why the server cannot be used, in plain words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _refused(
            server,
            f"Its certificate is not valid: {error.verify_message}",
            "Somebody may be listening in, or the name in brochure.toml is not the server's own.",
            "Check the entry host, or ask your provider for the right name of its server.",
        )
    if isinstance(error, ssl.SSLError):
        return _refused(
            server,
            f"No encrypted connection comes about ({error.reason or error})",
            "Port and security do not fit together: usually 587 with starttls, 465 with tls.",
            "Correct the entries port and security in brochure.toml.",
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _refused(
            server,
            f"It refuses user and password: {error.smtp_code} {_said(error)}",
            "The entry user or the password is wrong, or your provider wants an app password.",
            "Check the entry user, and the password in BROCHURE_SMTP_PASSWORD or the keyring.",
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(
            server,
            f"It said {error.smtp_code} {_said(error)}",
            "The server does not want to talk to us now.",
            "Try again later, or ask your provider what this answer means.",
        )
    words = getattr(error, "strerror", None) or str(error)
    return _refused(
        server,
        f"It does not answer as a mail server ({_reply(str(words).encode())})",
        "The server is down, the network is, or host and port are wrong.",
        "Check the network and the entries host and port in brochure.toml, then repeat.",
    )


def _said(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    return _reply(said if isinstance(said, bytes) else str(said).encode())


def _unencrypted(server: Server) -> Diagnostic:
    return _refused(
        server,
        "It offers no encryption (STARTTLS)",
        "Without it everybody on the way could read the e-mails and the password.",
        "Set port and security in brochure.toml as your provider says, often 465 and tls.",
    )


def _refused(server: Server, problem: str, cause: str, fix: str) -> Diagnostic:
    return diagnose(
        "server-refused",
        Location(path=FILE_NAME),
        problem=f"The mail server {server.host}:{server.port} cannot be used. {problem}",
        cause=cause,
        fix=fix,
    )
