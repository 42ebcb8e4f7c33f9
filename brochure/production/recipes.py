"""All that a treatment's pages depend on, as a digest that is known before they are composed.

Something missing in it would let an outdated handout go to a patient. So whole values are taken,
and of the settings all but what `_shown` leaves out by name: what is added to them later is in the
digest without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import NamedTuple

from brochure.catalogue.model import Catalogue, Treatment
from brochure.diagnostics import Diagnostic
from brochure.digests import digest_of, toolchain_digest
from brochure.languages import Language
from brochure.pages.formats import page_format
from brochure.production.job import Job
from brochure.production.work import Steps, Work, key_of
from brochure.settings import CacheSettings, EmailSettings, Settings


class Order(NamedTuple):
    """Something wanted of a treatment, by `name`, and how to compose the work on it.

    What was found while it was composed is given with it.
    """

    treatment: Treatment
    name: str
    compose: Callable[[], tuple[Work, tuple[Diagnostic, ...]]]


class Supply(NamedTuple):
    """What came of an order, and what was found while it was composed."""

    data: bytes
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Larder:
    """Knows what was made of treatments before: work on the very same things is not composed.

    `page` is the name of the page format.
    """

    job: Job
    catalogue: Catalogue
    page: str

    def fetch(self, orders: Sequence[Order]) -> Steps[list[Supply]]:
        """What comes of these orders.

        Under the digest of all that a piece of work depends on, the cache has the key of the
        piece, unless something was found, or somebody edited what it depends on in the meantime.
        """
        cache = self.job.cache
        digests = [
            self._recipe.digest(item.treatment, item.name) if cache else "" for item in orders
        ]
        supplies = [self._kept(digest) for digest in digests]
        composed: dict[int, tuple[Work, tuple[Diagnostic, ...]]] = {}

        def works() -> Iterator[Work]:
            for at in (at for at, supply in enumerate(supplies) if supply is None):
                composed[at] = orders[at].compose()
                yield composed[at][0]

        done = yield works()
        recipe = self._new_recipe()  # as things are now
        for (at, (work, faults)), data in zip(composed.items(), done, strict=True):
            supplies[at] = Supply(data, faults)
            treatment, name, _ = orders[at]
            if cache and not faults and recipe.digest(treatment, name) == digests[at]:
                cache.put(digests[at], key_of(work).encode())
        return [supply for supply in supplies if supply]

    @cached_property
    def _recipe(self) -> Recipe:
        return self._new_recipe()

    def _new_recipe(self) -> Recipe:
        return Recipe(job=self.job, catalogue=self.catalogue, page=self.page)

    def _kept(self, digest: str) -> Supply | None:
        key = self.job.cache.get(digest)
        known = self.job.cache.get(key.decode()) if key else None
        return None if known is None else Supply(known)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What the pages of all treatments in one language and edition have in common."""

    job: Job
    catalogue: Catalogue
    page: str
    _facts: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    """The digest of each treatment, by its key."""

    def digest(self, treatment: Treatment, name: str) -> str:
        """The digest of everything that pages of `treatment` show, in the piece called `name`.

        Languages stand in it as tags, because what they are is in `_common`.
        """
        key = treatment.key
        if key not in self._facts:
            self._facts[key] = _facts_of(treatment)
        return digest_of(("treatment", self._common, self._facts[key], self._places[key], name))

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
                page_format(self.page, job.assets),
                job.typefaces,
                tuple(job.assets.files("templates")),
                logo if logo.is_file() else None,
                tuple(replace(item, treatments=()) for item in self.catalogue.categories),
                toolchain_digest(),
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


def _facts_of(treatment: Treatment) -> str:
    """The digest of a treatment, with languages as tags."""
    facts = {item.name: getattr(treatment, item.name) for item in fields(treatment)}
    facts["language"] = treatment.language.tag
    facts["languages"] = [language.tag for language in treatment.languages]
    return digest_of(facts)


def _languages(catalogue: Catalogue) -> dict[str, Language]:
    """The language of the pages, and all that their texts are in or name, in order."""
    named = (
        language
        for treatment in catalogue.treatments
        for language in (treatment.language, *treatment.languages)
    )
    return {language.tag: language for language in (catalogue.language, *named)}


def _shown(settings: Settings, language: Language) -> Settings:
    """The settings without what no page of a treatment shows."""
    return replace(
        settings,
        language={language.tag: settings.language[language.tag]},
        email=EmailSettings(),
        cache=CacheSettings(),
        severity={},
    )
