"""All that a handout depends on, as a digest that is known before a page of it is composed.

A part of this that were missing would let an outdated handout go to a patient. So whole values are
taken, and of the settings all but what `_shown` leaves out by name: what is added to them later
is in the digest without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from brochure.catalogue.model import Catalogue, Treatment
from brochure.digests import digest_of, toolchain
from brochure.languages import Language
from brochure.pages.formats import page_format
from brochure.production.job import Job
from brochure.settings import CacheSettings, EmailSettings, Settings


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What the handouts of one language and edition have in common."""

    job: Job
    catalogue: Catalogue

    def digest(self, treatment: Treatment, name: str) -> str:
        """The digest of everything that the handout of `treatment`, the file `name`, shows.

        Languages stand in it as tags, because what they are is in `_common`.
        """
        facts = {item.name: getattr(treatment, item.name) for item in fields(treatment)}
        facts["language"] = treatment.language.tag
        facts["languages"] = [language.tag for language in treatment.languages]
        return digest_of(("handout", self._common, facts, self._places[treatment.key], name))

    @cached_property
    def _common(self) -> str:
        job, language = self.job, self.catalogue.language
        logo = job.site_root / job.settings.clinic.logo.lstrip("/")
        return digest_of(
            (
                language.tag,
                _languages(self.catalogue),
                _shown(job.settings, language),
                job.edition,
                page_format(job.settings.handout.format, job.assets),
                job.typefaces,
                tuple(_templates(job)),
                logo if logo.is_file() else None,
                tuple(replace(item, treatments=()) for item in self.catalogue.categories),
                toolchain(),
            )
        )

    @cached_property
    def _places(self) -> dict[str, int]:
        """The category of each treatment, by number."""
        return {
            treatment.key: number
            for number, category in enumerate(self.catalogue.categories)
            for treatment in category.treatments
        }


def _languages(catalogue: Catalogue) -> dict[str, Language]:
    """The language of the handouts, and all that their texts are in or name, in order."""
    named = (
        language
        for treatment in catalogue.treatments
        for language in (treatment.language, *treatment.languages)
    )
    return {language.tag: language for language in (catalogue.language, *named)}


def _shown(settings: Settings, language: Language) -> Settings:
    """The settings without what no handout shows."""
    return replace(
        settings,
        language={language.tag: settings.language[language.tag]},
        email=EmailSettings(),
        cache=CacheSettings(),
        severity={},
    )


def _templates(job: Job) -> Iterator[tuple[str, Path]]:
    """Every file that a template could be, or could include, the clinic's first."""
    for folder in job.assets.folders("templates"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path
