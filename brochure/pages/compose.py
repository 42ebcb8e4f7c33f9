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
from markupsafe import Markup

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
from brochure.pages.images import let_go
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
from brochure.pages.style_sheets import style_sheets
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
    """What all extracts of one language and edition have in common.

    The treatments in `categories` are in no extract but the front and their own section: what a
    section depends on is in `production.recipes`.
    """

    catalogue: Catalogue
    stock: Stock
    environment: jinja2.Environment
    values: dict[str, Any]
    categories: tuple[dict[str, Any], ...]
    styles: tuple[Style, ...]

    @cached_property
    def sections(self) -> dict[str, tuple[Treatment, Category]]:
        """The treatments that have a section, by anchor, in their order."""
        return {
            treatment.anchor: (treatment, category)
            for category in self.catalogue.categories
            for treatment in category.treatments
            if not treatment.is_repeat
        }

    @cached_property
    def openings(self) -> frozenset[str]:
        """The anchors of the first section of each category."""
        return frozenset(category["opening"] for category in self.categories)

    @cached_property
    def link_texts(self) -> dict[str, str]:
        """What a link says, by the anchor that it leads to."""
        texts = {anchor: treatment.title for anchor, (treatment, _) in self.sections.items()}
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
    """Prepare the brochure of `catalogue`.

    Reports `contrast-low`; raises `BrochureError` with `template-fault`. The gallery says what is
    wrong with pictures when the pages that show them have been composed.
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
    categories = tuple(_category(category, stock) for category in catalogue.categories)
    bare = {**values, "categories": [_without_treatments(category) for category in categories]}
    let_go()
    design = Design(
        catalogue=catalogue,
        stock=stock,
        environment=environment,
        values=values,
        categories=categories,
        styles=style_sheets(
            _style_names(edition), bare, stock, environment=environment, assets=assets
        ),
    )
    return design, faint


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
        "categories": [_shown(category, extract) for category in design.categories],
        "extract": extract,
        "numbers": {anchor: folio(number) for anchor, number in numbers.items()},
        "tightness": tightness,
    }
    html = render_template(design.environment, "brochure.html", values)
    return replace(_composition(design, extract, html), keywords=(), date=None, version="")


def facts_of(design: Design, *, is_proved: bool) -> Composition:
    """What a brochure is as a whole, without its pages; what it says, unless that `is_proved`."""
    extract = Extract(has_front=True, sections=frozenset(design.sections), has_back=True)
    return _composition(design, extract, "", is_proved=is_proved)


def _composition(
    design: Design, extract: Extract, html: str, *, is_proved: bool = False
) -> Composition:
    stock, values = design.stock, design.values
    linked = set(map(unescape, _LINKED.findall(html)))
    return Composition(
        html=html,
        styles=design.styles,
        resources=tuple(_resources(design, html)),
        sections=tuple(_places(design, extract, is_proved=is_proved)),
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
    known = {resource.name: resource for resource in design.stock.gallery.resources}
    for name in sorted(set(_NAMED.findall(html))):
        yield known[unescape(name)]


def _style_names(edition: Edition) -> tuple[str, ...]:
    return (*STYLES, f"{edition.name}.css", *(("proof.css",) if edition.is_proof else ()))


def _places(design: Design, extract: Extract, *, is_proved: bool) -> Iterator[SectionPlace]:
    for anchor, section in design.sections.items():
        if anchor in extract.sections:
            yield treatment_place(*section, design.stock, is_proved=is_proved)
    if extract.has_back:
        yield back_place(design.stock)


def _values(catalogue: Catalogue, stock: Stock) -> dict[str, Any]:
    """Everything that templates and style sheets may name, but for the treatments."""
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


def _shown(category: dict[str, Any], extract: Extract) -> dict[str, Any]:
    """A category with the treatments that an extract shows."""
    if extract.has_front:
        return category
    own = [item for item in category["treatments"] if item["anchor"] in extract.sections]
    is_opened = category["opening"] in extract.sections
    opening = category["opening"] if is_opened else ""
    return {**category, "treatments": own, "rows": [], "opening": opening}


def _without_treatments(category: dict[str, Any]) -> dict[str, Any]:
    return _shown(category, Extract())


def _treatment(treatment: Treatment, hue: Hue[str], stock: Stock) -> dict[str, Any]:
    picture_words, picture_language = picture_alt(treatment, treatment.picture, stock)
    thumbnail_words, thumbnail_language = picture_alt(treatment, treatment.thumbnail, stock)
    shown = _WithPictures(treatment, hue, stock)
    shown |= {
        "anchor": treatment.anchor,
        "is_repeat": treatment.is_repeat,
        "language": treatment.language,
        "only_in": only_in(treatment, stock),
        "is_outdated": treatment.is_outdated,
        "title": treatment.title,
        "subtitle": treatment.subtitle,
        "card_title": treatment.card_title,
        "card_subtitle": treatment.card_subtitle,
        "picture_alt": picture_words,
        "picture_language": picture_language,
        "thumbnail_alt": thumbnail_words,
        "thumbnail_language": thumbnail_language,
        "body": _Text(treatment, stock),
    }
    return shown


class _WithPictures(dict[str, Any]):
    """What a template may ask of a treatment; its pictures are prepared when a page shows one.

    Both at once, because most often they are made of the same file.
    """

    def __init__(self, treatment: Treatment, hue: Hue[str], stock: Stock) -> None:
        super().__init__()
        self._treatment, self._hue, self._stock = treatment, hue, stock

    def __missing__(self, key: str) -> str:
        if key not in ("picture", "thumbnail"):
            raise KeyError(key)
        treatment, stock = self._treatment, self._stock
        for name, path, kind, frame in (
            ("picture", treatment.picture, "picture", detail_frame),
            ("thumbnail", treatment.thumbnail, "card", card_frame),
        ):
            self[name] = stock.gallery.of_treatment(
                treatment, path, kind, frame(stock.page, stock.edition), self._hue
            )
        let_go()
        return str(self[key])


class _Text:
    """A treatment's text, made ready when a page shows it."""

    def __init__(self, treatment: Treatment, stock: Stock) -> None:
        self._treatment, self._stock = treatment, stock

    @cached_property
    def _markup(self) -> Markup:
        return body_of(self._treatment, self._stock)

    def __html__(self) -> Markup:
        return self._markup
