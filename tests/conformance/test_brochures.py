"""Every brochure conforms to PDF/UA-1 and PDF/A-2a: the sample clinic's, and difficult ones."""

import pikepdf
import pytest

from pdf import clinics, test_page_turns

pytestmark = [pytest.mark.conformance, pytest.mark.oracle]

SETTINGS = """
[clinic]
slug = "difficult"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
email = "info@clinic.example"
booking = "https://clinic.example/book"
[translations]
missing = "default-language"
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
BODY = """\
##### A heading that skips levels

{text} *emphasis* **strong** `code` [a link](https://clinic.example/a)
and [mail](mailto:info@clinic.example).

###### Another

- {text}

  A second paragraph of the same item.

- {text}

  - nested, loose

  - nested again
    1. numbered inside
    2. and again
- {text}

1. one
   - tight inside
   - again
2. two

| {text} | 2 |
|---|--:|
| **a** | 0.5–1 ml |
| b | |

| without | a head |

{text}
: What it means.
: What else it means.

> {text}
>
> - a list in a quotation

A note.[^1] Another.[^long]

[^1]: {text}
[^long]: {text}

    A second paragraph of the note.

![{text}](p.png)

    a block of code

---

<div><h2>A heading in HTML</h2><p>{text}</p><img src="p.png" alt="{text}"></div>

Last words.
"""
TEXTS = {"en": "Words and more words", "ar": "كلمات وكلمات أخرى"}


@pytest.fixture(scope="module")
def difficult(made_once):
    """A clinic with all that Markdown has, missing pictures, and almost nothing else."""
    files: dict[str, str | bytes] = {
        "brochure.toml": SETTINGS,
        "content/p.png": clinics.picture(),
    }
    for language, text in TEXTS.items():
        body = BODY.format(text=text)
        for name, picture in (("010-shown", "p.png"), ("020-missing", "gone.png")):
            files[f"content/_collections/_care/{name}-{language}.md"] = clinics.treatment(
                body, title=text, lang=language, image=picture, alt=text
            )
        files[f"content/_collections/_other/010-bare-{language}.md"] = clinics.treatment(
            "", title=text, lang=language
        )
    files["content/_collections/_other/020-untranslated-en.md"] = clinics.treatment(
        BODY.format(text=TEXTS["en"]), title=TEXTS["en"], lang="en"
    )
    folder = made_once("difficult", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)


@pytest.fixture(scope="module")
def mixed(made_once):
    """A clinic whose every block holds words of three other scripts, in tags and over pages."""
    guests = {"en": "Herpes simplex", "ar": "بكتيريا نافعة", "el": "ιατρική φροντίδα"}
    files: dict[str, str | bytes] = {
        "brochure.toml": SETTINGS.replace("difficult", "mixed"),
        "content/p.png": clinics.picture(),
    }
    for language, text in TEXTS.items():
        others = [words for tag, words in guests.items() if tag != language]
        phrase = f"{text} {others[0]} {text}, *{others[1]}* {text} **{others[0]}** {text}."
        cell = f"| {others[0]} | {phrase} |\n"
        body = (
            f"### {phrase}\n\n{' '.join([phrase] * 40)}\n\n" + f"- {phrase}\n  1. {phrase}\n" * 30
        )
        body += (
            f"\n| {others[1]} | {text} |\n|---|---|\n{cell * 40}\n[{phrase}](https://a.example)"
        )
        body += f"\n\n> {' '.join([phrase] * 30)}"
        files[f"content/_collections/_care/010-mixed-{language}.md"] = clinics.treatment(
            body, title=f"{text} {others[0]}", lang=language, image="p.png", alt=text
        )
    folder = made_once("mixed-scripts", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)


@pytest.fixture(scope="module")
def bare(made_once):
    """A clinic that says nothing of itself but its name."""
    files = {
        "brochure.toml": '[clinic]\nslug = "bare"\nlanguages = ["en"]\n'
        '[imprint]\nversion = "1"\n[language.en]\nname = "Clinic"\n',
        "content/_collections/_care/010-rest-en.md": clinics.treatment("Sit down.", title="Rest"),
    }
    folder = made_once("bare", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)


@pytest.fixture(scope="module")
def turned(made_once):
    """The clinic of tests/pdf/test_page_turns.py."""
    return test_page_turns.build(made_once)


def test_every_brochure_conforms(verapdf, sample, difficult, mixed, turned, bare):
    small = (difficult, mixed, turned, bare)
    files = [*map(sample, ("en", "el", "ar")), *(path for made in small for path in made.values())]

    verdicts = verapdf(files)

    assert len(verdicts) == 2 * len(files)
    assert [str(verdict) for verdict in verdicts if not verdict.compliant] == []


def test_words_of_other_scripts_name_their_language(mixed):
    """What makes the file of mixed scripts hard is there: hundreds of tags with `Lang`."""
    for path in mixed.values():
        with pikepdf.open(path) as file:
            named = [
                str(item.Lang)
                for item in file.objects
                if isinstance(item, pikepdf.Dictionary) and "/Lang" in item and "/S" in item
            ]
        assert len(named) > 300
        assert len(set(named)) >= 2
