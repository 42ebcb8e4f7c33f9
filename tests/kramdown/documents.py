"""Every document that is held against kramdown: seeds, content, case files, generated ones."""

import re
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kramdown.cases import Case, read_cases

TESTS = Path(__file__).parents[1]
HERE = Path(__file__).parent
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
GENERATED = 400
KINDS = ("lists", "blocks", "text")

# The list cases are written in Latin letters and tried in the clinic's other scripts as well.
SCRIPTS = {
    "latin": {},
    "greek": {
        "one": "ένα",
        "two": "δύο",
        "three": "τρία",
        "more": "περισσότερα",
        "deep": "βαθιά",
        "text": "Κείμενο",
    },
    "arabic": {
        "one": "واحد",
        "two": "اثنان",
        "three": "ثلاثة",
        "more": "المزيد",
        "deep": "عميق",
        "text": "نص",
    },
}


def body(path: Path) -> str:
    """Return a content file without its front matter."""
    return FRONT_MATTER.sub("", path.read_text(encoding="utf-8"), count=1)


def seeds() -> list[Path]:
    """The clinic's own two files, byte for byte."""
    return sorted((TESTS / "data" / "seeds").glob("*.md"))


def content() -> list[Path]:
    """Every content file of this project."""
    return sorted((TESTS.parent / "content" / "_collections").glob("**/*.md"))


def list_cases() -> list[Case]:
    """The list cases in every script."""
    return [
        Case(f"{case.title} ({script})", (_in_script(case.parts[0], script),))
        for case in read_cases(HERE / "lists.md")
        for script in SCRIPTS
    ]


def _in_script(text: str, script: str) -> str:
    words = SCRIPTS[script]
    return re.sub(r"[a-z]+", lambda found: words.get(found[0], found[0]), text)


def dialect_cases() -> list[Case]:
    """Everything that is not lists."""
    return read_cases(HERE / "dialect.md")


def combinations() -> list[Case]:
    """One construct inside or beside another."""
    return read_cases(HERE / "combinations.md")


def deviations() -> list[Case]:
    """Where we differ from kramdown on purpose, each with our HTML."""
    return read_cases(HERE / "deviations.md")


WORDS = st.sampled_from(
    ["alpha", "βήτα", "جيم", "two words", "**bold** x", "1986", "end. ", "a\\"]
)
INDENTS = st.sampled_from(["", "", "", "  ", "  ", " ", "   ", "    ", "\t", "      ", "        "])
MARKERS = st.sampled_from(
    ["- ", "- ", "* ", "+ ", "1. ", "2. ", "10. ", "-\t", "-   ", "1.\t", "- - ", "1.  ", "-     "]
)
ITEMS = st.builds("{}{}{}".format, INDENTS, MARKERS, WORDS)
LAZY = st.builds("{}{}".format, INDENTS, WORDS)
BLANK = st.sampled_from(["", "", "  ", "\t"])
OTHER = st.sampled_from(
    """---|* * *|^|{:.x}|  {:.x}|> quote|# Heading|```|<div>x</div>|term|: definition|-|-·
- # in item|- > quote|===|1986. A""".replace("·", " ")
    .replace("\n", "|")
    .split("|")
)
LIST_DOCUMENTS = st.lists(
    st.one_of(ITEMS, ITEMS, ITEMS, LAZY, BLANK, OTHER), min_size=1, max_size=10
).map("\n".join)


# Whole blocks of every kind, put together with and without blank lines.
BLOCKS = st.sampled_from(
    [case.parts[0] for case in read_cases(HERE / "combinations.md")]
    + [case.parts[0] for case in read_cases(HERE / "lists.md")]
    + ["κείμενο", "نص", "text", "## Τίτλος", "---", "{:.x}", "^", "> λόγια", "<div>α</div>"]
)
SEPARATORS = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n"])
BLOCK_DOCUMENTS = st.lists(st.tuples(BLOCKS, SEPARATORS), min_size=2, max_size=5).map(
    lambda parts: "".join(map("".join, parts))
)

# Running text: marks and words in any order.
MARKS = (
    "* _ ` ~ [ ] ( ) < > ! ' \" - . & ** __ ~~ -- ... ](b) [r] <b> </b> <br> \\ \\* &amp;".split()
)
PIECES = st.sampled_from([*MARKS, " ", " ", "α", "ب", "word", "1986", "\n", "  \n", "<!-- c -->"])
TEXT_DOCUMENTS = st.lists(PIECES, min_size=2, max_size=14).map(
    lambda pieces: "".join(pieces) + "\n\n[r]: https://a.example\n"
)


@cache
def generated(kind: str = "lists") -> tuple[str, ...]:
    """Documents made by Hypothesis: the same ones in every run."""
    found: dict[str, None] = {}
    documents = {"lists": LIST_DOCUMENTS, "blocks": BLOCK_DOCUMENTS, "text": TEXT_DOCUMENTS}[kind]

    @settings(
        derandomize=True,
        database=None,
        max_examples=GENERATED,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents)
    def collect(text: str) -> None:
        if text.strip():
            found[text] = None

    collect()
    return tuple(found)


def all_documents() -> list[str]:
    """Everything once, for the one Ruby process."""
    texts = [body(path) for path in (*seeds(), *content())]
    cases = (*list_cases(), *dialect_cases(), *combinations(), *deviations())
    texts += [case.parts[0] for case in cases]
    texts += [text for kind in KINDS for text in generated(kind)]
    return list(dict.fromkeys(texts))
