"""Files of other programs (`files/README.md`), and the rules of `generic-coated` they break."""

from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).parent / "files"
_PLAIN = "box-missing claim intent-count page-count"
"""What every file breaks that nobody made for a print shop."""


@dataclass(frozen=True)
class Other:
    """One file and the names of the rules."""

    name: str
    rules: frozenset[str]

    @property
    def path(self) -> Path:
        return FILES / self.name


def _other(name: str, more: str) -> Other:
    return Other(f"{name}.pdf", frozenset(f"{_PLAIN} {more}".split()))


OTHERS = (
    _other("chromium", "colour-rgb identifier trapped"),
    _other("ghostscript-cmyk", "trapped"),
    _other("ghostscript-outlines", "colour-rgb text-outlines trapped"),
    _other("ghostscript-scan", "colour-rgb dates picture-dpi title trapped"),
    _other("latex", "black-overprint title"),
    _other("latex-bitmap-fonts", "black-overprint font-type3 text-unmapped title"),
    _other("libreoffice", "colour-rgb dates title trapped"),
    _other("pillow", "colour-rgb identifier ink-rendered picture-dpi dates trapped"),
)
LOCKED = FILES / "ghostscript-locked.pdf"
