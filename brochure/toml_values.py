"""A table of TOML structured into frozen values: every slip of the pen at once, with its line.

Unknown entries, missing ones and values of the wrong kind are found by `cattrs`; what it says is
put into plain words here, and each fault is traced back to the line that it stands on.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import GenericAlias, MappingProxyType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from brochure.diagnostics import Location

Value = TypeVar("Value")
_NOUNS = {dict: "entries with names", list: "a list", bool: "true or false"}
_SYNTAX = (
    ("Illegal character '\\n'", "the quotation mark that opens in this line is not closed"),
    ("Cannot overwrite a value", "the same entry stands twice"),
    ("Cannot declare", "the same [heading] stands twice"),
    ("Invalid value", "text between quotation marks, a number or a [list] has to follow the ="),
    ("Expected newline or end of document after a statement", "the line should end here"),
)
"""What Python's TOML reader says, in plain words."""


class Slip(NamedTuple):
    """What is wrong with an entry, and which one: the names of its tables and its own."""

    problem: str
    path: tuple[str, ...]


def structured(
    data: Mapping[str, Any],
    kind: type[Value],
    *,
    hooks: Mapping[type, Callable[[Any], Any]] = MappingProxyType({}),
) -> tuple[Value | None, tuple[Slip, ...]]:
    """Make a value of `kind` from a table; `hooks` read types that are no tables themselves.

    A hook raises `TypeError` or `ValueError` with words to follow “of the wrong kind:”.
    """
    from cattrs.errors import BaseValidationError

    converter = _converter()
    for wanted, hook in hooks.items():
        converter.register_structure_hook(wanted, lambda value, _, hook=hook: hook(value))
    try:
        return converter.structure(data, kind), ()
    except BaseValidationError as error:
        return None, tuple(_slips(error))


def _converter() -> Any:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)
    for kind, noun in (
        (str, "text between quotation marks"),
        (int, "a whole number"),
        (bool, "true or false"),
        (datetime.date, "a date such as 2026-11-21"),
    ):
        converter.register_structure_hook(kind, _strictly(kind, noun))
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook_func(_is_enum, _choice)
    for belongs, reader, shape, noun in (
        (is_dataclass, converter.gen_structure_attrs_fromdict, dict, "entries with names"),
        (_is_mapping, _mapping_reader(converter), dict, "entries with names"),
        (_is_tuple, _tuple_reader(converter), list, "a list between [ and ]"),
    ):
        converter.register_structure_hook_factory(belongs, _shaped(reader, shape, noun))
    return converter


def _strictly(kind: type, noun: str) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:  # a bool is no int, and a time of day no date
            raise TypeError(f"expected {noun}, found {shown(value)}")
        return value

    return structure


def _number(value: Any, _: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"expected a number, found {shown(value)}")
    return float(value)


def _choice(value: Any, wanted: type[Enum]) -> Enum:
    try:
        return wanted(value)
    except ValueError:
        known = ", ".join(str(item.value) for item in wanted)
        raise TypeError(f"expected one of {known}, found {shown(value)}") from None


def _is_enum(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, Enum)


def _is_mapping(wanted: Any) -> bool:
    return get_origin(wanted) is Mapping


def _is_tuple(wanted: Any) -> bool:
    return get_origin(wanted) is tuple


def _mapping_reader(converter: Any) -> Any:
    from cattrs.gen import make_mapping_structure_fn

    return lambda wanted: make_mapping_structure_fn(wanted, converter)


def _tuple_reader(converter: Any) -> Any:
    def reader(wanted: Any) -> Any:
        items = GenericAlias(list, get_args(wanted)[:1])
        read = converter.get_structure_hook(items)
        return lambda value, _: tuple(read(value, items))

    return reader


def _shaped(reader: Any, kind: type, noun: str) -> Any:
    """Hooks that look at a value's outer shape before `cattrs` looks inside."""
    check = _strictly(kind, noun)

    def factory(wanted: Any) -> Any:
        read = reader(wanted)
        return lambda value, _: read(check(value, wanted), wanted)

    return factory


def shown(value: Any) -> str:
    """A value as a sentence about it shows it."""
    return f"“{value}”" if isinstance(value, str) else _NOUNS.get(type(value), str(value))


def _slips(error: Any) -> Iterator[Slip]:
    from cattrs import transform_error

    for line in transform_error(error, format_exception=_message_of):
        message, _, dotted = line.rpartition(" @ $")
        path = tuple(re.findall(r"[\w-]+", dotted))
        yield Slip(message, path[:-1] if message.endswith("is missing") else path)


def _message_of(error: BaseException, _: type | None) -> str:
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        return f"The entry “{error.args[0]}” is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        return "\n".join(_unknown(key, error.cl) for key in sorted(error.extra_fields))
    return f"The value is of the wrong kind: {error}"


def _unknown(key: str, kind: type) -> str:
    known = [item.name for item in fields(kind)] if is_dataclass(kind) else []
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else f"; known are {', '.join(known)}"
    return f"The entry “{key}” is unknown{hint}"


class NoToml(ValueError):
    """Why bytes are no TOML, in plain words, and where."""

    def __init__(self, problem: str, line: int, column: int | None = None) -> None:
        super().__init__(problem)
        self.line, self.column = line, column


def tables_in(data: bytes) -> tuple[dict[str, Any], str]:
    """The tables of a file, and its text, with whatever marks an editor left; raises `NoToml`."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NoToml("it is not UTF-8 text; save it as UTF-8", line) from None
    except tomllib.TOMLDecodeError as error:
        raise NoToml(*syntax_problem(text, error)) from None


def syntax_problem(text: str, error: Exception) -> tuple[str, int, int]:
    """What is wrong with a file that is no TOML, in plain words, with line and column."""
    message = str(error)
    match = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(match[1]), int(match[2])) if match else (text.count("\n") + 1, 1)
    message = message.partition(" (at")[0]
    plain = next((words for start, words in _SYNTAX if message.startswith(start)), message)
    return plain, line, column


def place_at(file: str, text: str, line: int, column: int = 1) -> Location:
    """The place in `file`, whose contents are `text`."""
    lines = text.split("\n")
    source_line = lines[line - 1] if 0 < line <= len(lines) else ""
    return Location(path=file, line=line, column=column, source_line=source_line)


def place_of_slip(file: str, text: str, slip: Slip) -> Location:
    """The line of the entry that a slip is about, or that should not be there."""
    named = re.search(r"entry “([\w-]+)” is unknown", slip.problem)
    return place_of(file, text, (*slip.path, named[1]) if named else slip.path)


def place_of(file: str, text: str, path: tuple[str, ...]) -> Location:
    """Find the line of the entry `path`, for example `("clinic", "slug")`; else its table's."""
    if not path:
        return Location(path=file)
    table: tuple[str, ...] = ()
    best, best_depth = 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(r"\s*\[\[?([^\]]+)\]", line):
            table = tuple(re.findall(r"[\w-]+", header[1]))
            names = table
        elif entry := re.match(r"\s*([\w.\"-]+)\s*=", line):
            names = (*table, *re.findall(r"[\w-]+", entry[1]))
        else:
            continue
        shared = min(len(names), len(path))
        depth = shared if path[:shared] == names[:shared] else 0
        if depth > best_depth:
            best, best_depth = number, depth
    return place_at(file, text, best) if best else Location(path=file)
