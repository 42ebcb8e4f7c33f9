"""The glyphs on paper are the ones that shaping is defined to give.

Two independent judges: HarfBuzz, asked directly for every word of the sample's Arabic content and
of a Hebrew clinic, and arabic-reshaper, whose table says which form each letter takes between its
neighbours. The fonts name Arabic glyphs by those forms (`uniFE92` is beh in a word's middle).
"""

import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import arabic_reshaper
import frontmatter
import pymupdf
import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from brochure.assets import DEFAULTS
from pdf import clinics

Key = tuple[tuple[int, ...], tuple[int, ...]]
"""A word's glyphs from left to right, and the marks on them, which have no width of their own."""
LETTERS = {
    "Arabic": "\u0620-\u065f\u0670-\u06d3",
    "Hebrew": "\u0591-\u05bd\u05bf-\u05c7\u05d0-\u05f4",
}
WEIGHTS = {"Light": "Light", "Semi-Bo": "SemiBold", "Semi-Bold": "SemiBold", "Bold": "Bold"}
MARK = 3
"""The class of marks in a font's glyph definitions (OpenType, GDEF)."""
ENDS_OF_LIGATURES = {
    "<isolated>": ("<initial>", "<final>"),
    "<initial>": ("<initial>", "<medial>"),
    "<medial>": ("<medial>", "<medial>"),
    "<final>": ("<medial>", "<final>"),
}
"""The forms that the two letters of a ligature would have beside each other."""
FORMS = {
    tuple(parts): chr(code)
    for code in (*range(0xFB50, 0xFBB2), *range(0xFE80, 0xFEF5))
    if len(parts := unicodedata.decomposition(chr(code)).split()) == 2
}
PARTED_EM = 0.5
"""Glyphs further apart than this belong to two columns; words have a space between them."""
SETTINGS = """
[clinic]
slug = "shapes"
languages = ["he"]
[language.he]
name = "מרפאה"
"""
HEBREW = """
שָׁלוֹם עֲלֵיכֶם, הַטִּיפּוּל נִמְשָׁךְ כְּשָׁעָה וּמִתְבַּצֵּעַ בַּמִּרְפָּאָה.

הזרקות **לטיפול** בקמטים: ד״ר כהן, צוות המרפאה.
"""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A font: HarfBuzz's view of it, its glyphs that are no letters, its marks, its names."""

    font: uharfbuzz.Font
    others: frozenset[int]
    marks: frozenset[int]
    names: tuple[str, ...]

    def key(self, glyphs: Iterable[int]) -> Key:
        glyphs = tuple(glyphs)
        bases = tuple(glyph for glyph in glyphs if glyph not in self.marks)
        return bases, tuple(sorted(glyph for glyph in glyphs if glyph in self.marks))

    def shaped(self, word: str) -> Key:
        """HarfBuzz's glyphs for a word."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer)
        return self.key(info.codepoint for info in buffer.glyph_infos)


@cache
def face(name: str) -> Face:
    """The font of a name in a PDF."""
    script = next(script for script in LETTERS if script in name)
    weight = WEIGHTS.get(name.partition(f"{script}-")[2], "Regular")
    path = DEFAULTS / f"fonts/NotoSans{script}-{weight}.ttf"
    with TTFont(path) as font:
        letter = re.compile(f"[{LETTERS[script]}]")
        cmap = font.getBestCmap().items()
        others = {font.getGlyphID(glyph) for code, glyph in cmap if not letter.match(chr(code))}
        letters = {font.getGlyphID(glyph) for code, glyph in cmap if letter.match(chr(code))}
        forms = {font.getGlyphID(glyph) for code, glyph in cmap if code >= 0xFB1D}
        classes = font["GDEF"].table.GlyphClassDef.classDefs
        marks = {font.getGlyphID(glyph) for glyph, kind in classes.items() if kind == MARK}
        names = tuple(font.getGlyphOrder())
    return Face(
        font=uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))),
        others=frozenset(others - letters - forms),
        marks=frozenset(marks),
        names=names,
    )


@cache
def glyphs_of(file: pymupdf.Document, xref: int) -> dict[int, tuple[int, float]]:
    """What the glyphs of a printed font are, and where the middle of their ink is (em).

    Behind the last glyph that the file needs stand others that are one of the font's, moved; -1
    is one that shows nothing.
    """
    with TTFont(io.BytesIO(file.extract_font(xref)[3])) as font:
        shapes = [font["glyf"][name] for name in font.getGlyphOrder()]
        last = max(
            index
            for index, shape in enumerate(shapes)
            if shape.numberOfContours > 0 or (shape.isComposite() and len(shape.components) > 1)
        )
        found = {}
        for index, shape in enumerate(shapes):
            own = font.getGlyphID(shape.components[0].glyphName) if shape.isComposite() else -1
            shape.recalcBounds(font["glyf"])
            middle = (shape.xMin + shape.xMax) / 2 / font["head"].unitsPerEm
            found[index] = (own if index > last else index, middle)
        return found


def words_on(page: pymupdf.Page, script: str) -> Iterator[tuple[str, Key]]:
    """Every word of a script on a page, with the name of its font."""
    rows: dict[tuple[str, float, int], list[tuple[float, int]]] = {}
    fonts = page.get_fonts()
    moved = {
        name: glyphs_of(page.parent, xref) for xref, *_, name, _, _ in fonts if script in name
    }
    for span in page.get_texttrace():
        if script in span["font"]:
            own = moved[min((name for name in moved if span["font"] in name), key=len)]
            for _, code, (x, _), (_, _, _, bottom) in span["chars"]:
                glyph, middle = own.get(code, (-1, 0))
                place = x + middle * span["size"] * (glyph in face(span["font"]).marks)
                if glyph >= 0:  # the second letter of a ligature has no glyph
                    line = span["font"], round(span["size"], 2), round(bottom * 2)
                    rows.setdefault(line, []).append((place, glyph))
    for (font, size, _), row in rows.items():
        yield from ((font, word) for word in _words(sorted(row), face(font), size))


def _words(row: list[tuple[float, int]], face: Face, size: float) -> Iterator[Key]:
    word: list[int] = []
    end = float("-inf")
    for x, glyph in row:
        is_mark = glyph in face.marks
        if word and (glyph in face.others or (not is_mark and x - end > PARTED_EM * size)):
            yield face.key(word)
            word = []
        if glyph not in face.others:
            word.append(glyph)
        if not is_mark:
            end = x + face.font.get_glyph_h_advance(glyph) / face.font.scale[0] * size
    if word:
        yield face.key(word)


def words_of(text: str, script: str) -> set[str]:
    return set(re.findall(f"[{LETTERS[script]}]+", text))


@pytest.fixture(scope="module")
def arabic(sample) -> set[tuple[str, Key]]:
    with pymupdf.open(sample("ar")) as brochure:
        return {word for page in brochure for word in words_on(page, "Arabic")}


@pytest.fixture(scope="module")
def arabic_words() -> set[str]:
    """Every word of the sample's Arabic texts, titles and subtitles."""
    words: set[str] = set()
    for path in (DEFAULTS / "content").rglob("*-ar.md"):
        page = frontmatter.loads(path.read_text("utf-8"))
        heads = [page["title"], page["subtitle"], *page["caption"].values()]
        words |= words_of("\n".join((page.content, *map(str, filter(None, heads)))), "Arabic")
    return words


