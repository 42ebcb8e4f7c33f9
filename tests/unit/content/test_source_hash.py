"""One line of a translation changes, and not a byte more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.content.source_hash import with_source_hash

HASH = "0123456789abcdef0123456789abcdef"
DIGEST = HASH.encode()
LINE = b"source_hash: " + DIGEST
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"---\ntitle: A\n---\nB", b"---\ntitle: A\n" + LINE + b"\n---\nB"),
        (b"---\ntitle: A\n---", b"---\ntitle: A\n" + LINE + b"\n---"),
        (b"---\r\ntitle: A\r\n---\r\nB", b"---\r\ntitle: A\r\n" + LINE + b"\r\n---\r\nB"),
        (b"---\rtitle: A\r---\rB\r", b"---\rtitle: A\r" + LINE + b"\r---\rB\r"),
        (BOM + b"---\ntitle: A\n---\nB", BOM + b"---\ntitle: A\n" + LINE + b"\n---\nB"),
        (b"---\n\ntitle: A\n\n---\nB", b"---\n\ntitle: A\n\n" + LINE + b"\n---\nB"),
        (b"---\n  title: A\n---\nB", b"---\n  title: A\n  " + LINE + b"\n---\nB"),
        (
            b"---\nsource_hash: old # note\ntitle: A\n---\nsource_hash: text",
            b"---\n" + LINE + b" # note\ntitle: A\n---\nsource_hash: text",
        ),
        (b"---\nsource_hash:\n---\nB", b"---\n" + LINE + b"\n---\nB"),
        (b"---\nsource_hash: \t\n---\nB", b"---\nsource_hash: \t" + DIGEST + b"\n---\nB"),
        (b'---\n"source_hash" :  "old"\n---\nB', b'---\n"source_hash" :  ' + DIGEST + b"\n---\nB"),
        (b"---\nsource_hash: 'old'#x\n---\n", None),
        (b"---\nsource_hash: >\n  old\n---\nB", None),
        (b"---\nsource_hash: a b\n---\nB", None),
        (b"---\n{title: A}\n---\nB", None),
        (b"---\ntitle: A\n", None),
        (b"title: A\n", None),
        (b"", None),
    ],
)  # fmt: skip
def test_the_line_is_written_in_the_files_own_manner(before, after):
    assert with_source_hash(before, HASH) == after


KEYS = st.sampled_from(
    ["title: Α", "alt: 'x: y'", "# note", "", "caption:\n  title: أ", "lang: el"]
)
HEADS = st.lists(KEYS, unique=True, max_size=6)
OLD = st.sampled_from([None, "source_hash:", "source_hash: old", "source_hash:  'o' # why"])
BODIES = st.text(st.sampled_from("ab \n\t-#:αب"), max_size=40)


@given(
    head=HEADS,
    old=OLD,
    at=st.integers(0, 6),
    body=BODIES,
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from([b"", BOM]),
)
def test_all_other_bytes_are_equal_and_a_second_stamp_changes_nothing(
    head, old, at, body, newline, mark
):
    lines = [*head[:at], *([old] if old is not None else []), *head[at:]]
    text = "\n".join(["---", *lines, "---", body]).replace("\n", newline)
    before = mark + text.encode()

    after = with_source_hash(before, HASH)

    assert after is not None
    assert without_the_line(after) == without_the_line(before)
    assert with_source_hash(after, HASH) == after
    assert after.count(HASH.encode()) == 1


def without_the_line(data: bytes) -> bytes:
    return re.sub(rb"source_hash:[^\r\n]*(\r\n|\r|\n)", b"", data, count=1)


@given(st.binary(max_size=60).map(lambda data: b"---\n" + data))
def test_no_bytes_make_it_fail(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    after = with_source_hash(data, HASH)

    assert after is None or HASH.encode() in after
