"""Version, dates, reviewer and sources: whose they are, and when a review is overdue."""

import datetime
import hashlib
from dataclasses import replace

import pytest

from brochure.api import check, open_project
from brochure.api.catalogues import catalogues_of
from brochure.catalogue.model import Review

TEXTS = "content/_collections/_care"
HEAD = (
    'version: "2"\nreviewed: 2026-03-01\nnext_review: 2029-03-01 10:00:00\n'
    "reviewed_by: Dr A\nsources:\n- One\n- Two\n"
)
FULL = Review(
    version="2",
    reviewed=datetime.date(2026, 3, 1),
    next_review=datetime.date(2029, 3, 1),
    reviewed_by="Dr A",
    sources=("One", "Two"),
)


def write(clinic, code, head):
    path = clinic / TEXTS / f"010-rest-{code}.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("---\ntitle", f"---\n{head}title", 1),
        encoding="utf-8",
    )
    return hashlib.md5(path.read_bytes()).hexdigest()


def reviews(clinic):
    catalogues = catalogues_of(open_project(clinic)).catalogues
    return {
        catalogue.language.tag: next(iter(catalogue.treatments)).review for catalogue in catalogues
    }


def test_what_a_translation_does_not_say_its_source_says_for_it(clinic):
    digest = write(clinic, "en", HEAD)
    write(clinic, "el", f"source_hash: {digest}\nreviewed_by: Δρ Α\n")

    found = reviews(clinic)

    assert found["en"] == FULL
    assert found["el"] == replace(FULL, reviewed_by="Δρ Α")


def test_a_source_does_not_speak_for_a_translation_of_an_earlier_text(clinic):
    write(clinic, "en", HEAD)
    write(clinic, "el", "source_hash: 00000000000000000000000000000000\n")

    found = reviews(clinic)

    assert found["el"] == found["ar"] == Review()


def test_one_source_needs_no_list(clinic):
    write(clinic, "en", "sources: One\n")

    assert reviews(clinic)["en"].sources == ("One",)


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (datetime.date(2029, 3, 1), []),
        (datetime.date(2029, 3, 2), ["review-overdue"]),
        (None, []),
    ],
)
def test_a_review_is_overdue_from_the_day_after(clinic, today, codes):
    write(clinic, "en", HEAD)

    found = check(open_project(clinic, today=today)).diagnostics

    assert [fault.code for fault in found] == codes
