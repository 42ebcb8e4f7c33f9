"""Parts share their fonts: one program a face, and one PDF font unless two meanings collide."""

import io
from dataclasses import replace

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from brochure.assets import assets_of
from brochure.pdf.faces import Faces, _widths, font_program
from brochure.pdf.font_codes import BLANK, Code, FontCodes
from brochure.pdf.part import FaceUse, PageNumber
from brochure.pdf.writer import Writer
from brochure.typefaces import Family, load_typefaces

FILE = "NotoSans-Regular.ttf"
LETTERS = "Rest έλα 1980"


@pytest.fixture(scope="module")
def families(tmp_path_factory) -> tuple[Family, ...]:
    return load_typefaces(assets_of(tmp_path_factory.mktemp("clinic"))).available


@pytest.fixture(scope="module")
def path(families):
    return next(file for family in families for file in family.files if file.name == FILE)


@pytest.fixture(scope="module")
def font(path) -> TTFont:
    return TTFont(path)


def codes_of(font: TTFont, text: str) -> dict[int, Code]:
    glyphs = {font.getGlyphID(font.getBestCmap()[ord(sign)]): sign for sign in text}
    return {glyph: Code(glyph=glyph, text=sign, width=500.0) for glyph, sign in glyphs.items()}


def use_of(codes: dict[int, Code]) -> FaceUse:
    return FaceUse(
        name="ABCDEF",
        base_font="ABCDEF+Noto-Sans",
        file=FILE,
        traits=b"<</Type/FontDescriptor/Flags 4/ItalicAngle 0/StemV 80>>",
        ascent=1069,
        descent=-293,
        codes=codes,
    )


def linked(families, *uses: FaceUse) -> tuple[pikepdf.Pdf, list[int]]:
    """A file with the fonts of parts, and the number of the font that each was given."""
    writer = Writer()
    faces = Faces(writer, families)
    numbers = [faces.join(use) for use in uses]
    faces.write()
    return opened(writer), numbers


def opened(writer: Writer) -> pikepdf.Pdf:
    pages = writer.add(b"<</Type/Pages/Count 0/Kids []>>")
    root = writer.add(b"<</Type/Catalog/Pages %d 0 R>>" % pages)
    data = writer.finished(root=root, info=writer.add(b"<<>>"), name="")
    return pikepdf.open(io.BytesIO(data))


def programs(file: pikepdf.Pdf) -> list[bytes]:
    return [
        item.read_bytes()
        for item in file.objects
        if isinstance(item, pikepdf.Stream) and "/Length1" in item
    ]


def test_parts_that_agree_share_a_font(families, font):
    one, other = codes_of(font, "Rest"), codes_of(font, "sleep")
    file, numbers = linked(families, use_of(one), use_of(other))

    assert numbers[0] == numbers[1]
    codes = FontCodes(file, file.get_object(numbers[0], 0))
    for code, meaning in (one | other).items():
        assert (codes.texts[code], codes.width(code)) == (meaning.text, meaning.width)


def test_a_part_that_means_something_else_has_a_font_of_its_own_with_the_same_program(
    families, font
):
    (code,) = one = codes_of(font, "R")
    other = {code: Code(glyph=code, text="P", width=500.0)}
    file, numbers = linked(families, use_of(one), use_of(other), use_of(one))

    assert numbers[0] == numbers[2] != numbers[1]
    fonts = [FontCodes(file, file.get_object(number, 0)) for number in numbers[:2]]
    assert [font.texts[code] for font in fonts] == ["R", "P"]
    assert len(programs(file)) == 1


def test_the_program_has_the_glyphs_under_the_numbers_of_the_original(families, font):
    codes = codes_of(font, LETTERS)
    file, _ = linked(families, use_of(codes))
    (program,) = programs(file)
    subset = TTFont(io.BytesIO(program))

    for glyph in codes:
        names = subset.getGlyphName(glyph), font.getGlyphName(glyph)
        drawn, meant = (
            own["glyf"][name].getCoordinates(own["glyf"])[0]
            for own, name in zip((subset, font), names, strict=True)
        )
        assert drawn == meant
    assert len(program) < 30_000
    assert subset["maxp"].numGlyphs == max(codes) + 1


