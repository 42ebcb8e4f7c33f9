"""The editions: one row each, with everything that makes one differ from the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A way to publish the same pages.

    `folder` lies below the output folder, `bleed_mm` is how far pictures run past the trim,
    `picture_dpi` the resolution that pictures are brought down to. `is_printed` tells what goes
    to a printer; `is_proof` marks what is out of date, which a printed edition never does.
    """

    name: str
    folder: str
    bleed_mm: float
    picture_dpi: int
    is_printed: bool = False
    is_proof: bool = False


SCREEN = Edition(name="screen", folder="screen", bleed_mm=0, picture_dpi=220)

EDITIONS = (SCREEN,)


def edition_named(name: str) -> Edition:
    """The edition of that name; raises `KeyError`."""
    return {edition.name: edition for edition in EDITIONS}[name]
