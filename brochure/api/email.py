"""One e-mail with handouts to one patient: a draft, or sent."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from brochure.api.handouts import find_handouts, handout_language, rack_of
from brochure.api.postage import (
    Sending,
    address_fault,
    decide,
    desk_of,
    enclosures_of,
    post,
    sender_of,
    server_of,
)
from brochure.delivery.addresses import Typed, domain_of, read_address, read_line, read_lines
from brochure.delivery.desktop import open_on_desktop
from brochure.delivery.files import write
from brochure.delivery.message import Message, Posting, compose
from brochure.delivery.outbox import SETTLED, Outbox, State, open_outbox
from brochure.delivery.posting import Parcel, Progress
from brochure.diagnostics import BrochureError, Diagnostic, diagnose, stop_on_errors
from brochure.production.correspondence import Patient, size_fault, write_email
from brochure.production.job import silent
from brochure.project import Project

__all__ = ["EmailReport", "Order", "email", "open_on_desktop"]

FOLDER = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asks for: treatments as `find_handout` takes them, a language's code, and all
    that is typed about the patient."""

    treatments: tuple[str, ...]
    language: str
    to: str = ""
    name: str = ""
    note: str = ""
    sender: str = ""
    large_print: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailReport:
    """The file of the draft, or the state of the message that was sent, and the warnings.

    `titles` are those of the handouts, so that nobody sends one that was not meant.
    """

    titles: tuple[str, ...]
    path: Path | None = None
    message: str = ""
    state: State = State.DRAFT
    diagnostics: tuple[Diagnostic, ...] = ()


def email(
    project: Project,
    order: Order,
    *,
    out: Path | None = None,
    sending: Sending | None = None,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> EmailReport:
    """Write the draft into `out`/email, or send the message; raises `BrochureError`.

    The handouts are made by `executor`, or else one by one in this process.
    """
    rack = rack_of(project)
    language = handout_language(project, order.language)
    keys = tuple(find_handouts(rack, order.treatments, language))
    patient = _patient(order, is_sent=sending is not None)
    sender = sender_of(project, order.sender, is_sent=sending is not None)
    if sending:
        server_of(project, sending)  # says what is missing before any work is done
    enclosures, faults = enclosures_of(
        rack,
        {language: keys},
        large_print=order.large_print,
        progress=progress,
        executor=executor,
    )
    desk = desk_of(project, sender, enclosures)
    too_large = size_fault(desk, language, keys, None)
    stop_on_errors([too_large] if too_large else [])
    message = write_email(desk, patient, language, keys)
    titles = tuple(enclosures[language.tag, key].title for key in keys)
    if sending is None:
        path = _draft(message, out or project.folder / "output")
        return EmailReport(titles=titles, path=path, diagnostics=faults)
    with open_outbox(project.folder) as outbox:
        identity = (patient.address.casefold(), language.tag, "", *sorted(keys))
        number = outbox.identify(identity)
        unsent = _send(
            message,
            number,
            project=project,
            outbox=outbox,
            sending=sending,
            progress=progress,
        )
        state = outbox.state_of(number)
    return EmailReport(titles=titles, message=number, state=state, diagnostics=(*faults, *unsent))


def _patient(order: Order, *, is_sent: bool) -> Patient:
    """What was typed about the patient, safe to use; raises every fault at once."""
    address = read_address(order.to) if order.to else Typed("")
    name, note = read_line(order.name), read_lines(order.note)
    problem = address.problem or ("None was given with --to" if is_sent and not order.to else "")
    faults = [address_fault("patient", problem)] if problem else []
    faults += [
        diagnose(
            "email-text",
            None,
            problem=f"The {what} cannot be used: {typed.problem}",
            cause="Such characters can change what an e-mail's other fields say.",
            fix=f"Type the {what} again instead of pasting it.",
        )
        for what, typed in (("name", name), ("note", note))
        if typed.problem
    ]
    stop_on_errors(faults)
    return Patient(address=address.value, name=name.value, note=note.value)


def _draft(message: Message, out: Path) -> Path:
    """Write the draft; its name tells the first handout and nothing about the patient."""
    data = compose(message)
    stem = PurePosixPath(message.attachments[0].name).stem
    name = f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.eml"
    write([(name, data)], out / FOLDER, only_for_owner=True)
    return out / FOLDER / name


def _send(
    message: Message,
    number: str,
    *,
    project: Project,
    outbox: Outbox,
    sending: Sending,
    progress: Progress,
) -> tuple[Diagnostic, ...]:
    decide(outbox, sending, [number])
    record = outbox.record_of(number)
    if record and record.state in SETTLED and number not in sending.give_up:
        raise BrochureError([_sent_before(number, record.moment)])
    domain = domain_of(message.sender.address)
    posting = Posting(message_id=f"{number}@{domain}", moment=sending.moment)
    parcel = Parcel(
        id=number,
        place=None,
        sender=message.sender.address,
        recipient=message.recipient.address if message.recipient else "",
        read=lambda: compose(message, posting),
        moment=sending.moment.isoformat(),
    )
    return post([parcel], project, outbox, sending, progress)


def _sent_before(number: str, moment: str) -> Diagnostic:
    return diagnose(
        "message-sent",
        None,
        problem=f"This patient has had this e-mail before ({moment.partition('T')[0]})",
        cause="Nobody gets the same handouts in the same language twice by mistake.",
        fix=f"If it is meant, repeat the command with --resend {number}.",
    )
