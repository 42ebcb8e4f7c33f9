"""Which blocks count as left in another language; how it reads stands in tests/faults."""

import pytest

from brochure.catalogue.language_checks import check_language

ENGLISH = "Sit down for ten minutes and think of nothing."


@pytest.fixture
def lines(read):
    def found(body: str, script: str, source: str = "", title: str = "x") -> list[int]:
        texts = {
            "a-en.md": f"---\ntitle: x\n---\n{source}",
            "a-fr.md": f"---\ntitle: {title}\n---\n{body}",
        }
        english, other = read(texts)[0]
        faults = check_language(other, script, english, "Latn")
        return [fault.location.line for fault in faults]

    return found


@pytest.mark.parametrize("script", ["Grek", "Arab", "Hebr", "Cyrl", "Hans"])
def test_an_english_paragraph_item_and_heading_are_found(lines, script):
    body = f"{ENGLISH}\n\n- {ENGLISH}\n\n### How to sit down and rest well\n"

    assert lines(body, script) == [4, 6, 8]


def test_an_english_title_is_found(lines):
    assert lines("", "Grek", title="How to sit down and rest well") == [2]


@pytest.mark.parametrize(
    "body",
    [
        "Clostridium botulinum",
        "- Juvéderm Ultra Plus, Restylane Lyft, Belotero Balance",
        "Βλέπε https://www.example.org/how-to-sit-down-and-rest-well-in-ten-minutes",
        "<iframe title='how to sit down and rest well in ten minutes'></iframe>",
        "- Smith J, Jones P. How to sit down and rest. J Rest. 2019;4(2):11-15. doi:10.1000/182",
        f"### Βιβλιογραφία\n\n- {ENGLISH}",
        "Καθίστε δέκα λεπτά και μη σκέφτεστε τίποτα (sit down and think of nothing).",
    ],
)
def test_names_references_and_short_passages_are_left_alone(lines, body):
    assert lines(body, "Grek") == []


def test_one_script_only_a_copied_block_counts(lines):
    source = f"{ENGLISH}\n\nBreathe in.\n"

    assert lines(f"Asseyez-vous.\n\n{ENGLISH}\n", "Latn", source) == [6]
    assert lines("Asseyez-vous dix minutes et ne pensez à rien du tout.\n", "Latn", source) == []


def test_greek_left_in_french_is_found(lines):
    assert lines("Καθίστε δέκα λεπτά και μη σκέφτεστε τίποτα.", "Latn") == [4]
