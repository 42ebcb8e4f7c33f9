#!/usr/bin/env python3
"""Make fonts/BrochureSymbols.ttf: the signs of clinic texts that Noto Sans itself does not have.

    scripts/make_symbols.py FOLDER

FOLDER holds NotoSansMath-Regular.ttf, NotoSansSymbols-Regular.ttf and NotoSansSymbols2-Regular.ttf
(Debian's fonts-noto-core, 20201225-1). The shapes are theirs, under the same licence; the font has
a name of its own because it is changed: it has only the signs below, and the ascent and descent of
Noto Sans, so that a line with a sign in it is as high as its neighbours.
"""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "fonts"
NAME = "Brochure Symbols"
SIGNS = {
    "NotoSansMath-Regular.ttf": " \xa0←↑→↓↔↕⇐⇒⇔∂∆∏∑−∓∕∙√∝∞∠∥∧∨∩∪∫∴∼≃≅≈≠≡≤≥≪≫⊂⊃⊆⊇⊕⊥⋅",
    "NotoSansSymbols-Regular.ttf": "♀♂①②③④⑤⑥⑦⑧⑨⑩",
    "NotoSansSymbols2-Regular.ttf": "☐☑☒✓✔✗✘★☆☎✆✉✂⚠■□▪▫▲△▶►▼▽◀◄●○◦◆◇",
}
METRICS = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}
COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, VERSION, POSTSCRIPT = range(7)
LICENCE = (13, 14)


def excerpt(path: Path, signs: str) -> io.BytesIO:
    """The font at `path` with nothing but `signs`."""
    options = subset.Options(hinting=False, drop_tables=["GDEF", "GPOS", "GSUB", "MATH"])
    with TTFont(path, recalcTimestamp=False) as font:
        maker = subset.Subsetter(options)
        maker.populate(text=signs)
        maker.subset(font)
        made = io.BytesIO()
        font.save(made)
    made.seek(0)
    return made


def rename(font: TTFont) -> None:
    """Give the font its own name; who holds the rights and the licence stay."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (COPYRIGHT, *LICENCE)]
    told = {FAMILY: NAME, STYLE: "Regular", FULL: NAME, VERSION: "Version 1.0"}
    told |= {UNIQUE: f"{NAME} 1.0", POSTSCRIPT: NAME.replace(" ", "")}
    for number, text in told.items():
        table.setName(text, number, 3, 1, 0x409)


def stand_like(font: TTFont, model: TTFont) -> None:
    """Give the font the ascent and descent of `model`."""
    for table, fields in METRICS.items():
        for field in fields:
            setattr(font[table], field, getattr(model[table], field))


def main(folder: Path) -> None:
    """Write the font."""
    merged = Merger().merge([excerpt(folder / file, signs) for file, signs in SIGNS.items()])
    merged.recalcTimestamp = False
    rename(merged)
    with TTFont(FONTS / "NotoSans-Regular.ttf") as model:
        stand_like(merged, model)
        merged["head"].created = merged["head"].modified = model["head"].created
    merged.save(FONTS / f"{NAME.replace(' ', '')}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
