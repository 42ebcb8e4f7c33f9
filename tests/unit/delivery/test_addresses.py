"""What people type into fields, and what somebody might try with it."""

import pytest

from brochure.delivery.addresses import domain_of, read_address, read_line, read_lines


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" maria@example.org ", "maria@example.org"),
        ("Maria@Example.ORG", "Maria@example.org"),
        ("maria@παράδειγμα.ελ", "maria@xn--hxajbheg2az3al.xn--qxam"),
        ("maria@münchen.de", "maria@xn--mnchen-3ya.de"),
        ("maria+clinic@example.org", "maria+clinic@example.org"),
    ],
)
def test_an_address_is_written_in_ascii(typed, meant):
    assert read_address(typed) == (meant, "")


@pytest.mark.parametrize(
    "typed",
    [
        "maria",
        "maria@",
        "@example.org",
        "maria@example",
        "maria@localhost",
        "a@example.org, b@example.org",
        "maria@example.org\r\nBcc: spy@example.org",
        "maria@example.org>\nX: y",
        "Maria <maria@example.org>",
        '"a b"@example.org',
        "μαρία@example.org",
        "maria@[127.0.0.1]",
        "maria@exa\u202emple.org",
        "maria@example.org\0",
    ],
)
def test_what_is_no_address_is_refused(typed):
    value, problem = read_address(typed)

    assert not value
    assert problem


def test_a_local_part_outside_ascii_is_explained():
    assert "letters a to z" in read_address("μαρία@example.org").problem


@pytest.mark.parametrize(
    "typed", ["Maria\r\nBcc: spy@example.org", "Maria\nX", "Mar\x07ia", "a\0"]
)
def test_a_name_is_one_line(typed):
    value, problem = read_line(typed)

    assert not value
    assert problem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Maria \u00a0 P. ", "Maria P."),
        ("\u202eairaM\u202c", "airaM"),
        ("\u200fمحمد\u200f", "محمد"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_marks_of_direction_and_spare_spaces_are_left_out(typed, meant):
    assert read_line(typed) == (meant, "")


def test_a_note_may_have_lines():
    assert read_lines("one\r\ntwo\tthree\r\n") == ("one\ntwo three", "")
    assert read_lines("one\x1b[31m").problem


def test_a_domain_is_what_stands_behind_the_last_at():
    assert domain_of("maria@Example.ORG") == "example.org"
