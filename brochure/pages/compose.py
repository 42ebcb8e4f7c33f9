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
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Language
from brochure.measures import PageFormat
from brochure.pages.body import prepare_body
from brochure.pages.colours import Hue, hue_of, palette_of
from brochure.pages.composition import ADDRESS, Composition, Resource, SectionPlace, Style
from brochure.pages.edition import Edition
from brochure.pages.environment import make_environment, render_template
from brochure.pages.filters import opening_hours, qr_code, text_filters
from brochure.pages.formats import page_format
from brochure.pages.images import Frame, PictureError, PreparedPicture, placeholder, prepare_picture
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
    "back.css",
    "folios.css",
)
BODY_PICTURE_SHAPE = 4 / 3
OVERSHOOT_MM = 6.0
"""How far a full-bleed picture runs past the trim at the sides, so that inner and outer margins
may differ from page to page without a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stock:
    """What all parts of one composition share."""

    settings: Settings
    language: Language
    facts: Facts
    edition: Edition
    page_format: PageFormat
    script: Script
    families: tuple[str, ...]
    site_root: Path


class _Pictures:
    """Prepares pictures as they are asked for and keeps them as resources, each once."""

    def __init__(self, stock: _Stock) -> None:
        self.resources: dict[str, Resource] = {}
        self.faults: list[Diagnostic] = []
        self._stock = stock

    def address(
        self, path: Path | None, name: str, frame: Frame, *, treatment: Treatment, hue: Hue
    ) -> str:
        """The address of the prepared picture, or of a placeholder if there is none."""
        prepared = self._prepare(path, frame, treatment) if path else None
        if prepared is None:
            prepared = placeholder(treatment.title, hue, frame, self._stock.families)
        return self._keep(name, prepared)

    def plain(self, path: Path | None, name: str, frame: Frame) -> str:
        """The address of a picture that may be missing; empty if it is."""
        if path is None or not path.is_file():
            return ""
        try:
            prepared = prepare_picture(path, path.stat().st_mtime_ns, frame, (50.0, 50.0))
        except PictureError as error:
            self.faults.append(_unreadable(path.name, str(error), Location(path="brochure.toml")))
            return ""
        return self._keep(name, prepared)

    def drawing(self, path: Path, name: str) -> str:
        """The address of an SVG file, used as it is."""
        data = path.read_bytes()
        return self._keep(
            name, PreparedPicture(data=data, media_type="image/svg+xml", width=0, height=0)
        )

    def _prepare(
        self, path: Path, frame: Frame, treatment: Treatment
    ) -> PreparedPicture | None:
        try:
            return prepare_picture(path, path.stat().st_mtime_ns, frame, treatment.focus)
        except PictureError as error:
            self.faults.append(_unreadable(path.name, str(error), treatment.place))
            return None

    def _keep(self, name: str, prepared: PreparedPicture) -> str:
        self.resources[name] = Resource(
            name=name, media_type=prepared.media_type, data=prepared.data
        )
        return f"{ADDRESS}{name}"


def _unreadable(name: str, why: str, place: Location) -> Diagnostic:
    return diagnose(
        "image-unreadable",
        place,
        problem=f"The picture {name} cannot be used: {why}",
        cause="A plain panel is printed in its place.",
        fix="Save the picture again as JPEG, PNG or WebP.",
    )


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
    stock = _stock(catalogue, settings, edition, assets, typefaces, site_root)
    pictures = _Pictures(stock)
    environment = make_environment(assets)
    environment.filters.update(text_filters(stock.language))
    values = {**_values(catalogue, stock, pictures), "tightness": tightness, "only": only}
    html = render_template(environment, "brochure.html" if not only else "sections.html", values)
    styles = tuple(
        Style(name=name, css=render_template(environment, f"styles/{name}", values))
        for name in (*STYLES, f"{edition.name}.css")
    )
    composition = Composition(
        html=html,
        styles=styles,
        resources=tuple(pictures.resources[name] for name in sorted(pictures.resources)),
        sections=_places(catalogue, only),
        families=typefaces.available,
        edition=edition,
        page_format=stock.page_format,
        language=stock.language.tag,
        direction=stock.language.direction,
        link_texts=_link_texts(catalogue),
        title=values["title"],
        author=stock.facts.name,
        subject=values["subject"],
        keywords=tuple(treatment.title for treatment in catalogue.treatments),
        date=settings.imprint.date,
    )
    return composition, tuple(pictures.faults)


def _stock(
    catalogue: Catalogue,
    settings: Settings,
    edition: Edition,
    assets: Assets,
    typefaces: Typefaces,
    site_root: Path,
) -> _Stock:
    language = catalogue.language
    script = typefaces.script(language.script)
    assert script is not None, "fonts are checked before pages are composed"
    return _Stock(
        settings=settings,
        language=language,
        facts=settings.language[language.tag],
        edition=edition,
        page_format=page_format(settings.page.format, assets),
        script=script,
        families=typefaces.stack(script),
        site_root=site_root,
    )


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


def _values(catalogue: Catalogue, stock: _Stock, pictures: _Pictures) -> dict[str, Any]:
    """Everything that templates and style sheets may name."""
    settings, language, facts = stock.settings, stock.language, stock.facts
    clinic = settings.clinic
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
        "categories": [_category(category, stock, pictures) for category in catalogue.categories],
        "hours": opening_hours(clinic.hours, language),
        "booking_code": _booking_code(stock),
        "logo": _logo(stock, pictures),
        "cover_address": pictures.plain(_site_file(stock, clinic.cover), "cover", _cover_frame(stock)),
        "palette": palette_of(settings.brand),
        "format": stock.page_format,
        "edition": stock.edition,
        "script": stock.script,
        "scale": stock.script.size_percent / 100,
        "families": stock.families,
        "overshoot_mm": OVERSHOOT_MM,
    }


def _category(category: Category, stock: _Stock, pictures: _Pictures) -> dict[str, Any]:
    hue = hue_of(category.hue, stock.settings.brand.paper)
    treatments = [
        _treatment(treatment, hue, stock, pictures) for treatment in category.treatments
    ]
    per_row = stock.page_format.cards_per_row
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


def _treatment(
    treatment: Treatment, hue: Hue, stock: _Stock, pictures: _Pictures
) -> dict[str, Any]:
    def named(path: Path | None, kind: str, frame: Frame) -> str:
        name = f"{kind}/{treatment.anchor}"
        return pictures.address(path, name, frame, treatment=treatment, hue=hue)

    placeholder_alt = stock.language.wording.picture_to_follow.format(title=treatment.title)
    return {
        "anchor": treatment.anchor,
        "title": treatment.title,
        "subtitle": treatment.subtitle,
        "card_title": treatment.card_title,
        "card_subtitle": treatment.card_subtitle,
        "picture": named(treatment.picture, "picture", _picture_frame(stock)),
        "picture_alt": treatment.alt if treatment.picture else placeholder_alt,
        "thumbnail": named(treatment.thumbnail, "card", _card_frame(stock)),
        "thumbnail_alt": treatment.alt if treatment.thumbnail else placeholder_alt,
        "body": _body(treatment, stock, pictures),
    }


def _body(treatment: Treatment, stock: _Stock, pictures: _Pictures) -> Markup:
    files = {picture.name: picture.path for picture in treatment.body_pictures}
    width_mm = stock.page_format.text_width_mm
    frame = Frame(
        width_mm=width_mm, height_mm=width_mm / BODY_PICTURE_SHAPE, dpi=stock.edition.picture_dpi
    )

    def address(name: str) -> str | None:
        number = list(files).index(name) if name in files else 0
        place = f"body/{treatment.anchor}-{number}"
        return pictures.plain(files.get(name), place, frame) or None

    return prepare_body(treatment.body, stock.language, address)


def _picture_frame(stock: _Stock) -> Frame:
    page = stock.page_format
    return Frame(
        width_mm=page.width_mm + 2 * OVERSHOOT_MM,
        height_mm=page.picture_height_mm + stock.edition.bleed_mm,
        dpi=stock.edition.picture_dpi,
    )


def _card_frame(stock: _Stock) -> Frame:
    page = stock.page_format
    return Frame(
        width_mm=page.card_width_mm,
        height_mm=page.card_picture_height_mm,
        dpi=stock.edition.picture_dpi,
    )


def _cover_frame(stock: _Stock) -> Frame:
    page, bleed_mm = stock.page_format, stock.edition.bleed_mm
    return Frame(
        width_mm=page.width_mm + 2 * bleed_mm,
        height_mm=page.height_mm * 0.66 + bleed_mm,
        dpi=stock.edition.picture_dpi,
    )


def _site_file(stock: _Stock, name: str) -> Path | None:
    return stock.site_root / name.lstrip("/") if name else None


def _booking_code(stock: _Stock) -> Markup | None:
    booking = stock.settings.clinic.booking
    if not booking:
        return None
    title = stock.language.wording.booking_code.format(address=booking)
    return qr_code(booking, title)


def _logo(stock: _Stock, pictures: _Pictures) -> str:
    path = _site_file(stock, stock.settings.clinic.logo)
    if path and path.suffix == ".svg" and path.is_file():
        return pictures.drawing(path, "logo")
    return pictures.plain(path, "logo", Frame(width_mm=30, height_mm=30, dpi=300))
