"""One treatment composed into the HTML, styles and resources of a handout.

What every handout of a language has in common is made once and kept in a `Design`: a clinic hands
out a hundred of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2

from brochure import __version__
from brochure.assets import Assets
from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Catalogue, Category, Treatment
from brochure.diagnostics import Diagnostic
from brochure.languages import Language
from brochure.pages.composition import TIGHTNESS, Composition, Style
from brochure.pages.edition import Edition
from brochure.pages.environment import render_template
from brochure.pages.filters import text_environment
from brochure.pages.formats import page_format
from brochure.pages.frames import LOGO_FRAME, handout_frame
from brochure.pages.gallery import Gallery
from brochure.pages.passages import treatment_place
from brochure.pages.stock import (
    Stock,
    body_of,
    booking_code,
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

_STYLES = ("tokens.css", "base.css", "treatment.css", "languages.css", "handout.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What all handouts of one language and edition have in common."""

    catalogue: Catalogue
    stock: Stock
    environment: jinja2.Environment
    values: dict[str, Any]
    styles: tuple[Style, ...]


def design_handouts(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    *,
    assets: Assets,
    typefaces: Typefaces,
    site_root: Path,
    cache: Cache = NO_CACHE,
) -> tuple[Design, tuple[Diagnostic, ...]]:
    """Prepare the handouts of `catalogue`; raises `BrochureError` with `template-fault`."""
    page = page_format(settings.handout.format, assets)
    stock, faults = stock_of(
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
    names = (*_STYLES, *(("black-and-white.css",) if edition.is_grey else ()))
    design = Design(
        catalogue=catalogue,
        stock=stock,
        environment=environment,
        values=values,
        styles=style_sheets(names, values, stock, environment=environment, assets=assets),
    )
    return design, faults


def compose_handout(
    design: Design, treatment: Treatment
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose the handout of `treatment`, with `TIGHTNESS` where its level of tightness goes.

    Reports `image-unreadable`; raises `BrochureError` with `template-fault`.
    """
    shared = design.stock
    gallery = Gallery(shared.families, shared.paint.separation, shared.cache)
    stock = replace(shared, gallery=gallery)
    category = next(item for item in design.catalogue.categories if treatment in item.treatments)
    values = {
        **design.values,
        **_clinic_pictures(stock),
        "treatment": _treatment(treatment, category, stock),
        "hue_number": design.catalogue.categories.index(category) + 1,
        "review_rows": _review_rows(treatment, stock),
        "title": treatment.title,
        "tightness": TIGHTNESS,
    }
    composition = Composition(
        html=render_template(design.environment, "handout.html", values),
        styles=design.styles,
        resources=gallery.resources,
        sections=(treatment_place(treatment, category, stock),),
        families=stock.typefaces.available,
        edition=stock.edition,
        page_format=stock.page,
        language=stock.language.tag,
        direction=stock.language.direction,
        link_texts=(),
        title=f"{treatment.title} – {stock.facts.name}",
        author=stock.facts.name,
        subject=values["subject"],
        keywords=(category.title,),
        date=stock.settings.imprint.date,
    )
    return composition, tuple(gallery.faults)


def _values(catalogue: Catalogue, stock: Stock) -> dict[str, Any]:
    """What templates and style sheets may name on every handout."""
    words, facts = stock.language.wording, stock.facts
    hues = (stock.paint.hues[category.slug] for category in catalogue.categories)
    return {
        "generator": f"brochure {__version__}",
        "language": stock.language,
        "words": words,
        "clinic": stock.settings.clinic,
        "facts": facts,
        "subject": f"{words.patient_information} – {facts.name}",
        "booking_code": booking_code(stock),
        "palette": stock.paint.palette,
        "categories": [{"hue": hue} for hue in hues],
        "format": stock.page,
        "edition": stock.edition,
        **type_values(stock.script, stock),
        "picture_height_mm": handout_frame(stock.page, stock.edition).height_mm,
        "other_languages": other_languages(catalogue.treatments, stock),
        "named_languages": _named_languages(catalogue.treatments, stock),
        "overshoot_mm": 0,
    }


def _clinic_pictures(stock: Stock) -> dict[str, str]:
    frame = replace(LOGO_FRAME, is_grey=stock.edition.is_grey)
    logo = site_file(stock, stock.settings.clinic.logo)
    return {"logo": stock.gallery.of_clinic(logo, "logo", frame)}


def _named_languages(treatments: Iterable[Treatment], stock: Stock) -> list[dict[str, Any]]:
    """The typefaces of each language that a handout names in its own words."""
    named = {item.tag: item for treatment in treatments for item in treatment.languages}
    return [
        {"tag": language.tag, "families": stock.typefaces.stack(script)}
        for language in named.values()
        if (script := stock.typefaces.script(language.script)) is not None
    ]


def _treatment(treatment: Treatment, category: Category, stock: Stock) -> dict[str, Any]:
    picture = treatment.picture
    frame, hue = handout_frame(stock.page, stock.edition), stock.paint.hues[category.slug]
    words, language = picture_alt(treatment, picture, stock)
    return {
        "anchor": treatment.anchor,
        "category": category.title,
        "language": treatment.language,
        "others": _others(treatment),
        "only_in": only_in(treatment, stock),
        "title": treatment.title,
        "subtitle": treatment.subtitle,
        "picture": stock.gallery.of_treatment(treatment, picture, "picture", frame, hue),
        "picture_alt": words,
        "picture_language": language,
        "body": body_of(treatment, stock),
        "sources": treatment.review.sources,
    }


def _others(treatment: Treatment) -> list[Language]:
    return [item for item in treatment.languages if item.tag != treatment.language.tag]


def _review_rows(treatment: Treatment, stock: Stock) -> list[tuple[str, str]]:
    """What is known of the text, each with the word for it; nothing for what is not known."""
    words, review, imprint = stock.language.wording, treatment.review, stock.settings.imprint
    published, reviewed, due = (
        stock.language.date(date) if date else ""
        for date in (imprint.date, review.reviewed, review.next_review)
    )
    rows = (
        (words.version, review.version or imprint.version),
        (words.published, published),
        (words.reviewed, reviewed),
        (words.reviewed_by, review.reviewed_by),
        (words.next_review, due),
    )
    return [(word, value) for word, value in rows if value]
