"""A list of patients as entries: which column is which, and what each row asks for.

No diagnostic repeats what a cell says: it names the row and the column, so that faults can be
shown, logged and passed on without telling anybody who the patients are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from brochure.delivery.addresses import Typed, read_address, read_line, read_lines
from brochure.delivery.tables import Row
from brochure.diagnostics import BrochureError, Diagnostic, Location, diagnose
from brochure.languages import Columns, Language, Languages, plain

NEEDED = ("email", "language", "treatments")
_SEPARATORS = re.compile(r"[;|\n]")
_FORMULA = re.compile(r"[=@#]")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

_UNFOUND = {
    "treatment-unknown": "Treatment {} of the cell is not known",
    "treatment-ambiguous": "Treatment {} of the cell fits more than one",
}
"""What is said in place of words that repeat the cell."""

FindTreatment = Callable[[str, Language], str | Diagnostic]
"""The key of the treatment that a text names in a language, or what is wrong with the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the list: the cells that have a known column, and where each column stands."""

    path: str
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, key: str) -> Location:
        """Where a cell is, for a diagnostic."""
        return Location(path=self.path, line=self.row, column=self.columns.get(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One e-mail as the list asks for it; `treatments` are keys, in the list's order."""

    row: int
    address: str
    name: str
    language: Language
    treatments: tuple[str, ...]
    note: str
    date: datetime.date | None

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same e-mail again: whom, what, in which language and for which day."""
        day = self.date.isoformat() if self.date else ""
        return (self.address.casefold(), self.language.tag, day, *sorted(self.treatments))

    def may_meet(self, other: Recipient) -> bool:
        """Whether both may be sent on one day: without a date, it is any."""
        return self.date == other.date or None in (self.date, other.date)


def header_names(languages: Languages) -> dict[str, str]:
    """Every name of a column in every language, in `plain` form, and the column it means."""
    return {
        plain(name): item.name
        for language in languages.known
        for item in fields(Columns)
        for name in getattr(language.columns, item.name)
    }


def entries_of(rows: Sequence[Row], path: str, names: Mapping[str, str]) -> tuple[Entry, ...]:
    """The rows below the heading; raises `BrochureError` with every `list-columns`."""
    heading = rows[0] if rows else Row(number=1, cells=())
    found = [(names[plain(c)], i) for i, c in enumerate(heading.cells) if plain(c) in names]
    columns = {key: index + 1 for key, index in reversed(found)}
    repeated = sorted({key for key, _ in found if [other for other, _ in found].count(key) > 1})
    faults = [
        *(
            _column_fault(path, heading.number, key, "is missing")
            for key in NEEDED
            if key not in columns
        ),
        *(_column_fault(path, heading.number, key, "is there twice") for key in repeated),
    ]
    if faults:
        raise BrochureError(faults)
    return tuple(
        Entry(
            path=path,
            row=row.number,
            cells={
                key: row.cells[column - 1]
                for key, column in columns.items()
                if column <= len(row.cells)
            },
            columns=columns,
        )
        for row in rows[1:]
    )


def _column_fault(path: str, row: int, key: str, problem: str) -> Diagnostic:
    return diagnose(
        "list-columns",
        Location(path=path, line=row),
        problem=f"The column “{key}” {problem}",
        cause="The first row names the columns, in any language that brochure knows: "
        "name, e-mail, language, treatments, note, date. E-mail, language and treatments "
        "are needed.",
        fix="Correct the first row of the list.",
    )


class Reader:
    """Turns entries into recipients and keeps every fault on the way."""

    def __init__(
        self,
        languages: Languages,
        available: Sequence[Language],
        find: FindTreatment,
        titles: Iterable[str] = (),
    ) -> None:
        self._languages = languages
        self._available = {language.tag: language for language in available}
        self._find = find
        self._with_commas = [plain(title) for title in titles if "," in title]
        self.faults: list[Diagnostic] = []

    def recipients(self, entries: Iterable[Entry]) -> Iterator[Recipient]:
        """The entries that are right; nobody gets a handout twice on one day."""
        given: dict[tuple[str, str], list[Recipient]] = {}
        for entry in entries:
            recipient = self._recipient(entry)
            if recipient is None:
                continue
            keys = [(recipient.address.casefold(), key) for key in recipient.treatments]
            earlier = (other for key in keys for other in given.get(key, ()))
            same = next((other for other in earlier if recipient.may_meet(other)), None)
            if same:
                self.faults.append(_repeated(entry, same.row))
                continue
            for key in keys:
                given.setdefault(key, []).append(recipient)
            yield recipient

    def _recipient(self, entry: Entry) -> Recipient | None:
        before = len(self.faults)
        address = self._read(entry, "email", read_address)
        name = self._read(entry, "name", read_line)
        note = self._read(entry, "note", read_lines)
        date = self._date(entry)
        language = self._language(entry)
        treatments = self._treatments(entry, language) if language else ()
        if language is None or len(self.faults) > before:
            return None
        return Recipient(
            row=entry.row,
            address=address,
            name=name,
            language=language,
            treatments=treatments,
            note=note,
            date=date,
        )

    def _cell(self, entry: Entry, key: str) -> str:
        """A cell's text; reports one that is needed and empty, and one that is a formula."""
        text = entry.cells.get(key, "").strip()
        if not text and key in NEEDED:
            self._fault(entry, key, "The cell is empty", "Fill it in, or take out the row.")
        elif _FORMULA.match(text):
            self._fault(
                entry, key, "The cell holds a formula or an error", "Type the text itself into it."
            )
            return ""
        return text

    def _read(self, entry: Entry, key: str, read: Callable[[str], Typed]) -> str:
        text = self._cell(entry, key)
        typed = read(text) if text else Typed("")
        if typed.problem:
            self._fault(entry, key, typed.problem, "Type this cell anew.")
        return typed.value

    def _date(self, entry: Entry) -> datetime.date | None:
        text = self._cell(entry, "date")
        if not text:
            return None
        date = read_date(text)
        if date is None:
            self._fault(
                entry, "date", "This is not a day", "Write it as 2026-11-21 or 21/11/2026."
            )
        return date

    def _language(self, entry: Entry) -> Language | None:
        text = self._cell(entry, "language")
        if not text:
            return None
        named = self._languages.named(text)
        found = self._available.get(named.tag) if named else None
        if found is None:
            known = ", ".join(f"{tag} ({item.own_name})" for tag, item in self._available.items())
            self._fault(
                entry, "language", "This is none of our languages", f"Write one of {known}."
            )
        return found

    def _treatments(self, entry: Entry, language: Language) -> tuple[str, ...]:
        text = self._cell(entry, "treatments")
        keys: list[str] = []
        for position, wanted in enumerate(self._split(text, language), start=1):
            found = self._find(wanted, language)
            if isinstance(found, Diagnostic):
                problem = _UNFOUND.get(found.code, found.problem).format(position)
                self._fault(entry, "treatments", problem, f"{found.cause} {found.fix}")
            else:
                keys.append(found)
        return tuple(dict.fromkeys(keys))

    def _split(self, text: str, language: Language) -> list[str]:
        """At semicolons, strokes and line ends; at commas too, unless a title has them."""
        parts = [part.strip() for part in _SEPARATORS.split(text)]
        names = [
            name
            for part in parts
            for name in ([part] if self._is_title(part, language) else part.split(","))
        ]
        return [name.strip() for name in names if name.strip()]

    def _is_title(self, part: str, language: Language) -> bool:
        """Whether a text is a treatment as it stands, commas and all."""
        is_in_one = any(plain(part) in title for title in self._with_commas)
        return is_in_one and not isinstance(self._find(part, language), Diagnostic)

    def _fault(self, entry: Entry, key: str, problem: str, fix: str) -> None:
        self.faults.append(
            diagnose(
                "list-row",
                entry.place(key),
                problem=f"Row {entry.row}, column “{key}”: {problem}",
                cause="Every row is checked before the first e-mail is written.",
                fix=fix,
            )
        )


def read_date(text: str) -> datetime.date | None:
    """A day as 2026-11-21, 21/11/2026, 21.11.2026 or 21-11-2026."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _repeated(entry: Entry, first: int) -> Diagnostic:
    return diagnose(
        "list-repeated",
        entry.place("email"),
        problem=f"Row {entry.row} gives an address a handout that row {first} gives it too",
        cause="Nobody gets the same handout twice on one day; a row without a date is for any.",
        fix="Take the treatment, or the whole row, out of one of the two.",
    )
