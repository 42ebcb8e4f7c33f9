"""One language's catalogue composed into the HTML, styles and resources of a brochure.

A brochure is laid out in extracts: what stands before the treatments, each treatment by itself,
the back page. What all of them share is made once and kept in a `Design`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import jinja2

from brochure import __version__
from brochure.assets import Assets
from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Diagnostic
from brochure.pages.colours import Hue
from brochure.pages.composition import (
    ADDRESS,
    Composition,
    Extract,
    Resource,
    SectionPlace,
    Style,
)
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

_LINKED = re.compile(r'href="#([^"]+)"')
_NAMED = re.compile(rf'"{ADDRESS}([^"]+)"')
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


@dataclass(frozen=True, kw_only=True)
class Design:
    """What all extracts of one language and edition have in common."""

    catalogue: Catalogue
    stock: Stock
    environment: jinja2.Environment
    values: dict[str, Any]
    styles: tuple[Style, ...]

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """Every picture of the brochure, by name."""
        return {resource.name: resource for resource in self.stock.gallery.resources}

    @cached_property
    def places(self) -> dict[str, SectionPlace]:
        """Where each treatment's section was written, by anchor, in their order."""
        return {
            treatment.anchor: treatment_place(treatment, category, self.stock)
            for category in self.catalogue.categories
            for treatment in category.treatments
            if not treatment.is_repeat
        }

    @cached_property
    def link_texts(self) -> dict[str, str]:
        """What a link says, by the anchor that it leads to."""
        texts = {treatment.anchor: treatment.title for treatment in self.catalogue.treatments}
        return {**texts, "overview": self.catalogue.language.wording.overview}


def design_brochure(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    *,
    assets: Assets,
    typefaces: Typefaces,
    site_root: Path,
    cache: Cache = NO_CACHE,
) -> tuple[Design, tuple[Diagnostic, ...]]:
    """Prepare the brochure of `catalogue`, and its pictures unless `cache` has them.

    Reports `image-unreadable` and `contrast-low`; raises `BrochureError` with `template-fault`.
    """
    page = page_format(settings.page.format, assets)
    stock, faint = stock_of(
        catalogue,
        settings,
        edition,
        page,
        typefaces=typefaces,
        site_root=site_root,
        cache=cache,
    )
    environment = text_environment(assets, stock.language, stock.companions)
    values = _values(catalogue, stock)
    design = Design(
        catalogue=catalogue,
        stock=stock,
        environment=environment,
        values=values,
        styles=tuple(
            Style(name=name, css=render_template(environment, f"styles/{name}", values))
            for name in _style_names(edition)
        ),
    )
    return design, (*faint, *stock.gallery.faults)


def compose_extract(
    design: Design,
    extract: Extract,
    *,
    numbers: Mapping[str, int],
    tightness: Mapping[str, int | str],
) -> Composition:
    """Compose some pages of a brochure; raises `BrochureError` with `template-fault`.

    What only the brochure as a whole says of itself is left out. `numbers` are the pages that
    treatments begin on, by anchor, for the front; `tightness` (0 to 4, or `TIGHTNESS` if it is
    not yet known) says how tight a section is set.
    """
    folio = design.stock.language.folio
    values = {
        **design.values,
        "extract": extract,
        "numbers": {anchor: folio(number) for anchor, number in numbers.items()},
        "tightness": tightness,
    }
    html = render_template(design.environment, "brochure.html", values)
    return replace(_composition(design, extract, html), keywords=(), date=None, version="")


def facts_of(design: Design) -> Composition:
    """What a brochure is as a whole, without its pages."""
    anchors = frozenset(treatment.anchor for treatment in design.catalogue.treatments)
    return _composition(design, Extract(has_front=True, sections=anchors, has_back=True), "")


def _composition(design: Design, extract: Extract, html: str) -> Composition:
    stock, values = design.stock, design.values
    linked = set(map(unescape, _LINKED.findall(html)))
    return Composition(
        html=html,
        styles=design.styles,
        resources=tuple(_resources(design, html)),
        sections=_places(design, extract),
        families=stock.typefaces.available,
        edition=stock.edition,
        page_format=stock.page,
        language=stock.language.tag,
        direction=stock.language.direction,
        link_texts=tuple(item for item in design.link_texts.items() if item[0] in linked),
        title=values["title"],
        author=stock.facts.name,
        subject=values["subject"],
        keywords=tuple(treatment.title for treatment in design.catalogue.treatments),
        date=stock.settings.imprint.date,
        version=stock.settings.imprint.version,
        spots=stock.paint.spots,
        front=front_place(design.catalogue, stock) if extract.has_front else None,
        digits=stock.language.digits.signs,
    )


def _resources(design: Design, html: str) -> Iterator[Resource]:
    """The pictures that `html` names."""
    for name in sorted(set(_NAMED.findall(html))):
        yield design.resources[unescape(name)]


def _style_names(edition: Edition) -> tuple[str, ...]:
    return (*STYLES, f"{edition.name}.css", *(("proof.css",) if edition.is_proof else ()))


def _places(design: Design, extract: Extract) -> tuple[SectionPlace, ...]:
    places = [place for anchor, place in design.places.items() if anchor in extract.sections]
    return (*places, *((back_place(design.stock),) if extract.has_back else ()))


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
    own = [treatment for treatment in treatments if not treatment["is_repeat"]]
    per_row = stock.page.cards_per_row
    return {
        "slug": category.slug,
        "title": category.title,
        "anchor": category.anchor,
        "hue": hue,
        "treatments": treatments,
        "opening": own[0]["anchor"] if own else "",
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
