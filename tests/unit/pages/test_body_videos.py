import pytest

from brochure.assets import DEFAULTS, Assets
from brochure.pages.body import prepare_body
from brochure.pages.codes import video
from brochure.wording_files import load_languages


@pytest.fixture
def language(request):
    languages, faults = load_languages(Assets(roots=(DEFAULTS,)))
    assert not faults
    return languages.find(request.param)


@pytest.mark.parametrize("language", ["en", "el", "ar"], indirect=True)
def test_a_video_is_a_code_with_its_address_as_link_and_as_words(language):
    html = prepare_body(
        '<p>·</p><p data-video="https://youtu.be/ab?a=1&amp;b=2"></p><p>·</p>',
        language,
        str,
        title="T",
    )

    assert html == f"<p>·</p>{video('https://youtu.be/ab?a=1&b=2', language)}<p>·</p>"
    title = language.wording.video_code.format(address="https://youtu.be/ab?a=1&amp;b=2")
    assert f"<title>{title}</title>" in html
    assert (
        '<a href="https://youtu.be/ab?a=1&amp;b=2"><bdi dir="ltr">youtu.be/ab?a=1&amp;b=2<' in html
    )


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_an_address_cannot_write_html(language):
    assert "<script" not in video('https://a.example/"><script>', language)
