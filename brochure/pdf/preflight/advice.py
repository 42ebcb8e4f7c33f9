"""Why a rule is there and what to do where it is broken, in the words of a clinic."""

from __future__ import annotations

from typing import NamedTuple


class Advice(NamedTuple):
    """The cause and the fix of a diagnostic."""

    cause: str
    fix: str


_AGAIN = "Build the file with `brochure build --edition print`, or ask whoever made it"

BOXES = Advice(
    "The print shop places and cuts each page by its boxes.",
    f"{_AGAIN} to set the trim and bleed boxes of every page.",
)
BLEED = Advice(
    "Cutting is never exact: without colour beyond the edge, a white line shows.",
    f"{_AGAIN} to let pictures and backgrounds run past the edge by the printer's bleed.",
)
ORIGIN = Advice(
    "Some programs of print shops show such pages shifted or on their side.",
    f"{_AGAIN} to export the pages upright, starting at 0 0.",
)
PAGES = Advice(
    "Sheets are folded and bound: pages come in a fixed number and order.",
    f"{_AGAIN} to add blank pages, or to turn their order round.",
)
MARKS = Advice(
    "This print shop adds its own marks and refuses files that have any.",
    f"{_AGAIN} to export without printer's marks.",
)
SAFE = Advice(
    "Cutting moves by a millimetre or two, and what is at the edge may be cut off.",
    "Move it further into the page, or let it run past the edge on purpose.",
)
COLOUR = Advice(
    "A press has four inks. Other colours are converted there, and nobody can say how.",
    f"{_AGAIN} to convert every colour to CMYK with the printer's profile.",
)
REGISTRATION = Advice(
    "Registration colour prints every ink in full; it is for marks outside the page.",
    "Ask whoever made the file to use black there.",
)
INK = Advice(
    "So much ink does not dry, and comes off on the next page.",
    "Choose a lighter colour, or convert the picture with the printer's profile.",
)
BLACK = Advice(
    "Inks never meet exactly: thin letters made of several get coloured edges.",
    "Set black text in black ink alone: 0, 0, 0, 100.",
)
OVERPRINT = Advice(
    "Where black meets a colour, the printer's file says whether it lies on top of it.",
    f"{_AGAIN} to set black text as the printer's file asks.",
)
WHITE = Advice(
    "White is bare paper. Set to overprint, it lets everything below show through.",
    "Ask whoever made the file to switch overprinting off for white.",
)
RESOLUTION = Advice(
    "Printed this large, single pixels show: the picture looks soft or jagged.",
    "Use a larger original of this picture, or print it smaller.",
)
FONTS = Advice(
    "The print shop does not have this font and would print another, or nothing.",
    f"{_AGAIN} to embed every font with all of its letters that are used.",
)
TYPE3 = Advice(
    "Fonts made of drawings print coarser, and some print shops refuse them.",
    "Ask whoever made the file to use a TrueType or OpenType font.",
)
TEXT = Advice(
    "Nobody can search, copy or correct such text, and the print shop cannot check it.",
    f"{_AGAIN} to keep text as text.",
)
TYPE = Advice(
    "Strokes this thin fill in or break off on the press.",
    "Set it larger, or in black ink on bare paper.",
)
HAIRLINE = Advice(
    "So thin a line may vanish on the press, though it shows on the screen.",
    "Make the line thicker.",
)
TRANSPARENCY = Advice(
    "The press cannot mix what is transparent; older machines do it wrongly or not at all.",
    f"{_AGAIN} to flatten transparency, or to mix it in CMYK.",
)
LAYERS = Advice(
    "The print shop may print another layer than the one you saw.",
    "Ask whoever made the file to merge the layers.",
)
INTENT = Advice(
    "The output intent names the press and paper that the colours were chosen for.",
    f"{_AGAIN} to export it for the printer's condition.",
)
METADATA = Advice(
    "The print shop's programs read these entries first, and refuse a file without them.",
    f"{_AGAIN} to export it as the kind of PDF that the printer wants.",
)
INTERACTIVE = Advice(
    "Paper cannot be clicked; such things can change what is printed.",
    f"{_AGAIN} to export it without links, forms, scripts and attachments.",
)
LOCKED = Advice(
    "The print shop cannot open or place a locked file.",
    "Ask whoever made the file to save it without a password.",
)
FORBIDDEN = Advice(
    "The standard leaves it out because printers' machines understand it differently.",
    f"{_AGAIN} to export it as the kind of PDF that the printer wants.",
)
DAMAGED = Advice(
    "What cannot be read here may print differently, or not at all.",
    f"{_AGAIN} to save the file anew.",
)
