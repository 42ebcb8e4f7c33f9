"""What is used of the engine beyond its public interface: all of it is here, and nowhere else.

The engine's version is pinned, and `tests/pdf/test_internals.py` fails if any of this moves.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import Any

from brochure.pdf.structure import PART_OF

_MOST_TRIALS = 4
"""Times that a page is made: without one division it may end in another text's."""

_LENGTH = re.compile(r"\[\d+\]$")

Remake = Callable[..., tuple[Any, Any]]
"""Makes the page with a number; gives it and where the next one begins, None after the last."""

Split = Callable[..., tuple[Any, ...]]
"""Fills a line; gives its layout, its length, and where the next one begins or None."""


def page_box(page: Any) -> Any:
    """The box tree of a page of the engine's document, in CSS pixels from its upper left."""
    return page._page_box


def box_within(box: Any) -> Any:
    """The box itself where the engine has put another one in its place to draw it later."""
    return getattr(box, "_box", box)


def turned(box: Any) -> Any:
    """A page's box tree for the other side of a leaf, without its text: background and margins.

    The page was laid out in `turnable_pages`.
    """
    return box.turned()


def ground_of(box: Any) -> Any:
    """What lies under the text of a page's box tree, as a page of its own; None if nothing."""
    grounds = box.background, box.canvas_background
    return box.copy_with_children([]) if any(map(_is_visible, grounds)) else None


def text_of(box: Any) -> Any:
    """The text of a page's box tree as a page of its own."""
    return _without_ground(box, [child for child in box.children if not _is_in_margin(child)])


def margins_of(box: Any) -> Any:
    """What stands in the margins of a page's box tree, as a page of its own; None if nothing."""
    children = [child for child in box.children if _is_in_margin(child)]
    return _without_ground(box, children) if children else None


def bare_page(box: Any, shift: float = 0.0) -> Any:
    """A page for the engine's document, all of it drawn `shift` points further to the right."""
    from weasyprint.document import Page

    page = Page(box)
    paint = page.paint

    def painted(stream: Any, scale: float = 1) -> None:
        with stream.stacked():
            stream.transform(e=shift)
            paint(stream, scale)

    page.paint = painted if shift else paint
    return page


def _is_in_margin(box: Any) -> bool:
    return type(box).__name__ == "MarginBox"


def _without_ground(page: Any, children: Any) -> Any:
    box = page.copy_with_children(children)
    box.background = box.canvas_background = None
    return box


def _is_visible(background: Any) -> bool:
    """Whether a background is more than the place of one."""
    return bool(
        background
        and (background.color.alpha > 0 or any(layer.image for layer in background.layers))
    )


def turnable_pages() -> AbstractContextManager[None]:
    """Let every page know how to be turned to the other side of a leaf."""
    from weasyprint import document

    return _replaced(document, "layout_document", with_turns)


