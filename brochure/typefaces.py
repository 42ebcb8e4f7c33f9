"""Which font files set which script, and which characters they have.

Read from `fonts/fonts.toml`; only the files named there are ever visible to the layout engine.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from brochure.assets import Assets
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.toml_values import NoToml, tables_in

TABLE = "fonts/fonts.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """How one script is set; see the head of `fonts/fonts.toml` for the fields."""

    families: tuple[str, ...]
    size_percent: float
    leading_mm: float
    hyphenate: bool
    italic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A font family and the files that hold its faces."""

    name: str
    files: tuple[Path, ...]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every face of the family was found."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Typefaces:
    """All scripts and families that the project knows."""

    scripts: tuple[tuple[str, Script], ...]
    families: tuple[Family, ...]

    def script(self, code: str) -> Script | None:
        """How the ISO 15924 script `code` is set, if the table knows it."""
        return dict(self.scripts).get(code)

    def family(self, name: str) -> Family:
        """The family `name`, without any file if the table does not name it."""
        named = {family.name: family for family in self.families}
        return named.get(name, Family(name=name, files=(), missing=(f"{name}.ttf",)))

    @property
    def available(self) -> tuple[Family, ...]:
        """The families whose files are all there."""
        return tuple(family for family in self.families if family.is_complete)

    def stack(self, script: Script) -> tuple[str, ...]:
        """Family names for `script`: its own first, then every other available one."""
        others = (family.name for family in self.available)
        return tuple(dict.fromkeys((*script.families, *others)))


def load_typefaces(assets: Assets) -> Typefaces:
    """Read `fonts/fonts.toml` and look for each file, in the clinic's folder first.

    Raises `BrochureError` with `fonts-invalid`.
    """
    path = assets.find(TABLE)
    assert path is not None, "fonts/fonts.toml is part of the package"
    try:
        data = tables_in(path.read_bytes())[0]
        scripts = tuple((code, _script(code, row)) for code, row in data["script"].items())
        families = tuple(
            _family(assets, name, row["files"]) for name, row in data["family"].items()
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrochureError([_table_fault(error)]) from None
    return Typefaces(scripts=scripts, families=families)


def _script(code: str, row: dict[str, Any]) -> Script:
    wanted = [item.name for item in fields(Script)]
    if sorted(row) != sorted(wanted):
        raise ValueError(f"[script.{code}] needs {', '.join(wanted)}, and nothing else")
    return Script(**{**row, "families": tuple(row["families"])})


def _table_fault(error: Exception) -> Diagnostic:
    place = Location(path=TABLE)
    if isinstance(error, NoToml):
        place = Location(path=TABLE, line=error.line, column=error.column)
    return diagnose(
        "fonts-invalid",
        place,
        problem=f"The table of fonts cannot be used: {error}",
        cause="Your copy replaces ours as a whole and has to follow its form.",
        fix="Compare it with fonts/fonts.toml of the brochure package, or delete it.",
    )


def _family(assets: Assets, name: str, files: list[str]) -> Family:
    found = {file: assets.find(f"fonts/{file}") for file in files}
    return Family(
        name=name,
        files=tuple(path for path in found.values() if path),
        missing=tuple(file for file, path in found.items() if not path),
    )


def font_fault(
    typefaces: Typefaces, *, script_code: str, language_name: str, location: Location | None
) -> Diagnostic | None:
    """The diagnostic `font-missing` if the script's families are not all there."""
    script = typefaces.script(script_code)
    families = [typefaces.family(name) for name in script.families] if script else []
    absent = [file for family in families for file in family.missing]
    if script and not absent:
        return None
    if not script:
        fix = f"Add the script {script_code} and a font for it to fonts/fonts.toml."
    else:
        fix = f"Put {' and '.join(absent)} into the folder fonts/ of your project."
    return diagnose(
        "font-missing",
        location,
        problem=f"There is no font for {language_name} (script {script_code})",
        cause="Only fonts of the project are used, so that every print looks the same; "
        "the fonts for this script do not come with brochure.",
        fix=fix,
    )


@cache
def characters_of(file: Path) -> frozenset[int]:
    """The code points for which the font `file` has a glyph."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as data, TTFont(data, lazy=True) as font:
            return _mapped(font.reader["cmap"], font["maxp"].numGlyphs)
    except (TTLibError, TypeError, KeyError) as error:
        fault = diagnose(
            "fonts-invalid",
            Location(path=f"fonts/{file.name}"),
            problem=f"The file is not a font: {error}",
            cause="It is named in fonts/fonts.toml and looked at before anything is printed.",
            fix="Put the font there again.",
        )
        raise BrochureError([fault]) from None


@cache
def _mapped(table: bytes, glyphs: int) -> frozenset[int]:
    """The code points of a `cmap` table; the weights of a family often share one.

    The glyphs' own names, which cost more to read than all the rest, are left out.
    """
    from fontTools.ttLib import TTFont, newTable

    font = TTFont()
    font.setGlyphOrder([str(index) for index in range(glyphs)])
    cmap = newTable("cmap")
    cmap.decompile(table, font)
    return frozenset(cmap.getBestCmap() or ())


def characters(typefaces: Typefaces) -> frozenset[int]:
    """The code points that every weight of some available family has."""
    per_family = (
        frozenset.intersection(*map(characters_of, family.files)) for family in typefaces.available
    )
    return frozenset().union(*per_family)
