"""One small clinic in English and Arabic, printed for four printers.

They are the safe default, an old one that wants PDF/X-1a with all marks, one that wants spreads,
and one that binds every book on the left. The accent is an ink of its own.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from brochure import api
from brochure.assets import DEFAULTS
from brochure.pages.edition import PRINT
from pdf import runs

GENERIC, REVERSED, X1A, SPREADS = "generic-coated", "right-to-left-book", "old", "spreads"
PRINTERS = (GENERIC, REVERSED, X1A, SPREADS)
OWN = {
    X1A: {"standard": '"PDF/X-1a:2003"', "marks": '"full"', "is_embedded": "false"},
    SPREADS: {"is_in_spreads": "true", "marks": '"full"'},
}
LANGUAGES = ("en", "ar")
BRAND = '[brand]\naccent_spot = { name = "PANTONE 3165 C", alternate = [100, 0, 30, 60] }\n'


def own_printer(changes: dict[str, str]) -> str:
    text = (DEFAULTS / f"printers/{GENERIC}.toml").read_text(encoding="utf-8")
    for key, value in changes.items():
        text, count = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
        assert count == 1, key
    return text


def build(
    folder: Path, *, printers: Sequence[str] = PRINTERS, languages: Sequence[str] = LANGUAGES
) -> None:
    """Make the clinic and its files for the screen and for `printers`, below `folder`."""
    clinic = runs.clinic(folder / "clinic")
    settings = clinic / "brochure.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + BRAND, encoding="utf-8")
    (clinic / "printers").mkdir()
    for name, changes in OWN.items():
        text = own_printer(changes)
        (clinic / f"printers/{name}.toml").write_text(text, encoding="utf-8")
    project = api.open_project(clinic)
    api.build(project, codes=languages, out=folder)
    for printer in printers:
        api.build(project, codes=languages, edition=PRINT, printer=printer, out=folder)


def path(folder: Path, printer: str, language: str) -> Path:
    """Where `build` put the file of a printer, or of the `screen`."""
    if printer == "screen":
        return folder / f"screen/small-{language}.pdf"
    return folder / f"print/{printer}/small-{language}-{printer}.pdf"
