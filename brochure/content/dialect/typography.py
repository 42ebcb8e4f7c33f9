"""Turns straight quotes, hyphens and dots into what a typesetter would use.

The rules for which way a quote turns are SmartyPants', as in kramdown; the characters are the
language's own. Where inner quotation marks do not end in an apostrophe, an apostrophe stays one.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from brochure.content.dialect.source import pattern
from brochure.content.dialect.spans import SpanReader, add_text

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
QUOTE = pattern(r"[^\\]?[\"']")
SYMBOL = pattern(r"---?|\.\.\.|\\<<|\\>>|<< | >>|<<|>>")
SYMBOLS = {
    "---": "\N{EM DASH}",
    "--": "\N{EN DASH}",
    "...": "\N{HORIZONTAL ELLIPSIS}",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "«" + NO_BREAK_SPACE,
    " >>": NO_BREAK_SPACE + "»",
    "<<": "«",
    ">>": "»",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRule:
    """Where a quote stands, and which way it turns there: o(pens) or c(loses), one per quote."""

    place: re.Pattern[str]
    turns: str


_PUNCTUATION = r"[!\"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"
# What a quote may close: anything but white space, an opening bracket or a hyphen.
_CLOSABLE = r"[^ \\\t\r\n\[{(-]"

QUOTE_RULES = (
    QuoteRule(place=pattern(r"()([\"'])(?=[_*]{1,2}\S)"), turns="o"),
    QuoteRule(place=re.compile(rf"()([\"'])(?={_PUNCTUATION}(?!\.\.)\B)"), turns="c"),
    QuoteRule(place=pattern(r"(\s?)(\"')(?=\w)"), turns="oo"),
    QuoteRule(place=pattern(r"(\s?)('\")(?=\w)"), turns="oo"),
    QuoteRule(place=pattern(r"(\s?)(')(?=\d\ds)"), turns="c"),
    QuoteRule(place=pattern(r"(\s)(['\"])(?=\w)"), turns="o"),
    QuoteRule(place=pattern(rf"({_CLOSABLE})(['\"])"), turns="c"),
    QuoteRule(place=pattern(r"()([\"'])(?=\s|s\b|\Z)"), turns="c"),
    QuoteRule(place=pattern(r"(.?)([\"'])", re.DOTALL), turns="o"),
)


def read_symbol(reader: SpanReader, element: Element, found: re.Match[str]) -> None:
    """Read dashes, an ellipsis or guillemets."""
    add_text(element, SYMBOLS[found[0]])
    reader.position = found.end()


def read_quote(reader: SpanReader, element: Element, _found: re.Match[str]) -> None:
    """Read one or two straight quotes, with the character before them."""
    for rule in QUOTE_RULES:
        if found := rule.place.match(reader.text, reader.position):
            add_text(element, found[1])
            for quote, turn in zip(found[2], rule.turns, strict=True):
                add_text(element, _turned(reader, quote, turn, found))
            reader.position = found.end()
            return


def _turned(reader: SpanReader, quote: str, turn: str, found: re.Match[str]) -> str:
    if quote == '"':
        return reader.quotes.outer_open if turn == "o" else reader.quotes.outer_close
    if turn == "o":
        reader.open_inner_quotes += 1
        return reader.quotes.inner_open
    if not reader.open_inner_quotes or _is_inside_word(reader.text, found):
        return APOSTROPHE
    reader.open_inner_quotes -= 1
    return reader.quotes.inner_close


def _is_inside_word(text: str, found: re.Match[str]) -> bool:
    return found[1].isalnum() and text[found.end() : found.end() + 1].isalnum()
