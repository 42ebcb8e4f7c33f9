"""What a reader's software sees of the sample clinic's brochures: names, outline, links, tags."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pymupdf
import pytest
from pikepdf import Name

from pdf import contents
from pdf.glyphs import box_of, lines
from pdf.tags import Element, Reference, is_element, kids_of, marks, parents, tag_tree

HEADING = re.compile(r"H([1-6])")
CONTENTS_PAGE, OVERVIEW_PAGE = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the brochure; the engine tags what stands on each page for itself."""

    parts: list[Element]

    def walk(self) -> Iterator[Element]:
        for part in self.parts:
            yield from part.walk()

    @property
    def heads(self) -> list[Element]:
        return [item for item in self.walk() if HEADING.fullmatch(item.tag)]

    @property
    def pages(self) -> list[int]:
        return sorted({item.page for item in self.walk() if item.page is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Brochure:
    """A finished brochure, opened by two readers, and what it was made from."""

    language: str
    file: pikepdf.Pdf
    view: pymupdf.Document
    tree: Element
    treatments: list[contents.Written]

    @property
    def sections(self) -> list[Section]:
        """Each opens with a heading of level 1; what follows without one goes on with it."""
        found: list[Section] = []
        for part in self.tree.elements:
            if not found or any(item.tag == "H1" for item in part.walk()):
                found.append(Section(parts=[]))
            found[-1].parts.append(part)
        return found

    @property
    def details(self) -> list[Section]:
        """The treatments' sections: after cover, contents and overview, before the back."""
        return self.sections[3:-1]


@pytest.fixture(scope="module", params=contents.LANGUAGES)
def brochure(request, sample):
    path = sample(request.param)
    with pikepdf.open(path) as file, pymupdf.open(path) as view:
        yield Brochure(
            language=request.param,
            file=file,
            view=view,
            tree=tag_tree(file),
            treatments=contents.treatments(request.param),
        )


def letters(text: str) -> Counter[str]:
    """The letters of a text, whatever their order: Arabic is drawn from its end."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(letter for letter in plain if letter.isalnum())


def internal_links(page: pymupdf.Page) -> list[tuple[pymupdf.Rect, int]]:
    """Every link of a page that stays in the file: its rectangle and the page it leads to."""
    return [(link["from"], link["page"]) for link in page.get_links() if "uri" not in link]


# --- metadata ------------------------------------------------------------------------------------


def test_the_file_says_what_it_is(brochure):
    facts = contents.settings()["language"][brochure.language]
    subject = contents.wording(brochure.language)["subject"]
    info = brochure.file.docinfo

    assert str(brochure.file.Root.Lang) == brochure.language
    assert str(info.Title) == f"{facts['name']} – {facts['tagline']}"
    assert str(info.Author) == facts["name"]
    assert str(info.Subject) == subject.format(clinic=facts["name"])
    assert str(info.Keywords) == ", ".join(item.title for item in brochure.treatments)


def test_the_xmp_packet_agrees_with_the_information_dictionary(brochure):
    info = brochure.file.docinfo
    xmp = brochure.file.open_metadata(set_pikepdf_as_editor=False)
    told = {
        Name.Title: xmp["dc:title"],
        Name.Author: ", ".join(xmp["dc:creator"]),
        Name.Subject: xmp["dc:description"],
        Name.Keywords: xmp["pdf:Keywords"],
        Name.Producer: xmp["pdf:Producer"],
        Name.Creator: xmp["xmp:CreatorTool"],
    }
    dates = {xmp["xmp:CreateDate"], xmp["xmp:ModifyDate"]}

    assert {key: str(info[key]) for key in told} == told
    assert dates == {"2026-11-21T00:00:00Z"}
    assert {str(info.CreationDate), str(info.ModDate)} == {"D:20261121000000Z"}
    assert list(xmp["dc:language"]) == [brochure.language]
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")


def test_it_opens_the_way_it_is_read(brochure):
    root = brochure.file.Root
    direction = Name.R2L if brochure.language == "ar" else Name.L2R

    assert root.ViewerPreferences.DisplayDocTitle
    assert root.ViewerPreferences.Direction == direction
    assert root.PageMode == Name.UseOutlines
    assert root.MarkInfo.Marked


def test_page_labels_are_the_numbers_printed_on_the_pages(brochure):
    labels = [page.label for page in brochure.file.pages]
    assert labels == [str(number + 1) for number in range(len(labels))]

    for page, label in itertools.islice(zip(brochure.view, labels, strict=True), 1, None):
        foot = [line.text for line in lines(page) if line.box.y0 > page.rect.height - 45]
        assert label in foot or page.number == len(labels) - 1


# --- outline and links ---------------------------------------------------------------------------


def test_the_outline_lists_parts_categories_and_treatments(brochure):
    words = contents.wording(brochure.language)
    facts = contents.settings()["language"][brochure.language]
    wanted = [(1, facts["name"]), (1, words["contents"]), (1, words["overview"])]
    for category, group in itertools.groupby(brochure.treatments, lambda item: item.category):
        wanted += [(1, category), *((2, item.title) for item in group)]
    wanted.append((1, words["contact"]))

    assert [(level, title) for level, title, _ in brochure.view.get_toc()] == wanted


def test_the_outline_leads_to_the_right_pages(brochure):
    toc = brochure.view.get_toc()
    targets = [page - 1 for level, _, page in toc if level == 2]
    categories = [
        (page - 1, after - 1)
        for (level, _, page), (_, _, after) in itertools.pairwise(toc)
        if level == 1 and page - 1 > OVERVIEW_PAGE
    ]

    assert targets == [section.pages[0] for section in brochure.details]
    assert all(page == after for page, after in categories)
    assert [toc[0][2], toc[1][2], toc[2][2], toc[-1][2]] == [1, 2, 3, len(brochure.view)]


def test_each_section_opens_with_its_title_on_a_new_page(brochure):
    assert len(brochure.details) == len(brochure.treatments)
    for section, treatment in zip(brochure.details, brochure.treatments, strict=True):
        title = section.heads[0]
        assert title.tag == "H1"
        assert title.text.strip()
        assert letters(title.text) <= letters(treatment.title)
        assert title.page == section.pages[0]
    for before, after in itertools.pairwise(brochure.sections):
        assert before.pages[-1] + 1 == after.pages[0]


def overview_pages(brochure: Brochure) -> list[pymupdf.Page]:
    return [brochure.view[number] for number in brochure.sections[2].pages]


def test_every_card_leads_to_the_page_whose_number_it_bears(brochure):
    targets = [section.pages[0] for section in brochure.details]
    found = []
    for page in overview_pages(brochure):
        for rect, target in internal_links(page):
            inside = [line.text for line in lines(page) if box_of(rect).holds(line.box, 2)]
            numbers = [text for text in inside if text.isdecimal()]
            assert numbers == [str(target + 1)]
            found.append(target)

    assert found == targets


def contents_entries(brochure: Brochure) -> list[Element]:
    return [item for item in brochure.sections[1].walk() if item.tag == "LI"]


def test_every_entry_of_the_contents_bears_the_number_of_its_page(brochure):
    entries = contents_entries(brochure)
    printed = [re.search(r"\d+$", entry.text)[0] for entry in entries]

    assert printed == [str(section.pages[0] + 1) for section in brochure.details]
    for entry, treatment in zip(entries, brochure.treatments, strict=True):
        assert letters(re.sub(r"\d+$", "", entry.text)) == letters(treatment.title)


def test_every_entry_of_the_contents_leads_to_its_page(brochure):
    page = brochure.view[CONTENTS_PAGE]
    targets = [target for _, target in internal_links(page)]

    assert targets == [section.pages[0] for section in brochure.details]


def test_every_section_leads_back_to_the_overview_once(brochure):
    for section in brochure.details:
        targets = [
            target
            for number in section.pages
            for _, target in internal_links(brochure.view[number])
        ]
        assert targets == [OVERVIEW_PAGE]


def test_links_lead_out_only_where_the_clinic_says_so(brochure):
    clinic = contents.settings()["clinic"]
    said = {f"mailto:{clinic['email']}", clinic["web"], clinic["booking"]}
    bodies = "\n".join(item.body for item in brochure.treatments)
    said |= set(re.findall(r"\((https?://[^)\s]+|mailto:[^)\s]+)", bodies))

    led = {link["uri"] for page in brochure.view for link in page.get_links() if "uri" in link}

    assert led
    assert {uri.rstrip("/") for uri in led} <= {uri.rstrip("/") for uri in said}


def test_every_link_is_described_and_belongs_to_one_link_element(brochure):
    links = [item for item in brochure.tree.walk() if item.tag == "Link"]
    owned = [kid.annotation for link in links for kid in link.kids if isinstance(kid, Reference)]
    annotations = [note for page in brochure.file.pages for note in page.get(Name.Annots, ())]

    assert sorted(note.objgen for note in owned) == sorted(note.objgen for note in annotations)
    assert all(note.Subtype == Name.Link and str(note.Contents) for note in annotations)
    bare = [link.text for link in links if not any(isinstance(k, Reference) for k in link.kids)]
    assert bare == []


# --- tags ----------------------------------------------------------------------------------------


def test_headings_never_skip_a_level(brochure):
    heads = [head for section in brochure.sections for head in section.heads]
    levels = [int(head.tag[1]) for head in heads]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(head.text.strip() for head in heads)


def test_every_figure_has_the_alternative_text_of_the_content(brochure):
    figures = [item for item in brochure.tree.walk() if item.tag == "Figure"]
    assert all(figure.alt and figure.alt.strip() for figure in figures)

    written = [item.alt for item in brochure.treatments]
    cards = [item.alt for item in brochure.sections[2].walk() if item.tag == "Figure"]
    details = [
        next(item.alt for item in section.walk() if item.tag == "Figure")
        for section in brochure.details
    ]
    assert cards == written
    assert details == written


KIDS = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""ISO 32000-1, tables 336 and 337."""


def test_lists_and_tables_hold_only_what_they_may(brochure):
    wrong = [
        (item.tag, kid.tag)
        for item in brochure.tree.walk()
        if item.tag in KIDS
        for kid in item.elements
        if kid.tag not in KIDS[item.tag]
    ]
    assert wrong == []
    items = [item for item in brochure.tree.walk() if item.tag == "LI"]
    assert all(Counter(kid.tag for kid in item.elements)["LBody"] == 1 for item in items)


def test_nothing_is_painted_outside_tags_and_artifacts(brochure):
    loose = [
        (number + 1, mark.operator, mark.text)
        for number, page in enumerate(brochure.file.pages)
        for mark in marks(page)
        if mark.mcid is None and not mark.is_artifact
    ]
    assert loose == []


def test_the_parent_tree_agrees_with_the_tag_tree(brochure):
    owners = parents(brochure.file)
    told = {
        (brochure.file.pages.index(page), mcid): owner.objgen
        for page in brochure.file.pages
        for mcid, owner in enumerate(owners[int(page.StructParents)])
        if is_element(owner)
    }
    held = {
        (item.page, int(kid)): item.source.objgen
        for item in brochure.tree.walk()
        for kid in kids_of(item.source)
        if isinstance(kid, int)
    }
    painted = {
        (number, mark.mcid)
        for number, page in enumerate(brochure.file.pages)
        for mark in marks(page)
        if mark.mcid is not None and not mark.is_artifact
    }

    assert told == held
    assert painted <= held.keys()
    for item in brochure.tree.walk():
        for kid in item.kids:
            if isinstance(kid, Reference):
                assert owners[int(kid.annotation.StructParent)].objgen == item.source.objgen
