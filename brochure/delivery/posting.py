"""A day's messages, sent one after the other: throttled, tried again, and each of them once.

The order of things for each message: the server has all but the final dot, the journal says
`trying`, the dot, the server's answer, the journal says what became of it.
"""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from brochure.delivery.outbox import Outbox, State
from brochure.delivery.smtp import Outcome, Server, Verdict, connect, send
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose

_ROUNDS = 3
"""How often a run tries a message that the server puts off."""
_FINAL = (Outcome.REFUSED, Outcome.UNKNOWN)

Progress = Callable[[str, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message ready to go: its id in the outbox, the envelope, where its bytes are, its Date."""

    id: str
    place: Location | None
    sender: str
    recipient: str
    read: Callable[[], bytes]
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many messages a minute, and how long to wait before the next round."""

    per_minute: int
    retry_s: float = 30


class Postman:
    """Takes parcels to one server, over as few connections as it allows."""

    def __init__(self, server: Server, outbox: Outbox, pace: Pace) -> None:
        self._server = server
        self._outbox = outbox
        self._pace = pace
        self._smtp: smtplib.SMTP | None = None
        self._next = time.monotonic()

    def deliver(
        self, parcels: Sequence[Parcel], progress: Progress
    ) -> Iterator[tuple[Parcel, Verdict]]:
        """Send every parcel; gives those that the server has not accepted, and why.

        Raises `BrochureError` with `server-refused` if no connection comes about at the beginning.
        """
        waiting = list(parcels)
        self._smtp = connect(self._server) if waiting else None
        for attempt in range(1, _ROUNDS + 1):
            done = [(parcel, self._take(parcel)) for parcel in self._told(waiting, progress)]
            yield from (pair for pair in done if pair[1].outcome in _FINAL)
            put_off = [pair for pair in done if pair[1].outcome is Outcome.DEFERRED]
            waiting = [parcel for parcel, _ in put_off]
            if not waiting:
                break
            if attempt == _ROUNDS:
                yield from put_off
            else:
                time.sleep(self._pace.retry_s)
        self._hang_up()

    def _told(self, parcels: Sequence[Parcel], progress: Progress) -> Iterator[Parcel]:
        for number, parcel in enumerate(parcels, start=1):
            progress("e-mail", f"sending {number} of {len(parcels)}")
            yield parcel

    def _take(self, parcel: Parcel) -> Verdict:
        try:
            self._smtp = self._smtp or connect(self._server)
        except BrochureError as error:
            problem = error.diagnostics[0].problem
            return Verdict(outcome=Outcome.DEFERRED, reply=problem, is_connected=False)
        self._wait()
        verdict = send(
            self._smtp,
            self._server,
            parcel.read(),
            sender=parcel.sender,
            recipient=parcel.recipient,
            before_the_end=lambda: self._outbox.record(
                parcel.id, State.TRYING, moment=parcel.moment
            ),
        )
        state = State(verdict.outcome.value)
        self._outbox.record(parcel.id, state, moment=parcel.moment, reply=verdict.reply)
        if not verdict.is_connected:
            self._smtp = None
        return verdict

    def _wait(self) -> None:
        """Keep to the pace; it counts from one message's start to the next."""
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._pace.per_minute

    def _hang_up(self) -> None:
        if self._smtp:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp = None


def not_sent(parcel: Parcel, verdict: Verdict) -> Diagnostic:
    """What became of a message that the server has not accepted."""
    if verdict.outcome is Outcome.UNKNOWN:
        return unknown_fate(parcel.id, parcel.place, verdict.reply)
    is_final = verdict.outcome is Outcome.REFUSED
    return diagnose(
        "message-refused",
        parcel.place,
        problem=f"Message {parcel.id} was not sent. {verdict.reply}",
        cause="The mail server refuses it for good."
        if is_final
        else "The mail server does not take it now, or the connection broke.",
        fix="Correct the address if it is wrong, then repeat the command; what was sent is not "
        "sent again."
        if is_final
        else "Repeat the command later; what was sent is not sent again.",
    )


def unknown_fate(message: str, place: Location | None, reply: str = "") -> Diagnostic:
    """A message that may have arrived, or not."""
    said = f" ({reply})" if reply else ""
    return diagnose(
        "message-unknown",
        place,
        problem=f"Nobody knows whether message {message} was sent{said}",
        cause="The connection or the run ended after the server had the message and before it "
        "said that it took it. It is not sent again by itself, so that nobody gets it twice.",
        fix="Look among the sent messages at your provider, or ask the patient; then repeat the "
        f"command with --resend {message} or with --give-up {message}.",
    )
