"""The editions: one row each, with everything that makes one differ from the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brochure.printers import Printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A way to publish the same pages.

    `folder` lies below the output folder, `bleed_mm` is how far pictures run past the trim,
    `picture_dpi` the resolution that pictures are brought down to. `is_printed` tells what goes
    to a `printer`; `is_proof` marks what is out of date, which a printed edition never does.
    `has_spreads` is false for what is handed out page by page. `text_pt` is the size of text, that
    of the page format if it is 0, and nothing is set smaller than `least_pt`. An edition that
    `is_grey` has no colours; `suffix` tells its files from those of the same edition without it.
    """

    name: str
    folder: str
    bleed_mm: float
    picture_dpi: int
    is_printed: bool = False
    is_proof: bool = False
    printer: Printer | None = None
    has_spreads: bool = True
    text_pt: float = 0
    least_pt: float = 0
    is_grey: bool = False
    picture_quality: int = 86
    suffix: str = ""

    @property
    def is_in_inks(self) -> bool:
        """Whether its colours are inks, and not light."""
        return self.printer is not None and self.printer.standard.is_x

    @property
    def ends_on_verso(self) -> bool:
        """Whether the last page has to be a verso, so that blanks before it come in pairs."""
        printer = self.printer
        return printer is not None and printer.has_blanks and printer.page_multiple % 2 == 0


SCREEN = Edition(name="screen", folder="screen", bleed_mm=0, picture_dpi=220)
PRINT = Edition(
    name="print",
    folder="print",
    bleed_mm=3,
    picture_dpi=300,
    picture_quality=90,
    is_printed=True,
)
HANDOUT = Edition(
    name="handouts",
    folder="handouts",
    bleed_mm=0,
    picture_dpi=150,
    picture_quality=80,
    has_spreads=False,
    text_pt=11.5,
    least_pt=9,
)

EDITIONS = (SCREEN, PRINT, HANDOUT)


def edition_named(name: str) -> Edition:
    """The edition of that name; raises `KeyError`."""
    return {edition.name: edition for edition in EDITIONS}[name]


def print_edition(printer: Printer) -> Edition:
    """The print edition as this printer wants it."""
    return replace(
        PRINT,
        folder=f"{PRINT.folder}/{printer.name}",
        bleed_mm=printer.bleed_mm,
        picture_dpi=printer.picture_dpi,
        printer=printer,
    )


def handout_edition(*, large_print: bool = False, black_and_white: bool = False) -> Edition:
    """The handout edition, in large print (16 pt and more) or without colours if wanted."""
    edition = HANDOUT
    if large_print:
        edition = replace(edition, text_pt=17, least_pt=16, suffix="-large")
    if black_and_white:
        edition = replace(edition, is_grey=True, suffix=f"{edition.suffix}-bw")
    return edition
