"""Layout: a composition in, pages out. The only module that knows WeasyPrint.

WeasyPrint sees exactly the project's fonts (through a fontconfig file of ours that names no
system folder) and reads exactly what the fetcher gives it. Whatever it complains of becomes a
diagnostic.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.measures import PX_IN_PT
from brochure.pages.composition import ADDRESS, Composition, Style
from brochure.pdf.fetcher import RefusedError, Shelf
from brochure.pdf.internals import (
    bare_page,
    closed_lines,
    filled_lines,
    ground_of,
    kept_references,
    margins_of,
    noted_elements,
    noted_texts,
    open_arrays,
    page_box,
    plain_values,
    quick_libraries,
    text_of,
    turnable_pages,
    turned,
    whole_words,
)
from brochure.pdf.overflow import Folio, PageText, folio_of, page_text
from brochure.typefaces import Family

if TYPE_CHECKING:
    from weasyprint import Document

_SAME_PX = 0.01
"""Lengths on both sides of a leaf that differ by less are the same."""
_HARMLESS = re.compile(r"^(Step \d|Using fontTools)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of the outline: its level from 1, and where it leads, in points of the page."""

    level: int
    label: str
    page: int
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A laid-out document, not yet drawn.

    `starts` gives the page (from 0) on which each section begins, `pages` the extent of the text.
    Links to the anchors in `outside` lead out of it, to what is laid out elsewhere.
    It is drawn as `variant`: for a print shop as none, because no variant of the engine's has
    inks, boxes and marks as a shop wants them.
    """

    document: Document
    variant: str | None
    shelf: Shelf
    search: tuple[Path, ...]
    pages: tuple[PageText, ...]
    starts: tuple[tuple[str, int], ...]
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How a page lies on one side of a leaf: what was drawn apart from its text, and where.

    `ground` is the number of the drawn page that lies under the text, `margins` of what stands
    round it; None if there is nothing. The page's left edge is `shift` points to the right of that
    of the page that the text was laid out for, and all is drawn there.
    """

    ground: int | None
    margins: int | None
    shift: float
    folio: Folio | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCase:
    """The fonts as the engine has loaded them, and the style sheets as it has read them.

    One type case serves any number of layouts with the same fonts: 0.7 of the time on one page.
    """

    fonts: Any
    sheets: dict[Style, Any] = field(default_factory=dict)


