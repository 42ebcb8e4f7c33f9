"""What each file is made of, so that it can be told why it was made anew, or was not.

Noted with every build, by name and digest; compared with the note of the build before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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


def explain(job: Job, artefact: Artefact, *, is_anew: bool) -> Explanation:
    """Compare what `artefact` is made of with the build before, and note it for the next one."""
    now = dict(_ingredients(job, artefact))
    key = digest_of(("ingredients", artefact.path))
    noted = job.cache.get(key)
    before: dict[str, str] | None = json.loads(noted) if noted else None
    job.cache.put(key, json.dumps(now).encode())
    return Explanation(
        path=artefact.path, is_anew=is_anew, reason=_reason(before, now, is_anew, bool(job.cache))
    )


def _ingredients(job: Job, artefact: Artefact) -> Iterator[tuple[str, str]]:
    """Name and digest of everything that the file depends on."""
    yield from ((source.path, source.sha256) for source in artefact.sources)
    for folder in reversed(job.assets.folders("templates")):
        for path in sorted(folder.rglob("*.*")):
            is_other = path.parent.name == "wording" and path.stem != artefact.language
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
