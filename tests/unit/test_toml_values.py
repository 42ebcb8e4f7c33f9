"""Files of tables, as editors save them."""

import pytest

from brochure.toml_values import NoToml, tables_in

TEXT = 'a = "α"\n[b]\nc = 1\n'


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_marks_and_line_ends_of_every_editor_are_taken(mark, end):
    data = (mark + TEXT.replace("\n", end)).encode()

    assert tables_in(data) == ({"a": "α", "b": {"c": 1}}, TEXT)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (TEXT.encode("cp1253"), 1, None),
        (b"a = 1\nb = \n", 2, 5),
        (b"a = 1\na = 2\n", 2, 6),
        (b"[a", 1, 1),
    ],
)
def test_what_is_no_table_has_a_place_and_plain_words(data, line, column):
    with pytest.raises(NoToml) as error:
        tables_in(data)

    assert (error.value.line, error.value.column) == (line, column)
    assert "codec" not in str(error.value)
    assert "at line" not in str(error.value)
