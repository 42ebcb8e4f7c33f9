"""Turns a body's Markdown text into an HTML fragment, as the clinic's site shows it.

The site renders with kramdown (GFM input, Jekyll's default options); `dialect` is Python-Markdown
taught to read the same. The rules were read in kramdown 2.4 and kramdown-parser-gfm 1.1, and are
held against the real thing by `tests/kramdown`.
"""

from functools import lru_cache

from markdown import Markdown

from brochure.content.dialect import KramdownDialect
from brochure.content.liquid import without_liquid
from brochure.languages import Quotes

ENGLISH_QUOTES = Quotes()
QuoteMarks = tuple[str, str, str, str]


def render(
    text: str,
    *,
    quotes: Quotes | QuoteMarks = ENGLISH_QUOTES,
    first_heading_level: int = 2,
) -> str:
    """Return a body as HTML; raw HTML in it is passed on and still has to be sanitised.

    Liquid tags are taken out first, as the site does.

    `quotes` are outer open, outer close, inner open, inner close. The body's headings start at
    `first_heading_level`, as the page's title is the level above, and no level is skipped.
    """
    return _reader(_quotes(quotes), first_heading_level).reset().convert(without_liquid(text))


@lru_cache(maxsize=32)
def _reader(quotes: Quotes, first_heading_level: int) -> Markdown:
    """Make a reader once for all texts of a language; it forgets each text before the next."""
    dialect = KramdownDialect(quotes=quotes, first_heading_level=first_heading_level)
    return Markdown(extensions=[dialect], output_format="html")


def _quotes(quotes: Quotes | QuoteMarks) -> Quotes:
    if isinstance(quotes, Quotes):
        return quotes
    outer_open, outer_close, inner_open, inner_close = quotes
    return Quotes(
        outer_open=outer_open,
        outer_close=outer_close,
        inner_open=inner_open,
        inner_close=inner_close,
    )