def with_turns(lay_out: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The engine's way to lay out pages, each with a way to be made for the other side.

    What stands in the margins is made anew, with the page's own counters and strings.
    """

    def laid_out(html: Any, root: Any, context: Any, *others: Any) -> Iterator[Any]:
        for number, page in enumerate(lay_out(html, root, context, *others), start=1):
            page.turned = partial(_turned, page, number, html, context)
            yield page

    return laid_out


def _turned(page: Any, number: int, html: Any, context: Any) -> Any:
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout import background, percent
    from weasyprint.layout import page as pages

    side = "left" if page.page_type.side == "right" else "right"
    kind = page.page_type._replace(side=side)
    pages.set_page_type_computed_styles(kind, html, context.style_for)
    other = PageBox(kind, context.style_for(kind))
    width, height = other.style["size"]
    percent.resolve_percentages(other, (width, height))
    other.position_x = other.position_y = 0
    pages.page_width(other, context, width)
    pages.page_height(other, context, height)
    context.current_page = number
    state = context.page_maker[number][3]
    other.children = page.children
    other.children = tuple(pages.make_margin_boxes(context, other, state))
    find_image = context.get_image_from_uri
    background.layout_box_backgrounds(other, other, find_image)
    own, canvas = other.background, page.canvas_background
    if canvas:
        background.layout_box_backgrounds(other, other, find_image, False, canvas.style)
        area = background.box_rectangle(other, "border-box")
        layers = [layer._replace(painting_area=area) for layer in other.background.layers]
        canvas = other.background._replace(layers=layers)
    other.background, other.canvas_background = own, canvas
    return other


@contextlib.contextmanager
def quick_libraries() -> Iterator[None]:
    """Let the engine ask for system libraries by the names of their files only.

    It tries several names of each; for one that is none, cffi starts compilers and linkers to find
    out what it could mean: 0.24 s of the 0.55 s that the engine takes to load.
    """
    find, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextlib.contextmanager
def _replaced(owner: Any, name: str, made_of: Callable[[Any], Any]) -> Iterator[None]:
    """Let the engine use what is made of something of its own while the block runs."""
    own = getattr(owner, name)
    setattr(owner, name, made_of(own))
    try:
        yield
    finally:
        setattr(owner, name, own)


@contextlib.contextmanager
def noted_elements() -> Iterator[None]:
    """Write of which HTML element a structure element is a part, and its `lang` as `/Lang`.

    ISO 32000-1, 14.9.2, wants the language where it is not the document's; the engine, which is
    pinned, knows only the document's. What is parted by the end of a page has one number, by which
    `structure` joins it. A whole page's and the body's elements are not tagged.
    """
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    numbers: dict[Any, int] = {}

    def build_noted(box: Any, *others: Any) -> Iterator[Any]:
        own = box.element is not None and box.element_tag not in ("html", "body")
        lang = box.element.attrib.get("lang") if own else None
        for element in build(box, *others):
            if own:
                key = box.element, box.element_tag
                element[PART_OF] = numbers.setdefault(key, len(numbers))
            if lang:
                element["Lang"] = pydyf.String(lang)
            yield element

    tags._build_box_tree = build_noted
    try:
        yield
    finally:
        tags._build_box_tree = build


@contextlib.contextmanager
def noted_texts() -> Iterator[None]:
    """Note what each line says beside its glyphs, as `ActualText` of marked content of its own.

    The text layer moves the note to where it belongs; see `text_layer`.
    """
    import pydyf
    from weasyprint.pdf.stream import Stream

    marked = Stream.marked

    @contextlib.contextmanager
    def marked_with_text(stream: Any, box: Any, tag: str) -> Iterator[None]:
        text = getattr(box, "text", "")
        with marked(stream, box, tag):
            if text:
                note = pydyf.Dictionary({"ActualText": pydyf.String(text)})
                stream.begin_marked_content("Span", note)
            yield
            if text:
                stream.end_marked_content()

    Stream.marked = marked_with_text
    try:
        yield
    finally:
        Stream.marked = marked


def plain_values() -> AbstractContextManager[None]:
    """Let a style find at once what is only inherited or initial: a tenth of a layout's time."""
    from weasyprint import css

    return _replaced(css.ComputedStyle, "__missing__", with_plain_values)


def with_plain_values(compute: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """The engine's way to compute a property, without its detours where there is nothing to do.

    Most properties that a style is asked for are set nowhere, neither by their own name nor by the
    logical ones that mean the same in either direction of reading.
    """
    from weasyprint.css.properties import INHERITED, INITIAL_VALUES

    names = _names_of_plain()

    def computed(style: Any, key: str) -> Any:
        parent = style.parent_style
        if parent is None or key not in names or not names[key].isdisjoint(style.cascaded):
            return compute(style, key)
        value = style[key] = parent[key] if key in INHERITED else INITIAL_VALUES[key]
        return value

    return computed


@cache
def _names_of_plain() -> dict[str, set[str]]:
    """Under which names each property may be set, of those whose initial value is computed."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    special = {"display", "float", "position", "page"}
    special |= {key for key in INITIAL_VALUES if key.startswith("text_decoration_")}
    names = {key: {key} for key in INITIAL_VALUES.keys() - special}
    for key in INITIAL_NOT_COMPUTED - INHERITED - special:
        del names[key]
    for key in names.keys() & PHYSICAL_FUNCTIONS.keys():
        names[key] |= {PHYSICAL_FUNCTIONS[key](block="ttb", inline=way) for way in ("ltr", "rtl")}
    return names


def open_arrays() -> AbstractContextManager[None]:
    """Let cffi make arrays without parsing C for each: 6 ms a time, twice a font of a file."""
    from weasyprint.text.ffi import ffi

    return _replaced(ffi, "new", with_open_arrays)


def with_open_arrays(new: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's way to make C values, so that an array with items is of its type's one name.

    With its length in the name, as the engine has it, every other number of glyphs in a font is a
    type that cffi has never heard of.
    """

    def made(kind: str, *given: Any) -> Any:
        has_items = given and isinstance(given[0], list | tuple)
        return new(_LENGTH.sub("[]", kind) if has_items else kind, *given)

    return made


def kept_references() -> AbstractContextManager[None]:
    """Let the engine list the pages of a file once, and not for each of their tags."""
    import pydyf

    return _replaced(pydyf.PDF, "page_references", with_kept_references)


def with_kept_references(references: property) -> property:
    """The engine's list of pages, which is made anew when there is another page."""
    assert references.fget is not None, "it can be read"
    find = references.fget

    def listed(pdf: Any) -> Any:
        count = len(pdf.pages["Kids"])
        if getattr(pdf, "kept_references", (-1,))[0] != count:
            pdf.kept_references = count, find(pdf)
        return pdf.kept_references[1]

    return property(listed)


def filled_lines() -> AbstractContextManager[None]:
    """Let a text fill its line where only the space behind it is too much."""
    from weasyprint.layout import inline

    return _replaced(inline, "split_first_line", with_a_last_space)


def with_a_last_space(split: Split) -> Split:
    """The engine's way to fill a line, so that a space may stand out at its end.

    Where a text that another element follows has room but for its last space, the engine takes the
    whole line for too long and keeps only its first word, or a part of it. Set without an end, the
    text goes where it has room, and the engine itself ends the line behind it.
    """

    def filled(text: str, style: Any, context: Any, width: Any, *others: Any, **named: Any) -> Any:
        line = split(text, style, context, width, *others, **named)
        layout, _, resume_at, *_ = line
        one_word = resume_at is not None and " " not in layout.text.strip(" ")
        if not (one_word and text.endswith(" ") and style["white_space"] == "normal"):
            return line
        _, _, rest, *_ = split(text.rstrip(" "), style, context, width, *others, **named)
        return line if rest is not None else split(text, style, context, None, *others, **named)

    return filled


def closed_lines() -> AbstractContextManager[None]:
    """Let the space that ends a line leave no gap, and push no word out of its column."""
    from weasyprint.layout import inline

    return _replaced(inline, "remove_last_whitespace", with_nothing_in_its_place)


def with_nothing_in_its_place(remove: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """The engine's way to take the space from a line's end, so that its place closes.

    The engine still shows the space, and moves all of the line or nothing. What comes before a
    space that is read from right to left stands on its right, and has to follow.
    """
    from weasyprint.layout import inline

    def removed(context: Any, line: Any) -> None:
        width, places = line.width, [child.position_x for child in line.children]
        remove(context, line)
        if line.width == width:
            return
        for child, place in zip(line.children, places, strict=True):
            child.translate(dx=place - child.position_x, ignore_floats=True)
        box = line
        while getattr(box, "children", ()):
            *before, last = box.children
            for child in before if box.style["direction"] == "rtl" else ():
                child.translate(dx=line.width - width, ignore_floats=True)
            box = last
        if box.text:
            box.pango_layout = inline.split_text_box(context, box, None, 0)[0].pango_layout

    return removed


def whole_words() -> AbstractContextManager[None]:
    """Let no page end within a word; the engine does not know `hyphenate-limit-last`."""
    from weasyprint.layout import page

    return _replaced(page, "remake_page", without_divided_words)


def without_divided_words(remake: Remake) -> Remake:
    """The engine's way to make a page, so that the page does not end within a word.

    The engine divides words at the ends of lines and does not look whether a page ends there. A
    page that does is made once more, with the text in which it ends set without division: what
    came before it stays, and only what comes after it moves.
    """

    def remade(index: int, context: Any, *others: Any) -> tuple[Any, Any]:
        broken, reported = dict(context.broken_out_of_flow), list(context.reported_footnotes)
        page, following = remake(index, context, *others)
        for _ in range(_MOST_TRIALS - 1):
            text = _divided(page) if following else None
            if text is None or text.style["hyphens"] == "none":
                break
            text.style["hyphens"] = "none"
            context.broken_out_of_flow, context.reported_footnotes = dict(broken), list(reported)
            page, following = remake(index, context, *others)
        return page, following

    return remade


def _divided(page: Any) -> Any:
    """The text box that ends a page with a hyphen that the engine put there, or None."""
    texts = list(_texts(page))
    if texts and texts[-1].text.endswith(texts[-1].style["hyphenate_character"]):
        return texts[-1]
    return None


def _texts(box: Any) -> Iterator[Any]:
    """The boxes of text in the flow of a page, in the order in which they are set."""
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        if getattr(child, "is_in_normal_flow", lambda: True)():
            yield from _texts(child)
