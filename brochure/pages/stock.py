"""What all parts of one composition share, and the small pieces that every product is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Catalogue, Treatment
from brochure.diagnostics import Diagnostic
from brochure.languages import Language
from brochure.measures import PageFormat
from brochure.pages.body import prepare_body
from brochure.pages.codes import qr_code
from brochure.pages.edition import Edition
from brochure.pages.frames import body_frame
from brochure.pages.gallery import Gallery
from brochure.pages.paint import Paint, paint_of
from brochure.pages.scripts import TOLD_APART, Companions, companions_of
from brochure.settings import Facts, Settings
from brochure.typefaces import Script, Typefaces

TEXT_PT = 9.5
"""The size of text on an A5 page (`size-text` in templates/parts/type.css at scale 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What all parts of one composition share."""

    settings: Settings
    language: Language
    facts: Facts
    edition: Edition
    page: PageFormat
    typefaces: Typefaces
    script: Script
    families: tuple[str, ...]
    companions: Companions
    site_root: Path
    paint: Paint
    cache: Cache
    gallery: Gallery

    @property
    def type_scale(self) -> float:
        """The size of type against an A5 brochure's: the edition's own, or the page format's."""
        return self.edition.text_pt / TEXT_PT or self.page.type_scale


def stock_of(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    page: PageFormat,
    *,
    typefaces: Typefaces,
    site_root: Path,
    cache: Cache = NO_CACHE,
) -> tuple[Stock, tuple[Diagnostic, ...]]:
    """The stock for compositions of `catalogue`, its gallery still empty.

    Reports `contrast-low`.
    """
    language = catalogue.language
    script = typefaces.script(language.script)
    assert script is not None, "fonts are checked before pages are composed"
    families = typefaces.stack(script)
    paint, faults = paint_of(settings, edition, catalogue.categories, cache)
    stock = Stock(
        settings=settings,
        language=language,
        facts=settings.language[language.tag],
        edition=edition,
        page=page,
        typefaces=typefaces,
        script=script,
        families=families,
        companions=companions_of((settings.default_language, *settings.clinic.languages)),
        site_root=site_root,
        paint=paint,
        cache=cache,
        gallery=Gallery(families, paint.separation, cache),
    )
    return stock, faults


def type_values(script: Script, stock: Stock) -> dict[str, Any]:
    """How text in `script` is set: what `type_tokens` in templates/parts/type.css asks for."""
    return {
        "script": script,
        "scale": script.size_percent / 100 * stock.type_scale,
        "leading_mm": script.leading_mm * stock.type_scale,
        "least_pt": _least_pt(script, stock),
        "families": stock.typefaces.stack(script),
        "companions": _companion_values(script, stock),
    }


def _least_pt(script: Script, stock: Stock) -> float:
    """How large type in `script` has to be for words of any other script in it to be large enough.

    Those are set smaller where they look as large.
    """
    smallest = min(other.size_percent for _, other in stock.typefaces.scripts)
    return stock.edition.least_pt * script.size_percent / smallest


def _companion_values(script: Script, stock: Stock) -> list[dict[str, Any]]:
    """How words of the other scripts are set among words in `script`, Latin ones first."""
    return [
        {
            "tag": stock.companions.tag(code),
            "script": other,
            "size_percent": round(100 * other.size_percent / script.size_percent, 2),
            "families": stock.typefaces.stack(other),
        }
        for code, other in stock.typefaces.scripts
        if code in TOLD_APART
    ]


def other_languages(treatments: Iterable[Treatment], stock: Stock) -> list[dict[str, Any]]:
    """How the texts are set that are not in the composition's own language."""
    found = {treatment.language.tag: treatment.language for treatment in treatments}
    return [
        {"tag": language.tag, **type_values(script, stock)}
        for language in found.values()
        if language.tag != stock.language.tag
        and (script := stock.typefaces.script(language.script)) is not None
    ]


def only_in(treatment: Treatment, stock: Stock) -> str:
    """The line above a text that is not in the composition's own language."""
    if treatment.language.tag == stock.language.tag:
        return ""
    name = stock.language.name_of(treatment.language)
    return stock.language.wording.only_in.format(language=name)


def edition_note(stock: Stock) -> str:
    """Which version of the brochure it is, and of what day, as far as that is known."""
    imprint, language = stock.settings.imprint, stock.language
    if not imprint.version:
        return ""
    date = language.date(imprint.date) if imprint.date else ""
    return language.wording.edition_note.format(version=imprint.version, date=date).rstrip(" ·")


def body_of(treatment: Treatment, stock: Stock) -> Markup:
    """A treatment's text ready for the page."""
    frame = body_frame(stock.page, stock.edition)
    return prepare_body(
        treatment.body,
        treatment.language,
        lambda name: stock.gallery.of_body(treatment, name, frame),
        treatment.title,
        stock.companions,
    )


def picture_alt(treatment: Treatment, picture: Path | None, stock: Stock) -> tuple[str, Language]:
    """What is said of a treatment's picture or of the panel in its place, and in what language."""
    if picture:
        return treatment.alt, treatment.language
    to_follow = stock.language.wording.picture_to_follow.format(title=treatment.title)
    return to_follow, stock.language


def site_file(stock: Stock, name: str) -> Path | None:
    """The file of the clinic's site that a setting names, if it names one."""
    return stock.site_root / name.lstrip("/") if name else None


def booking_code(stock: Stock) -> Markup | None:
    """The code to scan for booking online, if the clinic has a page for it."""
    booking = stock.settings.clinic.booking
    if not booking:
        return None
    return qr_code(booking, stock.language.wording.booking_code.format(address=booking))
