"""The clinic's Markdown: Python-Markdown reading and printing what kramdown (GFM input) shows.

`KramdownDialect` is an ordinary extension of Python-Markdown. The library keeps its stages, its
tree, its stash of raw HTML and its serializer; what reads blocks and running text is ours, two
tables in kramdown's own order: `grammar.CONSTRUCTS` and `grammar.MARKS`.

`blocks` reads blocks, `spans` their running text, `extension` puts both into the library; nearly
every other module is one construct.
"""

from brochure.content.dialect.extension import KramdownDialect

__all__ = ["KramdownDialect"]
