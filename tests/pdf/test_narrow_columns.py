"""What is kept on one line in running text wraps where a column is too narrow for it."""

import pymupdf
import pytest

from brochure import api
from pdf import clinics
from pdf.glyphs import lines

DOSE = "10–20 mg/ml 2×/d"
PHONE = "+357 22 123456 78"
SETTINGS = """
[clinic]
slug = "narrow"
languages = ["ar"]
[page]
format = "DL"
[language.ar]
name = "عيادة"
"""
BODY = f"""
{"جرعة " * 12}{DOSE} {"جرعة " * 5}{DOSE} {"جرعة " * 14}{PHONE} {"جرعة " * 9}{DOSE}

- جرعة {DOSE}
- {DOSE} جرعة
- جرعة {PHONE}

| جرعة | جرعة | جرعة | جرعة |
|---|---|---|---|
| جرعة {DOSE} | {DOSE} جرعة | جرعة {PHONE} | {DOSE} |

{DOSE} جرعة
: جرعة {DOSE}
"""
TITLE = "جرعة MMMMMMMM WWWWWWWWM"
"""Its last two words stay together: 18 of the widest letters."""


@pytest.fixture(scope="module")
def folder(made_once):
    files = {
        "brochure.toml": SETTINGS,
        "content/_collections/_care/010-a-ar.md": clinics.treatment(
            BODY, title=TITLE, subtitle=TITLE, lang="ar"
        ),
    }
    return made_once("narrow", lambda new: clinics.build(clinics.write(new, files)))


def test_nothing_runs_out_of_a_column_and_doses_in_running_text_stay_whole(folder):
    """A build that finds a line wider than its column fails with `text-overflow`."""
    with pymupdf.open(clinics.built(folder)["ar"]) as brochure:
        printed = [line.text for page in brochure for line in lines(page)]

    assert sum(line.count(DOSE) for line in printed) >= 3
    assert sum(line.count(PHONE) for line in printed) >= 1


def test_not_even_in_the_large_print_of_a_handout(folder):
    rack = api.rack_of(api.open_project(folder))
    language = api.handout_language(rack.project)
    report = api.handouts(rack, ["a"], language, large_print=True)

    assert [item.code for item in report.diagnostics if item.code == "text-overflow"] == []
    assert report.artefacts[0].pages > 1
