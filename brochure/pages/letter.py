"""The words of an e-mail: a subject, a plain text and an HTML page in the patient's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brochure.languages import Direction, Language
from brochure.pages.bidi import left_to_right_runs
from brochure.pages.environment import render_template
from brochure.settings import Settings

if TYPE_CHECKING:
    import jinja2

_LONGEST_SUBJECT = 120
"""Characters; what is longer is cut off in every mail program's list."""
_LTR_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What an e-mail says."""

    subject: str
    text: str
    html: str


def write_letter(
    environment: jinja2.Environment,
    settings: Settings,
    language: Language,
    *,
    titles: Sequence[str],
    name: str = "",
    note: str = "",
) -> Letter:
    """Write to a patient about the handouts with these titles.

    `name` and `note` are plain text; they are escaped in the HTML. Raises `template-fault`.
    """
    facts = settings.language[language.tag]
    words = language.wording
    subject = _subject(language, facts.name, titles)
    phones = settings.clinic.phones + settings.clinic.mobiles
    values = {
        "language": language,
        "words": words,
        "facts": facts,
        "clinic": settings.clinic,
        "subject": subject,
        "titles": titles,
        "name": name,
        "note": [_isolated(line, language) for line in note.split("\n") if line],
    }
    as_text = {
        "phones": [_isolated(phone, language) for phone in phones],
        "titles": [_isolated(title, language) for title in titles],
    }
    return Letter(
        subject=subject,
        text=render_template(environment, "email/letter.txt", {**values, **as_text}),
        html=render_template(environment, "email/letter.html", {**values, "phones": phones}),
    )


def _subject(language: Language, clinic: str, titles: Sequence[str]) -> str:
    """As many titles as there is room for, the first in any case."""
    for count in range(len(titles), 0, -1):
        shown = language.listed(titles) if count == len(titles) else f"{titles[0]} …"
        if count < len(titles) and count > 1:
            shown = f"{', '.join(titles[:count])} …"
        subject = language.wording.email_subject.format(clinic=clinic, titles=shown)
        if len(subject) <= _LONGEST_SUBJECT:
            break
    return subject


def _isolated(text: str, language: Language) -> str:
    """A text whose telephone numbers, doses and the like keep their order (UAX #9, 6.3)."""
    if language.direction is Direction.LTR:
        return text
    for start, stop in reversed(left_to_right_runs(text)):
        text = f"{text[:start]}{_LTR_ISOLATE}{text[start:stop]}{_END_OF_ISOLATE}{text[stop:]}"
    return text
