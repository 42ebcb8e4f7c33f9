"""The values that the content room hands on: one `Document` for each file of the clinic."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from brochure.diagnostics import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of the front matter and where it stands; `text` is as written, never converted."""

    text: str = ""
    line: int = 1
    column: int = 1

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys that we know; a key that is not there is an empty `Field`."""

    title: Field = field(default_factory=Field)
    subtitle: Field = field(default_factory=Field)
    image: Field = field(default_factory=Field)
    alt: Field = field(default_factory=Field)
    focus: Field = field(default_factory=Field)
    lang: Field = field(default_factory=Field)
    page_id: Field = field(default_factory=Field)
    source_hash: Field = field(default_factory=Field)
    card_title: Field = field(default_factory=Field)
    card_subtitle: Field = field(default_factory=Field)
    thumbnail: Field = field(default_factory=Field)
    order: Field = field(default_factory=Field)
    weight: Field = field(default_factory=Field)
    published: Field = field(default_factory=Field)
    draft: Field = field(default_factory=Field)
    version: Field = field(default_factory=Field)
    reviewed: Field = field(default_factory=Field)
    next_review: Field = field(default_factory=Field)
    reviewed_by: Field = field(default_factory=Field)
    sources: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture file that a document names: the name as written, and the file it means."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One content file as read.

    `path` is shown to users, `category`, `order` (None without a number) and `slug` come from
    folder and file name,
    `language` is a BCP 47 tag, `body` is Markdown and starts at `body_line` of the file. `sha256`
    and `md5` are digests of the raw bytes; the latter is what a translation's `source_hash` holds.
    """

    path: str
    file: Path
    text: str
    sha256: str
    md5: str
    category: str
    order: int | None
    slug: str
    language: str
    front_matter: FrontMatter
    body: str
    body_line: int
    pictures: tuple[Picture, ...] = ()

    def place(self, line: int, column: int = 1) -> Location:
        """The location of a line of this file."""
        return place_in(self.path, self.text, line, column)

    def place_of(self, item: Field) -> Location:
        """The location of a front-matter value."""
        return self.place(item.line, item.column)

    def picture(self, name: str) -> Path | None:
        """The file that the picture `name` means, if it is there."""
        return next((item.path for item in self.pictures if item.name == name), None)


def place_in(path: str, text: str, line: int, column: int = 1) -> Location:
    """The location of line `line` (from 1) of a file with this text."""
    lines = text.split("\n")
    source_line = lines[line - 1] if 0 < line <= len(lines) else ""
    return Location(path=path, line=line, column=column, source_line=source_line)
