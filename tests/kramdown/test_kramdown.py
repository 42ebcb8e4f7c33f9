"""What we print is what kramdown shows: the same lists, the same structure, the same words."""

import pytest

from brochure.content.markdown import render
from kramdown import documents
from kramdown.outline import list_items, outline
from kramdown.scores import SCORES, measure, table

pytestmark = pytest.mark.oracle


def by_title(cases):
    return [pytest.param(case, id=case.title) for case in cases]


def by_name(paths):
    return [pytest.param(documents.body(path), id=path.name) for path in paths]


@pytest.mark.parametrize("text", by_name(documents.seeds()))
def test_each_of_a_seeds_fifteen_items_is_in_its_place(kramdown, text):
    items = list_items(render(text))

    assert len(items) == 15
    assert items == list_items(kramdown(text))


@pytest.mark.parametrize("text", by_name([*documents.seeds(), *documents.content()]))
def test_a_content_file_looks_as_on_the_site(kramdown, text):
    assert outline(render(text)) == outline(kramdown(text))


@pytest.mark.parametrize("case", by_title(documents.list_cases()))
def test_a_list_has_kramdowns_tree_text_and_tightness(kramdown, case):
    html, expected = render(case.parts[0]), kramdown(case.parts[0])

    assert list_items(html) == list_items(expected)
    assert outline(html) == outline(expected)


@pytest.mark.parametrize("case", by_title(documents.dialect_cases()))
def test_the_rest_of_the_dialect_looks_as_on_the_site(kramdown, case):
    assert outline(render(case.parts[0])) == outline(kramdown(case.parts[0]))


@pytest.mark.parametrize("case", by_title(documents.combinations()))
def test_a_construct_inside_or_beside_another_looks_as_on_the_site(kramdown, case):
    html, expected = render(case.parts[0]), kramdown(case.parts[0])

    assert list_items(html) == list_items(expected)
    assert outline(html) == outline(expected)


@pytest.mark.parametrize("kind", documents.KINDS)
def test_generated_documents_have_kramdowns_lists(kramdown, kind):
    wrong = [
        text
        for text in documents.generated(kind)
        if list_items(render(text)) != list_items(kramdown(text))
    ]

    assert wrong == []


def test_every_construct_scores(kramdown, request):
    scores = measure(kramdown)
    request.config.stash[SCORES] = list(table(scores))

    for name, score in scores.items():
        assert score.items == score.documents, name
        # What nobody writes, and `{:.x}` where kramdown prints it, differs in one of a hundred.
        assert score.outline >= score.documents * (0.98 if "generated" in name else 1), name


def test_there_are_enough_cases():
    cases = (*documents.list_cases(), *documents.dialect_cases(), *documents.combinations())

    assert len({case.parts[0] for case in cases}) >= 300


@pytest.mark.parametrize("case", by_title(documents.deviations()))
def test_we_differ_on_purpose_only_here(kramdown, case):
    text, ours = case.parts

    assert render(text) == ours
    assert kramdown(text).split() != ours.split()
