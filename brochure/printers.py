"""What a print shop asks for: one printer, as `printers/<name>.toml` describes it.

Print shops contradict each other, so everything they may ask is a value here and nothing of it is
code. Inks are percent of cyan, magenta, yellow and black, lengths millimetres, type and rules
points. The standards are those of ISO 15930 (PDF/X-1a:2003 part 4, X-3:2003 part 6, X-4 part 7).
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from pathlib import Path

from brochure.toml_values import shown

FOLDER = "printers"
INKS = ("cyan", "magenta", "yellow", "black")
"""In the order that a press, a PDF and a printer's file have them."""

PROCESS_NAMES = frozenset({"Cyan", "Magenta", "Yellow", "Black", "All", "None"})
"""What no ink beside the four may be called (ISO 32000-1, 8.6.6.4)."""


class Standard(enum.Enum):
    """The file that a printer takes; `PDF` is a plain one, for a printer in the office."""

    PDF = "PDF"
    X1A = "PDF/X-1a:2003"
    X3 = "PDF/X-3:2003"
    X4 = "PDF/X-4"

    @property
    def is_x(self) -> bool:
        """Whether it is one of ISO 15930, in inks and not in light."""
        return self is not Standard.PDF


class Marks(enum.Enum):
    """What stands beyond the bleed."""

    NONE = "none"
    CROP = "crop"
    FULL = "full"
    """Crop and registration marks, colour bar and slug line."""


class PageOrder(enum.Enum):
    """How pages follow each other in the file."""

    READING = "reading"
    REVERSED = "reversed"
    """Last page first, as shops want it that bind every book on the left."""


class Intent(enum.Enum):
    """How pictures are brought into the inks (ICC.1, 6.2.2 and 6.2.3)."""

    PERCEPTUAL = "perceptual"
    RELATIVE = "relative-colorimetric"
    """With black-point compensation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A mixture of the four process inks, each in percent."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def total(self) -> float:
        """The sum of the four, in percent."""
        return self.cyan + self.magenta + self.yellow + self.black

    @property
    def fractions(self) -> tuple[float, float, float, float]:
        """The four from 0 to 1, as PDF has them."""
        return self.cyan / 100, self.magenta / 100, self.yellow / 100, self.black / 100

    def tint(self, percent: float) -> Ink:
        """The same mixture in dots of that size: what a screen of `percent` prints."""
        cyan, magenta, yellow, black = (part * percent for part in self.fractions)
        return Ink(cyan=cyan, magenta=magenta, yellow=yellow, black=black)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An ink of its own beside the four: its name on the plate, and what stands in for it.

    Pages paint the alternate, whole or as a tint; what has exactly its inks is the spot's.
    """

    name: str
    alternate: Ink


def ink_from(value: object) -> Ink:
    """Read `[cyan, magenta, yellow, black]`, each in percent; raises `TypeError`."""
    parts = value if isinstance(value, list) else []
    percents = [float(part) for part in parts if type(part) in (int, float) and 0 <= part <= 100]
    if not len(INKS) == len(parts) == len(percents):
        found = str(value) if parts else shown(value)
        raise TypeError(f"expected four numbers from 0 to 100, [C, M, Y, K], found {found}")
    return Ink(**dict(zip(INKS, percents, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputCondition:
    """The press, paper and inks that colours are meant for.

    `identifier` is the name in `registry`, `profile` the ICC file that describes it; a shop that
    forbids profiles gets a file without it (`is_embedded` false) from the same conversion.
    """

    identifier: str
    registry: str
    info: str
    profile: Path
    is_embedded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Everything one print shop wants of a file.

    `condition` is `None` for a printer that takes RGB. `safe_mm` is what must stay clear inside
    the trim, `total_ink_percent` the most that may lie on one spot; pictures of fewer than
    `picture_dpi_min` are reported, those of more than `picture_dpi` are brought down to it, and
    `line_art` is what is one bit deep. `page_multiple` is what the number of pages is padded to;
    `has_blanks` is false for a shop that adds the blank pages itself. `file_name` may hold
    `{clinic}`, `{language}`, `{printer}`, `{version}` and `{pages}`.
    """

    name: str
    title: str
    standard: Standard
    condition: OutputCondition | None = None
    intent: Intent
    total_ink_percent: float
    picture_dpi: int
    picture_dpi_min: int
    line_art_dpi: int
    line_art_dpi_min: int
    bleed_mm: float
    safe_mm: float
    marks: Marks
    is_in_spreads: bool
    page_order: PageOrder
    page_multiple: int
    has_blanks: bool
    overprints_black: bool
    rich_black: Ink
    smallest_type_pt: float
    hairline_pt: float
    file_name: str

    def file_named(self, *, clinic: str, language: str, version: str, pages: int) -> str:
        """The name of a file for this printer, whose parts are safe on every computer."""
        parts = {"clinic": clinic, "language": language, "printer": self.name, "version": version}
        safe = {key: re.sub(r"[^\w.-]+", "-", part, flags=re.ASCII) for key, part in parts.items()}
        return self.file_name.format(**safe, pages=pages)
