"""What is used of the engine and is not public is where it was, and does what it did.

When a new version of the engine is tried, these tests say what has moved.
"""

import importlib.metadata
import inspect
import io
import tomllib
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pydyf
import pymupdf
import pytest
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint import css
from weasyprint import document as documents
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.layout import inline
from weasyprint.layout import page as pages
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi

from brochure.assets import DEFAULTS, assets_of
from brochure.languages import Direction
from brochure.pdf.engine import type_case
from brochure.pdf.internals import (
    box_within,
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
    text_of,
    turnable_pages,
    turned,
    whole_words,
)
from brochure.pdf.page_codes import PageCodes
from brochure.pdf.text_layer import repair_codes
from brochure.typefaces import load_typefaces

HTML = """
<style>
@page { size: 100mm 60mm; @bottom-center { content: counter(page) } }
body { font-family: "Noto Sans" }
.away { position: absolute }
</style>
<body lang="en"><p lang="el">Έλα</p><p class="away">Rest <b>well</b></p></body>
"""


@pytest.fixture(scope="module")
def families(tmp_path_factory):
    return load_typefaces(assets_of(tmp_path_factory.mktemp("clinic"))).available


@pytest.fixture(scope="module")
def document(families):
    with type_case(families) as case:
        yield weasyprint.HTML(string=HTML).render(font_config=case.fonts)


@pytest.fixture(scope="module")
def drawn(document) -> bytes:
    with noted_elements(), noted_texts():
        return document.write_pdf(pdf_tags=True)


@pytest.mark.parametrize("name", ["weasyprint", "pydyf"])
def test_the_version_is_pinned(name):
    project = tomllib.loads((Path(DEFAULTS) / "pyproject.toml").read_text())["project"]

    assert f"{name}=={importlib.metadata.version(name)}" in project["dependencies"]


def test_what_is_replaced_takes_what_it_took():
    assert inspect.isgeneratorfunction(tags._build_box_tree)
    assert next(iter(inspect.signature(tags._build_box_tree).parameters)) == "box"
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]


def test_replacing_ends():
    def replaced():
        return (
            tags._build_box_tree,
            Stream.marked,
            pages.remake_page,
            inline.split_first_line,
            inline.remove_last_whitespace,
            documents.layout_document,
            pydyf.PDF.page_references,
            css.ComputedStyle.__missing__,
            ffi.new,
        )

    before = replaced()
    with (
        noted_elements(),
        noted_texts(),
        whole_words(),
        filled_lines(),
        closed_lines(),
        plain_values(),
        open_arrays(),
        turnable_pages(),
        kept_references(),
    ):
        assert not set(before) & set(replaced())

    assert before == replaced()


def test_a_list_of_pages_is_kept_until_there_is_another_page():
    with kept_references():
        file, other = pydyf.PDF(), pydyf.PDF()
        for _ in range(2):
            file.add_page(pydyf.Dictionary({"Type": "/Page"}))
            assert file.page_references is file.page_references
            kept = file.page_references
        assert other.page_references == ()

    assert kept == file.page_references
    assert len(kept) == 2


SIDES = """
<style>
@page { size: 100mm 60mm; @top-center { content: string(name) " " counter(page) } }
@page :left { margin: 9mm 30mm 9mm 10mm; background: #eef; @bottom-left { content: "left" } }
@page :right { margin: 9mm 10mm 9mm 30mm; @bottom-right { content: "right" } }
@page last { @top-center { content: none } @bottom-left { content: none }
             @bottom-right { content: none } }
body { font-family: "Noto Sans"; margin: 0 } h1 { string-set: name content() }
div { page: last; break-before: page }
</style>
<h1>Rest</h1><p>well</p><p style="break-before: page">and long</p><div>end</div>
"""


def pages_of(html: str, families) -> list:
    with type_case(families) as case, turnable_pages():
        document = weasyprint.HTML(string=html).render(font_config=case.fonts)
        return [(page_box(page), turned(page_box(page))) for page in document.pages]


def places(box) -> list[tuple]:
    """What a page has round its text: each text in its place, and the backgrounds."""
    texts = [
        (item.text, item.position_x, item.position_y)
        for margin in (margins_of(box),)
        if margin
        for item in _boxes(margin)
        if hasattr(item, "text")
    ]
    ground = ground_of(box)
    return [texts, ground and ground.background[:2], box.content_box_x(), box.page_type.side]


