"""Order, categories and what ties a treatment's languages together."""

import pytest

from brochure.catalogue.build import build_catalogues
from brochure.settings import CategorySettings, Clinic, Settings

ALL_CHARACTERS = frozenset(range(0x110000))


@pytest.fixture
def build(read, languages):
    """Catalogues (by tag) and faults of texts, with categories in the given order."""

    def build_it(texts: dict[str, str], tags: str = "en", **categories: CategorySettings):
        settings = Settings(
            clinic=Clinic(slug="tiny", languages=tuple(tags.split())),
            language={},
            categories=categories,
        )
        chosen = [languages.find(tag) for tag in tags.split()]
        documents, _ = read(texts)
        catalogues, faults = build_catalogues(
            documents, chosen, settings, characters=ALL_CHARACTERS
        )
        return {item.language.tag: item for item in catalogues}, faults

    return build_it


def text(title: str = "T", lang: str = "en", more: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\nlang: {lang}\n{more}---\n{body}"


def test_treatments_print_by_number_and_then_by_name(build):
    names = ["020-b-en.md", "9-c-en.md", "020-a-en.md", "d-en.md", "100-e-en.md"]
    catalogues, _ = build({name: text() for name in names})

    assert [item.slug for item in catalogues["en"].treatments] == ["c", "a", "b", "e", "d"]


def test_categories_print_in_the_settings_order_and_then_by_name(build):
    catalogues, _ = build(
        {f"../_{name}/a-en.md": text() for name in ("air", "bath", "eye-care", "zoo")},
        zoo=CategorySettings(hue="#112233", title={"en": "Animals", "el": "Ζώα"}),
        bath=CategorySettings(title={"el": "Λουτρό"}),
        never=CategorySettings(),
    )

    assert [(item.slug, item.title, item.hue) for item in catalogues["en"].categories] == [
        ("zoo", "Animals", "#112233"),
        ("bath", "Bath", "#0F5F63"),
        ("air", "Air", "#0F5F63"),
        ("eye-care", "Eye care", "#0F5F63"),
    ]


def test_a_treatment_has_one_key_in_every_language(build):
    catalogues, faults = build(
        {"010-rest-en.md": text(), "030-rest-gr.md": text(lang="gr")}, tags="en el"
    )

    keys = {
        tag: [item.key for item in catalogue.treatments] for tag, catalogue in catalogues.items()
    }
    assert keys == {"en": ["care/rest"], "el": ["care/rest"]}
    assert faults == ()


def test_of_two_files_for_one_place_the_first_prints_and_the_second_is_named(build):
    catalogues, faults = build({"1-rest-en.md": text("One"), "2-rest-en.md": text("Two")})

    assert [item.title for item in catalogues["en"].treatments] == ["One"]
    assert [(fault.code, fault.location.path[-12:]) for fault in faults] == [
        ("treatment-duplicate", "2-rest-en.md")
    ]


def test_a_language_that_is_not_printed_is_only_named(build):
    catalogues, faults = build({"rest-en.md": text(), "rest-fr.md": text("", "fr")})

    assert list(catalogues) == ["en"]
    assert [fault.code for fault in faults] == ["language-unused"]


def test_the_card_says_what_the_caption_says_or_else_the_title(build):
    caption = "caption:\n  title: Card\n  subtitle: Sub\n"
    catalogues, _ = build({"1-a-en.md": text("A", more=caption), "2-b-en.md": text("B")})

    assert [
        (item.card_title, item.card_subtitle, item.alt) for item in catalogues["en"].treatments
    ] == [
        ("Card", "Sub", "A"),
        ("B", "", "B"),
    ]


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        ("20% 80%", (20, 80)),
        ("'20 %, 80 %'", (20, 80)),
        ("400% 0%", (100, 0)),
        ("top", (50, 50)),
        ("", (50, 50)),
    ],
)
def test_the_focus_is_a_point_of_the_picture_or_its_middle(build, written, focus):
    catalogues, _ = build({"rest-en.md": text(more=f"focus: {written}\n")})

    assert [item.focus for item in catalogues["en"].treatments] == [focus]


def test_content_is_never_a_template_and_its_html_is_cleaned(build):
    catalogues, _ = build(
        {"rest-en.md": text("'{{ 7*7 }}'", body="a {{ 7*7 }} <script>x</script> <b>b</b>")}
    )
    (treatment,) = catalogues["en"].treatments

    assert treatment.title == "{{ 7*7 }}"
    assert treatment.body.split() == "<p>a <b>b</b></p>".split()


def test_anchors_are_fit_for_links_and_never_alike(build):
    names = ["../_a-b/c-en.md", "../_a/b-c-en.md", "../_a/ünï (1) 'x\"&<y>-en.md"]
    catalogues, _ = build({name: text() for name in names})
    anchors = [item.anchor for item in catalogues["en"].treatments]

    assert anchors[:2] == ["a.b-c", "a.ünï_20__28_1_29__20__27_x_22__26__3c_y_3e_"]
    assert len(set(anchors)) == 3
