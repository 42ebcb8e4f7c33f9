"""Turns Markdown text into a reading position: what stands here, and take it.

kramdown's patterns know ASCII white space, digits and word characters only, so every pattern of
the dialect is made by `pattern`, and text is stripped with `WHITESPACE`: a no-break space stays.
"""

import re

from brochure.content.dialect.html_elements import SPAN_ELEMENTS

WHITESPACE = " \t\n\v\f\r\0"

# Attribute lists, `{:.lead}`: kramdown's word for them is IAL.
# The length is bounded so that unclosed ones cost little.
ATTRIBUTE_CHARACTER = r"(?:\\\}|[^}])"
ATTRIBUTE_TEXT = ATTRIBUTE_CHARACTER + r"{1,500}"
ATTRIBUTE_LINE = rf"\{{:(?!:|/){ATTRIBUTE_TEXT}\}}\s*?\n"

ELEMENT_NAME = r"[A-Za-z_][-\w.]*(?::[A-Za-z_][-\w.]*)?"
# A line that starts with any other element ends a paragraph.
_NOT_SPAN = r"(?!(?:" + "|".join([*SPAN_ELEMENTS, "script"]) + r")\b)"
HTML_LINE = rf"(?:<{_NOT_SPAN}{ELEMENT_NAME}|</{_NOT_SPAN}{ELEMENT_NAME}\s*>)"


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Compile an expression as kramdown reads it: ASCII classes, `^` at every line."""
    return re.compile(expression, flags | re.ASCII | re.MULTILINE)


INDENTATION = pattern(r"^(?:\t| {4})")
BLANK_LINES = pattern(r"\s*\n")
LINE = pattern(r".*\n?")
BLOCK_END_MARKER = pattern(r"\^\s*?\n")
ATTRIBUTES_START = pattern(r" {0,3}" + ATTRIBUTE_LINE)
LAZY_END_EXPRESSION = rf"\s*\n|\^\s*?\n| {{0,3}}{ATTRIBUTE_LINE}| {{0,3}}{HTML_LINE}|\Z"
LAZY_END = pattern(LAZY_END_EXPRESSION)
BLOCK_BOUNDARY = pattern(rf"\s*\n|\^\s*?\n| {{0,3}}{ATTRIBUTE_LINE}|\Z")


class Source:
    """A text, a position in it, and the attribute list that waits for the next block.

    `open_element` is the HTML element whose end tag ends the blocks that are read.
    """

    __slots__ = ("open_element", "position", "text", "waiting_attributes")

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.waiting_attributes: str | None = None
        self.open_element: str | None = None

    def at_end(self) -> bool:
        """Say whether everything has been taken."""
        return self.position >= len(self.text)

    def see(self, wanted: re.Pattern[str]) -> re.Match[str] | None:
        """Match here, and stay."""
        return wanted.match(self.text, self.position)

    def take(self, wanted: re.Pattern[str]) -> re.Match[str] | None:
        """Match here, and move behind the match."""
        found = wanted.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def take_line(self) -> str:
        """Take the rest of the line with its line end."""
        end = self.text.find("\n", self.position) + 1 or len(self.text)
        line = self.text[self.position : end]
        self.position = end
        return line

    def take_lines_until(self, end: re.Pattern[str]) -> str:
        """Take this line, and the next ones as far as one starts with `end`."""
        start = self.position
        self.take_line()
        while not self.at_end() and not self.see(end):
            self.take_line()
        return self.text[start : self.position]
