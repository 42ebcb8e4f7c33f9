"""Any bytes in, an open PDF out, or a clear refusal: `preflight-unreadable`."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose

MOST_PAGES = 5_000
MOST_BYTES = 1_000_000_000
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
"""Where readers look for the header (ISO 32000-1, annex H, note 13)."""


def opened(data: bytes, name: str) -> pikepdf.Pdf:
    """The file; raises `BrochureError` with one `preflight-unreadable`."""
    if not data:
        raise _refusal(name, "The file is empty", "Nothing was saved, or the copy broke off.")
    if _HEADER not in data[:_HEADER_WITHIN]:
        raise _refusal(name, "The file is not a PDF", "It does not begin as a PDF does.")
    try:
        file = pikepdf.open(io.BytesIO(data))
        count = len(file.pages)
    except pikepdf.PasswordError:
        cause = "Nobody can open it without its password, the print shop included."
        raise _refusal(name, "The file is locked with a password", cause) from None
    except Exception as error:  # whatever a damaged file does to the library
        cause = f"Its structure is broken ({str(error).partition(chr(10))[0]})."
        raise _refusal(name, "The file is damaged and cannot be opened", cause) from error
    if not 0 < count <= MOST_PAGES:
        found = "no pages" if not count else f"{count} pages"
        cause = f"A brochure has between 1 and {MOST_PAGES} pages."
        raise _refusal(name, f"The file has {found}", cause)
    return file


def read(path: Path) -> bytes:
    """The bytes of a file; raises `BrochureError` with one `preflight-unreadable`."""
    name = path.as_posix()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal(name, "The file is too large", "It is longer than 1 GB.")
        return path.read_bytes()
    except OSError as error:
        cause = f"The system says: {error.strerror or error}."
        raise _refusal(name, "The file cannot be read", cause) from None


def refused(name: str, problem: str, cause: str) -> Diagnostic:
    """The diagnostic for a file that cannot be judged."""
    return diagnose(
        "preflight-unreadable",
        Location(path=name),
        problem=problem,
        cause=cause,
        fix="Ask whoever made the file for a new copy, saved as a PDF without a password.",
    )


def _refusal(name: str, problem: str, cause: str) -> BrochureError:
    return BrochureError([refused(name, problem, cause)])
