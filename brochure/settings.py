"""The clinic's facts, its brand, its languages, its paths: `brochure.toml` as values."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from brochure.printers import Ink, Spot

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
    """What the clinic says of itself in one language.

    `digits` is CLDR's name of the digits that dates, hours and page numbers are printed in.
    """

    name: str
    tagline: str = ""
    welcome: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    practitioners: tuple[Practitioner, ...] = ()
    imprint: str = ""
    digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Colours as sRGB `#rrggbb`; every tint is derived from them.

    `accent_inks` and `paper_inks` are what is printed for them, where they are not to be computed;
    `accent_spot` prints the accent with an ink of its own. Text is black ink, whatever `ink` is.
    """

    accent: str = "#0F5F63"
    ink: str = "#22302F"
    paper: str = "#F6F1EA"
    accent_inks: Ink | None = None
    accent_spot: Spot | None = None
    paper_inks: Ink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySettings:
    """A category's hue (`#rrggbb`) and its title per language; they print in the file's order.

    `inks` is what is printed for the hue, where it is not to be computed.
    """

    hue: str = ""
    inks: Ink | None = None
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """Which page format of `templates/formats.toml` is printed on."""

    format: str = "A5"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutSettings:
    """Which page format of `templates/formats.toml` handouts are printed on."""

    format: str = "A4"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSettings:
    """Which printer of `printers/` the print edition is made for, unless another one is named."""

    printer: str = "generic-coated"


LEAVE_OUT, DEFAULT_LANGUAGE = "leave-out", "default-language"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSettings:
    """What is printed where a translation is missing: nothing, or the default language's text."""

    missing: str = LEAVE_OUT


class Security(enum.Enum):
    """How the way to the mail server is encrypted: from the first byte, from a command on, not.

    Without encryption it may only be a server on this very machine.
    """

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """Whose e-mail leaves, how large it may be, and the server that sends it.

    `sender` is the clinic's address if it is empty, `sender_name` its name in the patient's
    language. The password is never among the settings.
    """

    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    attachment_limit_mb: int = 7
    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    per_minute: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheSettings:
    """How much is kept of what can be made again, in millions of bytes."""

    limit_mb: int = 500


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
    print: PrintSettings = field(default_factory=PrintSettings)
    handout: HandoutSettings = field(default_factory=HandoutSettings)
    content: ContentSettings = field(default_factory=ContentSettings)
    categories: Mapping[str, CategorySettings] = field(default_factory=dict)
    imprint: Imprint = field(default_factory=Imprint)
    translations: TranslationSettings = field(default_factory=TranslationSettings)
    email: EmailSettings = field(default_factory=EmailSettings)
    cache: CacheSettings = field(default_factory=CacheSettings)
    severity: Mapping[str, str] = field(default_factory=dict)

    @property
    def default_language(self) -> str:
        """The language that translations are made from."""
        return self.clinic.default_language or self.clinic.languages[0]
