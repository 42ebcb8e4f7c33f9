"""Words that run from right to left are proved in any text, with whatever signs between them."""

import pytest

from pdf import clinics, mutations, proved

SETTINGS = """
[clinic]
slug = "guests"
languages = ["en", "el"]
[language.en]
name = "1"
[language.el]
name = "1"
"""
TWO = "مُمَرِّضة شلل"
PHRASES = (
    "شلل – كلمة",
    "طبيب/רופא – علاج",
    "שלום · הַשֵּׁן כאב",
    "الأسنان، كلمة (شلل)",
    "“שלום, עולם”: שֵׁן?",
    "**كلمة, الآن**:? **«שֵׁן»**",
    "كلمة–السِّنّ 12 *עולם – רופא*",
)
BLOCKS = (
    "\n\n".join(f"{phrase}." for phrase in PHRASES),
    "\n\n".join(f"{{word}} {phrase} {{word}} {phrase}." for phrase in PHRASES),
    "\n".join(f"- {phrase}: {{word}}" for phrase in PHRASES),
    "\n".join(
        ["| {word} | {word} |", "|---|---|", *(f"| {phrase} | {{word}} |" for phrase in PHRASES)]
    ),
)
WORDS = {"en": "word", "el": "λέξη"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    body = "\n\n### {word}\n\n".join(BLOCKS)
    files = {"brochure.toml": SETTINGS}
    for tag, word in WORDS.items():
        text = f"{TWO}\n\n{body.format(word=word)}\n"
        path = f"content/_collections/_care/010-a-{tag}.md"
        files[path] = clinics.treatment(text, title=f"{word} {word}", lang=tag)
    folder = clinics.write(tmp_path_factory.mktemp("guests"), files)
    with pytest.MonkeyPatch.context() as patch:
        return proved.brochures(folder, patch)


@pytest.mark.parametrize("tag", WORDS)
def test_they_are_as_they_were_written(made, tag):
    assert made[tag].said == ()


@pytest.mark.parametrize("tag", WORDS)
def test_words_that_paper_shows_as_one_are_found(made, tag):
    item = made[tag]
    closed = mutations.rewrite(
        TWO, lambda letters: [at for at, letter in enumerate(letters) if letter != " "]
    )
    data = mutations.changed(
        item.data, lambda file: item.page(file, f"{WORDS[tag]} {WORDS[tag]}"), closed
    )

    assert "text-changed" in {fault.code for fault in item.again(data)}
