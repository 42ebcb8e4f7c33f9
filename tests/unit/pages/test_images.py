"""Pictures as clinics have them, brought to the form that a page needs."""

import io
from gc import get_objects

import pytest
from PIL import Image, ImageCms

from brochure.pages.frames import Frame
from brochure.pages.images import PictureError, let_go, prepare_picture

FRAME = Frame(width_mm=25.4, height_mm=25.4, dpi=100)
CENTRE = (50.0, 50.0)


def prepared(path, frame=FRAME, focus=CENTRE) -> Image.Image:
    made = prepare_picture(path, path.stat().st_mtime_ns, frame, focus)
    assert made.media_type == "image/jpeg"
    return Image.open(io.BytesIO(made.data))


def colour_at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place given in shares of width and height."""
    return picture.getpixel((int(picture.width * x), int(picture.height * y)))


def near(colour, expected, tolerance=8) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(colour, expected, strict=True))


def halves(mode="RGB", size=(200, 100), first=(200, 30, 30), second=(30, 30, 200)) -> Image.Image:
    picture = Image.new(mode, size, first)
    picture.paste(second, (size[0] // 2, 0, size[0], size[1]))
    return picture


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("b.jpg", "WEBP"), ("c.webp", "PNG"), ("d.gif", "GIF")]
)
def test_the_bytes_decide_and_not_the_ending(tmp_path, name, kind):
    halves().save(tmp_path / name, kind)

    assert prepared(tmp_path / name).size == (100, 100)


def test_a_picture_is_cropped_round_its_focus_and_never_enlarged(tmp_path):
    halves().save(tmp_path / "a.png")

    assert near(colour_at(prepared(tmp_path / "a.png", focus=(0, 50)), 0.5, 0.5), (200, 30, 30))
    assert near(colour_at(prepared(tmp_path / "a.png", focus=(100, 50)), 0.5, 0.5), (30, 30, 200))
    large = Frame(width_mm=254, height_mm=254, dpi=300)
    assert prepared(tmp_path / "a.png", large).size == (100, 100)


def test_the_first_frame_of_an_animation_counts(tmp_path):
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("#c81e1e", "#1e1ec8")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=50)

    assert near(colour_at(prepared(tmp_path / "a.gif"), 0.5, 0.5), (200, 30, 30))


def test_a_photo_is_turned_as_its_camera_says(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    halves().save(tmp_path / "a.jpg", exif=exif, quality=95)
    turned = prepared(tmp_path / "a.jpg", Frame(width_mm=25.4, height_mm=50.8, dpi=100))

    assert turned.size == (100, 200)
    assert near(colour_at(turned, 0.5, 0.1), (200, 30, 30), 16)


def test_cmyk_is_converted_through_its_profile_or_plainly(tmp_path):
    Image.new("CMYK", (100, 100), (0, 255, 255, 0)).save(tmp_path / "a.jpg", quality=95)

    assert near(colour_at(prepared(tmp_path / "a.jpg"), 0.5, 0.5), (254, 0, 0), 12)


def test_a_colour_profile_is_followed_and_a_broken_one_ignored(tmp_path):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    halves().save(tmp_path / "a.png", icc_profile=lab)
    halves().save(tmp_path / "b.png", icc_profile=b"not a profile")

    for name in ("a.png", "b.png"):
        assert near(colour_at(prepared(tmp_path / name, focus=(0, 0)), 0.5, 0.5), (200, 30, 30))


def test_sixteen_bits_keep_their_brightness(tmp_path):
    Image.new("I;16", (100, 100), 128 * 256).save(tmp_path / "a.png")

    assert near(colour_at(prepared(tmp_path / "a.png"), 0.5, 0.5), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(tmp_path, mode):
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).convert(mode).save(tmp_path / "a.png")

    assert near(colour_at(prepared(tmp_path / "a.png"), 0.5, 0.5), (255, 255, 255))


def test_the_last_decoded_picture_can_be_let_go(tmp_path):
    """A card and a page ask for the same one in turn; then nobody does."""

    def kept() -> int:
        return sum(isinstance(item, Image.Image) and item.size == size for item in get_objects())

    size, path = (212, 97), tmp_path / "photo.png"
    halves(size=size).save(path)
    prepared(path)

    assert kept() == 1
    let_go()
    assert kept() == 0


def test_a_camera_photo_is_brought_down(tmp_path):
    Image.new("RGB", (5760, 3840), "#c81e1e").save(tmp_path / "a.jpg", quality=60)
    made = prepare_picture(tmp_path / "a.jpg", 0, FRAME, CENTRE)

    assert prepared(tmp_path / "a.jpg").size == (100, 100)
    assert len(made.data) < 5_000


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_says_so(tmp_path, data):
    (tmp_path / "a.png").write_bytes(data)

    with pytest.raises(PictureError, match="not a picture"):
        prepared(tmp_path / "a.png")