def test_a_page_is_turned_as_the_engine_would_make_it_for_the_other_side(families):
    rights = pages_of(SIDES, families)
    lefts = pages_of(SIDES.replace("body {", "html { break-before: left } body {"), families)

    assert [box.page_type.side for box, _ in rights] == ["right", "left", "right"]
    for (right, other_right), (left, other_left) in zip(rights, lefts, strict=True):
        assert places(right) == places(other_left)
        assert places(left) == places(other_right)
    assert places(rights[0][0])[0] != places(lefts[0][0])[0] != []
    assert margins_of(rights[2][0]) is None
    assert ground_of(rights[0][0]) is None


def test_the_text_of_a_page_is_left_as_it_is(families):
    (box, _), *_ = pages_of(SIDES, families)
    words = [item.text for item in _boxes(text_of(box)) if hasattr(item, "text")]

    assert list(dict.fromkeys(words)) == ["Rest", "well"]
    assert text_of(box).background is None


def styles_of(html: str, families) -> list[dict[str, object]]:
    """All properties of all boxes of a page, by the names that the engine asks for."""
    physical = [key for key in INITIAL_VALUES if not {"block", "inline"} & set(key.split("_"))]
    with type_case(families) as case:
        (page,) = weasyprint.HTML(string=html).render(font_config=case.fonts).pages
        return [{key: box.style[key] for key in physical} for box in _boxes(page_box(page))]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_style_says_the_same_the_shorter_way(direction, families):
    """Properties set by their logical names, inherited on demand, propagated, and computed."""
    html = f"""<style>
    @page {{ size: 60mm; margin: 5mm; bleed: 1mm; @bottom-center {{ content: "7"; color: navy }} }}
    :root {{ --dark: #123; color: var(--dark); font: italic 9pt/1.4 "Noto Sans" }}
    div {{ margin-inline: 1em 2em; padding-block-start: 3mm; border-inline-start: 1pt solid }}
    p {{ inset-inline-end: 1mm; width: 60%; height: calc(1mm + 2em); border: 1pt dotted }}
    p {{ border-top: none }}
    b {{ float: left; margin: inherit; border-end-end-radius: 1mm; inline-size: 5mm }}
    u {{ text-decoration: underline red; position: relative; color: inherit; page: auto }}
    </style><div dir={direction}><p>Rest <b>well</b> <u>and <i>long</i></u></p></div>"""
    before = styles_of(html, families)
    with plain_values():
        shorter = styles_of(html, families)

    assert shorter == before


def parsed_to_draw(text: str, families) -> tuple[bytes, int]:
    """A page with a text, and how many C types were parsed for it."""
    with type_case(families) as case:
        made = weasyprint.HTML(string=f"{HTML}{text}").render(font_config=case.fonts)
        before = len(ffi._parsed_types)
        return made.write_pdf(), len(ffi._parsed_types) - before


def test_fonts_are_cut_down_without_parsing_types_anew(document, families):
    """Each text shows another number of signs."""
    with open_arrays():
        parsed_to_draw("warm", families)
        quick, none = parsed_to_draw("abcdefghijk", families)
    slow, some = parsed_to_draw("abcdefghijk", families)

    assert (quick, none) == (slow, 0)
    assert some > 0


def ends_of_pages(families) -> list[str]:
    """The last words on the pages of a text of long words in a narrow column."""
    html = f"""<style>@page {{ size: 40mm 30mm; margin: 2mm }} p {{ hyphens: auto; orphans: 1;
    widows: 1 }}</style><p lang="en">{"internationalisation of characterisation " * 20}"""
    with type_case(families) as case:
        made = weasyprint.HTML(string=html).render(font_config=case.fonts).pages
    return [
        "".join(box.text for box in _boxes(page_box(page)) if hasattr(box, "text"))
        for page in made
    ]


def test_no_page_ends_within_a_word(families):
    divided = [text for text in ends_of_pages(families) if text.endswith("\u2010")]
    with whole_words():
        whole = [text for text in ends_of_pages(families) if text.endswith("\u2010")]

    assert divided
    assert whole == []


def first_lines(families) -> set[str]:
    """What a text before an element leaves on its first line, in columns of many widths."""
    texts = set()
    with type_case(families) as case:
        for width in range(220, 280, 4):
            html = f"""<style>@page {{ size: {width / 10}mm 40mm; margin: 0 }} p {{ margin: 0;
            font: 10pt "Noto Sans" }}</style><p>Light on skin <b>and in depth</b></p>"""
            page = weasyprint.HTML(string=html).render(font_config=case.fonts).pages[0]
            text = next(box.text for box in _boxes(page_box(page)) if hasattr(box, "text"))
            texts.add(text.strip())
    return texts


