"""One language's catalogue composed into the HTML, styles and resources of a brochure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from brochure import __version__
from brochure.assets import Assets
from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Diagnostic
from brochure.pages.colours import Hue
from brochure.pages.composition import Composition, SectionPlace, Style
from brochure.pages.edition import Edition
from brochure.pages.environment import render_template
from brochure.pages.filters import opening_hours, text_environment
from brochure.pages.formats import page_format
from brochure.pages.frames import (
    COVER_SHARE,
    LOGO_FRAME,
    card_frame,
    cover_frame,
    detail_frame,
    overshoot_mm,
)
from brochure.pages.passages import back_place, front_place, treatment_place
from brochure.pages.stock import (
    Stock,
    body_of,
    booking_code,
    edition_note,
    only_in,
    other_languages,
    picture_alt,
    site_file,
    stock_of,
    type_values,
)
from brochure.settings import Settings
from brochure.typefaces import Typefaces

STYLES = (
    "tokens.css",
    "page.css",
    "base.css",
    "cover.css",
    "contents.css",
    "overview.css",
    "treatment.css",
    "languages.css",
    "back.css",
    "folios.css",
)


def compose_brochure(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    *,
    assets: Assets,
    typefaces: Typefaces,
    site_root: Path,
    cache: Cache = NO_CACHE,
    tightness: Mapping[str, int] = MappingProxyType({}),
    only: frozenset[str] = frozenset(),
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose the brochure of one language, or the sections whose anchors are in `only`.

    Pictures are prepared unless `cache` has them. `tightness` (0 to 4) says how tight each section
    is set, by its anchor. Reports `image-unreadable` and `contrast-low`; raises `BrochureError`
    with `template-fault`.
    """
    stock, faint = stock_of(
        catalogue,
        settings,
        edition,
        page_format(settings.page.format, assets),
        typefaces=typefaces,
        site_root=site_root,
        cache=cache,
    )
    values = {**_values(catalogue, stock), "tightness": tightness, "only": only}
    composition = _composition(catalogue, stock, values, assets, typefaces)
    return composition, (*faint, *stock.gallery.faults)


def _composition(
    catalogue: Catalogue,
    stock: Stock,
    values: dict[str, Any],
    assets: Assets,
    typefaces: Typefaces,
) -> Composition:
    environment = text_environment(assets, stock.language, stock.companions)
    only = values["only"]
    return Composition(
        html=render_template(environment, "sections.html" if only else "brochure.html", values),
        styles=tuple(
            Style(name=name, css=render_template(environment, f"styles/{name}", values))
            for name in _style_names(stock.edition)
        ),
        resources=stock.gallery.resources,
        sections=_places(catalogue, stock, only),
        families=typefaces.available,
        edition=stock.edition,
        page_format=stock.page,
        language=stock.language.tag,
        direction=stock.language.direction,
        link_texts=_link_texts(catalogue),
        title=values["title"],
        author=stock.facts.name,
        subject=values["subject"],
        keywords=tuple(treatment.title for treatment in catalogue.treatments),
        date=stock.settings.imprint.date,
        version=stock.settings.imprint.version,
        spots=stock.paint.spots,
        front=None if only else front_place(catalogue, stock),
    )


def _style_names(edition: Edition) -> tuple[str, ...]:
    return (*STYLES, f"{edition.name}.css", *(("proof.css",) if edition.is_proof else ()))


def _places(catalogue: Catalogue, stock: Stock, only: frozenset[str]) -> tuple[SectionPlace, ...]:
    places = [
        treatment_place(treatment, category, stock)
        for category in catalogue.categories
        for treatment in category.treatments
        if not treatment.is_repeat and (not only or treatment.anchor in only)
    ]
    return (*places, *(() if only else (back_place(stock),)))


def _link_texts(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    texts = [(treatment.anchor, treatment.title) for treatment in catalogue.treatments]
    return (*texts, ("overview", catalogue.language.wording.overview))


def _values(catalogue: Catalogue, stock: Stock) -> dict[str, Any]:
    """Everything that templates and style sheets may name."""
    settings, language, facts = stock.settings, stock.language, stock.facts
    clinic, page, edition = settings.clinic, stock.page, stock.edition
    cover = site_file(stock, clinic.cover)
    logo = site_file(stock, clinic.logo)
    return {
        "generator": f"brochure {__version__}",
        "language": language,
        "words": language.wording,
        "clinic": clinic,
        "facts": facts,
        "imprint": settings.imprint,
        "edition_note": edition_note(stock),
        "title": f"{facts.name} – {facts.tagline}" if facts.tagline else facts.name,
        "subject": language.wording.subject.format(clinic=facts.name),
        "categories": [_category(category, stock) for category in catalogue.categories],
        "hours": opening_hours(clinic.hours, language),
        "booking_code": booking_code(stock),
        "logo": stock.gallery.of_clinic(logo, "logo", LOGO_FRAME),
        "cover_address": stock.gallery.of_clinic(cover, "cover", cover_frame(page, edition)),
        "palette": stock.paint.palette,
        "format": page,
        "edition": edition,
        **type_values(stock.script, stock),
        "other_languages": other_languages(catalogue.treatments, stock),
        "overshoot_mm": overshoot_mm(page, edition),
        "cover_share": COVER_SHARE,
    }


def _category(category: Category, stock: Stock) -> dict[str, Any]:
    hue = stock.paint.hues[category.slug]
    treatments = [_treatment(treatment, hue, stock) for treatment in category.treatments]
    per_row = stock.page.cards_per_row
    return {
        "slug": category.slug,
        "title": category.title,
        "anchor": category.anchor,
        "hue": hue,
        "treatments": treatments,
        "rows": [
            treatments[start : start + per_row] for start in range(0, len(treatments), per_row)
        ],
    }


def _treatment(treatment: Treatment, hue: Hue[str], stock: Stock) -> dict[str, Any]:
    picture, thumbnail = treatment.picture, treatment.thumbnail
    detail, card = (frame(stock.page, stock.edition) for frame in (detail_frame, card_frame))
    picture_words, picture_language = picture_alt(treatment, picture, stock)
    thumbnail_words, thumbnail_language = picture_alt(treatment, thumbnail, stock)
    return {
        "anchor": treatment.anchor,
        "is_repeat": treatment.is_repeat,
        "language": treatment.language,
        "only_in": only_in(treatment, stock),
        "is_outdated": treatment.is_outdated,
        "title": treatment.title,
        "subtitle": treatment.subtitle,
        "card_title": treatment.card_title,
        "card_subtitle": treatment.card_subtitle,
        "picture": stock.gallery.of_treatment(treatment, picture, "picture", detail, hue),
        "picture_alt": picture_words,
        "picture_language": picture_language,
        "thumbnail": stock.gallery.of_treatment(treatment, thumbnail, "card", card, hue),
        "thumbnail_alt": thumbnail_words,
        "thumbnail_language": thumbnail_language,
        "body": body_of(treatment, stock),
    }
