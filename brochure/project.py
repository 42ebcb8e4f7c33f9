"""A clinic's folder, opened: its settings, its languages, and everything it builds with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from brochure.assets import Assets, assets_of
from brochure.cache import NO_CACHE, Cache, cache_of
from brochure.content.pictures import Roots, find_picture
from brochure.content.reader import picture_roots
from brochure.diagnostics import (
    Diagnostic,
    stop_on_errors,
)
from brochure.languages import Language, Languages
from brochure.settings import Settings
from brochure.settings_file import load, locate
from brochure.typefaces import Typefaces, font_fault, load_typefaces
from brochure.wording_files import load_languages, wording_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A clinic's folder, opened: its settings and everything it builds with.

    `today` is the day that dates of review are held against; no file's bytes depend on it. What
    can be made again is kept in `cache`. `looked_at` are the files of logo and cover, there or
    not.
    """

    folder: Path
    settings: Settings
    settings_text: str
    assets: Assets
    all_languages: Languages
    languages: tuple[Language, ...]
    typefaces: Typefaces
    faults: tuple[Diagnostic, ...]
    today: datetime.date | None = None
    cache: Cache = NO_CACHE
    looked_at: frozenset[Path] = frozenset()

    @property
    def site_root(self) -> Path:
        """The folder that picture names start from."""
        return self.folder / self.settings.content.site_root

    @property
    def roots(self) -> tuple[Path, ...]:
        """Every folder that pages may read files from."""
        return (*picture_roots(self.folder, self.settings.content).allowed, *self.assets.roots)


def open_project(
    folder: Path,
    *,
    source_date_epoch: str | None = None,
    today: datetime.date | None = None,
    is_cached: bool = False,
) -> Project:
    """Open the clinic in `folder`, with what is kept there of earlier builds if it `is_cached`.

    Raises `BrochureError` if its settings cannot be used.
    """
    settings, text = load(folder, source_date_epoch=source_date_epoch)
    roots = picture_roots(folder, settings.content)
    settings, unusable = _with_usable_pictures(settings, text, roots)
    assets = assets_of(folder)
    known, faults = load_languages(assets)
    known = known.with_digits({tag: facts.digits for tag, facts in settings.language.items()})
    stop_on_errors(faults)
    typefaces = load_typefaces(assets)
    languages, missing = _languages(settings, text, known, typefaces)
    return Project(
        folder=folder,
        settings=settings,
        settings_text=text,
        assets=assets,
        all_languages=known,
        languages=languages,
        typefaces=typefaces,
        faults=(*unusable, *faults, *missing),
        today=today,
        cache=cache_of(folder) if is_cached else NO_CACHE,
        looked_at=frozenset(roots.looked_at),
    )


def _with_usable_pictures(
    settings: Settings, text: str, roots: Roots
) -> tuple[Settings, list[Diagnostic]]:
    """Leave out a logo or cover that is not there or may not be read."""
    clinic = settings.clinic
    found = {
        key: find_picture(name, locate(text, ("clinic", key)), roots, drawings=True)
        for key, name in (("logo", clinic.logo), ("cover", clinic.cover))
        if name
    }
    faults = {key: fault for key, fault in found.items() if isinstance(fault, Diagnostic)}
    usable = replace(
        clinic,
        logo="" if "logo" in faults else clinic.logo,
        cover="" if "cover" in faults else clinic.cover,
    )
    return replace(settings, clinic=usable), list(faults.values())


def _languages(
    settings: Settings, text: str, known: Languages, typefaces: Typefaces
) -> tuple[tuple[Language, ...], list[Diagnostic]]:
    place = locate(text, ("clinic", "languages"))
    languages: list[Language] = []
    faults: list[Diagnostic] = []
    for tag in settings.clinic.languages:
        language = known.find(tag)
        if language is None or language.tag != tag:
            faults.append(wording_fault(tag, known, place))
            continue
        fault = font_fault(
            typefaces, script_code=language.script, language_name=tag, location=place
        )
        if fault:
            faults.append(fault)
        else:
            languages.append(language)
    return tuple(languages), faults
