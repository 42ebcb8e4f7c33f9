"""Printers read and checked: `printers/<name>.toml`, the clinic's own before ours.

A profile is a file of `printers/profiles/`, of the clinic or of the package. It has to be a CMYK
output profile: device class `prtr`, colour space `CMYK`, signature `acsp` (ICC.1:2022, 7.2).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from brochure.assets import Assets
from brochure.diagnostics import (
    BrochureError,
    Diagnostic,
    Location,
    diagnose,
    in_order,
    stop_on_errors,
)
from brochure.printers import FOLDER, Ink, Printer, Standard, ink_from
from brochure.toml_values import (
    Slip,
    place_at,
    place_of_slip,
    shown,
    structured,
    syntax_problem,
)

PROFILES = f"{FOLDER}/profiles"
FILLED_IN = frozenset({"clinic", "language", "printer", "version", "pages"})
"""What may stand in a file name between { and }."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE_NAME = re.compile(r"[\w.{}-]+\.pdf", re.ASCII)
_HEADER = 40
"""Bytes of an ICC header up to and with its signature."""
_RANGES = {
    "total_ink_percent": (100, 400),
    "picture_dpi": (72, 1200),
    "picture_dpi_min": (72, 1200),
    "line_art_dpi": (150, 4800),
    "line_art_dpi_min": (150, 4800),
    "bleed_mm": (0, 25),
    "safe_mm": (0, 25),
    "page_multiple": (1, 64),
    "smallest_type_pt": (0, 20),
    "hairline_pt": (0, 5),
}
"""What a number may be; beyond it somebody meant another unit."""


def load_printers(assets: Assets) -> tuple[tuple[Printer, ...], tuple[Diagnostic, ...]]:
    """Every printer there is, by name; reports `printer-invalid` and `profile-missing`."""
    found = [_load(path, assets) for path in assets.listing(FOLDER, ".toml")]
    faults = [fault for _, more in found for fault in more]
    return tuple(printer for printer, _ in found if printer), in_order(faults)


def printer_named(assets: Assets, name: str, place: Location | None = None) -> Printer:
    """The printer `name`, which was asked for at `place`, or on the command line.

    Raises `BrochureError` with `printer-unknown`, `profile-missing` or every `printer-invalid`.
    """
    path = assets.find(f"{FOLDER}/{name}.toml") if _NAME.fullmatch(name) else None
    if path is None:
        known = [file.stem for file in assets.listing(FOLDER, ".toml")]
        raise BrochureError([_unknown(name, known, place)])
    printer, faults = _load(path, assets)
    stop_on_errors(faults)
    assert printer is not None, "a printer without faults has been read"
    return printer


def _load(path: Path, assets: Assets) -> tuple[Printer | None, list[Diagnostic]]:
    file = f"{FOLDER}/{path.name}"
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, [_invalid("The file is not UTF-8 text", Location(path=file))]
    except tomllib.TOMLDecodeError as error:
        problem, *place = syntax_problem(text, error)
        return None, [
            _invalid(f"The file cannot be read: {problem}", place_at(file, text, *place))
        ]
    hooks = {Ink: ink_from, Path: lambda name: _profile(name, assets)}
    printer, slips = structured({**data, "name": path.stem}, Printer, hooks=hooks)
    if "name" in data:
        slips = (*slips, Slip("The entry “name” is unknown; the file's own name counts", ()))
    if printer:
        slips = (*slips, *_problems(printer))
    faults = [_invalid(slip.problem, place_of_slip(file, text, slip)) for slip in slips]
    if printer and not faults and printer.condition:
        faults += _profile_faults(printer.condition.profile, file, text)
    return (None if faults else printer), faults


def _profile(name: object, assets: Assets) -> Path:
    """The file of a profile; the path where it should be if it is not there."""
    if not isinstance(name, str) or not re.fullmatch(r"[\w .()-]+\.ic[cm]", name):
        raise TypeError(f"expected the name of a file in {PROFILES}, found {shown(name)}")
    return assets.find(f"{PROFILES}/{name}") or assets.roots[0] / PROFILES / name


def _problems(printer: Printer) -> Iterator[Slip]:
    """What the types cannot say: ranges, and entries that contradict each other."""
    for key, (least, most) in _RANGES.items():
        value = getattr(printer, key)
        if not least <= value <= most:
            yield Slip(f"“{key}” is {value:g}; expected {least:g} to {most:g}", (key,))
    for kind in ("picture_dpi", "line_art_dpi"):
        if getattr(printer, f"{kind}_min") > getattr(printer, kind):
            yield Slip(f"“{kind}_min” is more than “{kind}”", (f"{kind}_min",))
    if printer.rich_black.total > printer.total_ink_percent:
        found, limit = printer.rich_black.total, printer.total_ink_percent
        problem = f"“rich_black” is {found:g} % of ink; the printer takes {limit:g} % at most"
        yield Slip(problem, ("rich_black",))
    yield from _problems_of_condition(printer)
    yield from _problems_of_file_name(printer.file_name)


def _problems_of_condition(printer: Printer) -> Iterator[Slip]:
    standard, condition = printer.standard, printer.condition
    if standard.is_x and condition is None:
        yield Slip(f"{standard.value} needs a table [condition]: press, paper and profile", ())
    if condition and not standard.is_x:
        problem = "A plain PDF has no [condition]; choose one of the PDF/X standards"
        yield Slip(problem, ("condition",))
    if condition and standard is Standard.X4 and not condition.is_embedded:
        problem = "PDF/X-4 wants its profile inside the file (ISO 15930-7)"
        yield Slip(f"{problem}; a shop that forbids it takes X-1a", ("condition", "is_embedded"))


def _problems_of_file_name(pattern: str) -> Iterator[Slip]:
    try:
        names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:
        names = {""}
    if not names <= FILLED_IN:
        known = ", ".join(f"{{{name}}}" for name in sorted(FILLED_IN))
        yield Slip(f"“file_name” may hold {known} and nothing else in brackets", ("file_name",))
    elif not _FILE_NAME.fullmatch(pattern):
        problem = "“file_name” may hold letters a-z, digits, hyphens and dots, and ends in .pdf"
        yield Slip(problem, ("file_name",))
    elif "language" not in names:
        problem = "“file_name” has no {language}, so one brochure would overwrite the next"
        yield Slip(problem, ("file_name",))


def _profile_faults(profile: Path, file: str, text: str) -> Iterator[Diagnostic]:
    place = place_of_slip(file, text, Slip("", ("condition", "profile")))
    try:
        header = profile.read_bytes()[:_HEADER]
    except OSError:
        yield diagnose(
            "profile-missing",
            place,
            problem=f"The colour profile {profile.name} is not there",
            cause="Without it no picture can be turned into the inks of this press and paper.",
            fix=f"Ask the print shop for it, and put it into {PROFILES}/ of your project.",
        )
        return
    if (header[12:16], header[16:20], header[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        yield _invalid(f"{profile.name} is not a profile of a press with four inks", place)


def _unknown(name: str, known: list[str], place: Location | None) -> Diagnostic:
    return diagnose(
        "printer-unknown",
        place,
        problem=f"There is no printer “{name}”",
        cause=f"The printers are {', '.join(known)}.",
        fix="Name one of these; `brochure printers` says what each of them wants.",
    )


def _invalid(problem: str, place: Location) -> Diagnostic:
    return diagnose(
        "printer-invalid",
        place,
        problem=problem,
        cause="What a print shop wants is taken word by word, so that no file is turned away.",
        fix=f"Correct this entry; {FOLDER}/generic-coated.toml of the brochure package explains "
        "each of them.",
    )
