"""What sending one e-mail and sending a list have in common: desk, server, outbox, outcomes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import PurePosixPath

from brochure.api.handouts import Rack, handouts
from brochure.delivery.addresses import domain_of, read_address
from brochure.delivery.message import Attachment, Party
from brochure.delivery.outbox import SETTLED, Outbox, State
from brochure.delivery.passwords import keyring_password
from brochure.delivery.posting import Pace, Parcel, Postman, Progress, not_sent, unknown_fate
from brochure.delivery.smtp import Server
from brochure.diagnostics import BrochureError, Diagnostic, diagnose
from brochure.languages import Language
from brochure.production.correspondence import Desk, Enclosure
from brochure.project import Project
from brochure.settings import FILE_NAME
from brochure.settings_file import locate


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How to send: the password from the environment if any, the moment, and decisions.

    `resend` are ids of messages of unknown fate, or sent before, that are to be sent (again);
    `give_up` are ids of messages that count as done.
    """

    password: str
    moment: datetime.datetime
    resend: tuple[str, ...] = ()
    give_up: tuple[str, ...] = ()
    retry_s: float = 30
    reply_s: float = 60
    acceptance_s: float = 600


def sender_of(project: Project, address: str = "", *, is_sent: bool) -> Party:
    """Who writes: `address`, or the clinic; raises `email-unset` or `email-address`.

    What is sent has to come from the clinic's own domain.
    """
    settings = project.settings
    own = settings.email.sender or settings.clinic.email
    if not (address or own):
        raise BrochureError([_unset(project, "sender", "There is no address to write from")])
    typed, clinic = read_address(address or own), read_address(own)
    if typed.problem:
        raise BrochureError([address_fault("sender", typed.problem)])
    if is_sent and domain_of(typed.value) != domain_of(clinic.value):
        problem = "It is not of the clinic's own domain, as the sender in brochure.toml is"
        raise BrochureError([address_fault("sender", problem)])
    return Party(address=typed.value)


def address_fault(whose: str, problem: str) -> Diagnostic:
    """The diagnostic `email-address`, which never repeats the address."""
    return diagnose(
        "email-address",
        None,
        problem=f"The {whose}'s e-mail address cannot be used: {problem}",
        cause="A message to or from a wrong address reaches nobody, or a stranger.",
        fix="Type the address again, as in name@example.org.",
    )


def enclosures_of(
    rack: Rack,
    wanted: Mapping[Language, Sequence[str]],
    *,
    large_print: bool,
    progress: Progress,
    executor: Executor | None,
) -> tuple[dict[tuple[str, str], Enclosure], tuple[Diagnostic, ...]]:
    """Make every handout once: `wanted` has the treatments' keys by language."""
    enclosures: dict[tuple[str, str], Enclosure] = {}
    faults: list[Diagnostic] = []
    for language, keys in wanted.items():
        report = handouts(
            rack, keys, language, large_print=large_print, progress=progress, executor=executor
        )
        faults += report.diagnostics
        for key, artefact in zip(keys, report.artefacts, strict=True):
            name = PurePosixPath(artefact.path).name
            attachment = Attachment(name=name, data=artefact.data)
            enclosures[language.tag, key] = Enclosure(title=artefact.title, attachment=attachment)
    return enclosures, tuple(faults)


def server_of(project: Project, sending: Sending) -> Server:
    """The mail server of the settings; raises `email-unset` if something is missing."""
    email = project.settings.email
    if not email.host:
        raise BrochureError([_unset(project, "host", "There is no mail server to send with")])
    password = ""
    if email.user:
        password = sending.password or keyring_password(email.host, email.user)
        if not password:
            raise BrochureError([_unset(project, "user", "There is no password for the user")])
    return Server(
        host=email.host,
        port=email.port,
        security=email.security,
        user=email.user,
        password=password,
        reply_s=sending.reply_s,
        acceptance_s=sending.acceptance_s,
    )


def _unset(project: Project, key: str, problem: str) -> Diagnostic:
    fixes = {
        "sender": "Write the clinic's address into the entry sender of [email], or name one with "
        "--from.",
        "host": f"Write host, port and security into [email] of {FILE_NAME}, as your provider "
        "says; or leave out --send and send the drafts from your mail program.",
        "user": "Put the password into the environment variable BROCHURE_SMTP_PASSWORD, or into "
        "the system's keyring (pip install 'brochure[keyring]').",
    }
    return diagnose(
        "email-unset",
        locate(project.settings_text, ("email", key)),
        problem=problem,
        cause=f"The table [email] of {FILE_NAME} says whose e-mail leaves, and by which server.",
        fix=fixes[key],
    )


def decide(outbox: Outbox, sending: Sending, ids: Sequence[str]) -> None:
    """Write down what was decided about messages; raises `message-absent` and changes nothing."""
    strange = [item for item in (*sending.resend, *sending.give_up) if item not in ids]
    if strange:
        raise BrochureError([_absent(item) for item in strange])
    for item in sending.resend:
        outbox.record(item, State.RESEND)
    for item in sending.give_up:
        outbox.record(item, State.GIVEN_UP)


def _absent(message: str) -> Diagnostic:
    return diagnose(
        "message-absent",
        None,
        problem=f"There is no message {message} among these",
        cause="--resend and --give-up take the number of a message of unknown fate, as printed.",
        fix="Copy the number from the report of the earlier run.",
    )


def post(
    parcels: Sequence[Parcel],
    project: Project,
    outbox: Outbox,
    sending: Sending,
    progress: Progress,
) -> tuple[Diagnostic, ...]:
    """Send what is not settled and not in doubt; reports what was not sent, or may not be."""
    states = {parcel.id: outbox.state_of(parcel.id) for parcel in parcels}
    faults = [
        unknown_fate(parcel.id, parcel.place)
        for parcel in parcels
        if states[parcel.id] is State.UNKNOWN
    ]
    due = [parcel for parcel in parcels if states[parcel.id] not in (*SETTLED, State.UNKNOWN)]
    pace = Pace(per_minute=project.settings.email.per_minute, retry_s=sending.retry_s)
    postman = Postman(server_of(project, sending), outbox, pace)
    faults += [not_sent(parcel, verdict) for parcel, verdict in postman.deliver(due, progress)]
    return tuple(faults)


def desk_of(
    project: Project, sender: Party, enclosures: Mapping[tuple[str, str], Enclosure]
) -> Desk:
    """What every e-mail of a run shares."""
    from brochure.pages.environment import make_environment

    return Desk(
        settings=project.settings,
        environment=make_environment(project.assets),
        sender=sender,
        enclosures=enclosures,
    )
