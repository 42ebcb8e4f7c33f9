"""Every brochure conforms to PDF/UA-1 and PDF/A-2a: the sample clinic's, and a difficult one."""

import pytest

from pdf import clinics

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
def bare(made_once):
    """A clinic that says nothing of itself but its name."""
    files = {
        "brochure.toml": '[clinic]\nslug = "bare"\nlanguages = ["en"]\n'
        '[imprint]\nversion = "1"\n[language.en]\nname = "Clinic"\n',
        "content/_collections/_care/010-rest-en.md": clinics.treatment("Sit down.", title="Rest"),
    }
    folder = made_once("bare", lambda new: clinics.build(clinics.write(new, files)))
    return clinics.built(folder)


def test_every_brochure_conforms(verapdf, sample, difficult, bare):
    files = [*map(sample, ("en", "el", "ar")), *difficult.values(), *bare.values()]

    verdicts = verapdf(files)

    assert len(verdicts) == 2 * len(files)
    assert [str(verdict) for verdict in verdicts if not verdict.compliant] == []
