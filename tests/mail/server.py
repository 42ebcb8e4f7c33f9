"""A real mail server on this machine that breaks down wherever a test wants it to.

It writes down every message it takes responsibility for, and whether it could still say so.
"""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult

STAGES = ("connect", "ehlo", "mail", "rcpt", "data", "body", "dot", "answer")
"""`dot`: the message is complete and not yet taken; `answer`: taken, and not yet told."""
FOREVER = 60


@dataclass
class Record:
    """What the server knows, which is what counts."""

    taken: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)


Plan = Callable[[str, int], str]
"""From a stage and how often anything happened to what goes wrong: nothing, `drop`, `stall`, or
an answer such as `450 later`."""


class _Server(SMTP):
    """aiosmtpd's server with a fault to come at any stage."""

    _in_body = False

    async def _fault(self, stage: str) -> str | None:
        """Let happen what the plan says; an answer to be given instead of the usual one."""
        record, plan = self.event_handler.record, self.event_handler.plan
        record.events.append(stage)
        fault = plan(stage, len(record.events))
        if fault == "drop":
            self.transport.abort()
            raise ConnectionResetError
        if fault == "stall":
            await asyncio.sleep(FOREVER)
        return fault or None

    async def _handle_client(self):
        try:
            if fault := await self._fault("connect"):
                await self.push(fault)
                self.transport.close()
                return
        except ConnectionResetError:
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        if fault := await self._fault("ehlo"):
            await self.push(fault)
        else:
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg):
        if fault := await self._fault("mail"):
            await self.push(fault)
        else:
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if fault := await self._fault("rcpt"):
            await self.push(fault)
        else:
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if fault := await self._fault("data"):
            await self.push(fault)
            return
        self._in_body = True
        await super().smtp_DATA(arg)

    async def push(self, status):
        await super().push(status)
        if self._in_body and str(status).startswith("354"):
            self._in_body = False
            await self._fault("body")


class _Handler:
    """Takes messages: from `answer` on, the server is responsible for them (RFC 5321, 6.1)."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.record = plan, Record()

    async def handle_DATA(self, server, session, envelope):
        if fault := await server._fault("dot"):
            return fault
        self.record.taken += envelope.rcpt_tos
        self.record.messages.append(envelope.original_content)
        return await server._fault("answer") or "250 taken as 4711"


@contextmanager
def mail_server(
    plan: Plan = lambda stage, number: "",
    *,
    context: ssl.SSLContext | None = None,
    starttls: bool = False,
    user: str = "",
    password: str = "",
) -> Iterator[tuple[Record, int]]:
    """Run a server on a free port; gives its record and the port."""
    handler = _Handler(plan)

    def authenticate(server, session, envelope, mechanism, given):
        handler.record.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(
            handled=False,
            success=(given.login, given.password) == (user.encode(), password.encode()),
        )

    def factory() -> SMTP:
        return _Server(
            handler,
            hostname="mail.example",
            tls_context=context if starttls else None,
            require_starttls=starttls,
            authenticator=authenticate if user else None,
            auth_require_tls=False,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(factory, "127.0.0.1", 0, ssl=None if starttls else context)
    )
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield handler.record, server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        _finish(loop)


def _finish(loop: asyncio.AbstractEventLoop) -> None:
    """Let nothing hang on: a stalled answer, a connection whose other end was killed."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks))
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def recipients(record: Record) -> list[str]:
    """Whom the server took messages for, by the messages themselves."""
    return [message_from_bytes(data, policy=policy.default)["To"] for data in record.messages]
