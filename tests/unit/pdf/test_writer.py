"""The writer's files are whole: every object where the cross-reference table says it is."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.pdf.writer import Writer, _differences

NAME = "a clinic"


def file_of(writer: Writer, *extra: bytes) -> bytes:
    """The file with a catalogue that leads to `extra`, entries of a dictionary."""
    page = writer.reserve()
    pages = writer.add(b"<</Type/Pages/Count 1/Kids [%d 0 R]>>" % page)
    writer.put(page, b"<</Type/Page/MediaBox [0 0 9 9]/Resources<<>>/Parent %d 0 R>>" % pages)
    root = writer.add(b"<</Type/Catalog/Pages %d 0 R%s>>" % (pages, b"".join(extra)))
    return writer.finished(root=root, info=writer.add(b"<<>>"), name=NAME)


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
def test_any_number_of_objects_comes_back_under_its_number(count):
    writer = Writer()
    objects = {writer.add(b"[%d (12 0 R)]" % number): number for number in range(count)}
    streams = {writer.stream(b"%d" % number * 50): number for number in range(0, count, 7)}

    with pikepdf.open(io.BytesIO(file_of(writer))) as file:
        assert file.check_pdf_syntax() == []
        for at, number in objects.items():
            assert [str(item) for item in file.get_object(at, 0)] == [str(number), "12 0 R"]
        for at, number in streams.items():
            assert file.get_object(at, 0).read_bytes() == b"%d" % number * 50


@given(data=st.lists(st.binary(max_size=300), max_size=6), number=st.integers(0, 5))
def test_streams_come_back_as_they_were_given(data, number):
    writer = Writer()
    places = [writer.stream(item) for item in data]

    with pikepdf.open(io.BytesIO(file_of(writer))) as file:
        read = [file.get_object(place, 0).read_bytes() for place in places]
    assert read == data


def test_an_object_may_name_one_that_is_written_later():
    writer = Writer()
    first, later = writer.reserve(), writer.reserve()
    writer.put(first, b"[%d 0 R]" % later)
    writer.put(later, b"(there)")

    with pikepdf.open(io.BytesIO(file_of(writer, b"/Own %d 0 R" % first))) as file:
        assert str(file.Root.Own[0]) == "there"


def test_a_stream_is_there_once_unless_its_dictionary_differs():
    writer = Writer()
    one, same = writer.known(b"<</Length 2>>", b"ab"), writer.known(b"<</Length 2>>", b"ab")
    other = writer.known(b"<</Length 2/Own 1>>", b"ab")

    assert one == same != other
    assert file_of(writer).count(b"stream\nab\nendstream") == 2


@pytest.mark.parametrize(("data", "is_short"), [(b"ab", False), (b"ab" * 90, True)])
def test_a_stream_is_compressed_if_that_makes_it_shorter(data, is_short):
    writer = Writer()
    at = writer.stream(data, b"/Own 1")

    with pikepdf.open(io.BytesIO(file_of(writer))) as file:
        stream = file.get_object(at, 0)
        assert ("/Filter" in stream) is is_short
        assert stream.Own == 1


def test_the_identifiers_are_the_names_and_the_contents():
    files = []
    for text in (b"(one)", b"(one)", b"(two)"):
        writer = Writer()
        writer.add(text)
        files.append(file_of(writer))
    identifiers = [list(map(bytes, pikepdf.open(io.BytesIO(data)).trailer.ID)) for data in files]

    assert files[0] == files[1]
    assert identifiers[0][0] == identifiers[2][0]
    assert identifiers[0][1] != identifiers[2][1]


@given(pairs=st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1))
def test_differences_are_those_of_every_byte(pairs):
    of, to = (bytes(side) for side in zip(*pairs, strict=True))

    assert list(_differences(of, to)) == [(one - other) % 256 for one, other in pairs]
