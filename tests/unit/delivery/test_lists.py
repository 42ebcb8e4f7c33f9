"""Lists as Excel saves them in Greece, in Arab countries and elsewhere."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from brochure.delivery.encodings import Undecided, decode
from brochure.delivery.recipients import Reader, entries_of, header_names, read_date
from brochure.delivery.tables import read_table
from brochure.diagnostics import BrochureError, diagnose

GREEK = (
    "Όνομα;E-mail;Γλώσσα;Θεραπείες;Σημείωση;Ημερομηνία\r\n"
    "Μαρία Παπαδοπούλου;maria@example.org;Ελληνικά;Ανάπαυση;Καλή ανάρρωση;21/11/2026\r\n"
)
ARABIC = (
    "الاسم;البريد الإلكتروني;اللغة;العلاجات;ملاحظة;التاريخ\r\n"
    "محمد علي;ali@example.org;العربية;الراحة;شكرا;21/11/2026\r\n"
)
FRENCH = (
    "Nom;Courriel;Langue;Soins;Remarque;Date\r\n"
    "José Müller;jose@example.org;français;repos;à bientôt;21/11/2026\r\n"
)
SCRIPTS = ("Latn", "Grek", "Arab")
TREATMENTS = {"rest", "walk", "Ανάπαυση", "الراحة", "Skin, hair and nails"}


@pytest.fixture(scope="module")
def names(languages):
    return header_names(languages)


@pytest.fixture
def table(names):
    def read(data: bytes, **options):
        return read_table(data, "list.csv", scripts=SCRIPTS, headers=names.keys(), **options)

    return read


def find(name, language):
    if name in TREATMENTS:
        return name
    return diagnose("treatment-unknown", None, problem=f"no {name}", cause="none.", fix="write.")


@pytest.fixture
def read(languages, names, table):
    """The recipients of a list, and what is wrong with the other rows."""

    def recipients(text: str):
        available = [languages.find(tag) for tag in ("en", "el", "ar")]
        reader = Reader(languages, available, find, TREATMENTS)
        found = list(reader.recipients(entries_of(table(text.encode()), "list.csv", names)))
        return found, [(f.code, f.location.line, f.location.column) for f in reader.faults]

    return recipients


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((GREEK, codec) for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1253")),
        *((ARABIC, codec) for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1256")),
        *((FRENCH, codec) for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_of_excel_is_told(table, text, encoding, separator):
    text = text.replace(";", separator)
    rows = table(text.encode(encoding))

    assert [row.cells for row in rows] == [
        tuple(line.split(separator)) for line in text.strip().split("\r\n")
    ]


def test_utf_16_of_both_orders_is_told(table):
    rows = table(GREEK.encode("utf-16"))

    assert table(b"\xfe\xff" + GREEK.encode("utf-16-be")) == rows
    assert table(b"\xff\xfe" + GREEK.encode("utf-16-le")) == rows


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Μαρία Παπαδοπούλου", "cp1253"), ("محمد علي حسن", "cp1256"), ("José Müller", "cp1252")],
)
def test_plain_column_names_leave_the_letters_of_people_to_decide(name, encoding):
    text = f"Name;E-mail;Language;Treatments\n{name};a@example.org;en;rest\n"

    assert decode(text.encode(encoding), scripts=SCRIPTS, headers={"name"}) == text


@pytest.mark.parametrize("data", [b"\xc9", b"\xff\xfe\x00", b"\xd6"])
def test_what_could_be_several_encodings_is_asked_for(data):
    with pytest.raises(Undecided):
        decode(
            b"Name;E-mail\n" + data if data[:2] != b"\xff\xfe" else data,
            scripts=SCRIPTS,
            headers={"name", "e-mail"},
        )


def test_a_wrong_encoding_is_noticed_and_the_right_one_taken(table):
    with pytest.raises(BrochureError, match="not in the encoding utf-8"):
        table(GREEK.encode("cp1253"), encoding="utf-8")
    assert table("É;b".encode("cp1252"), encoding="cp1252")[0].cells == ("É", "b")


def test_rows_are_numbered_as_excel_numbers_them(table):
    rows = table(b'sep=;\r\nName;E-mail\r\n\r\n;\r\n"two\r\nlines; one cell";b\r\n  x  ;y')

    assert [(row.number, row.cells) for row in rows] == [
        (2, ("Name", "E-mail")),
        (5, ("two\r\nlines; one cell", "b")),
        (6, ("x", "y")),
    ]


def damaged(member: str, text: bytes) -> bytes:
    """A workbook, one of whose parts holds something else."""
    book, file = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(file, "w") as other:
        for name in whole.namelist():
            other.writestr(name, text if name == member else whole.read(name))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(damaged("xl/worksheets/sheet1.xml", b"<worksheet"), id="a sheet breaks off"),
        pytest.param(damaged("xl/workbook.xml", b""), id="nothing in it"),
        pytest.param(damaged("xl/styles.xml", b"<a><b></a>"), id="another part"),
        pytest.param(
            damaged(
                "xl/workbook.xml",
                b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
            ),
            id="no sheet",
        ),
        pytest.param(b"PK\3\4" + bytes(100), id="a ZIP that breaks off"),
        pytest.param(b"name,email\n" + b"x" * 200_000, id="a cell without end"),
        pytest.param(b"x" * 200_000, id="a first line without end"),
    ],
)
def test_a_damaged_list_is_refused_in_words(table, data):
    with pytest.raises(BrochureError) as error:
        table(data)

    assert [fault.code for fault in error.value.diagnostics] == ["list-unreadable"]


@pytest.mark.parametrize("encoding", ["idna", "undefined", "hex", "utf-9"])
def test_no_name_of_an_encoding_ends_in_a_traceback(table, encoding):
    with pytest.raises(BrochureError):
        table("Όνομα".encode(), encoding=encoding)


def test_a_workbook_gives_values_days_and_whole_numbers(table):
    book = openpyxl.Workbook()
    book.active.append(["E-mail", "Date", "Treatments", "Note"])
    book.active.append([])
    book.active.append(["a@example.org", datetime.datetime(2026, 11, 21), 12.0, "=1+1"])
    file = io.BytesIO()
    book.save(file)

    rows = table(file.getvalue())

    assert [(row.number, row.cells) for row in rows] == [
        (1, ("E-mail", "Date", "Treatments", "Note")),
        (3, ("a@example.org", "2026-11-21", "12", "")),
    ]


@pytest.mark.parametrize("text", [GREEK, GREEK.lower(), GREEK.upper().replace("MARIA@", "maria@")])
def test_columns_and_languages_are_known_in_any_language_and_case(read, text):
    text = text.replace("ΑΝΆΠΑΥΣΗ", "Ανάπαυση").replace("ανάπαυση", "Ανάπαυση")
    [found], faults = read(text)

    assert not faults
    assert found.language.tag == "el"
    assert found.date == datetime.date(2026, 11, 21)
    assert found.treatments == ("Ανάπαυση",)


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("rest", ("rest",)),
        ("rest, walk", ("rest", "walk")),
        ('"rest; walk"', ("rest", "walk")),
        ("rest|walk|rest", ("rest", "walk")),
        ('"rest\nwalk"', ("rest", "walk")),
        ("Skin, hair and nails", ("Skin, hair and nails",)),
    ],
)
def test_treatments_may_be_separated_as_people_do_it(read, cell, keys):
    [found], faults = read(f"e-mail;language;treatments\na@example.org;en;{cell}\n")

    assert (found.treatments, faults) == (keys, [])


def test_every_fault_of_every_row_is_reported_with_row_and_column(read):
    found, faults = read(
        "name;e-mail;language;treatments;note;date\n"
        "A;a@example.org;en;rest;;\n"
        "\n"
        "=B;b@example;xx;;@x;31/2/2026\n"
        "C;c@example.org;fr;rest;;\n"
        "D;d@example.org;en;rest,nothing;;\n"
        '"E\nF";e@example.org;en;rest;;\n'
        "A;A@EXAMPLE.org;el;rest;;\n"
        "A;a@example.org;en;walk;;\n"
    )

    assert [item.row for item in found] == [2, 9]
    assert faults == [
        ("list-row", 4, 2),
        ("list-row", 4, 1),
        ("list-row", 4, 5),
        ("list-row", 4, 6),
        ("list-row", 4, 3),
        ("list-row", 5, 3),
        ("list-row", 6, 4),
        ("list-row", 7, 1),
        ("list-repeated", 8, 2),
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_repeated"),
    [
        ("rest,walk;2026-11-21", "walk;2026-11-21", True),
        ("rest;2026-11-21", "rest;", True),
        ("rest;", "walk,rest;2026-11-21", True),
        ("rest;2026-11-21", "rest;2026-11-22", False),
        ("rest;2026-11-21", "walk;2026-11-21", False),
    ],
)
def test_nobody_gets_a_handout_twice_on_one_day(read, one, other, is_repeated):
    found, faults = read(
        f"e-mail;language;treatments;date\na@example.org;en;{one}\nA@example.org;el;{other}\n"
    )

    assert [item.row for item in found] == ([2] if is_repeated else [2, 3])
    assert faults == ([("list-repeated", 3, 1)] if is_repeated else [])


def test_no_fault_repeats_what_a_cell_says(languages, names, table):
    text = "name;e-mail;language;treatments;note\n=Secret;secret@;secret;secret;=secret\n"
    reader = Reader(languages, [languages.find("en")], find)
    list(reader.recipients(entries_of(table(text.encode()), "list.csv", names)))

    said = " ".join(f"{fault.problem} {fault.cause} {fault.fix}" for fault in reader.faults)
    assert len(reader.faults) == 4
    assert "secret" not in said.lower()


def test_it_is_the_same_e_mail_whatever_order_and_case(read):
    head = "e-mail;language;treatments;date\n"
    [one], _ = read(head + "a@example.org;en;rest,walk;2026-11-21\n")
    [other], _ = read(head + "A@Example.org;English;walk,rest;21.11.2026\n")
    [later], _ = read(head + "a@example.org;en;rest,walk;2026-11-22\n")

    assert one.identity == other.identity != later.identity


@pytest.mark.parametrize("typed", ["2026-11-21", "21/11/2026", "21.11.2026", "21-11-2026"])
def test_days_are_read_as_people_write_them(typed):
    assert read_date(typed) == datetime.date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["11/21/2026", "31/02/2026", "21/11/26", "tomorrow"])
def test_what_is_no_day_is_none(typed):
    assert read_date(typed) is None
