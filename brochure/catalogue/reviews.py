"""Who stands behind a text and for how long: version, dates of review, reviewer and sources.

The five keys of the front matter (`version`, `reviewed`, `next_review`, `reviewed_by`, `sources`)
speak for the file they stand in. What a translation does not say of itself its source says for it,
provided that the translation was made from the source as it is now.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import fields

from brochure.catalogue.grouping import Group
from brochure.catalogue.model import Review
from brochure.catalogue.translations import State
from brochure.content.document import Document, Field
from brochure.diagnostics import Diagnostic, diagnose


def review_of(group: Group, document: Document, state: State, source_language: str) -> Review:
    """What is known of the text that is printed from `document`."""
    own = _review(document)
    source = group.document(source_language)
    if source is None or state is not State.CURRENT:
        return own
    names = [field.name for field in fields(Review)]
    its = _review(source)
    return Review(**{name: getattr(own, name) or getattr(its, name) for name in names})


def _review(document: Document) -> Review:
    head = document.front_matter
    return Review(
        version=head.version.text,
        reviewed=_date(head.reviewed),
        next_review=_date(head.next_review),
        reviewed_by=head.reviewed_by.text,
        sources=tuple(source.text for source in head.sources),
    )


def _date(field: Field) -> datetime.date | None:
    """The day that a front-matter value names as ISO 8601 has it, with or without a time."""
    try:
        return datetime.datetime.fromisoformat(field.text).date()
    except ValueError:
        return None


def check_review(document: Document, today: datetime.date | None) -> Iterator[Diagnostic]:
    """Report `review-date-invalid`, and `review-overdue` as of `today`, if that is known."""
    head = document.front_matter
    for name, field in (("reviewed", head.reviewed), ("next_review", head.next_review)):
        if field and _date(field) is None:
            yield diagnose(
                "review-date-invalid",
                document.place_of(field),
                problem=f"“{field.text}” after “{name}:” is not a date",
                cause="A date is written year-month-day; without it the line is not printed.",
                fix=f"Write it like this: {name}: 2026-01-31.",
            )
    due = _date(head.next_review)
    if due and today and due < today:
        yield diagnose(
            "review-overdue",
            document.place_of(head.next_review),
            problem=f"The text should have been reviewed by {due:%Y-%m-%d}",
            cause="Patients rely on what it says, and the date is printed on the handout.",
            fix="Have the text read, then write the new dates after “reviewed:” and "
            "“next_review:”.",
        )
