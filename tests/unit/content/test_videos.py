import pytest

from brochure.content.markdown import render
from brochure.content.sanitise import sanitise
from brochure.content.videos import shortened


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://www.youtube.com/embed/ab-C_1?rel=0", "https://youtu.be/ab-C_1"),
        ("//www.youtube-nocookie.com/embed/ab", "https://youtu.be/ab"),
        ("https://www.youtube.com/watch?v=ab&t=1", "https://youtu.be/ab"),
        ("https://player.vimeo.com/video/12?h=a", "https://vimeo.com/12"),
        ("https://maps.example/?q=1", "https://maps.example/?q=1"),
        ("http://a.example/film.mp4", "http://a.example/film.mp4"),
        ("film.mp4", None),
        ("/film.mp4", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://[x", None),
        ("https://a.example/" + "x" * 600, None),
    ],
)
def test_an_address_is_as_short_as_its_site_allows(address, short):
    assert shortened(address) == short


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '<iframe width="1" src="https://www.youtube.com/embed/ab" allowfullscreen></iframe>',
            '<p data-video="https://youtu.be/ab"></p>',
        ),
        (
            "α <iframe src='https://vimeo.com/12'></iframe> β",
            '<p>α  β</p><p data-video="https://vimeo.com/12"></p>',
        ),
        (
            '<video controls><source src="https://a.example/a.mp4">none</video>',
            '<p data-video="https://a.example/a.mp4"></p>',
        ),
        (
            '<object data="https://a.example/a.swf"></object>',
            '<p data-video="https://a.example/a.swf"></p>',
        ),
        ('<embed src="https://a.example/a.swf">', '<p data-video="https://a.example/a.swf"></p>'),
        ('<iframe src="javascript:alert(1)">a</iframe>', "a"),
        ('<video src="film.mp4">none</video>', "none"),
        ('<p data-video="javascript:alert(1)">a</p>', "<p>a</p>"),
    ],
)
def test_an_embedded_video_leaves_a_mark(text, html):
    assert sanitise(render(text)).replace("\n", "") == html
