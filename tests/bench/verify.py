"""Whether a file that was timed is one that a clinic could use: pages, and every title on them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2

LOOSE = re.compile(r"[\W_]+")
"""Spaces, hyphens, marks of direction: what a line's end or an extractor adds and takes away."""
LAM_ALEF = re.compile("[لاأإآ]+")
"""Two letters that are one glyph: plain WeasyPrint's and Typst's come back the wrong way round."""


class UnusableError(Exception):
    """A contender's file is not there, is empty, or lacks a treatment."""


def verify(expected: Mapping[Path, Sequence[str]]) -> tuple[int, int]:
    """Raise `UnusableError` unless each file has pages and its titles; gives pages and bytes.

    The text is PDFium's. Extractors differ on the order of Arabic letters, not on which there are,
    so a title counts as found on a page that has its words, each forwards or backwards.
    """
    pages = size = 0
    for path, titles in expected.items():
        if not path.exists():
            raise UnusableError(f"{path} was not written")
        with pypdfium2.PdfDocument(path) as document:
            texts = [_letters(page.get_textpage().get_text_bounded()) for page in document]
        missing = [title for title in titles if not any(_shows(text, title) for text in texts)]
        if not texts or missing:
            raise UnusableError(f"{path} has {len(texts)} pages and lacks {missing[:3]}")
        pages += len(texts)
        size += path.stat().st_size
    return pages, size


def _letters(text: str) -> str:
    letters = LOOSE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return LAM_ALEF.sub("ل", letters)


def _shows(text: str, title: str) -> bool:
    words = [_letters(word) for word in title.split()]
    return all(word in text or word[::-1] in text for word in words)
