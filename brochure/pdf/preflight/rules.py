"""The table of rules: what a file must be, who says so, and what to do where it is not.

A row's `topic` is a clause of ISO 15930, by the headings that parts 4 (PDF/X-1a:2003) and 7
(PDF/X-4) have; part 6 (PDF/X-3:2003) is cited without a number. A row's `entry` is an entry of
the printer's file. A row with a topic and no entry holds for PDF/X alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from brochure.pdf.preflight import advice
from brochure.printers import Printer, Standard

_PARTS = {
    Standard.X1A: ("ISO 15930-4:2003", {
        "structure": "6.1", "colour": "6.2", "fonts": "6.3", "files": "6.4", "filters": "6.5",
        "trapping": "6.6", "identification": "6.7", "metadata": "6.7", "boxes": "6.8",
        "extgstate": "6.9", "postscript": "6.10", "encryption": "6.11", "images": "6.12",
        "annotations": "6.13", "actions": "6.14", "transparency": "6.16",
    }),
    Standard.X3: ("ISO 15930-6:2003", {}),
    Standard.X4: ("ISO 15930-7:2010", {
        "structure": "6.1", "colour": "6.4", "fonts": "6.5", "files": "6.7", "filters": "6.8",
        "trapping": "6.9", "metadata": "6.10", "identification": "6.11", "boxes": "6.12",
        "extgstate": "6.13", "postscript": "6.14", "encryption": "6.15", "images": "6.16",
        "annotations": "6.17", "actions": "6.18", "transparency": "6.20", "layers": "6.24",
        "forms": "6.26",
    }),
}  # fmt: skip
"""Each standard's part of ISO 15930 and, by topic, the clause of its table of contents."""
ALL = frozenset(Standard)
X = frozenset(_PARTS)
OPAQUE = frozenset({Standard.X1A, Standard.X3})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: what is wrong in a few words, the diagnostic's code, its source, cause and fix."""

    name: str
    code: str
    title: str
    advice: advice.Advice
    topic: str = ""
    entry: str = ""
    clause: str = ""
    standards: frozenset[Standard] = ALL

    def holds_for(self, printer: Printer) -> bool:
        """Whether this printer's file has to keep it."""
        if self.topic and not self.entry and not printer.standard.is_x:
            return False
        return printer.standard in self.standards

    def source(self, printer: Printer) -> str:
        """Who says so: a clause of a standard, or an entry of the printer's file."""
        named = [self.clause] if self.clause else []
        if self.topic and printer.standard in _PARTS:
            part, clauses = _PARTS[printer.standard]
            number = clauses.get(self.topic)
            named.insert(0, f"{part}, {number}" if number else part)
        if self.entry:
            named.append(f"printer {printer.name}: {self.entry}")
        return "; ".join(named)


def _rule(name: str, code: str, title: str, words: advice.Advice, **more: object) -> Rule:
    return Rule(name=name, code=f"preflight-{code}", title=title, advice=words, **more)  # type: ignore[arg-type]


