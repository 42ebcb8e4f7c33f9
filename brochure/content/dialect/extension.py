"""Puts the dialect's stages into Python-Markdown."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from brochure.content.dialect.abbreviations import mark_abbreviations
from brochure.content.dialect.blocks import BlockReader, sweep
from brochure.content.dialect.footnotes import number_notes
from brochure.content.dialect.grammar import CONSTRUCTS, MARKS
from brochure.content.dialect.headings import LEVELS, drop_empty, settle_levels
from brochure.content.dialect.html_blocks import BARE, release_html
from brochure.content.dialect.lists import unwrap_tight_paragraphs
from brochure.content.dialect.spans import SpanReader
from brochure.languages import Quotes

TEXT_HOLDERS = frozenset(("p", "dt", "td", "th", BARE, *LEVELS))


class KramdownDialect(Extension):
    """Read as kramdown does; print with these quotes and this first heading level."""

    def __init__(self, *, quotes: Quotes, first_heading_level: int) -> None:
        super().__init__()
        self.quotes = quotes
        self.first_heading_level = first_heading_level

    def extendMarkdown(self, md: Markdown) -> None:
        """Replace Python-Markdown's readers; keep its stash, its printing and its clean-up."""
        md.registerExtension(self)
        self.blocks = md.parser = BlockReader(md, CONSTRUCTS)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.preprocessors.register(LineEnds(md), "line_ends", 30)
        for name in ("inline", "unescape"):
            md.treeprocessors.deregister(name)
        md.treeprocessors.register(Finish(md, self), "finish", 20)
        md.postprocessors.register(SetAside(md), "raw_html", 30)

    def reset(self) -> None:
        """Forget the last text, even one that was not read to its end."""
        self.blocks.definitions.clear()
        self.blocks.depth = 0


class LineEnds(Preprocessor):
    """Make every line end in a line feed, the last one too, and keep placeholders unambiguous."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines; tabs stay, as their width depends on the list they stand in."""
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        return [*text.split("\n"), ""]


class SetAside(RawHtmlPostprocessor):
    """Put back the HTML that was set aside: never into a paragraph."""

    def isblocklevel(self, html: str) -> bool:
        """Say that any piece of it stands alone."""
        return True


class Finish(Treeprocessor):
    """Read the running text of all blocks, and settle what depends on the whole body."""

    def __init__(self, md: Markdown, dialect: KramdownDialect) -> None:
        super().__init__(md)
        self.dialect = dialect

    def run(self, root: Element) -> None:
        """Finish the tree in place."""
        definitions = self.dialect.blocks.definitions
        for part in (root, *definitions.footnotes.values()):
            sweep(part)
            self._read_texts(part)
            unwrap_tight_paragraphs(part)
            mark_abbreviations(part, definitions.abbreviations)
        number_notes(root, definitions)
        drop_empty(root)
        settle_levels(root, self.dialect.first_heading_level)
        release_html(root)

    def _read_texts(self, part: Element) -> None:
        holders = [block for block in part.iter() if block.tag in TEXT_HOLDERS and block.text]
        for block in holders:
            text, block.text = block.text or "", None
            definitions = self.dialect.blocks.definitions
            SpanReader(text, MARKS, definitions, self.dialect.quotes).read(block)
