import pytest

from brochure.content.liquid import dropped_liquid, without_liquid


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a {{ b }} c", "a  c"),
        ("a {%- if b -%}c{% endif %}", "a c"),
        ("{% raw %}a{% endraw %}", "a"),
        ("{% comment %}a\nb{% endcomment %}c", "c"),
        ("{{ site.baseurl }}/a.png", "/a.png"),
        ("{{ site.url }}{{site.baseurl}}/a.png", "/a.png"),
        ("{{ '/a.png' | relative_url }}", "/a.png"),
        ('{{ "/a.png" | prepend: site.baseurl }}', "/a.png"),
        ('{{ site.baseurl | append: "/a.png" }}', "/a.png"),
        ("{% youtube ab-C_1 %}", '<iframe src="https://www.youtube.com/embed/ab-C_1"></iframe>'),
        (
            '{% include vimeo.html id="12" %}',
            '<iframe src="https://player.vimeo.com/video/12"></iframe>',
        ),
        ("{% not closed {{ nor this", "{% not closed {{ nor this"),
        ("100 % { } %}", "100 % { } %}"),
    ],
)
def test_what_stays_of_a_tag(text, left):
    assert without_liquid(text) == left


def test_every_dropped_tag_is_told_where_it_stands(read):
    text = 'a {% if b %}\n\n{{ site.url }} {{ "x" }} {% raw %} c {% endraw %}{{ d | e }}'
    (document,), _ = read({"rest-en.md": f"---\ntitle: Rest\nlang: en\n---\n{text}"})

    assert [
        (fault.location.line, fault.location.column, fault.problem)
        for fault in dropped_liquid(document)
    ] == [
        (5, 3, "The Liquid tag {% if b %} is not printed"),
        (7, 50, "The Liquid tag {{ d | e }} is not printed"),
    ]