@contextlib.contextmanager
def type_case(families: Sequence[Family]) -> Iterator[TypeCase]:
    """A type case with these fonts; raises `BrochureError` with `library-missing`."""
    folder = Path(tempfile.mkdtemp(prefix="brochure-fonts-"))
    try:
        with _fonts(folder, families):
            _weasyprint()
            from weasyprint.text.fonts import FontConfiguration

            case = TypeCase(fonts=FontConfiguration())
        yield case
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay_out(
    composition: Composition,
    *,
    roots: Sequence[Path],
    search: Sequence[Path] = (),
    case: TypeCase | None = None,
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Lay out `composition`; files may be read below `roots` only.

    `search` are the template folders that a faulty address is looked for in, `case` the fonts if
    several layouts share them. Reports
    `resource-refused`, `template-fault` and `layout-fault`; raises `BrochureError` with
    `library-missing`.
    """
    load()
    shelf = Shelf(resources=composition.resources, roots=tuple(roots))
    with contextlib.ExitStack() as opened:
        case = case or opened.enter_context(type_case(composition.families))
        messages = opened.enter_context(_messages())
        opened.enter_context(_put_right())
        document = _document(composition, shelf, case, messages)
    layout = Layout(
        document=document,
        variant=_variant(composition),
        shelf=shelf,
        search=tuple(search),
        pages=tuple(page_text(page) for page in document.pages),
        starts=tuple(_starts(document, composition)),
        outside=_outside(document, composition),
    )
    faults = [_refused(url, why, search) for url, why in shelf.refused]
    faults += [_complaint(text) for text in messages if not _about_refusal(text)]
    return layout, tuple(dict.fromkeys(faults))


def draw(layout: Layout) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The layout as a tagged PDF, in light a PDF/A-2a; reports `glyph-missing`, `layout-fault`.

    Nothing in it is compressed, because most of it is written again.
    """
    with _messages() as messages:
        pdf = _drawn(layout.document, layout)
    return pdf, _complaints(messages, layout)


def draw_parted(
    layout: Layout,
) -> tuple[bytes, tuple[tuple[Side, ...], ...], tuple[Diagnostic, ...]]:
    """Draw the text of each page, and behind all of them what is round it on either side.

    The first of the two sides of a page is the one that it is laid out for. Reports what `draw`
    does; raises `BrochureError` with `template-fault` if the text has not the same room on both.
    """
    boxes = [page_box(page) for page in layout.document.pages]
    pages = [bare_page(text_of(box)) for box in boxes]

    def numbered(box: Any, shift: float) -> int | None:
        """The number of the page that is drawn of a box, if there is one."""
        pages.extend([bare_page(box, shift)] if box else [])
        return len(pages) - 1 if box else None

    def side(box: Any, shift: float) -> Side:
        return Side(
            ground=numbered(ground_of(box), shift),
            margins=numbered(margins_of(box), shift),
            shift=shift,
            folio=folio_of(box),
        )

    sides = []
    with _messages() as messages:
        for number, box in enumerate(boxes, start=1):
            with _put_right():
                other = turned(box)
            _check_room(number, box, other)
            shift = (box.content_box_x() - other.content_box_x()) * PX_IN_PT
            sides.append((side(box, 0.0), side(other, shift)))
        pdf = _drawn(layout.document.copy(pages), layout)
    return pdf, tuple(sides), _complaints(messages, layout)


def _drawn(document: Document, layout: Layout) -> bytes:
    for anchor in sorted(layout.outside):
        document.pages[0].anchors[anchor] = (0, 0, 0, 0)
    with (
        _without_collection(),
        noted_elements(),
        noted_texts(),
        open_arrays(),
        kept_references(),
    ):
        pdf: bytes = document.write_pdf(
            pdf_variant=layout.variant, pdf_tags=True, uncompressed_pdf=True
        )
    return pdf


def _complaints(messages: Sequence[str], layout: Layout) -> tuple[Diagnostic, ...]:
    """What the engine said while it drew."""
    drawn = (_complaint(text) for text in messages if not _about_refusal(text))
    refused = (_refused(url, why, layout.search) for url, why in layout.shelf.refused)
    return tuple(dict.fromkeys((*refused, *drawn)))


def _check_room(number: int, own: Any, other: Any) -> None:
    """Let a page that is turned have the same room for its text, as high on the page."""
    rooms = [
        (box.width, box.height, box.content_box_y(), box.margin_width(), box.margin_height())
        for box in (own, other)
    ]
    if all(abs(one - two) < _SAME_PX for one, two in zip(*rooms, strict=True)):
        return
    fault = diagnose(
        "template-fault",
        None,
        problem=f"Page {number} has less room on a left page than on a right one, or more",
        cause="Treatments are set before it is known on which page they begin; so left and right "
        "pages must be equal but for which margin is the inner one.",
        fix="Give “@page :left” and “@page :right” the same size, and the same two margins, "
        "exchanged, as page.css does.",
    )
    raise BrochureError([fault])


def _document(
    composition: Composition, shelf: Shelf, case: TypeCase, messages: list[str]
) -> Document:
    weasyprint = _weasyprint()
    sheets = [
        case.sheets.get(style) or _sheet(style, shelf, case, messages)
        for style in composition.styles
    ]
    html = weasyprint.HTML(
        string=composition.html, base_url=ADDRESS, url_fetcher=_fetcher(weasyprint, shelf)
    )
    # The hints give a list its first number and a table's columns their alignment.
    return html.render(
        font_config=case.fonts,
        stylesheets=sheets,
        pdf_variant=_variant(composition),
        presentational_hints=True,
    )


def _sheet(style: Style, shelf: Shelf, case: TypeCase, messages: list[str]) -> Any:
    """A style sheet as the engine reads it.

    The case keeps it unless there is something to be said of it, or it names other files: that
    concerns every document that it is used for.
    """
    weasyprint = _weasyprint()
    before = len(messages), len(shelf.given), len(shelf.refused)
    sheet = weasyprint.CSS(
        string=style.css,
        base_url=ADDRESS,
        font_config=case.fonts,
        url_fetcher=_fetcher(weasyprint, shelf),
    )
    if before == (len(messages), len(shelf.given), len(shelf.refused)):
        case.sheets[style] = sheet
    messages[before[0] :] = [f"{style.name}\t{text}" for text in messages[before[0] :]]
    return sheet


def _variant(composition: Composition) -> str | None:
    return None if composition.edition.is_in_inks else "pdf/a-2a"


def load() -> None:
    """Load all of the engine before it is needed; raises `BrochureError`, `library-missing`."""
    _weasyprint()
    importlib.import_module("weasyprint.text.fonts")


def _weasyprint() -> Any:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints advice for programmers
            with contextlib.suppress(OSError), quick_libraries():
                import weasyprint
            import weasyprint
    except OSError as error:
        library = re.search(r"'([^']+)'", str(error))
        fault = diagnose(
            "library-missing",
            None,
            problem=f"The system library {library[1] if library else 'Pango'} is not installed",
            cause="The pages are laid out with Pango, which is not part of Python.",
            fix="Run `make brochures` once more, or install Pango as the README says.",
        )
        raise BrochureError([fault]) from None
    return weasyprint


def _fetcher(weasyprint: Any, shelf: Shelf) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Gives the engine what the shelf holds, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            resource = shelf.fetch(url)
            return URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})

    return Fetcher(allowed_protocols=["data"], allow_redirects=False)


