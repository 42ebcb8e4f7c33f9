"""Finished handouts: their size, their letters, their colours, and what is not in them."""

import datetime
import io

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops

from brochure import api
from brochure.diagnostics import BrochureError
from pdf import clinics

SETTINGS = """
[clinic]
slug = "leaflets"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
email = "info@clinic.example"
booking = "https://clinic.example/book"
logo = "logo.svg"
[imprint]
version = "1.0"
date = 2026-11-21
[translations]
missing = "default-language"
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/>
</linearGradient><rect width="40" height="20" fill="url(#g)"/>
<circle cx="20" cy="30" r="8" fill="#0a0" opacity="0.5"/></svg>"""
BODY = """\
### {text}

- {text}
- {text}
- {text} 0.5–1 ml

{text} H<sub>2</sub>O[^1] `code` *{text}* **{text}**.

| {text} | A |
|---|---|
| {text} SPF 50+ | 2 |

- [ ] {text}

![{text}](p.png)

{long}

[^1]: {text}
"""
TEXTS = {"en": "Words and more words", "ar": "كلمات وكلمات أخرى"}


@pytest.fixture(scope="module")
def clinic(made_once):
    """A clinic whose treatment has everything that is set in letters of its own size."""

    def make(folder):
        files = {"brochure.toml": SETTINGS, "content/logo.svg": LOGO}
        files["content/p.png"] = clinics.picture()
        for language, text in TEXTS.items():
            body = BODY.format(text=text, long=f"{text}. " * 120)
            files[f"content/_collections/_care/010-rest-{language}.md"] = clinics.treatment(
                body,
                title=text,
                subtitle=text,
                lang=language,
                image="p.png",
                alt=text,
                version="2",
                reviewed="2026-03-01",
                next_review="2029-03-01",
                reviewed_by="Dr A. Ender",
                sources="A. Author, 2020;8(2):7–9",
            )
        files["content/_collections/_care/020-only-en.md"] = clinics.treatment(
            "Words.", title="Only English", lang="en"
        )
        clinics.write(folder, files)

    return made_once("handouts", make)


def made(clinic, names=("rest",), code="en", **wanted):
    rack = api.rack_of(api.open_project(clinic))
    language = api.handout_language(rack.project, code)
    return api.handouts(rack, names, language, **wanted).artefacts


def text_of(artefact) -> str:
    return "".join(page.get_text() for page in pymupdf.open(stream=artefact.data))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_handout_has_one_to_four_pages_and_goes_through_any_mail(clinic, code):
    (handout,) = made(clinic, code=code)

    assert handout.path == f"handouts/{code}/rest-{code}.pdf"
    assert handout.title == TEXTS[code]
    assert 1 <= handout.pages <= 4
    assert len(handout.data) < 200_000


def test_it_says_who_stands_behind_it_and_how_to_get_another_one(clinic):
    text = " ".join(text_of(made(clinic)[0]).split())

    for words in (
        "Version 2",
        "Published November 21, 2026",
        "Last reviewed March 1, 2026",
        "Reviewed by Dr A. Ender",
        "Next review March 1, 2029",
        "A. Author, 2020;8(2):7–9",
        "Questions? Call us",
        "+357 22 000000",
        "large print",
        "العربية"[::-1],
        "Page 1 of",
    ):
        assert words in text or words[::-1] in text, words


@pytest.mark.parametrize("code", ["en", "ar"])
def test_large_print_has_no_letter_under_16_points(clinic, code):
    (handout,) = made(clinic, code=code, large_print=True)

    sizes = {
        round(span["size"], 1)
        for page in pymupdf.open(stream=handout.data)
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["text"].strip()
    }

    assert handout.path.endswith("-large.pdf")
    assert min(sizes) >= 16
    assert len(sizes) > 3


@pytest.mark.parametrize("code", ["en", "ar"])
def test_usual_print_is_11_to_12_points(clinic, code):
    (handout,) = made(clinic, code=code)

    spans = [
        span
        for page in pymupdf.open(stream=handout.data)
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
    ]
    letters = sum(len(span["text"]) for span in spans)
    text = sum(len(span["text"]) for span in spans if 11 <= span["size"] <= 12.5)

    assert text > letters / 2
    assert min(span["size"] for span in spans) >= 8.9


def test_black_and_white_is_painted_with_black_alone(clinic):
    (handout,) = made(clinic, black_and_white=True)

    for page in pymupdf.open(stream=handout.data):
        pixels = page.get_pixmap(dpi=50)
        image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
        red, green, blue = image.split()
        for one, other in ((red, green), (green, blue)):  # a grey is rounded in each channel
            assert ImageChops.difference(one, other).getextrema()[1] <= 1
    with pikepdf.open(io.BytesIO(handout.data)) as file:
        operators = {
            str(operator)
            for page in file.pages
            for _, operator in pikepdf.parse_content_stream(page)
        }
        spaces = {
            item.get("/ColorSpace")
            for item in file.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        }
    assert "g" in operators
    assert not operators & {"rg", "RG", "k", "K"}
    assert spaces == {pikepdf.Name.DeviceGray}


