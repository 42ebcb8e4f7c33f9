"""One language's catalogue composed into the HTML, styles and resources of a brochure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from brochure import __version__
from brochure.assets import Assets
from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Diagnostic, Location
from brochure.languages import Language
from brochure.measures import PageFormat
from brochure.pages.body import prepare_body
from brochure.pages.codes import qr_code
from brochure.pages.colours import Hue, hue_of, palette_of
from brochure.pages.composition import Composition, SectionPlace, Style
from brochure.pages.edition import Edition
from brochure.pages.environment import make_environment, render_template
from brochure.pages.filters import opening_hours, text_filters
from brochure.pages.formats import page_format
from brochure.pages.frames import (
    COVER_SHARE,
    LOGO_FRAME,
    OVERSHOOT_MM,
    body_frame,
    card_frame,
    cover_frame,
    detail_frame,
)
from brochure.pages.gallery import Gallery
from brochure.settings import FILE_NAME, Facts, Settings
from brochure.typefaces import Script, Typefaces

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stock:
    """What all parts of one composition share."""

    settings: Settings
    language: Language
    facts: Facts
    edition: Edition
    page: PageFormat
    typefaces: Typefaces
    script: Script
    families: tuple[str, ...]
    site_root: Path
    gallery: Gallery


def compose_brochure(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    *,
    assets: Assets,
    typefaces: Typefaces,
    site_root: Path,
    tightness: Mapping[str, int] = MappingProxyType({}),
    only: frozenset[str] = frozenset(),
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose the brochure of one language, or the sections whose anchors are in `only`.

    `tightness` (0 to 4) says how tight each section is set, by its anchor.
    Reports `image-unreadable`; raises `BrochureError` with `template-fault`.
    """
    language = catalogue.language
    script = typefaces.script(language.script)
    assert script is not None, "fonts are checked before pages are composed"
    families = typefaces.stack(script)
    stock = _Stock(
        settings=settings,
        language=language,
        facts=settings.language[language.tag],
        edition=edition,
        page=page_format(settings.page.format, assets),
        typefaces=typefaces,
        script=script,
        families=families,
        site_root=site_root,
        gallery=Gallery(families),
    )
    values = {**_values(catalogue, stock), "tightness": tightness, "only": only}
    composition = _composition(catalogue, stock, values, assets, typefaces)
    return composition, tuple(stock.gallery.faults)


def _composition(
    catalogue: Catalogue,
    stock: _Stock,
    values: dict[str, Any],
    assets: Assets,
    typefaces: Typefaces,
) -> Composition:
    environment = make_environment(assets)
    environment.filters.update(text_filters(stock.language))
    only = values["only"]
    return Composition(
        html=render_template(environment, "sections.html" if only else "brochure.html", values),
        styles=tuple(
            Style(name=name, css=render_template(environment, f"styles/{name}", values))
            for name in _style_names(stock.edition)
        ),
        resources=stock.gallery.resources,
        sections=_places(catalogue, only),
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
    )


def _style_names(edition: Edition) -> tuple[str, ...]:
    return (*STYLES, f"{edition.name}.css", *(("proof.css",) if edition.is_proof else ()))


def _places(catalogue: Catalogue, only: frozenset[str]) -> tuple[SectionPlace, ...]:
    places = [
        SectionPlace(anchor=treatment.anchor, title=treatment.title, place=treatment.place)
        for treatment in catalogue.treatments
        if not only or treatment.anchor in only
    ]
    back = SectionPlace(
        anchor="contact",
        title=catalogue.language.wording.contact,
        place=Location(path=FILE_NAME),
    )
    return (*places, *(() if only else (back,)))


