import re

import pytest

from brochure.content.markdown import render
from brochure.content.sanitise import dropped_html, sanitise


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>b{}</style>b", "ab"),
        ("a<iframe src='x'>b</iframe>c", "abc"),
        ("<b onclick='x()' style='color:red' class='c' id='i'>b</b>", "<b>b</b>"),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='JAVA\nSCRIPT:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        ("<a href='file:///etc/passwd'>a</a>", "<a>a</a>"),
        (
            "<a href='#top'>a</a><a href='/x'>b</a><a href='x.html'>c</a>",
            "<a>a</a><a>b</a><a>c</a>",
        ),
        ("<a href='/x:y'>a</a>", "<a>a</a>"),
        ("<a href='https://a.example/'>a</a>", '<a href="https://a.example/">a</a>'),
        ("<a href='mailto:a@b.example'>a</a>", '<a href="mailto:a@b.example">a</a>'),
        ("<a href='tel:+357'>a</a>", '<a href="tel:+357">a</a>'),
        ("<img src='img/a.png' alt='a' onerror='x()'>", '<img src="img/a.png" alt="a">'),
        ("<img src='data:image/png,x' alt='a'>", '<img alt="a">'),
        ("<svg/onload=alert(1)><math><mi//xlink:href='data:x'>", ""),
        ("<p>a<!-- note --></p>", "<p>a</p>"),
        ("{{ 7*7 }} {% raw %}", "{{ 7*7 }} {% raw %}"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_what_may_be_printed_stays(html, kept):
    assert sanitise(html) == kept


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\n###### Two\n\nText [^1]\n\n[^1]: Note",
        "a | b\n- | -\n1 | 2",
        "*[BMI]: Body mass index\n\nBMI",
        "term\n: definition",
        "1. a\n   - b\n\n> quote\n\n---\n\n~~~\ncode\n~~~",
    ],
)
def test_nothing_that_markdown_makes_is_lost(text):
    assert words(sanitise(render(text))) == words(render(text))


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<b>bold</b> <br/> a < b <3", []),
        ("<FORM action='x'>", [("form", 5, 1)]),
        ("a\n\n b <video> and <audio>", [("video", 7, 4), ("audio", 7, 16)]),
        ("`<form>` ``<form> ` ``\n\n    <form>\n\n<!-- <form> -->", []),
        ("<https://a.example> <a@b.example>", []),
    ],
)
def test_every_tag_that_is_not_printed_is_told_where_it_stands(read, text, found):
    (document,), _ = read({"rest-en.md": f"---\ntitle: Rest\nlang: en\n---\n{text}"})

    assert [
        (fault.problem.split()[3].strip("<>"), fault.location.line, fault.location.column)
        for fault in dropped_html(document)
    ] == found


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "- [ ] a\n- [x] b",
            '<li><span class="box"></span> a</li><li><span class="box">×</span> b</li>',
        ),
        ("<input type='text'>a", "<p>a</p>"),
        ("<span class='box evil'>a</span>", "<p><span>a</span></p>"),
        ("<details><summary>a</summary>b</details>", "<div><div>a</div>b</div>"),
        ("<section dir='rtl'>a</section>", '<div dir="rtl">a</div>'),
        ("<form action='x'><label>a</label><button>b</button></form>", "ab"),
        ("a <form>b</form> c", "<p>a b c</p>"),
    ],
)
def test_what_has_another_shape_on_paper(text, html):
    printed = sanitise(render(text)).replace("\n", "")

    assert printed.removeprefix("<ul>").removesuffix("</ul>") == html


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a [b](javascript:c) ![d](data:e)", [(5, 3)]),
        ("[a](<JavaScript:b>)\n\n<a href='data:c'>d</a>", [(5, 1), (7, 4)]),
        ("`[a](javascript:b)` [a](https://javascript:1)", []),
    ],
)
def test_a_link_that_runs_something_is_told(read, text, places):
    (document,), _ = read({"rest-en.md": f"---\ntitle: Rest\nlang: en\n---\n{text}"})

    found = [fault.location for fault in dropped_html(document) if "link" in fault.problem]
    assert [(place.line, place.column) for place in found] == places


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('<iframe src="https://a.example"></iframe>\n\n<video src="a.mp4"></video>', [7]),
        ('<video><source src="https://a.example/b"><track></video>', []),
        ("- a\n\n    - <form>b</form>", [7]),
        ("a\n\n    <form>b</form>", []),
        ("<input type=checkbox> <details><summary>a</summary></details>", []),
    ],
)
def test_only_what_leaves_nothing_is_told(read, text, lines):
    (document,), _ = read({"rest-en.md": f"---\ntitle: Rest\nlang: en\n---\n{text}"})

    assert [fault.location.line for fault in dropped_html(document)] == lines
