"""Content files read from the disk: the one place where the clinic's texts come in.

A site's files are called `_<category>/NNN-slug-LANG.md`: the folder is the category, `NNN` the
place in it, `LANG` the language (`lang` in the front matter comes first).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from brochure.content import front_matter
from brochure.content.document import Document, Field, place_in
from brochure.content.pictures import Roots, find_pictures
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Languages
from brochure.settings import ContentSettings

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NAME = re.compile(r"(?:(\d+)[-_])?(.+)")


def picture_roots(project: Path, settings: ContentSettings) -> Roots:
    """Where this project's pictures may lie."""
    site_root = project / settings.site_root
    named = (project, site_root, *(project / root for root in settings.roots))
    return Roots(site_root=site_root, allowed=tuple(path.resolve() for path in named))


def read_content(
    project: Path, settings: ContentSettings, languages: Languages
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Read every content file, in the order of their paths.

    Reports `file-unreadable`, `front-matter-missing`, `front-matter-syntax`, `language-unknown`,
    `image-missing`, `image-refused`, and `content-empty` when there is no file at all.
    """
    roots = picture_roots(project, settings)
    documents: list[Document] = []
    faults: list[Diagnostic] = []
    for file in _content_files(project, settings):
        document, found = _read(file, project, languages, roots)
        faults += found
        if document:
            pictures, missing = find_pictures(document, roots)
            faults += missing
            documents.append(replace(document, pictures=tuple(pictures)))
    if not documents and not faults:
        faults.append(_empty(settings))
    return tuple(documents), tuple(faults)


def _content_files(project: Path, settings: ContentSettings) -> Iterator[Path]:
    for root in settings.roots:
        for path in sorted((project / root).rglob("*.md")):
            if not path.name.startswith(("_", ".")) and path.parent != project / root:
                yield path


def _empty(settings: ContentSettings) -> Diagnostic:
    return diagnose(
        "content-empty",
        Location(path=", ".join(settings.roots)),
        problem="No treatment was found",
        cause="Treatments are files like _face/010-peeling-en.md below this folder.",
        fix="Name the right folder under [content] roots in brochure.toml.",
    )


def _read(
    file: Path, project: Path, languages: Languages, roots: Roots
) -> tuple[Document | None, list[Diagnostic]]:
    shown = Path(os.path.relpath(file, project)).as_posix()
    data = _bytes_of(file, shown, roots)
    if isinstance(data, Diagnostic):
        return None, [data]
    text = _decode(shown, data)
    if isinstance(text, Diagnostic):
        return None, [text]
    return _document(file, shown, text, hashlib.sha256(data).hexdigest(), languages)


def _document(
    file: Path, shown: str, text: str, sha256: str, languages: Languages
) -> tuple[Document | None, list[Diagnostic]]:
    parts = front_matter.split(shown, text)
    if isinstance(parts, Diagnostic):
        return None, [parts]
    head, faults = front_matter.read_head(shown, text, parts)
    if faults:
        return None, faults
    order, slug, suffix = _name_parts(file.stem, languages)
    language = languages.find(head.lang.text or suffix)
    if language is None:
        return None, [_unknown_language(shown, text, head.lang, languages)]
    document = Document(
        path=shown,
        file=file,
        text=text,
        sha256=sha256,
        category=file.parent.name.lstrip("_"),
        order=order,
        slug=slug,
        language=language.tag,
        front_matter=head,
        body=parts.body,
        body_line=parts.body_line,
    )
    return document, []


def _bytes_of(file: Path, shown: str, roots: Roots) -> bytes | Diagnostic:
    if not roots.allows(file):
        return _unreadable(
            Location(path=shown),
            problem="The file is a link that leads out of the project",
            cause="Only files of the project and its configured roots are read.",
            fix="Put the file itself here instead of the link.",
        )
    try:
        return file.read_bytes()
    except OSError as error:
        return _unreadable(
            Location(path=shown),
            problem=f"The file cannot be opened: {error.strerror or error}",
            cause="A treatment is a text file, not a folder or a broken link.",
            fix="Put the text itself here, or give it another name.",
        )


def _decode(shown: str, data: bytes) -> str | Diagnostic:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return _unreadable(
            Location(path=shown, line=data.count(b"\n", 0, error.start) + 1),
            problem=f"Byte {error.start + 1} of the file is not UTF-8 text",
            cause="The file was saved in another encoding; its letters would come out wrong.",
            fix="Open the file in the program that wrote it and save it as UTF-8.",
        )
    if control := _UNPRINTABLE.search(text):
        before = text[: control.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return _unreadable(
            place_in(shown, _UNPRINTABLE.sub("\ufffd", text), line, column),
            problem=f"The file holds the control character U+{ord(control[0]):04X}",
            cause="It cannot be printed; it often comes from copying out of another program.",
            fix="Delete the character at this place, or write the line again.",
        )
    return text


def _unreadable(place: Location, *, problem: str, cause: str, fix: str) -> Diagnostic:
    return diagnose("file-unreadable", place, problem=problem, cause=cause, fix=fix)


def _name_parts(stem: str, languages: Languages) -> tuple[int, str, str]:
    """Place, slug and language code of a file name without its ending."""
    match = _NAME.fullmatch(stem)
    number, rest = (match[1], match[2]) if match else (None, stem)
    name, dash, code = rest.rpartition("-")
    if dash and languages.find(code):
        return int(number or 0), name, code
    return int(number or 0), rest, ""


def _unknown_language(shown: str, text: str, lang: Field, languages: Languages) -> Diagnostic:
    found = f"The language “{lang.text}” is unknown" if lang else "The file names no language"
    return diagnose(
        "language-unknown",
        place_in(shown, text, lang.line, lang.column),
        problem=found,
        cause="The language decides fonts, direction and the brochure that the text goes into.",
        fix=f"Write one of {', '.join(languages.codes)} after “lang:”.",
    )