@contextlib.contextmanager
def _fonts(folder: Path, families: Sequence[Family]) -> Iterator[None]:
    """Let fontconfig find the given families and nothing else while the block runs."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_fontconfig(folder, families))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("FONTCONFIG_FILE", None)
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _fontconfig(folder: Path, families: Sequence[Family]) -> Path:
    fonts = folder / "fonts"
    fonts.mkdir()
    for file in (file for family in families for file in family.files):
        (fonts / file.name).symlink_to(file)
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{escape(str(fonts))}</dir>"
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return config


@contextlib.contextmanager
def _messages() -> Iterator[list[str]]:
    """Collect what the engine and its helpers log, instead of printing it."""
    collected: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            if not _HARMLESS.match(text):
                collected.append(text)

    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    handler = Collector(level=logging.WARNING)
    saved = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
    try:
        yield collected
    finally:
        for logger, handlers, propagate in saved:
            logger.handlers, logger.propagate = handlers, propagate


@contextlib.contextmanager
def _put_right() -> Iterator[None]:
    """Let the engine lay out as `internals` has it."""
    with (
        _without_collection(),
        plain_values(),
        filled_lines(),
        closed_lines(),
        whole_words(),
        turnable_pages(),
    ):
        yield


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector out of a layout: measured at 0.86 of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _starts(document: Document, composition: Composition) -> Iterator[tuple[str, int]]:
    """Each section's first page; the engine repeats an anchor on every page of its section."""
    wanted = {section.anchor for section in composition.sections}
    for number, page in enumerate(document.pages):
        for anchor in sorted(wanted & page.anchors.keys()):
            wanted.remove(anchor)
            yield anchor, number


def _outside(document: Document, composition: Composition) -> frozenset[str]:
    """The anchors that links lead to and that the document does not have."""
    own = {anchor for page in document.pages for anchor in page.anchors}
    linked = {target for page in document.pages for kind, target, *_ in page.links}
    return frozenset(linked & dict(composition.link_texts).keys() - own)


def bookmarks_of(layout: Layout) -> tuple[Bookmark, ...]:
    """The outline's entries in the order of the pages, not yet put into each other."""
    return tuple(
        Bookmark(
            level=level,
            label=label,
            page=number,
            x=x * PX_IN_PT,
            y=(page.height - y) * PX_IN_PT,
            is_open=state == "open",
        )
        for number, page in enumerate(layout.document.pages)
        for level, label, (x, y), state in page.bookmarks
    )


def _about_refusal(message: str) -> bool:
    return RefusedError.__name__ in message


def _refused(url: str, why: str, search: Sequence[Path]) -> Diagnostic:
    return diagnose(
        "resource-refused",
        _named_at(url, search),
        problem=f"The page asks for {url}, but {why}",
        cause="Only files of the project are read while pages are made, never the network.",
        fix="Copy the file into the project and name it from there.",
    )


def _named_at(url: str, search: Sequence[Path]) -> Location | None:
    """Where a template or style sheet of the project names `url`."""
    for root in search:
        for path in sorted((*root.rglob("*.html"), *root.rglob("*.css"))):
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            for number, line in enumerate(lines, start=1):
                if url in line or url.removeprefix(ADDRESS) in line:
                    shown = f"templates/{path.relative_to(root).as_posix()}"
                    return Location(path=shown, line=number, column=1, source_line=line)
    return None


def _complaint(message: str) -> Diagnostic:
    style, tab, text = message.rpartition("\t")
    if tab:
        place = re.search(r" at (\d+):(\d+)", text)
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        return diagnose(
            "template-fault",
            Location(path=f"templates/styles/{style}", line=line, column=column),
            problem=f"The style sheet has a rule that cannot be used: {text}",
            cause="The layout engine does not know this rule, so it would be ignored.",
            fix="Correct the rule, or delete your copy of the style sheet.",
        )
    glyph = re.search(r'unsupported by fonts: "(.)" \(U\+([0-9A-F]+)\)', text, re.DOTALL)
    if glyph:
        return diagnose(
            "glyph-missing",
            None,
            problem=f"No font has the character “{glyph[1]}” (U+{glyph[2]})",
            cause="A template, a style sheet or brochure.toml prints it.",
            fix="Write it in another way, or add a font that has it to fonts/fonts.toml.",
        )
    return diagnose(
        "layout-fault",
        None,
        problem=f"The layout engine says: {text}",
        cause="The page could come out different from what was meant.",
        fix="Undo the last change to the templates; if there was none, report this message.",
    )
