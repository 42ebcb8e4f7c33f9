"""Front matter: the YAML head of a content file, every value with its line and column.

python-frontmatter splits head from body. Values are taken from YAML's node tree as they are
written, so a title `2024` stays “2024” and `no` stays “no”; only a YAML null is empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from frontmatter.default_handlers import YAMLHandler

from brochure.content.document import Field, FrontMatter, place_in
from brochure.diagnostics import Diagnostic, Location, diagnose

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
"""YAML 1.1 takes these for line breaks (chapter 5.4), which would put every later line out."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PATTERN = "Correct this line; the other treatments show the pattern."
_JARGON = (
    ("found a tab", "A tab stands where only spaces may stand", "Write spaces instead."),
    (
        "found unexpected end of stream",
        "The quotation mark that opens here is never closed",
        "Put the same quotation mark at the end of the value.",
    ),
    (
        "cannot start any token",
        "The value begins with a character that means something else in YAML",
        "Put the value between quotation marks.",
    ),
    (
        "alias",
        "The value begins with *, which means something else in YAML",
        "Put the value between quotation marks.",
    ),
    ("could not find expected ':'", "This line has no colon after its key", _PATTERN),
    ("did not find expected", "This line does not fit the lines above it", _PATTERN),
)
"""What YAML's reader says, in plain words, and one thing to do."""
_HANDLER = YAMLHandler()
_KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "image": "image",
    "alt": "alt",
    "focus": "focus",
    "lang": "lang",
    "page_id": "page_id",
    "source_hash": "source_hash",
    "order": "order",
    "weight": "weight",
    "published": "published",
    "draft": "draft",
    "version": "version",
    "reviewed": "reviewed",
    "next_review": "next_review",
    "reviewed_by": "reviewed_by",
    "caption.title": "card_title",
    "caption.subtitle": "card_subtitle",
    "caption.thumbnail": "thumbnail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A file's two parts; `head_line` and `body_line` are the lines (from 1) they start on."""

    head: str
    head_line: int
    body: str
    body_line: int


def split(path: str, text: str) -> Split | Diagnostic:
    """Split a file into head and body; else `front-matter-missing` or `front-matter-syntax`."""
    if not _HANDLER.detect(text):
        is_late = text.lstrip().startswith("---")
        return diagnose(
            "front-matter-missing",
            place_in(path, text, 1),
            problem="The file does not start with front matter",
            cause="The lines between two --- at the top hold title, picture and language.",
            fix="Delete the empty lines above the first ---."
            if is_late
            else "Begin the file with --- and copy these lines from another treatment.",
        )
    try:
        head, body = _HANDLER.split(text)
    except ValueError:
        return diagnose(
            "front-matter-syntax",
            place_in(path, text, 1),
            problem="The front matter that starts here is never closed",
            cause="A second line --- has to stand between the front matter and the text.",
            fix="Put a line with only --- after the last key, before the text.",
        )
    body = body.lstrip("\n")
    head_at, body_at = text.index(head), len(text) - len(body)
    return Split(
        head=head,
        head_line=text.count("\n", 0, head_at) + 1,
        body=body,
        body_line=text.count("\n", 0, body_at) + 1,
    )


def read_head(path: str, text: str, parts: Split) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read the head of a file; reports every `front-matter-syntax`."""
    try:
        root = yaml.compose(parts.head.translate(_LINE_BREAKS), _LOADER)
    except yaml.MarkedYAMLError as error:
        return FrontMatter(), [_yaml_fault(path, text, parts, error)]
    reader = _Reader(path, text, parts.head_line)
    if root is not None:
        reader.read(root)
    return FrontMatter(**reader.values, sources=reader.sources), reader.faults


class _Reader:
    """Walks the node tree once, collecting known values and faults."""

    def __init__(self, path: str, text: str, head_line: int) -> None:
        self.values: dict[str, Field] = {}
        self.sources: tuple[Field, ...] = ()
        self.faults: list[Diagnostic] = []
        self._path, self._text, self._head_line = path, text, head_line

    def read(self, node: yaml.Node, prefix: str = "") -> None:
        if not isinstance(node, yaml.MappingNode):
            self._complain(node, f"Expected keys with values, found {_shown(node)}")
            return
        seen: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, "A list stands where a key is expected")
                continue
            if key.value in seen:
                first = self._line(seen[key.value])
                self._complain(key, f"The key “{key.value}” stands here and in line {first}")
            seen[key.value] = key
            self._entry(f"{prefix}{key.value}", value)

    def _entry(self, name: str, value: yaml.Node) -> None:
        if name == "caption" and not _is_null(value):
            self.read(value, "caption.")
        elif name == "sources":
            nodes = value.value if isinstance(value, yaml.SequenceNode) else (value,)
            fields = (self._field(name, node) for node in nodes)
            self.sources = tuple(item for item in fields if item)
        elif (known := _KEYS.get(name)) and (item := self._field(name, value)) is not None:
            self.values[known] = item

    def _field(self, name: str, value: yaml.Node) -> Field | None:
        if not isinstance(value, yaml.ScalarNode):
            self._complain(value, f"The key “{name}” needs one line of text")
            return None
        text = "" if _is_null(value) else " ".join(value.value.split())
        if _CONTROLS.search(text):
            self._complain(value, f"The key “{name}” holds a character that cannot be printed")
        return Field(text=text, line=self._line(value), column=value.start_mark.column + 1)

    def _line(self, node: yaml.Node) -> int:
        return int(self._head_line + node.start_mark.line)

    def _complain(self, node: yaml.Node, problem: str) -> None:
        place = place_in(self._path, self._text, self._line(node), node.start_mark.column + 1)
        self.faults.append(_syntax(place, problem))


def _is_null(node: yaml.Node) -> bool:
    return str(node.tag) == "tag:yaml.org,2002:null"


def _shown(node: yaml.Node) -> str:
    return f"“{node.value[:40]}”" if isinstance(node, yaml.ScalarNode) else "a list"


def _syntax(place: Location, problem: str, fix: str = _PATTERN) -> Diagnostic:
    return diagnose(
        "front-matter-syntax",
        place,
        problem=problem,
        cause="The front matter is YAML: one “key: value” a line, each key once.",
        fix=fix,
    )


def _yaml_fault(path: str, text: str, parts: Split, error: yaml.MarkedYAMLError) -> Diagnostic:
    found = f"{error.context} {error.problem}"
    begun_before = "end of stream" in found or "could not find expected ':'" in found
    mark = error.context_mark if begun_before else error.problem_mark or error.context_mark
    line = parts.head_line + (mark.line if mark else 0)
    column = (mark.column if mark else 0) + 1
    place = place_in(path, text, line, column)
    colon = re.fullmatch(r"(\s*[\w.]+:\s+)([^\"'\s].*:.*?)\s*", place.source_line)
    if place.source_line[column - 1 : column] == "\t":
        found = "found a tab"
    if colon and "mapping values" in found:
        quoted = colon[2].replace("\\", "\\\\").replace('"', '\\"')
        return diagnose(
            "front-matter-syntax",
            place,
            problem="The value holds a colon, so YAML takes it for another key",
            cause="A colon followed by a space separates a key from its value.",
            fix=f'Put the value between quotation marks: {colon[1].strip()} "{quoted}"',
        )
    for words, problem, fix in _JARGON:
        if words in found:
            return _syntax(place, problem, fix)
    return _syntax(place, f"The YAML cannot be read: {error.problem}")
