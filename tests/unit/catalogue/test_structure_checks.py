"""Headings, links and lists; how it reads stands in tests/faults."""

import pytest

from brochure.catalogue.structure_checks import check_lists, check_structure, list_signature
from brochure.content.outline import outline_of


@pytest.fixture
def documents(read):
    def made(*bodies: str):
        names = ("a-en.md", "a-fr.md")
        texts = {
            name: f"---\ntitle: x\n---\n{body}" for name, body in zip(names, bodies, strict=False)
        }
        return read(texts)[0]

    return made


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("", ["body-empty"]),
        ("<!-- later -->\n{:.x}\n&nbsp;", ["body-empty"]),
        ("{:.x}\ntext", []),
        ("![](a.png)", []),
        ("### a\n\n#### b\n\n### c", []),
        ("## a\n\n#### b", ["heading-jump"]),
        ("a\n===\n\n### b", ["heading-jump"]),
        ("## a\n\n```\n#### b\n```", []),
        ("[https://a.example](https://a.example)", ["link-bare"]),
        ("<a href='https://a.example'>www.a.example</a>", ["link-bare"]),
        ("<https://a.example>", ["link-bare"]),
        ("`<https://a.example>`", []),
        ("<https://doi.org/10.1000/1> https://a.example [a](https://a.example)", []),
    ],
)
def test_structure(documents, body, codes):
    (document,) = documents(body)

    assert [fault.code for fault in check_structure(document)] == codes


@pytest.mark.parametrize(
    ("source", "translation", "lines"),
    [
        ("- a\n- b\n", "* a\n* b\n", []),
        ("x\n- a\n- b\n", "x\n\n- a\n\n- b\n", []),
        ("- a\n  - b\n", "- a\n\n    - b\n", []),
        ("- a\n- b\n- c\n", "- a\n- b\n", [4]),
        ("- a\n  - b\n  - c\n", "- a\n  - b\n", [5]),
        ("- a\n  - b\n", "- a\n- b\n", [4]),
        ("- a\n\nx\n\n- b\n", "- a\n\nx\n", [4]),
        ("- a\n", "- a\n\nx\n\n1. b\n2. c\n", [8]),
        ("- a\n- b\n\nx\n\n- c\n", "x\n\n- c\n", [4]),
    ],
)
def test_lists_against_their_source(documents, source, translation, lines):
    english, french = documents(source, translation)
    faults = list(check_lists(french, english))

    assert [fault.location.line for fault in faults] == lines
    assert all(fault.code == "list-differs" for fault in faults)


def test_both_files_are_named_with_their_lines(documents):
    english, french = documents("x\n\n- a\n- b\n", "- a\n")
    (fault,) = check_lists(french, english)

    assert fault.problem == f"This list has 1 item; in {english.path}, line 6, it has 2 items"
    assert (fault.location.path, fault.location.line) == (french.path, 4)


@pytest.mark.parametrize("body", ["- a\n\n- b\n", "- a\n- b\n", "text\n- a\n- b\n"])
def test_an_equal_signature_means_equal_lists(body):
    other = body.replace("a", "α").replace("b", "β")

    assert list_signature(body) == list_signature(other)
    assert len(outline_of(body).lists[0].items) == 2
