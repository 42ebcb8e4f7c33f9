import pytest

from brochure.pages.letters import capitals, initial_of


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("Άννα", "ΑΝΝΑ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("μαΐου", "ΜΑΪΟΥ"),
        ("άυλος", "ΑΫΛΟΣ"),
        ("αϋπνία", "ΑΫΠΝΙΑ"),
        ("αύριο", "ΑΥΡΙΟ"),
        ("γάιδαρος", "ΓΑΪΔΑΡΟΣ"),
        ("ρολόι", "ΡΟΛΟΪ"),
        ("νεράιδα", "ΝΕΡΑΪΔΑ"),
        ("πρωί", "ΠΡΩΙ"),
        ("ευχή", "ΕΥΧΗ"),
        ("βόλεϊ", "ΒΟΛΕΪ"),
        ("κέικ", "ΚΕΪΚ"),
        ("μυϊκός", "ΜΥΪΚΟΣ"),
        ("προϋπόθεση", "ΠΡΟΫΠΟΘΕΣΗ"),
        ("υιός", "ΥΙΟΣ"),
        ("ό,τι", "Ο,ΤΙ"),
        ("ή/και", "Ή/ΚΑΙ"),
        ("Ἀθῆναι", "ΑΘΗΝΑΙ"),
        ("τῷ", "ΤΩΙ"),
        ("ϊ", "Ϊ"),
        ("ΐ", "Ϊ"),
        ("ΰ", "Ϋ"),
        ("ή", "Ή"),
        ("αυτό ή εκείνο;", "ΑΥΤΟ Ή ΕΚΕΙΝΟ;"),
        ("ήταν", "ΗΤΑΝ"),
        ("ὕδωρ", "ΥΔΩΡ"),
        ("λόγος", "ΛΟΓΟΣ"),
        ("café Ελένη", "CAFÉ ΕΛΕΝΗ"),
        ("й ё", "Й Ё"),
        ("سلام", "سلام"),
    ],
)
def test_greek_capitals_have_no_accent_but_the_dialytika(word, shown):
    """The same as ICU 72 gives for `el`, checked once with PyICU."""
    assert capitals(word) == shown


@pytest.mark.parametrize(
    ("title", "initial"), [("rest", "R"), ("«άσκηση»", "Α"), ("3D scan", "3"), ("…", "")]
)
def test_the_initial_is_the_first_letter_or_digit(title, initial):
    assert initial_of(title) == initial
