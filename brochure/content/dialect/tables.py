"""Turns lines with pipes into tables, with `thead`, `tbody` and `tfoot` as kramdown has them."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from brochure.content.dialect.blocks import BlockReader, add_block, after_boundary, before_boundary
from brochure.content.dialect.code_spans import split_at_code
from brochure.content.dialect.html_blocks import TAG
from brochure.content.dialect.html_elements import VOID_ELEMENTS
from brochure.content.dialect.source import WHITESPACE, Source, pattern

_PIPE = r"(?:\||.*?[^\\\n]\|)"
_LINE = pattern(_PIPE + r".*?\n")
TABLE_START = pattern(r" {0,3}(?=\S)" + _LINE.pattern)
_HAS_PIPE = pattern(_PIPE)
_SEPARATOR = pattern(r"([+|: \t-]*?-[+|: \t-]*?)[ \t]*\n")
_FOOT_SEPARATOR = pattern(r"[+|: \t=]*?=[+|: \t=]*?[ \t]*\n")
_ROW = pattern(r"(.*?)[ \t]*\n")
_ALIGNMENT = pattern(r"[ \t]?(:?)-+(:?)[ \t]?")
_HTML_CODE = pattern(r"(<code.*?>.*?</code>)")
_HTML_ELEMENT = pattern(
    rf"(?!<(?:{'|'.join(VOID_ELEMENTS)})\b){TAG.pattern}.*?(?:</\1\s*>|\Z)", re.DOTALL
)
_NO_PIPE = pattern(r"[^\n]")
_CELL_END = pattern(r"(?<!\\)\|")
ALIGNMENTS = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}

Row = list[str]


@dataclass(slots=True)
class Table:
    """A table while its lines are read: finished sections, and rows of the one being read."""

    sections: list[tuple[str, list[Row]]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    alignments: list[str] = field(default_factory=list)
    has_foot: bool = False

    def close_section(self, tag: str) -> None:
        """Put the rows read so far into a section."""
        self.sections.append((tag, self.rows))
        self.rows = []


def read_table(_reader: BlockReader, parent: Element, source: Source) -> bool:
    """Read a table; lines that turn out not to be one stay a paragraph."""
    if not after_boundary(parent, source):
        return False
    start = source.position
    table = _collect(source)
    text = source.text[start : source.position]
    has_body = any(tag == "tbody" for tag, _ in table.sections)
    if not before_boundary(source) or not _pipes_on_every_line(text) or not has_body:
        source.position = start
        return False
    _print(table, add_block(parent, source, "table"))
    return True


def _collect(source: Source) -> Table:
    table = Table()
    first = source.see(_LINE)
    leading_pipe = bool(first) and first[0].lstrip(WHITESPACE).startswith("|") if first else False
    source.take(_SEPARATOR)
    while source.see(_LINE):
        if found := source.take(_SEPARATOR):
            _separate(table, found[1])
        elif source.take(_FOOT_SEPARATOR):
            if table.rows:
                table.close_section("tbody")
            table.has_foot = True
        elif found := source.take(_ROW):
            table.rows.append(_cells(found[1], leading_pipe))
    if table.rows:
        table.close_section("tfoot" if table.has_foot else "tbody")
    return table


def _separate(table: Table, line: str) -> None:
    """Close a section; the first separator with rows before it makes them the head."""
    if not table.rows:
        return
    if not table.alignments and not table.has_foot:
        table.close_section("thead")
        table.alignments = [ALIGNMENTS[ends] for ends in _ALIGNMENT.findall(line)]
    elif not table.has_foot:
        table.close_section("tbody")


def _cells(line: str, leading_pipe: bool) -> Row:
    """Split a line at its pipes, except inside code."""
    cells = [""]
    for index, part in enumerate(_HTML_CODE.split(line)):
        for piece, is_code in [(part, True)] if index % 2 else split_at_code(part):
            first, *more = [piece] if is_code else _CELL_END.split(piece)
            cells[-1] += first if is_code else first.replace("\\|", "|")
            cells.extend(cell.replace("\\|", "|") for cell in more)
    if leading_pipe and not cells[0].strip(WHITESPACE):
        del cells[0]
    if cells and not cells[-1].strip(WHITESPACE):
        del cells[-1]
    return [cell.strip(WHITESPACE) for cell in cells]


def _pipes_on_every_line(text: str) -> bool:
    """Say whether each line has a pipe that is neither escaped nor inside code."""
    pieces = split_at_code(text)
    plain = "".join(_NO_PIPE.sub("x", piece) if is_code else piece for piece, is_code in pieces)
    plain = _HTML_ELEMENT.sub("", plain)
    return all(_HAS_PIPE.match(line) for line in plain.rstrip("\n").split("\n"))


def _print(table: Table, element: Element) -> None:
    columns = max(len(row) for _, rows in table.sections for row in rows)
    alignments = (table.alignments + [""] * columns)[:columns]
    for tag, rows in table.sections:
        section = SubElement(element, tag)
        cell_tag = "th" if tag == "thead" else "td"
        for row in rows:
            line = SubElement(section, "tr")
            for text, alignment in zip_longest(row, alignments, fillvalue=""):
                _print_cell(SubElement(line, cell_tag), text, alignment)


def _print_cell(cell: Element, text: str, alignment: str) -> None:
    cell.text = text
    if alignment:
        cell.set("align", alignment)
