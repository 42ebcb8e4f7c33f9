"""A new clinic in a new folder."""

from __future__ import annotations

from pathlib import Path

from brochure.delivery.files import write_new
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose


def init(folder: Path, *, site: Path | None = None) -> tuple[str, ...]:
    """Put a small working clinic into the new or empty folder `folder`; returns its files.

    With `site`, a Jekyll site, it is a `brochure.toml` that reads that site's texts and pictures.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BrochureError([_in_use(folder)])
    if site and not site.is_dir():
        raise BrochureError([_no_site(site)])
    from brochure.founding import site_files, starter_files

    files = list(site_files(site, folder) if site else starter_files())
    write_new(files, folder)
    return tuple(name for name, _ in files)


def _in_use(folder: Path) -> Diagnostic:
    return diagnose(
        "project-exists",
        Location(path=str(folder)),
        problem=f"{folder} is already in use",
        cause="A new clinic is only ever written into a new or an empty folder.",
        fix="Choose another folder.",
    )


def _no_site(site: Path) -> Diagnostic:
    return diagnose(
        "content-empty",
        Location(path=str(site)),
        problem=f"There is no folder {site}",
        cause="--from names the folder of a Jekyll site, with _config.yml and its collections.",
        fix="Name the folder that the website is made from.",
    )
