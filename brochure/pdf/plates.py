"""A whole file brought into inks: every stream, gradient and picture that a page can reach.

Pages, forms, tiling patterns and luminosity masks are rewritten by `separations`, gradients and
pictures by `shadings`. Each object is done once, however many pages share it. Forms that are
transparency groups blend in DeviceCMYK; where the standard knows no transparency (ISO 15930-4 and
-6) they are no groups, and what they show is the same as long as nothing in them is transparent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.pdf.separations import KNOCKOUT, OVERPRINT, SPOT, Plates, separate
from brochure.pdf.shadings import family_of, separate_picture, separate_shading
from brochure.printers import Spot


@dataclass(slots=True, kw_only=True)
class _Work:
    """What has been done, and which graphics states each set of resources needs."""

    file: pikepdf.Pdf
    plates: Plates
    has_groups: bool
    done: set[tuple[int, int]] = field(default_factory=set)
    states: dict[tuple[int, int], tuple[Any, set[str]]] = field(default_factory=dict)


def separate_file(file: pikepdf.Pdf, plates: Plates, *, has_groups: bool) -> None:
    """Leave nothing in `file` that is not in inks; `has_groups` allows transparency groups."""
    work = _Work(file=file, plates=plates, has_groups=has_groups)
    for page in file.pages:
        data, used = separate(page, page.Resources, plates, is_page=True)
        page.Contents = file.make_stream(data)
        _note(work, page.Resources, used)
        if Name.Group in page:
            del page.Group
    for page in file.pages:
        _reach(work, page.Resources, in_mask=False)
    for resources, used in work.states.values():
        _settle(resources, used, plates)


def _is_new(work: _Work, item: Any) -> bool:
    """Whether an indirect object is met for the first time; a direct one always is."""
    if item.objgen == (0, 0):
        return True
    is_new = item.objgen not in work.done
    work.done.add(item.objgen)
    return is_new


def _note(work: _Work, resources: Any, used: set[str]) -> None:
    states = resources.get(Name.ExtGState, Dictionary())
    key = states.objgen if states.objgen != (0, 0) else resources.objgen
    _, known = work.states.setdefault(key, (resources, set()))
    known |= used


def _reach(work: _Work, resources: Any, *, in_mask: bool) -> None:
    """Bring everything that `resources` name into inks."""
    if not _is_new(work, resources):
        return
    for state in resources.get(Name.ExtGState, Dictionary()).values():
        mask = state.get(Name.SMask)
        if isinstance(mask, Dictionary) and _is_new(work, mask.G):
            _separate_form(work, mask.G, in_mask=mask.get(Name.S) == Name.Luminosity)
    named = [
        item
        for kind in (Name.XObject, Name.Pattern, Name.Shading)
        for item in resources.get(kind, Dictionary()).values()
    ]
    for item in named:
        if _is_new(work, item):
            _separate_item(work, item, in_mask=in_mask)


def _separate_item(work: _Work, item: Any, *, in_mask: bool) -> None:
    if item.get(Name.Subtype) == Name.Image:
        _separate_image(work, item)
    elif item.get(Name.Subtype) == Name.Form or item.get(Name.PatternType) == 1:
        _separate_form(work, item, in_mask=in_mask)
    else:
        separate_shading(item.get(Name.Shading, item), work.plates.separation)


def _separate_form(work: _Work, form: Any, *, in_mask: bool) -> None:
    resources = form.get(Name.Resources, Dictionary())
    data, used = separate(form, resources, work.plates, is_page=False, in_mask=in_mask)
    form.write(data)
    if Name.Group in form:
        if work.has_groups or in_mask:
            form.Group.CS = Name.DeviceGray if in_mask else Name.DeviceCMYK
        else:
            del form.Group
    if resources:
        form.Resources = resources if resources.is_indirect else work.file.make_indirect(resources)
        _note(work, form.Resources, used)
        _reach(work, form.Resources, in_mask=in_mask)


def _separate_image(work: _Work, image: Any) -> None:
    """A picture in RGB, or in a table of such colours, in inks; no viewer smooths it."""
    if Name.Interpolate in image:
        del image.Interpolate
    space = image.get(Name.ColorSpace, Name.DeviceGray)
    if isinstance(space, Array) and space[0] == Name.Indexed:
        space = space[1]
    if family_of(space) in ("rgb", "lab"):
        separate_picture(image, work.plates.separation)


def _settle(resources: Any, used: set[str], plates: Plates) -> None:
    """Leave in `resources` the states and colour spaces that are needed, and add ours."""
    states = resources.get(Name.ExtGState, Dictionary())
    for name, overprints in ((OVERPRINT, True), (KNOCKOUT, False)):
        states["/" + name] = Dictionary(OP=overprints, op=overprints, OPM=1)
    kept = {name: state for name, state in states.items() if name in used}
    resources.ExtGState = Dictionary(kept)
    spaces = resources.get(Name.ColorSpace, Dictionary())
    known = {name: space for name, space in spaces.items() if family_of(space) == "other"}
    for number, spot in enumerate(plates.spots):
        known["/" + SPOT.format(number)] = _spot_space(spot)
    resources.ColorSpace = Dictionary(known)


def _spot_space(spot: Spot) -> Array:
    """A plate of its own, with what stands in for it on a screen (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=list(spot.alternate.fractions), N=1
    )
    return Array([Name.Separation, Name("/" + spot.name), Name.DeviceCMYK, tint])
