"""Two brochures in one file, page by page, and what a file loses when its pages are rearranged.

ISO 15930-7 lets a file have one PDF/X output intent: the first brochure's stays, and the other
has to be made for the same press. Identifiers derive from the bytes of both.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.pdf.imposition import Slots
from brochure.pdf.metadata import identifier
from brochure.pdf.opening import opened
from brochure.pdf.original import Original

_KEPT = frozenset({"/Type", "/Pages", "/Lang", "/Metadata", "/OCProperties", "/OutputIntents"})
"""What a catalogue keeps: all else speaks of pages, links or tags that are gone."""
_OF_A_PAGE = frozenset(
    "/Type /Parent /Resources /Contents /Group /Rotate /UserUnit "
    "/MediaBox /CropBox /BleedBox /TrimBox /ArtBox".split()
)
_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfaExtension:schemas")


def bind_together(
    first: Original, second: Original, slots: Slots, *, labels: Sequence[str], title: str
) -> bytes:
    """One file of the pages of both, in the order of `slots`, blank where it says `None`.

    The pages of `second` are counted on from those of `first`; `labels` names each page so
    counted, as viewers show it. Boxes and contents of the pages stay as they are.
    """
    with opened(first.data, first.name) as file, opened(second.data, second.name) as other:
        for page in (*file.pages, *other.pages):
            _keep(page.obj, _OF_A_PAGE)
        file.pages.extend(other.pages)
        bound = list(file.pages)
        for slot in slots:
            file.pages.append(_blank_like(bound[0]) if slot is None else bound[slot])
        del file.pages[: len(bound)]
        prune(file)
        file.docinfo[Name.Title] = String(title)
        _rename(file, title, first.data + second.data)
        file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=Name.L2R)
        file.Root.PageLayout = Name.TwoPageRight
        file.Root.PageLabels = Dictionary(Nums=_labels(slots, labels))
        return saved(file)


def _blank_like(page: pikepdf.Page) -> pikepdf.Page:
    boxes = {name: box for name, box in page.obj.items() if str(name).endswith("Box")}
    return pikepdf.Page(Dictionary({"/Type": Name.Page, "/Resources": Dictionary(), **boxes}))


def _labels(slots: Slots, labels: Sequence[str]) -> Array:
    """A label for each page, since numbers that count down have no style of their own (12.4.2)."""
    nums = Array()
    for place, slot in enumerate(slots):
        nums.append(place)
        nums.append(Dictionary(P=String("–" if slot is None else labels[slot])))
    return nums


def prune(file: pikepdf.Pdf) -> None:
    """Leave out of the catalogue and the metadata what the new pages do not keep."""
    _keep(file.Root, _KEPT)
    if Name.Metadata not in file.Root:
        return
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in _CLAIMS:
            if claim in metadata:
                del metadata[claim]


def _keep(dictionary: pikepdf.Object, names: Iterable[str]) -> None:
    for name in [name for name in dictionary.keys() if name not in names]:  # noqa: SIM118
        del dictionary[name]


def _rename(file: pikepdf.Pdf, title: str, content: bytes) -> None:
    """Give the file's XMP its title and, where it has identifiers, ones of its own."""
    if Name.Metadata not in file.Root:
        return
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        for name in ("xmpMM:DocumentID", "xmpMM:InstanceID"):
            if name in metadata:
                metadata[name] = f"uuid:{identifier(content, name.encode())}"


def saved(file: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same on every run."""
    output = io.BytesIO()
    file.save(
        output,
        deterministic_id=True,
        encryption=False,
    )
    return output.getvalue()
