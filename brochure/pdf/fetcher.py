"""What a page may read while it is laid out: its own resources and files of the project.

No network, no file outside the given roots; a symbolic link counts as the file it leads to.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from brochure.pages.composition import ADDRESS, Resource


class RefusedError(Exception):
    """An address that a page may not read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The resources of one composition, and the folders that files may come from.

    It remembers what it has refused, and which files it has given.
    """

    resources: tuple[Resource, ...]
    roots: tuple[Path, ...]
    refused: list[tuple[str, str]] = field(default_factory=list)
    given: list[Path] = field(default_factory=list)

    def fetch(self, url: str) -> Resource:
        """The resource at `url`; raises `RefusedError` and remembers it otherwise."""
        try:
            return self._fetch(url)
        except RefusedError as error:
            self.refused.append((url, str(error)))
            raise

    def _fetch(self, url: str) -> Resource:
        if url.startswith(ADDRESS):
            return _named(unquote(url.removeprefix(ADDRESS)), self.resources)
        if urlsplit(url).scheme != "file":
            raise RefusedError("it lies on the network")
        path = Path(url2pathname(urlsplit(url).path)).resolve()
        if not any(path.is_relative_to(root.resolve()) for root in self.roots):
            raise RefusedError("it lies outside the project")
        if not path.is_file():
            raise RefusedError("there is no such file")
        self.given.append(path)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Resource(name=path.name, media_type=media_type, data=path.read_bytes())


def _named(name: str, resources: Iterable[Resource]) -> Resource:
    found = next((resource for resource in resources if resource.name == name), None)
    if found is None:
        raise RefusedError("the page has no such picture")
    return found
