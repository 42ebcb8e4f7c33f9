"""A PDF that somebody wants to print in another arrangement: how many pages, how large, how bound.

Works for any file: a page is as large as its TrimBox, which is its CropBox and that its MediaBox
where there is none (ISO 32000-2, 14.11.2), turned by `Rotate` and enlarged by `UserUnit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Rectangle

from brochure.diagnostics import BrochureError, Location, diagnose
from brochure.languages import Direction, direction_of
from brochure.measures import Size, pt_to_mm
from brochure.pdf.imposition import Binding
from brochure.pdf.opening import opened

_SAME_MM = 0.5
"""Pages that differ by less were meant to be of one size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A readable PDF whose pages are all of one size.

    `name` is how people know it. `bleed_mm` is how far every page runs past its trim on every
    side; `language` is its BCP 47 tag and `press` what its PDF/X output intent is made for, each
    empty if it names none.
    """

    name: str
    data: bytes
    count: int
    page: Size
    bleed_mm: float
    binding: Binding
    language: str
    press: str
    title: str


def read_original(data: bytes, name: str, binding: Binding | None = None) -> Original:
    """Look into a PDF; `binding` overrules what the file says of itself.

    Raises `BrochureError` with `pdf-unreadable` or `booklet-refused`.
    """
    with opened(data, name) as file:
        return _original(file, data, name, binding)


def _original(file: pikepdf.Pdf, data: bytes, name: str, binding: Binding | None) -> Original:
    forms = [as_form(page) for page in file.pages]
    for form in forms:
        form.stream.read_bytes()  # so that damage shows here and not on the sheets
    sizes = [form.size for form in forms]
    if any(min(size.width_mm, size.height_mm) <= 0 for size in sizes):
        raise ValueError("a page has no area")
    _refuse_unequal(sizes, name)
    return Original(
        name=name,
        data=data,
        count=len(sizes),
        page=sizes[0],
        bleed_mm=min(form.bleed_mm for form in forms),
        binding=binding or _binding(file.Root),
        language=str(file.Root.get(Name.Lang, "")),
        press=_press(file.Root),
        title=str(file.docinfo.get(Name.Title, "")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A page as a form XObject, and its trim and bleed in it: upright, in points."""

    stream: pikepdf.Object
    trim: Rectangle
    bleed: Rectangle

    @property
    def size(self) -> Size:
        """How large the page is once it is cut."""
        return Size(width_mm=pt_to_mm(self.trim.width), height_mm=pt_to_mm(self.trim.height))

    @property
    def bleed_mm(self) -> float:
        """How far it runs past its trim on every side, at least."""
        trim, bleed = self.trim, self.bleed
        sides = (
            *(trim.llx - bleed.llx, trim.lly - bleed.lly),
            *(bleed.urx - trim.urx, bleed.ury - trim.ury),
        )
        return pt_to_mm(max(min(sides), 0.0))


def as_form(page: pikepdf.Page) -> Form:
    """The page as a form that shows its trim and bleed and no more, turned as viewers show it."""
    stream = page.as_form_xobject()
    stream.BBox = page.bleedbox if Name.BleedBox in page else page.trimbox
    turn = Matrix(stream.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
    trim, bleed = (turn.transform(Rectangle(box)) for box in (page.trimbox, stream.BBox))
    return Form(stream=stream, trim=trim, bleed=bleed)


def _press(root: Any) -> str:
    """The condition of the output intent that PDF/X asks for (ISO 15930-7, 6.2.4)."""
    intents = (item for item in root.get(Name.OutputIntents, Array()) if item.S == Name.GTS_PDFX)
    return next((str(item.OutputConditionIdentifier) for item in intents), "")


def _binding(root: Any) -> Binding:
    """At the right if the file says so, or if it only says that its language runs that way."""
    preferences = root.get(Name.ViewerPreferences, Dictionary())
    if Name.Direction in preferences:
        rtl = preferences.Direction == Name.R2L
    else:
        rtl = direction_of(str(root.get(Name.Lang, ""))) is Direction.RTL
    return Binding.RIGHT if rtl else Binding.LEFT


def _refuse_unequal(sizes: list[Size], name: str) -> None:
    other = next((i for i, size in enumerate(sizes) if not is_same(size, sizes[0])), None)
    if other is None:
        return
    fault = diagnose(
        "booklet-refused",
        Location(path=name),
        problem=f"The pages are not of one size: page 1 is {sizes[0]}, page {other + 1} is "
        f"{sizes[other]}",
        cause="Sheets are folded and cut together, so every page has to be of the same size.",
        fix="Save the file with pages of one size, or take the other pages out of it.",
    )
    raise BrochureError([fault])


def is_same(one: Size, other: Size) -> bool:
    """Whether two pages are of one size, as far as a paper cutter can tell."""
    return (
        abs(one.width_mm - other.width_mm) < _SAME_MM
        and abs(one.height_mm - other.height_mm) < _SAME_MM
    )
