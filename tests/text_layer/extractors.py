"""What three programs read in a PDF: each from another family, each in its order of reading."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pymupdf
import pypdfium2


def pdfium(path: Path) -> str:
    """PDFium's text (Chrome, Edge)."""
    with pypdfium2.PdfDocument(path) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def poppler(path: Path) -> str:
    """Poppler's text (Evince, Okular), in its order of reading."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def mupdf(path: Path) -> str:
    """MuPDF's text (SumatraPDF)."""
    with pymupdf.open(path) as file:
        return "\n".join(page.get_text() for page in file)


EXTRACTORS: Mapping[str, Callable[[Path], str]] = {
    "PDFium": pdfium,
    "Poppler": poppler,
    "MuPDF": mupdf,
}
