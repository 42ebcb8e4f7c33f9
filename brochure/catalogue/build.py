"""From content files to one catalogue per language.

A treatment is known by its category folder and the file name without number and language; that
ties translations together far better than `page_id`, which real sites repeat and misspell.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from brochure.catalogue.checks import check_document
from brochure.catalogue.content_checks import check_contents
from brochure.catalogue.grouping import Group, group_documents, with_sections
from brochure.catalogue.model import (
    BodyPicture,
    Catalogue,
    Category,
    Review,
    Source,
    Treatment,
)
from brochure.catalogue.order import in_print_order
from brochure.catalogue.print_checks import PrintedSizes
from brochure.catalogue.reviews import check_review, review_of
from brochure.catalogue.translations import State, check_translations, state_of
from brochure.content.document import Document
from brochure.content.site_text import SiteTitle
from brochure.diagnostics import Diagnostic, diagnose
from brochure.languages import Language
from brochure.settings import DEFAULT_LANGUAGE, Settings

_CENTRE = (50.0, 50.0)
_FOCUS = re.compile(r"(\d{1,3})\s*%[\s,]+(\d{1,3})\s*%")


class _Printed(NamedTuple):
    """A document of one brochure, in its own language."""

    group: Group
    document: Document
    language: Language
    languages: tuple[Language, ...]
    state: State
    review: Review


def build_catalogues(
    documents: Sequence[Document],
    languages: Sequence[Language],
    settings: Settings,
    *,
    characters: frozenset[int],
    site_titles: Sequence[SiteTitle] = (),
    sizes: PrintedSizes | None = None,
    today: datetime.date | None = None,
) -> tuple[tuple[Catalogue, ...], tuple[Diagnostic, ...]]:
    """Build the catalogue of each of `languages`, which are all of the clinic's.

    `characters` are the code points that the project's fonts have, `site_titles` the category
    titles that the site gives, `sizes` what has to fit on paper, `today` the day that reviews must
    not be overdue on. Reports every fault of `catalogue.checks`, `catalogue.content_checks`,
    `catalogue.grouping`, `catalogue.reviews` and `catalogue.translations`, and `language-unused`.
    """
    tags = [language.tag for language in languages]
    used = [document for document in documents if document.language in tags]
    groups, faults = _treatments(used, settings)
    faults += _unused(documents, settings.clinic.languages)
    for document in (document for group in groups for document in group.documents):
        faults += check_document(document, characters)
        faults += check_review(document, today)
    faults += check_contents(groups, languages, settings.default_language, sizes)
    faults += check_translations(groups, tags, settings)
    titles = {(item.language, item.category): item.title for item in site_titles}
    catalogues = tuple(
        _catalogue(language, _printed(groups, language, languages, settings), settings, titles)
        for language in languages
    )
    return catalogues, tuple(faults)


def treatments_of(documents: Sequence[Document], settings: Settings) -> tuple[Group, ...]:
    """Each treatment's files, in the order of print."""
    return _treatments(documents, settings)[0]


def _treatments(
    documents: Sequence[Document], settings: Settings
) -> tuple[tuple[Group, ...], list[Diagnostic]]:
    groups, faults = group_documents(documents, settings.content.same)
    listed = list(settings.categories)
    by_category: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_category[group.category].append(group)
    categories = sorted(by_category, key=lambda slug: (_rank(slug, listed), slug))
    ordered = (
        group
        for slug in categories
        for group in in_print_order(
            by_category[slug],
            lambda group: group.document(settings.default_language) or group.documents[0],
        )
    )
    return with_sections(tuple(ordered)), list(faults)


def _rank(slug: str, listed: list[str]) -> int:
    return listed.index(slug) if slug in listed else len(listed)


def _printed(
    groups: Iterable[Group],
    language: Language,
    languages: Sequence[Language],
    settings: Settings,
) -> list[_Printed]:
    """What one language's brochure prints: its own text, or the one that stands in for it."""
    printed: list[_Printed] = []
    source_language = settings.default_language
    known = {item.tag: item for item in languages}
    for group in groups:
        document = group.document(language.tag)
        if document is None and settings.translations.missing == DEFAULT_LANGUAGE:
            document = group.document(source_language)
        if document and document.language in known:
            state = state_of(group, document.language, source_language)
            printed.append(
                _Printed(
                    group=group,
                    document=document,
                    language=known[document.language],
                    languages=tuple(known[tag] for tag in known if tag in group.languages),
                    state=state,
                    review=review_of(group, document, state, source_language),
                )
            )
    return printed


def _unused(documents: Iterable[Document], tags: Sequence[str]) -> list[Diagnostic]:
    return [
        diagnose(
            "language-unused",
            document.place_of(document.front_matter.lang),
            problem=f"The file is in “{document.language}”, which no brochure is made in",
            cause=f"brochure.toml lists {', '.join(tags)}.",
            fix=f"Add “{document.language}” to the languages in brochure.toml, or leave it.",
        )
        for document in documents
        if document.language not in tags
    ]


def _catalogue(
    language: Language,
    printed: Iterable[_Printed],
    settings: Settings,
    site_titles: Mapping[tuple[str, str], str],
) -> Catalogue:
    by_category: dict[str, list[_Printed]] = defaultdict(list)
    for item in printed:
        by_category[item.group.category].append(item)
    return Catalogue(
        language=language,
        categories=tuple(
            _category(slug, items, language, settings, site_titles)
            for slug, items in by_category.items()
        ),
    )


def _category(
    slug: str,
    printed: Sequence[_Printed],
    language: Language,
    settings: Settings,
    site_titles: Mapping[tuple[str, str], str],
) -> Category:
    known = settings.categories.get(slug)
    title = known.title.get(language.tag, "") if known else ""
    letters = {language.tag: language.letters}
    ordered = in_print_order(printed, lambda item: item.document, letters)
    return Category(
        slug=slug,
        title=title or site_titles.get((language.tag, slug), "") or readable(slug),
        hue=(known.hue if known else "") or settings.brand.accent,
        treatments=tuple(_treatment(item) for item in ordered),
    )


def readable(slug: str) -> str:
    """A folder's name made readable: `eye-care` becomes “Eye care”."""
    words = slug.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _treatment(printed: _Printed) -> Treatment:
    group, document = printed.group, printed.document
    head = document.front_matter
    title = head.title.text
    return Treatment(
        key=group.key,
        section=group.section,
        slug=document.slug,
        page_id=head.page_id.text,
        language=printed.language,
        languages=printed.languages,
        is_outdated=printed.state is State.OUTDATED,
        review=printed.review,
        title=title,
        subtitle=head.subtitle.text,
        card_title=head.card_title.text or title,
        card_subtitle=head.card_subtitle.text,
        alt=head.alt.text or title,
        picture=document.picture(head.image.text),
        thumbnail=document.picture(head.thumbnail.text or head.image.text),
        focus=_focus(head.focus.text),
        markdown=document.body,
        body_pictures=tuple(
            BodyPicture(name=picture.name, path=picture.path) for picture in document.pictures
        ),
        source=Source(path=document.path, file=document.file, sha256=document.sha256),
        place=document.place(document.body_line),
    )


def _focus(text: str) -> tuple[float, float]:
    match = _FOCUS.fullmatch(text)
    if not match:
        return _CENTRE
    across, down = (min(float(part), 100.0) for part in match.groups())
    return across, down
