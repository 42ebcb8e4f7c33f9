"""The tiny clinic to change at will, and what every room is given."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure.assets import assets_of
from brochure.content.document import Document
from brochure.content.reader import read_content
from brochure.diagnostics import Diagnostic
from brochure.languages import Languages
from brochure.settings import ContentSettings
from brochure.wording_files import load_languages

TINY = Path(__file__).parents[1] / "clinics" / "tiny"
TEXTS = "content/_collections/_care"

Read = Callable[..., tuple[tuple[Document, ...], tuple[Diagnostic, ...]]]


@pytest.fixture
def clinic(tmp_path) -> Path:
    """A copy of the tiny clinic."""
    return shutil.copytree(TINY, tmp_path / "clinic")


@pytest.fixture(scope="session")
def languages() -> Languages:
    return load_languages(assets_of(TINY))[0]


@pytest.fixture
def read(tmp_path, languages) -> Read:
    """Write texts (name: contents) into an empty clinic and read them."""

    def read_texts(texts: dict[str, str], **settings: str):
        for name, text in texts.items():
            path = tmp_path / TEXTS / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return read_content(tmp_path, ContentSettings(**settings), languages)[:2]

    return read_texts


@pytest.fixture
def unbroken_lines(clinic) -> None:
    """A style sheet of the clinic's own that lets a paragraph run off the page."""
    styles = clinic / "templates/styles"
    styles.mkdir(parents=True)
    (styles / "screen.css").write_text("@layer edition { .text p { white-space: nowrap } }")
