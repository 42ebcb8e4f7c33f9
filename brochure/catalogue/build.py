"""From content files to one catalogue per language.

A treatment is known by its category folder and the file name without number and language; that
ties translations together far better than `page_id`, which real sites repeat and misspell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from brochure.catalogue.checks import check_document, check_translations
from brochure.catalogue.model import BodyPicture, Catalogue, Category, Source, Treatment
from brochure.content.document import Document
from brochure.content.markdown import render
from brochure.content.sanitise import sanitise
from brochure.diagnostics import Diagnostic, diagnose
from brochure.languages import Language
from brochure.settings import Settings

_CENTRE = (50.0, 50.0)
_FOCUS = re.compile(r"(\d{1,3})\s*%[\s,]+(\d{1,3})\s*%")


def build_catalogues(
    documents: Sequence[Document],
    languages: Sequence[Language],
    settings: Settings,
    *,
    characters: frozenset[int],
) -> tuple[tuple[Catalogue, ...], tuple[Diagnostic, ...]]:
    """Build the catalogue of each of `languages`, which are all of the clinic's.

    `characters` are the code points that the project's fonts have. Reports every fault of
    `catalogue.checks`, `treatment-duplicate` and `language-unused`.
    """
    by_place = _by_place(documents)
    tags = [language.tag for language in languages]
    faults = [*_duplicates(by_place), *_unused(documents, settings.clinic.languages)]
    chosen = [group[0] for group in by_place.values() if group[0].language in tags]
    for document in chosen:
        faults += check_document(document, characters)
    faults += check_translations(chosen, tags)
    catalogues = tuple(_catalogue(language, chosen, settings) for language in languages)
    return catalogues, tuple(faults)


def key_of(document: Document) -> str:
    """What a treatment's files have in common."""
    return f"{document.category}/{document.slug}"


def _by_place(documents: Iterable[Document]) -> dict[tuple[str, str], list[Document]]:
    places: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        places[key_of(document), document.language].append(document)
    return places


def _duplicates(by_place: dict[tuple[str, str], list[Document]]) -> list[Diagnostic]:
    return [
        diagnose(
            "treatment-duplicate",
            second.place(1),
            problem=f"{first.path} holds the same treatment in the same language",
            cause="Only one of the two can be printed, and it is not clear which.",
            fix="Delete or rename one of the two files.",
        )
        for first, *others in by_place.values()
        for second in others
    ]


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


def _catalogue(language: Language, documents: Iterable[Document], settings: Settings) -> Catalogue:
    by_category: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.language == language.tag:
            by_category[document.category].append(document)
    listed = list(settings.categories)
    slugs = sorted(by_category, key=lambda slug: (_rank(slug, listed), slug))
    return Catalogue(
        language=language,
        categories=tuple(_category(slug, by_category[slug], language, settings) for slug in slugs),
    )


def _rank(slug: str, listed: list[str]) -> int:
    return listed.index(slug) if slug in listed else len(listed)


def _category(
    slug: str, documents: list[Document], language: Language, settings: Settings
) -> Category:
    known = settings.categories.get(slug)
    title = known.title.get(language.tag, "") if known else ""
    ordered = sorted(documents, key=lambda document: (document.order, document.slug))
    return Category(
        slug=slug,
        title=title or readable(slug),
        hue=(known.hue if known else "") or settings.brand.accent,
        treatments=tuple(_treatment(document, language) for document in ordered),
    )


def readable(slug: str) -> str:
    """A folder's name made readable: `eye-care` becomes “Eye care”."""
    words = slug.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _treatment(document: Document, language: Language) -> Treatment:
    head = document.front_matter
    title = head.title.text
    return Treatment(
        key=key_of(document),
        slug=document.slug,
        title=title,
        subtitle=head.subtitle.text,
        card_title=head.card_title.text or title,
        card_subtitle=head.card_subtitle.text,
        alt=head.alt.text or title,
        picture=document.picture(head.image.text),
        thumbnail=document.picture(head.thumbnail.text or head.image.text),
        focus=_focus(head.focus.text),
        body=sanitise(render(document.body, quotes=astuple(language.quotes))),
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
