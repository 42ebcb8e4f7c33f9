"""Fonts as text needs them: codes, widths, what each glyph stands for (ISO 32000-1, 9.6–9.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from brochure.pdf.preflight.streams import Unreadable, decoded

_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<([\w\s]*)>|\[(.*?)\])", re.DOTALL)
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_KNOWN_ENCODINGS = {"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"}
_EM = 1000
_MOST_MAPPED = 70_000


@dataclass(slots=False, eq=False)
class Font:
    """One font of a file, with every code that was shown in it.

    `pages` maps each page's index to one place there, for the report.
    """

    dictionary: Any
    used: set[int] = field(default_factory=set)
    pages: dict[int, str] = field(default_factory=dict)

    @cached_property
    def kind(self) -> str:
        """`Type0`, `TrueType`, `Type1`, `Type3`…"""
        return str(self.dictionary.get("/Subtype", "/none"))[1:]

    @cached_property
    def name(self) -> str:
        """The name that the file gives it."""
        return str(self.dictionary.get("/BaseFont", "/a font without a name"))[1:]

    @cached_property
    def descendant(self) -> Any:
        """The dictionary that describes the glyphs."""
        if self.kind != "Type0":
            return self.dictionary
        found = self.dictionary.get("/DescendantFonts")
        return found[0] if isinstance(found, Array) and len(found) else Dictionary()

    @cached_property
    def program(self) -> Any:
        """The stream of the font program, if it is in the file."""
        descriptor = self.descendant.get("/FontDescriptor", Dictionary())
        found = [descriptor[key] for key in _PROGRAMS if key in descriptor]
        return found[0] if found else None

    @cached_property
    def is_by_glyph(self) -> bool:
        """Whether a code is the number of a glyph in the font program."""
        mapping = self.descendant.get("/CIDToGIDMap", Name.Identity)
        encoding = self.dictionary.get("/Encoding")
        return (
            self.kind == "Type0"
            and self.descendant.get("/Subtype") == Name.CIDFontType2
            and mapping == Name.Identity
            and isinstance(encoding, Name)
            and str(encoding).startswith("/Identity")
        )

    @cached_property
    def texts(self) -> dict[int, str]:
        """What each code stands for, by the ToUnicode map (9.10.3)."""
        found = self.dictionary.get("/ToUnicode")
        if not isinstance(found, Stream):
            return {}
        try:
            return _texts(decoded(found))
        except (Unreadable, ValueError):
            return {}

    def is_unmapped(self, code: int) -> bool:
        """Whether nothing says which letter a code stands for."""
        if self.texts:
            return not self.texts.get(code, "").strip("\0\ufffd")
        encoding = self.dictionary.get("/Encoding")
        if isinstance(encoding, Dictionary):
            return Name.ToUnicode not in self.dictionary and self.kind == "Type3"
        is_symbolic = self.kind in ("Type0", "Type3") or self._is_symbolic
        return is_symbolic and str(encoding) not in _KNOWN_ENCODINGS

    @cached_property
    def _is_symbolic(self) -> bool:
        descriptor = self.descendant.get("/FontDescriptor", Dictionary())
        return bool(int(descriptor.get("/Flags", 0)) & 4)

    def codes(self, text: bytes) -> list[int]:
        """The character codes of a string: two bytes each in a composite font, else one."""
        if self.kind != "Type0":
            return list(text)
        return [high << 8 | low for high, low in zip(text[::2], text[1::2], strict=False)]

    def words(self, text: bytes) -> str:
        """A string in letters, as far as they are known."""
        if self.texts:
            return "".join(self.texts.get(code, "") for code in self.codes(text))
        return "" if self.kind == "Type0" else text.decode("latin-1")

    @cached_property
    def widths(self) -> dict[int, float]:
        """How far each code moves on, in ems (9.7.4.3)."""
        if self.kind == "Type0":
            return dict(_composite_widths(self.descendant.get("/W", Array())))
        first = int(self.dictionary.get("/FirstChar", 0))
        scale = 1 / _EM
        if self.kind == "Type3":
            scale = abs(float(self.dictionary.get("/FontMatrix", [1 / _EM])[0]))
        listed = self.dictionary.get("/Widths", Array())
        return {first + index: float(width) * scale for index, width in enumerate(listed)}

    @cached_property
    def other_width(self) -> float:
        """How far a code moves on that `widths` does not list, in ems."""
        if self.kind == "Type0":
            return float(self.descendant.get("/DW", _EM)) / _EM
        descriptor = self.dictionary.get("/FontDescriptor", Dictionary())
        return float(descriptor.get("/MissingWidth", 500 if self.program is None else 0)) / _EM


def _composite_widths(listed: Any) -> Iterator[tuple[int, float]]:
    items = list(listed)
    while len(items) > 1:
        first = int(items[0])
        if isinstance(items[1], Array):
            yield from ((first + i, float(width) / _EM) for i, width in enumerate(items[1]))
            del items[:2]
        elif len(items) > 2:
            last = min(int(items[1]), first + _MOST_MAPPED)
            yield from ((code, float(items[2]) / _EM) for code in range(first, last + 1))
            del items[:3]
        else:
            return


def _texts(cmap: bytes) -> dict[int, str]:
    texts: dict[int, str] = {}
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            values = _HEX.findall(block)
            for code, text in zip(values[::2], values[1::2], strict=False):
                texts[int(code, 16)] = _utf16(text)
            continue
        for first, last, start, listed in _RANGE.findall(block):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + _MOST_MAPPED)
            if listed:
                names = [_utf16(text) for text in _HEX.findall(listed)]
                texts.update(zip(range(low, high + 1), names, strict=False))
            elif text := _utf16(start):
                head, last_letter = text[:-1], ord(text[-1])
                for code in range(low, high + 1):
                    texts[code] = head + chr(min(last_letter + code - low, 0x10FFFF))
    return texts


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