@pytest.fixture(scope="module")
def hebrew(made_once) -> set[tuple[str, Key]]:
    files = {
        "brochure.toml": SETTINGS,
        "content/_collections/_care/010-a-he.md": clinics.treatment(
            HEBREW, title="טיפול", lang="he"
        ),
    }
    folder = made_once("shaping-he", lambda new: clinics.build(clinics.write(new, files)))
    with pymupdf.open(clinics.built(folder)["he"]) as brochure:
        return {word for page in brochure for word in words_on(page, "Hebrew")}


def lacking(words: set[str], printed: set[tuple[str, Key]]) -> list[str]:
    """Words that HarfBuzz shapes into glyphs that stand nowhere in any of the fonts used."""
    fonts = sorted({font for font, _ in printed})
    return [
        word
        for word in sorted(words)
        if not any((font, face(font).shaped(word)) in printed for font in fonts)
    ]


def test_every_arabic_word_has_the_glyphs_that_harfbuzz_gives(arabic, arabic_words):
    assert len(arabic_words) > 1000
    assert lacking(arabic_words, arabic) == []


def test_every_hebrew_word_has_the_glyphs_that_harfbuzz_gives(hebrew):
    words = words_of(HEBREW, "Hebrew")

    assert len(words) > 12
    assert lacking(words, hebrew) == []


def test_every_arabic_letter_has_the_form_that_its_neighbours_ask_for(arabic, arabic_words):
    """Letters and the ligatures of lam and alef; a mark stands where it may."""
    reshaper = arabic_reshaper.ArabicReshaper({"delete_harakat": True, "support_ligatures": False})
    font = min(font for font, _ in arabic)
    names = face(font).names
    printed = {bases for name, (bases, _) in arabic if name == font}
    compared, wrong = 0, []
    for word in sorted(arabic_words):
        bases, _ = face(font).shaped(word)
        if bases not in printed:
            continue
        compared += 1
        forms = [form for glyph in reversed(bases) for form in forms_of(names[glyph])]
        wanted = [own_form(form) for form in reshaper.reshape(word)]
        if forms != wanted:
            wrong.append((word, forms, wanted))

    assert compared > 100
    assert wrong == []


def forms_of(name: str) -> list[str]:
    """The form that a glyph is named for, or the forms of the two letters of a ligature."""
    found = re.fullmatch(r"uni([0-9A-F]{4})", name)
    form = chr(int(found[1], 16)) if found else name
    kind, *letters = (found and unicodedata.decomposition(form).split()) or [""]
    if kind not in ENDS_OF_LIGATURES or len(letters) != 2:
        return [own_form(form)]
    kinds = ENDS_OF_LIGATURES[kind]
    return [FORMS[kinds[place], letter] for place, letter in enumerate(letters)]


def own_form(form: str) -> str:
    """A form of a letter; the isolated one is the letter itself."""
    isolated = re.fullmatch(r"<isolated> ([0-9A-F]{4})", unicodedata.decomposition(form))
    return chr(int(isolated[1], 16)) if isolated else form


def test_the_judges_can_tell_a_wrong_form(arabic):
    """A word with its letters kept apart is shaped otherwise, and stands nowhere."""
    assert lacking({"ب\u200cش\u200cر\u200cة"}, arabic) != []
    assert len(set(itertools.chain(*(bases for _, (bases, _) in arabic)))) > 60
