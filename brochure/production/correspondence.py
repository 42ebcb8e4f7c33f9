"""From a patient and the handouts for them to one e-mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.delivery.message import Attachment, Message, Party
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Language
from brochure.pages.letter import write_letter
from brochure.settings import Settings

if TYPE_CHECKING:
    import jinja2

_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A handout to be attached, with its title for people."""

    title: str
    attachment: Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all e-mails of a run share; the enclosures by language tag and treatment key."""

    settings: Settings
    environment: jinja2.Environment
    sender: Party
    enclosures: Mapping[tuple[str, str], Enclosure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Whom to write to; an empty address leaves a draft's To empty."""

    address: str = ""
    name: str = ""
    note: str = ""


def write_email(
    desk: Desk, patient: Patient, language: Language, treatments: Sequence[str]
) -> Message:
    """One e-mail with the handouts of `treatments` (keys); raises `template-fault`."""
    enclosures = [desk.enclosures[language.tag, key] for key in treatments]
    letter = write_letter(
        desk.environment,
        desk.settings,
        language,
        titles=[item.title for item in enclosures],
        name=patient.name,
        note=patient.note,
    )
    named = desk.settings.email.sender_name or desk.settings.language[language.tag].name
    return Message(
        sender=Party(address=desk.sender.address, name=desk.sender.name or named),
        recipient=Party(address=patient.address, name=patient.name) if patient.address else None,
        reply_to=desk.settings.email.reply_to,
        language=language.tag,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachments=tuple(item.attachment for item in enclosures),
    )


def size_fault(
    desk: Desk, language: Language, treatments: Sequence[str], place: Location | None
) -> Diagnostic | None:
    """The diagnostic `email-large` if the handouts are too large for one e-mail."""
    limit = desk.settings.email.attachment_limit_mb
    size = sum(len(desk.enclosures[language.tag, key].attachment.data) for key in treatments)
    if size <= limit * _MB:
        return None
    return diagnose(
        "email-large",
        place,
        problem=f"The handouts are {size / _MB:.1f} MB together; at most {limit} MB are allowed",
        cause="Many mail servers refuse larger messages, and the patient would get nothing.",
        fix="Send fewer handouts in one e-mail, or raise attachment_limit_mb in brochure.toml.",
    )
