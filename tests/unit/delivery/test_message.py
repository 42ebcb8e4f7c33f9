"""E-mails as every mail program has to read them, whatever people are called."""

import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.delivery.addresses import read_line
from brochure.delivery.message import Attachment, Message, Party, Posting, compose

PDF = Attachment(name="rest-el.pdf", data=b"%PDF-1.7\n" + bytes(range(256)) * 20)
MOMENT = datetime.datetime(
    2026, 11, 21, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2))
)


def message(**changes) -> Message:
    values = {
        "sender": Party(address="info@tiny.example", name="Μικρή Κλινική, Λευκωσία"),
        "recipient": Party(address="maria@example.org", name="Μαρία Παπαδοπούλου"),
        "reply_to": "",
        "language": "el",
        "subject": "Πληροφορίες (Μικρή Κλινική): Ανάπαυση",
        "text": "Καλημέρα σας,\n\n.\nFrom here\n",
        "html": '<p lang="el">Καλημέρα &amp; γεια</p>\n',
        "attachments": (PDF,),
    }
    return Message(**{**values, **changes})


def read(data: bytes):
    return message_from_bytes(data, policy=policy.default)


def test_a_draft_says_so_and_has_its_parts_in_order():
    draft = read(compose(message()))

    assert draft["X-Unsent"] == "1"
    assert [part.get_content_type() for part in draft.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert not [part.defects for part in draft.walk() if part.defects]
    assert {name for name in draft if name not in ("Date", "Message-ID", "Bcc", "Cc")} == set(
        draft
    )


def test_what_is_read_is_what_was_written():
    written = message()
    draft = read(compose(written))
    plain, html = draft.get_body(("plain",)), draft.get_body(("html",))

    assert draft["Subject"] == written.subject
    assert draft["From"].addresses[0].display_name == written.sender.name
    assert draft["To"].addresses[0].addr_spec == "maria@example.org"
    assert draft["Content-Language"] == "el"
    assert plain.get_content().replace("\r\n", "\n") == written.text
    assert html.get_content().replace("\r\n", "\n") == written.html
    [attached] = draft.iter_attachments()
    assert attached.get_filename() == "rest-el.pdf"
    assert attached.get_content() == PDF.data


def test_what_is_sent_has_a_moment_and_an_id_and_is_no_draft():
    sent = read(compose(message(), Posting(message_id="0123@tiny.example", moment=MOMENT)))

    assert sent["Date"] == "Sat, 21 Nov 2026 09:30:00 +0200"
    assert sent["Message-ID"] == "<0123@tiny.example>"
    assert "X-Unsent" not in sent


def test_the_bytes_are_seven_bit_short_lines_and_always_the_same():
    data = compose(message())

    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    assert data.replace(b"\r\n", b"").find(b"\n") == -1
    assert data.replace(b"\r\n", b"").find(b"\r") == -1
    assert data == compose(message())
    assert data != compose(message(text="something else"))


def test_a_draft_to_nobody_has_no_recipient_yet():
    assert "To" not in read(compose(message(recipient=None)))


@pytest.mark.parametrize("field", ["subject", "reply_to"])
def test_a_line_break_never_becomes_a_header(field):
    with pytest.raises(ValueError, match="linefeed"):
        compose(message(**{field: "x\r\nBcc: spy@example.org"}))


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"))


@settings(max_examples=80, deadline=None)
@given(name=st.text(LETTERS, max_size=90), subject=st.text(LETTERS, max_size=200))
def test_any_name_and_any_subject_come_out_as_they_went_in(name, subject):
    name, subject = read_line(name).value, " ".join(subject.split())
    to = Party(address="maria@example.org", name=name)
    data = compose(message(recipient=to, subject=subject))
    draft = read(data)

    assert [address.addr_spec for address in draft["To"].addresses] == ["maria@example.org"]
    # Python's reader of addresses puts a space between two encoded words; its older one does not.
    to = message_from_bytes(data)["To"]
    assert name in (
        draft["To"].addresses[0].display_name,
        str(make_header(decode_header(to)))[:-20],
    )
    assert str(draft["Subject"]) == subject
    assert list(draft) == [
        "From",
        "To",
        "Subject",
        "X-Unsent",
        "Content-Language",
        "MIME-Version",
        "Content-Type",
    ]


@pytest.mark.parametrize("name", ["x\r\nBcc: spy@example.org", "x\nBcc: spy@example.org"])
def test_a_line_break_in_a_name_never_becomes_a_header(name):
    with pytest.raises(ValueError, match="CR or LF"):
        compose(message(recipient=Party(address="maria@example.org", name=name)))
