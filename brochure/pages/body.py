"""A treatment's HTML made ready for the page.

Runs of another direction or script are marked (`inline`), a paragraph or list that is wholly in
another script becomes that language's own, and a short first list becomes a panel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from brochure.languages import Language
from brochure.pages.bidi import UNBROKEN
from brochure.pages.inline import Piece, marked, unmarked
from brochure.pages.pieces import Block, pieces_of
from brochure.pages.scripts import Companions, direction_of, foreign_script, runs_of

LEAST_WORDS = 4
PANEL_ITEMS = range(3, 11)
PANEL_ITEM_CHARACTERS = 64
_OF_ONE_LANGUAGE = frozenset("blockquote dl ol p ul".split())
"""What takes its direction from its words where none of them is in the text's own script."""
_NO_COMPANIONS = Companions()


def prose(text: str, language: Language, companions: Companions = _NO_COMPANIONS) -> Markup:
    """Plain text of the content or of `brochure.toml`, escaped and marked where needed."""
    return marked([text], language.script, companions)


def settled(text: str, language: Language, companions: Companions = _NO_COMPANIONS) -> Markup:
    """`prose` whose last two words stay together, so that no word stands alone on a line."""
    words = text.split()
    tail = " ".join(words[-2:])
    start = text.rfind(tail)
    script = language.script
    cut = any(run.start < start < run.stop for run in runs_of(text, script, companions))
    apart = len(words) < LEAST_WORDS or len(tail) > UNBROKEN or start < 0
    if apart or cut or foreign_script(text, script):
        return prose(text, language, companions)
    kept = Markup('<span class="last-words">{}</span>').format(prose(tail, language, companions))
    return prose(text[:start], language, companions) + kept


def prepare_body(
    html: str,
    language: Language,
    picture_address: Callable[[str], str | None],
    title: str,
    companions: Companions = _NO_COMPANIONS,
) -> Markup:
    """Rewrite sanitised HTML for the page; a picture without an address is left out.

    `title` describes a picture that has no description of its own.
    """
    pieces = pieces_of(html, language, picture_address, title)
    return Markup(with_panel("".join(_lines(pieces, language.script, companions))))


def _lines(pieces: Sequence[Piece], script: str, companions: Companions) -> Iterator[str]:
    """The HTML of whole blocks of `script`, each block in another script set in its own."""
    line: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        if not isinstance(piece, Block):
            line.append(piece)
            continue
        yield marked(line, script, companions)
        line.clear()
        end = _end(pieces, index) if piece.opens else index
        other = _other_script(piece, pieces[index:end], script)
        if piece.own:
            yield unmarked(pieces[index - 1 : end])
        elif other:
            yield _in_its_language(piece, other, script, companions)
            yield from _lines(pieces[index:end], other, companions)
        else:
            yield piece.html
            continue
        index = end
    yield marked(line, script, companions)


def _end(pieces: Sequence[Piece], index: int) -> int:
    """Where the block ends, its closing tag left out, that opened before `index`."""
    depth = 1
    for place in range(index, len(pieces)):
        piece = pieces[place]
        depth += isinstance(piece, Block) and piece.opens
        depth -= isinstance(piece, Block) and piece.closes
        if not depth:
            return place
    return len(pieces)


def _other_script(block: Block, inside: Sequence[Piece], script: str) -> str:
    """The script of a block of which no letter is in `script`, if each of its items has words."""
    if not block.opens or block.name not in _OF_ONE_LANGUAGE:
        return ""
    items = sum(isinstance(piece, Block) and piece.opens for piece in inside)
    text = " ".join(piece for piece in inside if isinstance(piece, str))
    return foreign_script(text, script, paragraphs=max(1, items))


def _in_its_language(block: Block, other: str, script: str, companions: Companions) -> str:
    direction = direction_of(other)
    turned = f' dir="{direction.value}"' if direction is not direction_of(script) else ""
    return f'{block.html[:-1]} lang="{companions.tag(other)}"{turned}>'


def with_panel(html: str) -> str:
    """Mark the first list of the text as a panel if it is flat and all its items are short."""
    start = html.find("<ul>")
    end = html.find("</ul>", start)
    if start < 0 or "<ol" in html[:start]:
        return html
    inner = html[start + len("<ul>") : end]
    items = re.findall(r"<li>(.*?)</li>", inner, re.DOTALL)
    short = all(len(re.sub(r"<[^>]+>", "", item)) <= PANEL_ITEM_CHARACTERS for item in items)
    if re.search("<[uo]l|<p>", inner) or not short or len(items) not in PANEL_ITEMS:
        return html
    # No space between the items, which stand beside each other like words: it would be tagged.
    packed = "".join(f"<li>{item}</li>" for item in items)
    return f'{html[:start]}<ul class="panel">{packed}{html[end:]}'
