"""Any bytes in, an open PDF out, or a clear refusal, even where the damage shows later."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose

MOST_PAGES = 5_000
MOST_BYTES = 1_000_000_000
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
"""Where readers look for the header (ISO 32000-1, annex H, note 13)."""
_UNREADABLE = "pdf-unreadable"


@contextmanager
def opened(data: bytes, name: str, code: str = _UNREADABLE) -> Iterator[pikepdf.Pdf]:
    """The file, called `name`, for as long as it is worked on.

    Raises `BrochureError` with one diagnostic of `code`, also for damage that is met on the way.
    """
    if not data:
        raise _refusal(name, "The file is empty", "Nothing was saved, or it broke off.", code)
    if _HEADER not in data[:_HEADER_WITHIN]:
        raise _refusal(name, "The file is not a PDF", "It does not begin as a PDF does.", code)
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            _check_pages(file, name, code)
            yield file
    except BrochureError:
        raise
    except pikepdf.PasswordError:
        cause = "Nobody can open it without its password, the print shop included."
        raise _refusal(name, "The file is locked with a password", cause, code) from None
    except Exception as error:  # whatever a damaged file does to the library
        cause = f"Its structure is broken ({str(error).partition(chr(10))[0]})."
        raise _refusal(name, "The file is damaged", cause, code) from error


def _check_pages(file: pikepdf.Pdf, name: str, code: str) -> None:
    """Refuse too few and too many; a damaged tree of pages shows once a page is looked for."""
    count = len(file.pages)
    if not 0 < count <= MOST_PAGES:
        found = "no pages" if not count else f"{count} pages"
        cause = f"A brochure has between 1 and {MOST_PAGES} pages."
        raise _refusal(name, f"The file has {found}", cause, code)
    file.pages.index(file.pages[0])


def read(path: Path) -> bytes:
    """The bytes of a file that somebody named; raises `BrochureError` with `pdf-unreadable`."""
    name = path.as_posix()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal(name, "The file is too large", "It is longer than 1 GB.", _UNREADABLE)
        return path.read_bytes()
    except OSError as error:
        fault = diagnose(
            _UNREADABLE,
            Location(path=name),
            problem=f"The file cannot be read: {error.strerror or error}",
            cause="There is no file of this name, or it is a folder, or it is protected.",
            fix="Check the file's name, and the folder that you are in.",
        )
        raise BrochureError([fault]) from None


def refused(name: str, problem: str, cause: str, code: str = _UNREADABLE) -> Diagnostic:
    """The diagnostic for a file that nothing can be done with."""
    return diagnose(
        code,
        Location(path=name),
        problem=problem,
        cause=cause,
        fix="Ask whoever made the file for a new copy, saved as a PDF without a password.",
    )


def _refusal(name: str, problem: str, cause: str, code: str) -> BrochureError:
    return BrochureError([refused(name, problem, cause, code)])
