"""Content files read from the disk: the one place where the clinic's texts come in.

A site's files are called `_<category>/NNN-slug-LANG.md` or the like (see `names`); the language
is the one that `lang` in the front matter names, else the file name, else a folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NamedTuple

from brochure.content import front_matter
from brochure.content.document import Document, Field, FrontMatter, place_in
from brochure.content.names import PathParts, read_path
from brochure.content.pictures import Known, Roots, find_pictures
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.languages import Languages
from brochure.settings import ContentSettings

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
MAX_BYTES = 5_000_000
_SAMPLE = 20_000
_ENCODINGS = ("utf_16", "cp1252", "cp1253", "cp1256", "cp1255", "cp1251", "gb18030")
"""What editors on Windows save in where our languages are written."""
_NO, _YES = ("false", "no", "off"), ("true", "yes", "on")


def picture_roots(project: Path, settings: ContentSettings) -> Roots:
    """Where this project's pictures may lie."""
    site_root = project / settings.site_root
    named = (project, site_root, *(project / root for root in settings.roots))
    return Roots(site_root=site_root, allowed=tuple(path.resolve() for path in named))


class Reading(NamedTuple):
    """What was read; `left_out` counts drafts, unpublished and hidden files.

    `looked_at` are the pictures that were looked for, there or not.
    """

    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: int = 0
    looked_at: frozenset[Path] = frozenset()


def read_content(
    project: Path,
    settings: ContentSettings,
    languages: Languages,
    tags: Sequence[str] = (),
) -> Reading:
    """Read every content file, in the order of their paths.

    `tags` are the clinic's languages, so that `pt-BR` can be its `pt`. Reports `file-unreadable`,
    `front-matter-missing`, `front-matter-syntax`, `language-unknown`, `language-conflict`,
    `image-missing`, `image-refused`, and `content-empty` when there is no file at all.
    """
    roots = picture_roots(project, settings)
    reader = _Reader(project=project, languages=languages, tags=tuple(tags), roots=roots)
    documents: list[Document] = []
    faults: list[Diagnostic] = []
    known: Known = {}
    left_out = 0
    for root, file in _content_files(project, settings):
        if _is_hidden(file.relative_to(root)):
            left_out += 1
            continue
        document, found = reader.read(root, file)
        if document and _is_unpublished(document.front_matter):
            left_out += 1
            continue
        faults += found
        if document:
            pictures, missing = find_pictures(document, roots, known)
            faults += missing
            documents.append(replace(document, pictures=tuple(pictures)))
    if not documents and not faults:
        faults.append(_empty(settings))
    return Reading(tuple(documents), tuple(faults), left_out, frozenset(roots.looked_at))


def _content_files(project: Path, settings: ContentSettings) -> Iterator[tuple[Path, Path]]:
    """Each file that the patterns choose, with its root."""
    for name in settings.roots:
        root = project / name
        found = {path for pattern in settings.include for path in root.glob(pattern)}
        found -= {path for pattern in settings.exclude for path in root.glob(pattern)}
        yield from ((root, path) for path in sorted(found))


def _is_hidden(path: PurePath) -> bool:
    return path.name.startswith(("_", ".")) or any(
        folder == "_drafts" or folder.startswith(".") for folder in path.parts[:-1]
    )


def _is_unpublished(head: FrontMatter) -> bool:
    return head.published.text.lower() in _NO or head.draft.text.lower() in _YES