def test_a_missing_translation_is_handed_out_in_the_default_language_and_says_so(clinic):
    (handout,) = made(clinic, names=("only",), code="ar")

    assert (handout.path, handout.title) == ("handouts/ar/only-ar.pdf", "Only English")
    with pikepdf.open(io.BytesIO(handout.data)) as file:
        assert str(file.Root.Lang) == "ar"


def test_a_handout_is_the_same_alone_and_among_others(clinic):
    alone = made(clinic, names=("rest",))
    among = made(clinic, names=("only", "rest", "010-rest", "rest"))

    assert [item.title for item in among] == ["Only English", TEXTS["en"]]
    assert among[1].data == alone[0].data


def test_no_file_depends_on_the_day_it_is_made(clinic):
    days = (None, datetime.date(2026, 1, 1), datetime.date(2028, 1, 1))
    projects = [api.open_project(clinic, today=day) for day in days]
    racks = [api.rack_of(project) for project in projects]

    data = {
        api.handouts(rack, ["only"], rack.project.languages[0]).artefacts[0].data for rack in racks
    }

    assert len(data) == 1


def test_the_metadata_name_the_clinic_and_the_treatment_and_nobody_else(clinic):
    with pikepdf.open(io.BytesIO(made(clinic)[0].data)) as file:
        info = {str(key): str(value) for key, value in file.docinfo.items()}
        names = file.Root.get("/Names", {})

    assert info.pop("/Producer")
    assert info == {
        "/Title": f"{TEXTS['en']} – Clinic",
        "/Author": "Clinic",
        "/Subject": "Information for patients – Clinic",
        "/Keywords": "Care",
        "/Creator": "brochure",
        "/CreationDate": "D:20261121000000Z",
        "/ModDate": "D:20261121000000Z",
    }
    assert "/EmbeddedFiles" not in names


def test_one_handout_leaves_the_others_where_they_are(clinic, tmp_path):
    rack = api.rack_of(api.open_project(clinic))
    english = rack.project.languages[0]
    for name in ("rest", "only"):
        api.deliver_handouts(api.handouts(rack, [name], english), tmp_path)

    files = sorted(path.name for path in tmp_path.rglob("*.pdf"))
    manifest = (tmp_path / "manifest.json").read_text(encoding="utf-8")

    assert files == ["only-en.pdf", "rest-en.pdf"]
    assert all(f"handouts/en/{name}" in manifest for name in files)


def test_faults_of_other_treatments_keep_nobody_from_a_leaflet(clinic, tmp_path):
    files = {
        "brochure.toml": SETTINGS.replace('logo = "logo.svg"', ""),
        "content/_collections/_care/010-rest-en.md": clinics.treatment("Rest.", title="Rest"),
        "content/_collections/_care/020-bad-en.md": "---\ntitle: a: b\n---\n",
        "content/_collections/_care/030-odd-en.md": clinics.treatment("", title="Odd"),
    }
    folder = clinics.write(tmp_path, files)
    rack = api.rack_of(api.open_project(folder))
    report = api.handouts(rack, ["rest"], rack.project.languages[0])

    assert {fault.location.path.rpartition("/")[2] for fault in report.diagnostics} <= {
        "010-rest-en.md"
    }
    with pytest.raises(BrochureError) as missing:
        api.handouts(rack, ["bad"], rack.project.languages[0])
    assert {fault.code for fault in missing.value.diagnostics} == {
        "front-matter-syntax",
        "treatment-unknown",
    }


def test_a_few_lines_never_stand_on_a_last_page_of_their_own(tmp_path):
    """Texts of growing length: each is set tighter rather than begin a page for a few lines."""
    files = {"brochure.toml": SETTINGS.replace('logo = "logo.svg"', "")}
    for count in (4, 5, 6, 7):
        body = "\n\n".join(
            ["These are some words that are read one after the other. " * 4] * count
        )
        name = f"content/_collections/_care/0{count}0-text{count}-en.md"
        files[name] = clinics.treatment(body, title=f"Text {count}")
    rack = api.rack_of(api.open_project(clinics.write(tmp_path, files)))
    english = rack.project.languages[0]

    report = api.handouts(rack, api.every_handout(rack, english), english)

    for made in report.artefacts:
        with pymupdf.open(stream=made.data) as file:
            last = file[-1]
            lines = [
                block for block in last.get_text("blocks") if block[1] < last.rect.height * 0.9
            ]
        assert made.pages == 1 or max(block[3] for block in lines) > last.rect.height * 0.4