def test_a_line_is_filled_though_a_space_stands_out(families):
    before = first_lines(families)
    with filled_lines():
        filled = first_lines(families)

    assert before == {"Light on", "Light", "Light on skin"}
    assert filled == {"Light on", "Light on skin"}


LINES = {
    "Arabic": "<p dir=rtl>كلمة <b>كلمة كلمة </b><i>كلمة كلمة</i></p>",
    "Latin": "<p dir=rtl>كلمة <bdi dir=ltr>word <b>word </b><i>word</i></bdi></p>",
    "Hebrew in Latin": "<p dir=ltr>word <bdi dir=rtl>מילה <b>מילה </b><i>מילה</i></bdi></p>",
}


def gaps(html: str, families) -> list[float]:
    """What is free between the words of first lines and before them, in points."""
    free = []
    with type_case(families) as case:
        for width in range(90, 200, 4):
            styled = f"""<style>@page {{ size: {width}pt 40mm; margin: 10pt }}
            body, p {{ margin: 0;
            font: 10pt "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew" }}</style>{html}"""
            pdf = weasyprint.HTML(string=styled).write_pdf(font_config=case.fonts)
            with pymupdf.open(stream=pdf) as file:
                places = sorted(word[:4] for word in file[0].get_text("words"))
            line = [place for place in places if place[1] < min(place[1] for place in places) + 5]
            free += [after[0] - before[2] for before, after in pairwise(line)]
            free.append(width - 10 - line[-1][2] if "<p dir=rtl" in html else line[0][0] - 10)
    return free


@pytest.mark.parametrize("html", LINES.values(), ids=LINES)
def test_a_space_at_the_end_of_a_line_leaves_no_gap(families, html):
    with closed_lines():
        after = gaps(html, families)

    assert min(after) > -0.2
    assert max(after) < 3


@pytest.mark.parametrize("name", ["Latin", "Hebrew in Latin"])
def test_otherwise_it_leaves_one(families, name):
    assert max(map(abs, gaps(LINES[name], families))) > 3


def test_languages_and_texts_are_in_the_file(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as file:
        languages = {str(item.Lang) for item in file.objects if "/Lang" in _entries(item)}
        notes = [
            str(step.operands[1].ActualText)
            for step in pikepdf.parse_content_stream(file.pages[0])
            if str(step.operator) == "BDC" and "/ActualText" in _entries(step.operands[1])
        ]

    assert "el" in languages
    assert [note.strip() for note in notes] == ["Έλα", "Rest", "well", "1"]


def _entries(item) -> dict:
    return dict(item.items()) if isinstance(item, pikepdf.Dictionary) else {}


def test_the_box_tree_has_what_is_measured(document):
    page = page_box(document.pages[0])
    kinds = {type(box).__name__ for box in _boxes(page)}
    texts = [box for box in _boxes(page) if hasattr(box, "text")]
    margin = next(box for box in page.children if type(box).__name__ == "MarginBox")

    assert {"LineBox", "BlockBox", "MarginBox"} <= kinds
    assert page.page_type.blank is False
    assert page.content_box_y() > 0 < page.height
    assert margin.style["content"] == (("counter()", ("page", "decimal")),)
    assert margin.style["text_align_all"] == "center"
    for box in texts:
        assert box.width > 0 < box.position_x
        assert box.style["direction"] == "ltr"
        assert box.style["font_size"] > 0
    assert any(box_within(box) is not box for box in _boxes(page))


def _boxes(box):
    yield box
    for child in getattr(box, "children", ()):
        yield child
        yield from _boxes(box_within(child))


def test_fonts_keep_the_glyphs_numbers_and_are_called_by_their_tags(drawn, families):
    (path,) = (
        file for family in families for file in family.files if file.stem == "NotoSans-Bold"
    )
    original = TTFont(path)
    wanted = {original.getGlyphID(original.getBestCmap()[ord(sign)]): sign for sign in "well"}
    with pikepdf.open(io.BytesIO(drawn)) as file:
        composition = SimpleNamespace(families=families, direction=Direction.LTR)
        codes = PageCodes(repair_codes(file, composition))
        codes.note(file.pages[0])
        (font,) = (font for font in codes._fonts.values() if "Bold" in font.base_font)

        assert "/" + font.name in file.pages[0].Resources.Font
        assert {code: font.texts[code] for code in codes.used[font.name]} == wanted
