"""The clinic's facts, its brand, its languages, its paths: `brochure.toml` as values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

FILE_NAME = "brochure.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """What is the same in every language; `hours` maps `mon`…`sun` to `08:00-19:00` and the like.

    `slug` names the files; `logo` and `cover` are pictures named from the site root.
    """

    slug: str
    languages: tuple[str, ...]
    default_language: str = ""
    phones: tuple[str, ...] = ()
    mobiles: tuple[str, ...] = ()
    email: str = ""
    web: str = ""
    booking: str = ""
    logo: str = ""
    cover: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """A person of the clinic, as printed."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the clinic says of itself in one language."""

    name: str
    tagline: str = ""
    welcome: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    practitioners: tuple[Practitioner, ...] = ()
    imprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Colours as sRGB `#rrggbb`; every tint is derived from them."""

    accent: str = "#0F5F63"
    ink: str = "#22302F"
    paper: str = "#F6F1EA"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySettings:
    """A category's hue (`#rrggbb`) and its title per language; they print in the file's order."""

    hue: str = ""
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """Which page format of `templates/formats.toml` is printed on."""

    format: str = "A5"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSettings:
    """Where the content lies, from the project's folder.

    `roots` hold the category folders; image names in the front matter start from `site_root`.
    `include` and `exclude` are patterns for paths below a root. `same` maps the key of a treatment
    (`category/slug`) to files that belong to it whatever their names say.
    """

    roots: tuple[str, ...] = ("content/_collections",)
    site_root: str = "content"
    include: tuple[str, ...] = ("**/*.md", "**/*.markdown")
    exclude: tuple[str, ...] = ("**/README.md", "**/readme.md")
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


LEAVE_OUT, DEFAULT_LANGUAGE = "leave-out", "default-language"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSettings:
    """What is printed where a translation is missing: nothing, or the default language's text."""

    missing: str = LEAVE_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What tells one edition from the next; `date` is also the date inside the PDF."""

    version: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of `brochure.toml`."""

    clinic: Clinic
    language: Mapping[str, Facts]
    brand: Brand = field(default_factory=Brand)
    page: PageSettings = field(default_factory=PageSettings)
    content: ContentSettings = field(default_factory=ContentSettings)
    categories: Mapping[str, CategorySettings] = field(default_factory=dict)
    imprint: Imprint = field(default_factory=Imprint)
    translations: TranslationSettings = field(default_factory=TranslationSettings)
    severity: Mapping[str, str] = field(default_factory=dict)

    @property
    def default_language(self) -> str:
        """The language that translations are made from."""
        return self.clinic.default_language or self.clinic.languages[0]
