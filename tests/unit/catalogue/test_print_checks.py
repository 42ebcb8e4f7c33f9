"""What does not fit on paper; how it reads stands in tests/faults."""

from dataclasses import replace

import pytest
from PIL import Image

from brochure.catalogue.print_checks import (
    PrintedSizes,
    check_card_title,
    check_picture_sizes,
    check_repeated_pictures,
)

SIZES = PrintedSizes(
    head_mm=(160, 66), card_mm=(59, 36), text_width_mm=122, type_scales={"Latn": 1.0}
)
HEAD = "---\ntitle: {title}\nimage: {image}\n---\n{body}"


@pytest.fixture
def with_picture(read, tmp_path):
    def made(name: str, size=(1920, 1440), title="Rest", picture="a.png", body="", exif=None):
        path = tmp_path / "content" / picture
        path.parent.mkdir(exist_ok=True)
        options = {"exif": exif} if exif else {}
        Image.new("RGB", size).save(path, **options)
        documents = read({name: HEAD.format(title=title, image=picture, body=body)})[0]
        return next(document for document in documents if document.file.name == name)

    return made


@pytest.mark.parametrize(("length", "is_long"), [(40, False), (58, False), (64, True)])
def test_a_card_holds_two_lines(with_picture, length, is_long):
    document = with_picture("rest-en.md", title="a" * length)

    assert bool(list(check_card_title(document, "Latn", SIZES))) is is_long


def test_larger_type_and_wide_letters_need_more_room(with_picture):
    document = with_picture("rest-en.md", title="a" * 50)
    chinese = with_picture("sleep-en.md", title="字" * 50)

    larger = replace(SIZES, type_scales={"Latn": 1.3})
    assert list(check_card_title(document, "Latn", larger))
    assert list(check_card_title(chinese, "Hans", SIZES))


@pytest.mark.parametrize(
    ("size", "is_small"), [((945, 390), False), ((944, 390), True), ((2000, 380), True)]
)
def test_the_tighter_side_decides(with_picture, size, is_small):
    document = with_picture("rest-en.md", size)

    assert bool(list(check_picture_sizes(document, SIZES))) is is_small


def test_a_picture_in_the_text_is_measured_across(with_picture):
    document = with_picture("rest-en.md", (1000, 400), body="![x](a.png)")
    small = with_picture("sleep-en.md", (600, 900), body="![x](a.png)", picture="b.png")

    assert not list(check_picture_sizes(document, SIZES))
    assert [fault.location.line for fault in check_picture_sizes(small, SIZES)] == [3]


def test_a_picture_that_lies_on_its_side_is_measured_as_shown(with_picture):
    exif = Image.Exif()
    exif[0x0112] = 6
    document = with_picture("rest-en.md", (400, 1000), picture="a.jpg", exif=exif)

    assert not list(check_picture_sizes(document, SIZES))


def test_one_picture_for_two_treatments_by_name_or_by_content(with_picture):
    rest = with_picture("rest-en.md")
    sleep = with_picture("sleep-en.md", title="Sleep")
    walk = with_picture("walk-en.md", title="Walk", picture="copy.png")
    other = with_picture("talk-en.md", (1921, 1440), title="Talk", picture="other.png")
    faults = list(check_repeated_pictures([[rest], [sleep], [walk], [other]]))

    assert [fault.location.path for fault in faults] == [sleep.path, walk.path]


def test_the_same_treatment_twice_shows_one_picture_rightly(with_picture):
    rest = with_picture("rest-en.md")
    again = replace(rest, category="popular")

    assert not list(check_repeated_pictures([[rest], [again]]))