def _link_texts(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    texts = [(treatment.anchor, treatment.title) for treatment in catalogue.treatments]
    return (*texts, ("overview", catalogue.language.wording.overview))


def _values(catalogue: Catalogue, stock: _Stock) -> dict[str, Any]:
    """Everything that templates and style sheets may name."""
    settings, language, facts = stock.settings, stock.language, stock.facts
    clinic, page, edition = settings.clinic, stock.page, stock.edition
    cover = _site_file(stock, clinic.cover)
    logo = _site_file(stock, clinic.logo)
    return {
        "generator": f"brochure {__version__}",
        "language": language,
        "words": language.wording,
        "clinic": clinic,
        "facts": facts,
        "imprint": settings.imprint,
        "edition_date": language.date(settings.imprint.date) if settings.imprint.date else "",
        "title": f"{facts.name} – {facts.tagline}" if facts.tagline else facts.name,
        "subject": language.wording.subject.format(clinic=facts.name),
        "categories": [_category(category, stock) for category in catalogue.categories],
        "hours": opening_hours(clinic.hours, language),
        "booking_code": _booking_code(stock),
        "logo": stock.gallery.of_clinic(logo, "logo", LOGO_FRAME),
        "cover_address": stock.gallery.of_clinic(cover, "cover", cover_frame(page, edition)),
        "palette": palette_of(settings.brand),
        "format": page,
        "edition": edition,
        "script": stock.script,
        "scale": stock.script.size_percent / 100 * page.type_scale,
        "leading_mm": stock.script.leading_mm * page.type_scale,
        "families": stock.families,
        "other_languages": _other_languages(catalogue, stock),
        "overshoot_mm": OVERSHOOT_MM,
        "cover_share": COVER_SHARE,
    }


def _other_languages(catalogue: Catalogue, stock: _Stock) -> list[dict[str, Any]]:
    """How the texts are set that are not in the brochure's own language."""
    found = {treatment.language.tag: treatment.language for treatment in catalogue.treatments}
    return [
        {
            "tag": language.tag,
            "script": script,
            "scale": script.size_percent / 100 * stock.page.type_scale,
            "leading_mm": script.leading_mm * stock.page.type_scale,
            "families": stock.typefaces.stack(script),
        }
        for language in found.values()
        if language.tag != stock.language.tag
        and (script := stock.typefaces.script(language.script)) is not None
    ]


def _category(category: Category, stock: _Stock) -> dict[str, Any]:
    hue = hue_of(category.hue, stock.settings.brand.paper)
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


def _treatment(treatment: Treatment, hue: Hue, stock: _Stock) -> dict[str, Any]:
    picture, thumbnail = treatment.picture, treatment.thumbnail
    detail, card = (frame(stock.page, stock.edition) for frame in (detail_frame, card_frame))
    to_follow = stock.language.wording.picture_to_follow.format(title=treatment.title)
    return {
        "anchor": treatment.anchor,
        "is_repeat": treatment.is_repeat,
        "language": treatment.language,
        "only_in": _only_in(treatment, stock),
        "is_outdated": treatment.is_outdated,
        "title": treatment.title,
        "subtitle": treatment.subtitle,
        "card_title": treatment.card_title,
        "card_subtitle": treatment.card_subtitle,
        "picture": stock.gallery.of_treatment(treatment, picture, "picture", detail, hue),
        "picture_alt": treatment.alt if picture else to_follow,
        "picture_language": treatment.language if picture else stock.language,
        "thumbnail": stock.gallery.of_treatment(treatment, thumbnail, "card", card, hue),
        "thumbnail_alt": treatment.alt if thumbnail else to_follow,
        "thumbnail_language": treatment.language if thumbnail else stock.language,
        "body": _body(treatment, stock),
    }


def _only_in(treatment: Treatment, stock: _Stock) -> str:
    """The line above a text that is not in the brochure's own language."""
    if treatment.language.tag == stock.language.tag:
        return ""
    name = stock.language.name_of(treatment.language)
    return stock.language.wording.only_in.format(language=name)


def _body(treatment: Treatment, stock: _Stock) -> Markup:
    frame = body_frame(stock.page, stock.edition)
    return prepare_body(
        treatment.body,
        treatment.language,
        lambda name: stock.gallery.of_body(treatment, name, frame),
        treatment.title,
    )


def _site_file(stock: _Stock, name: str) -> Path | None:
    return stock.site_root / name.lstrip("/") if name else None


def _booking_code(stock: _Stock) -> Markup | None:
    booking = stock.settings.clinic.booking
    if not booking:
        return None
    title = stock.language.wording.booking_code.format(address=booking)
    return qr_code(booking, title)