def _empty(settings: ContentSettings) -> Diagnostic:
    return diagnose(
        "content-empty",
        Location(path=", ".join(settings.roots)),
        problem="No treatment was found",
        cause="Treatments are files like _face/010-peeling-en.md below this folder.",
        fix="Name the right folder under [content] roots in brochure.toml.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads one file after the other."""

    project: Path
    languages: Languages
    tags: tuple[str, ...]
    roots: Roots

    def read(self, root: Path, file: Path) -> tuple[Document | None, list[Diagnostic]]:
        """One file of a content root; its pictures are not looked for yet."""
        shown = Path(os.path.relpath(file, self.project)).as_posix()
        data = _bytes_of(file, shown, self.roots)
        if isinstance(data, Diagnostic):
            return None, [data]
        text = _decode(shown, data)
        if isinstance(text, Diagnostic):
            return None, [text]
        parts = front_matter.split(shown, text)
        if isinstance(parts, Diagnostic):
            return None, [parts]
        head, faults = front_matter.read_head(shown, text, parts)
        if faults:
            return None, faults
        path = read_path(file.relative_to(root), root.resolve().name, self.languages)
        found = self._codes(path, head)
        tag = self.languages.match(found[0][1], self.tags) if found else None
        if tag is None:
            return None, [_unknown_language(shown, text, head.lang, self.languages)]
        document = Document(
            path=shown,
            file=file,
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            md5=hashlib.md5(data, usedforsecurity=False).hexdigest(),
            category=path.category,
            order=path.order,
            slug=path.slug,
            language=tag,
            front_matter=head,
            body=parts.body,
            body_line=parts.body_line,
        )
        return document, self._conflict(document, found)

    def _codes(self, path: PathParts, head: FrontMatter) -> list[tuple[str, str]]:
        """What names a language, and the code it names, the most trusted first."""
        named = (
            ("“lang:”", head.lang.text),
            ("the file name", path.code_in_name),
            ("the folder", path.code_in_folder),
        )
        return [(source, code) for source, code in named if code]

    def _conflict(self, document: Document, found: list[tuple[str, str]]) -> list[Diagnostic]:
        others = [
            f"{source} says “{code}”"
            for source, code in found[1:]
            if self.languages.match(code, self.tags) != document.language
        ]
        if not others:
            return []
        source, code = found[0]
        return [
            diagnose(
                "language-conflict",
                document.place_of(document.front_matter.lang),
                problem=f"The language is not clear: {source} says “{code}”, {', '.join(others)}",
                cause=f"The text is printed as “{document.language}”.",
                fix="Let file name, folder and “lang:” name the same language.",
            )
        ]


def _bytes_of(file: Path, shown: str, roots: Roots) -> bytes | Diagnostic:
    if not roots.allows(file):
        return _unreadable(
            Location(path=shown),
            problem="The file is a link that leads out of the project",
            cause="Only files of the project and its configured roots are read.",
            fix="Put the file itself here instead of the link.",
        )
    try:
        if file.stat().st_size > MAX_BYTES:
            return _unreadable(
                Location(path=shown),
                problem=f"The file is larger than {MAX_BYTES // 1_000_000} MB",
                cause="No treatment's text is that long; it is probably another kind of file.",
                fix="Take the file out of the content folder, or shorten it.",
            )
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
            cause=f"The file was saved in another encoding{_likely_encoding(data)}; its letters "
            "would come out wrong.",
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


def _likely_encoding(data: bytes) -> str:
    """In words, the encoding that the bytes look like; nothing if that is not clear."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_ENCODINGS)).best()
    return (
        f", most likely {best.encoding.replace('_', '-').replace('cp', 'windows-')}"
        if best
        else ""
    )


def _unreadable(place: Location, *, problem: str, cause: str, fix: str) -> Diagnostic:
    return diagnose("file-unreadable", place, problem=problem, cause=cause, fix=fix)


def _unknown_language(shown: str, text: str, lang: Field, languages: Languages) -> Diagnostic:
    found = f"The language “{lang.text}” is unknown" if lang else "The file names no language"
    return diagnose(
        "language-unknown",
        place_in(shown, text, lang.line, lang.column),
        problem=found,
        cause="The language decides fonts, direction and the brochure that the text goes into.",
        fix=f"Write one of {', '.join(languages.codes)} after “lang:”.",
    )
