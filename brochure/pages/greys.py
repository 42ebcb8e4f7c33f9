"""The palette without colours, for office printers.

Text and rules are black or dark grey, and no plane is filled: toner costs, and a laser printer
breaks light tints into coarse dots that text is hard to read on.
"""

from __future__ import annotations

from brochure.pages.colours import Hue, Palette

_BLACK, _WHITE = "#000000", "#ffffff"
_DARK = "#404040"
"""10 to 1 on white: still clearly grey, and solid enough to be printed in small type."""
_LINE = "#808080"

GREY_HUE = Hue(base=_BLACK, deep=_BLACK, mid=_LINE, tint=_WHITE, on_base=_WHITE)
GREYS = Palette(ink=_BLACK, muted=_DARK, paper=_WHITE, rule=_LINE, sheet=_WHITE, accent=GREY_HUE)