def test_a_mark_is_drawn_where_it_was_moved_to_and_nothing_for_a_blank(path, font):
    glyph = font.getGlyphID(font.getBestCmap()[ord("R")])
    places = ((BLANK, (0, 0)), (glyph, (100, -50)))
    program, added = font_program(path, frozenset((glyph,)), places)
    subset = TTFont(io.BytesIO(program))
    outlines = subset["glyf"]
    moved = outlines[subset.getGlyphName(added[places[1]])]

    assert outlines[subset.getGlyphName(added[places[0]])].numberOfContours == 0
    (part,) = moved.components
    assert (subset.getGlyphID(part.glyphName), part.x, part.y) == (glyph, 100, -50)
    assert {subset["hmtx"][subset.getGlyphName(number)][0] for number in added.values()} == {0}


def test_codes_are_led_to_added_glyphs(families, font):
    (glyph,) = codes = codes_of(font, "R")
    added = {0x4001: Code(glyph=glyph, text="x", width=0.0, shift=(10, 20))}
    file, (number,) = linked(families, use_of({**codes, **added}))
    descendant = file.get_object(number, 0).DescendantFonts[0]
    glyphs = descendant.CIDToGIDMap.read_bytes()

    assert int.from_bytes(glyphs[2 * glyph :][:2]) == glyph
    assert int.from_bytes(glyphs[2 * 0x4001 :][:2]) == glyph + 1
    assert FontCodes(file, file.get_object(number, 0)).width(0x4001) == 0


PLACE = PageNumber(
    state=b"0 g",
    matrix=(1.0, 0.0, 0.0, -1.0, 50.0, 20.0),
    face="ABCDEF",
    size=10.0,
    width=11.44,
    share=0.0,
)


def read(drawn: bytes) -> tuple[float, list[int]]:
    """Where a number begins, and the codes that are shown."""
    scratch = pikepdf.new()
    steps = pikepdf.parse_content_stream(pikepdf.Stream(scratch, drawn))
    (matrix,) = (step.operands for step in steps if str(step.operator) == "Tm")
    (shown,) = (step.operands[0] for step in steps if str(step.operator) == "TJ")
    return float(matrix[4]), [int.from_bytes(bytes(code)) for code in shown]


@pytest.mark.parametrize(("share", "x"), [(0.0, 50), (0.5, 50 - 5.72 / 2), (1.0, 50 - 5.72)])
def test_a_number_grows_to_the_side_that_it_is_set_from(families, share, x):
    writer = Writer()
    faces = Faces(writer, families)
    number = faces.join(use_of({}))
    drawn = faces.numbered(replace(PLACE, share=share), number, "120")
    faces.write()
    codes = FontCodes(file := opened(writer), file.get_object(number, 0))
    start, shown = read(drawn)

    assert start == pytest.approx(x, abs=0.001)
    assert "".join(codes.texts[code] for code in shown) == "120"
    assert b"0 g" in drawn


def test_a_digit_whose_glyph_says_something_else_has_a_code_of_its_own(families, font):
    (glyph,) = codes_of(font, "1")
    writer = Writer()
    faces = Faces(writer, families)
    number = faces.join(use_of({glyph: Code(glyph=glyph, text="first", width=572.0)}))
    _, shown = read(faces.numbered(PLACE, number, "11"))
    _, again = read(faces.numbered(PLACE, number, "1"))
    faces.write()
    codes = FontCodes(file := opened(writer), file.get_object(number, 0))

    assert {*shown} == {*again}
    assert {codes.texts[code] for code in shown} == {"1"}
    assert codes.texts[glyph] == "first"


@given(st.dictionaries(st.integers(1, 300), st.integers(0, 2000), min_size=1))
def test_widths_are_read_back(widths):
    codes = {code: Code(glyph=code, text="", width=width) for code, width in widths.items()}
    array = pikepdf.Object.parse(b"[%s]" % _widths(codes))
    read = {}
    for first, several in zip(list(array)[::2], list(array)[1::2], strict=True):
        read |= {int(first) + at: int(width) for at, width in enumerate(several)}

    assert read == widths