_ROWS = (
    # boxes and pages
    _rule("box-missing", "boxes", "the page does not say where it is trimmed", advice.BOXES,
          topic="boxes", standards=X),
    _rule("box-both", "boxes", "the page has both a TrimBox and an ArtBox", advice.BOXES,
          topic="boxes", standards=X),
    _rule("box-nesting", "boxes", "the page's boxes do not lie in each other", advice.BOXES,
          topic="boxes", clause="ISO 32000-1, 14.11.2"),
    _rule("box-bleed", "boxes", "the page has less bleed than the printer wants", advice.BLEED,
          entry="bleed_mm"),
    _rule("page-size", "boxes", "the pages are not of one size", advice.BOXES,
          entry="is_in_spreads"),
    _rule("box-origin", "origin", "the page does not start at its lower left corner",
          advice.ORIGIN, clause="ISO 32000-1, 14.11.2"),
    _rule("page-turned", "origin", "the page is turned or enlarged by the viewer", advice.ORIGIN,
          clause="ISO 32000-1, 7.7.3.3"),
    _rule("page-count", "pages", "the number of pages does not fit", advice.PAGES,
          entry="page_multiple"),
    _rule("page-order", "pages", "the pages follow each other in the wrong direction",
          advice.PAGES, entry="page_order"),
    _rule("marks", "marks", "something is printed outside the bleed", advice.MARKS,
          entry="marks"),
    _rule("bleed-short", "bleed", "something ends at the trim and does not run into the bleed",
          advice.BLEED, entry="bleed_mm"),
    _rule("safe-zone", "safe-zone", "something stands too near to the trim", advice.SAFE,
          entry="safe_mm"),
    # colour
    _rule("colour-rgb", "colour", "painted in RGB, the colours of a screen", advice.COLOUR,
          topic="colour", entry="condition", standards=X),
    _rule("colour-calibrated", "colour", "painted in colours that need a profile", advice.COLOUR,
          topic="colour", entry="condition", standards=X),
    _rule("colour-unknown", "colour", "painted in a colour space that is not there",
          advice.COLOUR, clause="ISO 32000-1, 8.6"),
    _rule("registration", "colour", "registration colour inside the page", advice.REGISTRATION,
          clause="ISO 32000-1, 8.6.6.4"),
    _rule("ink-vector", "ink", "more ink on one spot than can dry", advice.INK,
          entry="total_ink_percent"),
    _rule("ink-overlaid", "ink", "colours on top of each other have too much ink", advice.INK,
          entry="total_ink_percent"),
    _rule("ink-picture", "ink", "a picture has more ink than can dry", advice.INK,
          entry="total_ink_percent"),
    _rule("ink-rendered", "ink", "once converted, the page has more ink than can dry",
          advice.INK, entry="total_ink_percent"),
    _rule("black-mixed", "black", "black text is mixed from several inks", advice.BLACK,
          entry="black ink only for text"),
    _rule("black-overprint", "black", "black text does not overprint", advice.OVERPRINT,
          entry="overprints_black"),
    _rule("black-knockout", "black", "black text overprints", advice.OVERPRINT,
          entry="overprints_black"),
    _rule("white-overprint", "overprint", "white is set to overprint and will not be seen",
          advice.WHITE, clause="ISO 32000-1, 8.6.7"),
    # pictures
    _rule("picture-dpi", "resolution", "a picture has too few pixels for its size",
          advice.RESOLUTION, entry="picture_dpi_min"),
    _rule("line-art-dpi", "resolution", "a black-and-white drawing has too few pixels",
          advice.RESOLUTION, entry="line_art_dpi_min"),
    _rule("picture-depth", "forbidden", "a picture has 16 bits a colour", advice.FORBIDDEN,
          topic="images", standards=OPAQUE),
    _rule("picture-alternate", "forbidden", "a picture has a second version", advice.FORBIDDEN,
          topic="images", standards=X),
    _rule("filter", "forbidden", "something is packed in a way that is not allowed",
          advice.FORBIDDEN, topic="filters", standards=X),
    # text and lines
    _rule("font-missing", "fonts", "a font is not inside the file", advice.FONTS, topic="fonts",
          clause="ISO 32000-1, 9.9"),
    _rule("glyph-missing", "fonts", "letters are printed as empty boxes", advice.FONTS,
          topic="fonts", clause="ISO 32000-1, 9.7.6.3"),
    _rule("font-type3", "drawn-font", "a font is made of drawings", advice.TYPE3,
          clause="ISO 32000-1, 9.6.5"),
    _rule("text-unmapped", "text", "letters cannot be searched or read aloud", advice.TEXT,
          clause="ISO 32000-1, 9.10"),
    _rule("text-outlines", "text", "the page has no text, only outlines of letters", advice.TEXT,
          clause="ISO 32000-1, 9.10"),
    _rule("type-small", "type-small", "type is smaller than prints cleanly", advice.TYPE,
          entry="smallest_type_pt"),
    _rule("type-small-mixed", "type-small", "small type is coloured or reversed", advice.TYPE,
          entry="smallest_type_pt"),
    _rule("hairline", "hairline", "a line is thinner than prints cleanly", advice.HAIRLINE,
          entry="hairline_pt"),
    # transparency and layers
    _rule("transparency", "transparency", "something is transparent", advice.TRANSPARENCY,
          topic="transparency", standards=OPAQUE),
    _rule("blend-space", "transparency", "transparency is mixed in RGB", advice.TRANSPARENCY,
          topic="transparency", entry="condition", standards=frozenset({Standard.X4})),
    _rule("layers", "layers", "the file has layers", advice.LAYERS, topic="structure",
          standards=OPAQUE),
    _rule("layers-automatic", "layers", "layers switch themselves on and off", advice.LAYERS,
          topic="layers", standards=frozenset({Standard.X4})),
    # output intent, metadata
    _rule("intent-count", "intent", "the file does not name one press and paper", advice.INTENT,
          topic="colour", standards=X),
    _rule("intent-identifier", "intent", "the file is meant for another press or paper",
          advice.INTENT, topic="colour", entry="condition.identifier", standards=X),
    _rule("intent-registry", "intent", "the output intent does not say who registered it",
          advice.INTENT, topic="colour", entry="condition.registry", standards=X),
    _rule("intent-profile", "intent", "the output intent's profile is not one of a CMYK press",
          advice.INTENT, topic="colour", clause="ICC.1:2022, 7.2", standards=X),
    _rule("intent-unwanted", "intent", "the file has a profile and the printer wants none",
          advice.INTENT, entry="condition.is_embedded", standards=X),
    _rule("intent-bare", "intent", "the output intent has no profile", advice.INTENT,
          entry="condition.is_embedded", standards=X),
    _rule("claim", "metadata", "the file does not say that it is what the printer wants",
          advice.METADATA, topic="identification", entry="standard", standards=X),
    _rule("claim-xmp", "metadata", "the two places that name the standard do not agree",
          advice.METADATA, topic="identification", standards=X),
    _rule("trapped", "metadata", "the file does not say whether it is trapped", advice.METADATA,
          topic="trapping", standards=X),
    _rule("title", "metadata", "the file has no title", advice.METADATA, topic="metadata",
          standards=X),
    _rule("dates", "metadata", "the file has no dates", advice.METADATA, topic="metadata",
          standards=X),
    _rule("info-xmp", "metadata", "the two places for title and dates do not agree",
          advice.METADATA, topic="metadata", standards=X),
    _rule("identifier", "metadata", "the file has no identifier", advice.METADATA,
          topic="metadata", clause="ISO 32000-1, 14.4", standards=X),
    _rule("pdf-version", "metadata", "the file is built in a newer way than its standard knows",
          advice.METADATA, topic="structure", clause="ISO 32000-1, 7.5.8", standards=OPAQUE),
    # interaction and what else is forbidden
    _rule("annotation", "interactive", "a link, note or form field lies on the page",
          advice.INTERACTIVE, topic="annotations", standards=X),
    _rule("action", "interactive", "the file does something by itself", advice.INTERACTIVE,
          topic="actions", standards=X),
    _rule("form-fields", "interactive", "the file has a form to fill in", advice.INTERACTIVE,
          topic="forms", standards=X),
    _rule("embedded-file", "interactive", "other files are packed into this one",
          advice.INTERACTIVE, topic="files", standards=X),
    _rule("encryption", "interactive", "the file is locked", advice.LOCKED, topic="encryption",
          standards=X),
    _rule("postscript", "forbidden", "the file contains a program for the printer",
          advice.FORBIDDEN, topic="postscript", standards=X),
    _rule("external", "forbidden", "a part of the page lies in another file", advice.FORBIDDEN,
          topic="files", standards=X),
    _rule("transfer", "forbidden", "a curve changes the colours on the press", advice.FORBIDDEN,
          topic="extgstate", standards=X),
    _rule("halftone", "forbidden", "the file sets the printing screen", advice.FORBIDDEN,
          topic="extgstate", standards=X),
    _rule("damaged", "damaged", "a part of the page cannot be read", advice.DAMAGED,
          clause="ISO 32000-1, 7.8.2"),
)  # fmt: skip
RULES: dict[str, Rule] = {rule.name: rule for rule in _ROWS}
