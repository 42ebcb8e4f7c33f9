"""What each file is made of, so that it can be told why it was made anew, or was not.

Noted with every build, by name and digest; compared with the note of the build before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from brochure.delivery.artefact import Artefact
from brochure.digests import digest_of, file_digest, toolchain
from brochure.production.job import Job

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Whether a file (`path` as an artefact's) was made anew, and why."""

    path: str
    is_anew: bool
    reason: str


def explain(job: Job, made: Iterable[tuple[Artefact, bool]]) -> Iterator[Explanation]:
    """Why each artefact was made anew, if it was, by comparison with the build before.

    What it is made of is noted for the next build.
    """
    common: dict[str, dict[str, str]] = {}
    for artefact, is_anew in made:
        if artefact.language not in common:
            common[artefact.language] = dict(_common(job, artefact.language))
        own = {source.path: source.sha256 for source in artefact.sources}
        now = {**own, **common[artefact.language]}
        before = _noted(job, artefact.path, now)
        reason = _reason(before, now, is_anew, bool(job.cache))
        yield Explanation(path=artefact.path, is_anew=is_anew, reason=reason)


def _noted(job: Job, path: str, now: dict[str, str]) -> dict[str, str] | None:
    """What the file was made of in the build before; what it is made of `now` takes its place."""
    key = digest_of(("ingredients", path))
    noted = job.cache.get(key)
    before: dict[str, str] | None = json.loads(noted) if noted else None
    if before != now:
        job.cache.put(key, json.dumps(now).encode())
    return before


def _common(job: Job, language: str) -> Iterator[tuple[str, str]]:
    """Name and digest of everything that all files in one language depend on."""
    for folder in reversed(job.assets.folders("templates")):
        for path in sorted(folder.rglob("*.*")):
            is_other = path.parent.name == "wording" and path.stem != language
            if path.is_file() and not is_other:
                yield f"templates/{path.relative_to(folder).as_posix()}", file_digest(path)
    for family in job.typefaces.available:
        yield from ((f"fonts/{file.name}", file_digest(file)) for file in family.files)
    if job.edition.printer:
        yield f"the printer {job.edition.printer.name}", digest_of(job.edition.printer)
    yield from toolchain()


def _reason(
    before: dict[str, str] | None, now: dict[str, str], is_anew: bool, is_cached: bool
) -> str:
    if not is_cached:
        return "nothing is kept with --no-cache"
    if before is None:
        return "it was not made here before" if is_anew else "another file was just the same"
    changes = [f"{name} is new" for name in now.keys() - before.keys()]
    changes += [f"{name} is gone" for name in before.keys() - now.keys()]
    changes += [f"{name} changed" for name in now.keys() & before if now[name] != before[name]]
    if not changes:
        return (
            "what was kept of it is gone, or a text in another language changed what it says"
            if is_anew
            else "nothing that it is made of has changed"
        )
    said = _listed(sorted(changes))
    return said if is_anew else f"{said}, which does not show on its pages"


def _listed(changes: list[str]) -> str:
    more = len(changes) - _SHOWN
    return ", ".join(changes[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
