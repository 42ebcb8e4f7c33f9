"""The rules of the house that no other tool holds."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import brochure
from brochure.assets import DEFAULTS
from brochure.languages import Wording

PACKAGE = Path(brochure.__file__).parent
TEMPLATES = DEFAULTS / "templates"

READS = {
    "api.merge",  # the list of patients
    "api.catalogues",  # the clinic's wording, to look for glyphs
    "cache",
    "production.cluster",  # fonts, to send them to workers
    "digests",  # fonts and profiles count by what is in them
    "unchanged",  # which libraries this process has loaded
    "content",  # the whole room: this is where the clinic's files come in
    "delivery.files",  # the manifest of the run before
    "founding",  # the sample that a new clinic starts from
    "wording_files",
    "pages.formats",
    "pages.gallery",
    "pages.images",
    "pdf.compiler",  # streams of the PDF in memory, which pikepdf reads by the same name
    "pdf.engine",  # which template names a faulty address
    "pdf.fetcher",
    "pdf.font_codes",  # streams of the PDF in memory, which pikepdf reads by the same name
    "pdf.opening",  # somebody's PDF
    "pdf.original",  # pages of the PDF in memory, which pikepdf reads by the same name
    "pdf.papers",
    "pdf.press",  # the printer's profile
    "pdf.sequence",  # streams of the PDF in memory, which pikepdf reads by the same name
    "pdf.shadings",  # a table of colours in memory
    "pdf.preflight.ink",  # pictures in memory
    "pdf.preflight.streams",
    "pdf.structure",
    "pdf.text_layer",  # streams of the PDF in memory, which pikepdf reads by the same name
    "printer_files",
    "delivery.outbox",
    "production.batch",  # whose log lies in the folder, and the messages to be sent from there
    "separation",  # the printer's profile
    "settings_file",
    "typefaces",
}
WRITES = {
    "cache",
    "production.cluster",  # fonts that a worker was sent
    "production.pool",  # a folder for what its processes need while they run
    "delivery.files",
    "delivery.outbox",  # the journal grows line by line, each on the disk before the next step
    "pdf.engine",  # fontconfig's temporary file
}
READING = {"read_text", "read_bytes", "open"}
WRITING = {"write_text", "write_bytes", "mkdir", "symlink_to", "touch"}
WRITING_BY_OWNER = {
    "os": {"link", "makedirs", "mkdir", "remove", "rename", "replace", "unlink"},
    "shutil": {"copy", "copyfile", "copytree", "move", "rmtree"},
    "tempfile": {"NamedTemporaryFile", "TemporaryDirectory", "mkdtemp", "mkstemp"},
}
NO_FILES = {"os", "pikepdf"}
"""Owners of an `open` that opens the null device, or bytes in memory."""


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return "content" if name.startswith("content.") else name


def disk_calls(source: str) -> set[str]:
    """`read` and `write`, if a module calls what opens, reads or changes files."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {found for call in calls if (found := disk_call(call))}


def disk_call(call: ast.Call) -> str:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    owner = getattr(getattr(call.func, "value", None), "id", "")
    modes = {item.value for item in call.args if isinstance(item, ast.Constant)}
    if name in WRITING or name in WRITING_BY_OWNER.get(owner, ()):
        return "write"
    if name not in READING or (name == "open" and owner in NO_FILES):
        return ""
    return "write" if modes & {"w", "wb", "a", "ab", "x", "xb"} else "read"


@pytest.mark.parametrize(("what", "allowed"), [("read", READS), ("write", WRITES)])
def test_only_these_modules_touch_the_disk(what, allowed):
    touching = {
        module_of(path)
        for path in PACKAGE.rglob("*.py")
        if what in disk_calls(path.read_text(encoding="utf-8"))
    }

    assert touching == allowed


SHEETS = sorted((TEMPLATES / "styles").glob("*.css"))
PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|inset)-(?:left|right)|"
    r"(?:^|[;{\s])(?:left|right)\s*:|"
    r"\b(?:float|clear|text-align|caption-side|justify-content)\s*:\s*(?:left|right)|"
    r"border-(?:top|bottom)-(?:left|right)-radius"
)
FOUR_SIDES = re.compile(r"\b(?:margin|padding|inset|border-width)\s*:\s*([^;{}]+)")


def rules(path: Path) -> str:
    """A style sheet without comments and without its @page blocks."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"{% macro.*?{% endmacro %}", "", css, flags=re.DOTALL)  # furniture of @page
    return re.sub(r"@page[^{]*{(?:[^{}]|{[^{}]*}|{{[^{}]*}})*}", "", css)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheets_know_start_and_end_but_neither_left_nor_right(path):
    assert not PHYSICAL.findall(rules(path))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_shorthands_that_name_four_sides_are_the_same_on_both(path):
    values = [
        re.sub(r"\([^()]*\)|{{.*?}}", "x", value).split()
        for value in FOUR_SIDES.findall(rules(path))
    ]

    assert [value for value in values if len(value) == 4 and value[1] != value[3]] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheets_neither_shout_nor_name_ids(path):
    css = rules(path)
    selectors = re.findall(r"([^{};]+){", re.sub(r"{{.*?}}|{%.*?%}", "", css))

    assert "!important" not in css
    assert [selector for selector in selectors if re.search(r"#[a-zA-Z]", selector)] == []


HTML = sorted(TEMPLATES.rglob("*.html"))
JINJA = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.name)
def test_a_template_has_no_words_no_styles_and_no_language_of_its_own(path):
    html = path.read_text(encoding="utf-8")
    conditions = re.findall(r"{%-?\s*(?:el)?if.*?%}|{{[^}]*\bif\b.*?}}", html)
    words = re.sub(r"<[^>]*>|&\w+;", "", JINJA.sub("", html))
    labels = re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"]*)"', JINJA.sub("", html))

    assert not re.search(r"[^\W\d_]", words)
    assert not re.search(r"[^\W\d_]", "".join(labels))
    assert not re.search(r"\sstyle\s*=", html)
    assert not [item for item in conditions if re.search(r"language|\btag\b|\blang\b", item)]


def test_every_word_is_used_and_every_word_used_is_there():
    sources = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.css"), *PACKAGE.rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    used = set(re.findall(r"\b(?:words|wording)\.(\w+)", text)) - {"toml"}
    assert used == {item.name for item in fields(Wording)}
