"""Which files are one treatment: names first, `page_id` second, the mapping above both."""

import pytest

from brochure.catalogue.grouping import group_documents, with_sections


def text(lang: str = "en", page_id: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: T\nlang: {lang}\npage_id: {page_id}\n---\n{body}\n"


@pytest.fixture
def group(read):
    """Keys with the names of their files, and the codes of the faults."""

    def group_them(texts: dict[str, str], **mapping: list[str]):
        documents, _ = read(texts)
        groups, faults = group_documents(
            documents, {key.replace("__", "/"): files for key, files in mapping.items()}
        )
        names = {
            item.key: [document.path.rpartition("/")[2] for document in item.documents]
            for item in groups
        }
        return names, [fault.code for fault in faults]

    return group_them


def test_names_tie_files_together_and_page_id_does_not_part_them(group):
    names, codes = group(
        {
            "1-a-en.md": text(page_id="a"),
            "1-a-gr.md": text("gr", "a"),
            "1-a-ar.md": text("ar", "a2"),
        }
    )

    assert names == {"care/a": ["1-a-ar.md", "1-a-en.md", "1-a-gr.md"]}
    assert codes == ["page-id-differs"]


def test_page_id_joins_files_whose_names_differ(group):
    names, codes = group({"1-a-en.md": text(page_id="x"), "1-b-gr.md": text("gr", "x")})

    assert names == {"care/a": ["1-a-en.md", "1-b-gr.md"]}
    assert codes == []


def test_page_id_that_two_treatments_share_joins_nothing_and_is_named(group):
    names, codes = group({"1-a-en.md": text(page_id="x"), "2-b-en.md": text(page_id="x")})

    assert names == {"care/a": ["1-a-en.md"], "care/b": ["2-b-en.md"]}
    assert codes == ["page-id-repeated"]


def test_page_id_joins_nothing_across_categories(group):
    names, _ = group({"1-a-en.md": text(page_id="x"), "../_spa/1-b-gr.md": text("gr", "x")})

    assert list(names) == ["care/a", "spa/b"]


def test_the_mapping_overrides_names_and_page_id(group):
    names, codes = group(
        {
            "1-a-en.md": text(page_id="x"),
            "9-z-gr.md": text("gr", "y"),
            "1-a-ar.md": text("ar", "x"),
        },
        care__a=["1-a-en.md", "9-z-gr.md"],
    )

    assert names["care/a"] == ["1-a-ar.md", "1-a-en.md", "9-z-gr.md"]
    assert codes == ["page-id-differs"]


def test_two_files_for_one_language_print_once(group):
    names, codes = group({"1-a-en.md": text(), "2-a-en.md": text()})

    assert names == {"care/a": ["1-a-en.md"]}
    assert codes == ["treatment-duplicate"]


@pytest.mark.parametrize(
    ("page_ids", "bodies", "sections"),
    [
        (("x", "x"), ("One.", "Two."), ["care/a", "care/a"]),
        (("", ""), ("One.", "One."), ["care/a", "care/a"]),
        (("x", "y"), ("One.", "Two."), ["care/a", "spa/a"]),
    ],
)
def test_the_same_treatment_in_two_categories_has_one_section(read, page_ids, bodies, sections):
    documents, _ = read(
        {
            "1-a-en.md": text(page_id=page_ids[0], body=bodies[0]),
            "../_spa/1-a-en.md": text(page_id=page_ids[1], body=bodies[1]),
        }
    )
    groups, _ = group_documents(documents, {})

    assert [item.section for item in with_sections(groups)] == sections
