"""Whatever a clinic writes is proved in silence, and what happens to a word of it is found.

Bodies are made of paragraphs, lists and tables of words in four scripts, each word once.
"""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pdf import clinics, mutations, proved

SETTINGS = """
[clinic]
slug = "any"
languages = ["{tag}"]
[language.{tag}]
name = "1"
"""
POOLS = {
    "en": "apple bridge candle dragon engine forest garden harbour island jungle kettle lantern "
    "mirror needle orange pocket quarry ribbon saddle tunnel umbrella valley window yellow",
    "el": "άνεμος βροχή γέφυρα δέντρο ελπίδα ζάχαρη ήλιος θάλασσα ιστορία καλοκαίρι λιμάνι "
    "μουσική νησί ξύλο ουρανός ποτάμι ρολόι σπίτι τραπέζι φεγγάρι χρώμα ψωμί ώρα ύπνος",
    "ar": "باب تفاح ثلج جبل حديقة خبز درس ذهب ربيع زيتون سماء شمس صباح ضوء طريق ظهر عسل غيمة "
    "فجر قمر كتاب لؤلؤ مطر نهر",
    "he": "אבן בית גשר דלת הר ורד זית חלון טבע ילד כוכב לחם מים נהר סוס עץ פרח צבע קיץ רוח שמש "
    "תפוח אור ברק",
}
BLOCKS = ("paragraph", "list", "numbers", "table", "heading", "quotation")


@st.composite
def bodies(draw) -> tuple[str, str]:
    """A language, and a body in it with words of the others here and there."""
    tag = draw(st.sampled_from(sorted(POOLS)))
    own = POOLS[tag].split()
    others = [word for other in sorted(POOLS) if other != tag for word in POOLS[other].split()[:6]]
    guests = draw(st.lists(st.sampled_from(others), max_size=6, unique=True))
    words = draw(st.permutations([*own, *guests, "12", "0.5–1 ml"]))
    kinds = draw(st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=5))
    size = len(words) // len(kinds)
    parts = [words[at * size : (at + 1) * size] for at in range(len(kinds))]
    return tag, "\n\n".join(map(block, kinds, parts))


def block(kind: str, words: list[str]) -> str:
    half = len(words) // 2
    first, second = " ".join(words[:half]), " ".join(words[half:])
    return {
        "paragraph": f"{first} {second}.",
        "list": f"- {first}\n- {second}",
        "numbers": f"1. {first}\n   - {second}",
        "table": f"| {words[0]} | {words[1]} |\n|---|---|\n| {first} | {second} |",
        "heading": f"### {first}\n\n{second}",
        "quotation": f"> {first}\n>\n> {second}",
    }[kind]


def dropped(letters: list[str], gap: int) -> list[int]:
    return list(range(gap + 1, len(letters)))


def doubled(letters: list[str], gap: int) -> list[int]:
    return [*range(gap + 1), *range(len(letters))]


def moved(letters: list[str], gap: int) -> list[int]:
    return [*range(gap + 1, len(letters)), gap, *range(gap)]


@settings(
    max_examples=4, deadline=None, derandomize=True, phases=(Phase.generate,)
)  # a smaller example would take minutes to find
@given(body=bodies(), data=st.data())
def test_the_proof_speaks_only_when_a_word_is_touched(tmp_path_factory, body, data):
    tag, text = body
    folder = clinics.write(
        tmp_path_factory.mktemp("any"),
        {
            "brochure.toml": SETTINGS.format(tag=tag),
            "content/p.png": clinics.picture(width=300, height=200),
            f"content/_collections/_care/010-a-{tag}.md": clinics.treatment(
                text, title="1", lang=tag, image="p.png", alt="1"
            ),
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        (brochure,) = proved.brochures(folder, patch).values()
    assert brochure.said == ()

    for order in (dropped, doubled, moved):
        change = mutations.rewrite_line(
            text, lambda count: data.draw(st.integers(0, count - 1)), order
        )
        spoilt = mutations.changed(brochure.data, lambda file: brochure.page(file, "1"), change)
        assert brochure.again(spoilt), order.__name__
