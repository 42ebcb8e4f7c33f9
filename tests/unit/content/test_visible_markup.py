import pytest

from brochure.content.visible_markup import visible_markup
from kramdown import documents


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**a** *b* __c__ [d](https://e.example) it\\'s {: #x}", []),
        ("a\n{:.b}\n\n- {:.c} d\n\n***\n\n* * *", []),
        ("`**a**` ``](``\n\n    {:.b} \\'", []),
        ("**α:**β **γ**\n\n<b>**δ**</b>", []),
        ("a **b ** c", [("**", 5, 3)]),
        ("**a\n\nb**", [("**", 5, 1), ("**", 7, 2)]),
        ("[a](b", [("](", 5, 3)]),
        ("<div>**a**</div>\n\nb\n\n<div>{:.c}</div>", [("**", 5, 6), ("{:", 9, 6)]),
        ("`**a**`\n\n- **b **\n", [("**", 7, 3)]),
        ("<p>it\\'s</p>", [("\\'", 5, 6)]),
    ],
)
def test_every_mark_that_a_page_would_show_is_told(read, text, found):
    (document,), _ = read({"rest-en.md": f"---\ntitle: Rest\nlang: en\n---\n{text}"})

    assert [
        (fault.problem.split()[-1], fault.location.line, fault.location.column)
        for fault in visible_markup(document)
    ] == found


def test_titles_count(read):
    (document,), _ = read({"rest-en.md": "---\ntitle: a **b**\nlang: en\n---\n"})

    (fault,) = visible_markup(document)

    assert fault.location.line == 2


@pytest.mark.parametrize(
    "path", [*documents.seeds(), *documents.content()], ids=lambda path: path.name
)
def test_no_text_of_ours_shows_any(read, path):
    text = path.read_text(encoding="utf-8")
    (document,), _ = read({path.name: text})

    assert list(visible_markup(document)) == []
