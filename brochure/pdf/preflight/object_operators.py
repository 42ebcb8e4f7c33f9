"""The operators of pictures, forms, gradients and marked content (ISO 32000-1, 8.7 to 8.10, 14.6).

Marked content is that of the page, numbered as its `StructParents` says; a form's is passed over.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary, Name, Stream

from brochure.pdf.preflight.content import Content, Operators
from brochure.pdf.preflight.geometry import UNIT
from brochure.pdf.preflight.paints import Picture, What
from brochure.pdf.preflight.syntax import Name as Word


def _external(content: Content, name: str) -> None:
    """`Do`: a picture or a form."""
    item = content.scope.item("XObject", name)
    if not isinstance(item, Stream):
        return
    if item.get("/Subtype") == Name.Image:
        _picture(content, content.scope.picture(name, item))
    elif item.get("/Subtype") == Name.Form:
        place = f"{content.place}form {name}, "
        content.walk.form(item, content.scope, content.state, place, content.depth)


def _inline_image(content: Content, dictionary: dict[str, Any], data: bytes) -> None:
    """`BI`, `ID` and `EI`: a picture in the content itself."""
    full = {_LONG.get(key, key): value for key, value in dictionary.items()}
    stream = Dictionary()
    for key in ("Width", "Height", "BitsPerComponent"):
        stream[f"/{key}"] = int(full.get(key, 1))
    if full.get("ImageMask"):
        stream.ImageMask = True
    picture = content.scope.picture_of(stream, "in the content itself")
    space = full.get("ColorSpace")
    if isinstance(space, Word):
        picture = picture._replace(space=content.scope.space(space))
    elif isinstance(space, list) and len(space) > 1 and isinstance(space[1], Word):
        picture = picture._replace(space=content.scope.space(space[1]))
    _picture(content, picture)


def _picture(content: Content, picture: Picture) -> None:
    what = What.PICTURE if picture.space else What.STENCIL
    colour = None if picture.space else content.state.fill
    outline = content.state.ctm.box(UNIT)
    content.paint(what, outline, colour, picture=picture)


def _begin_mark(content: Content, _tag: str, properties: Any = None) -> None:
    """`BMC` and `BDC`; with a number, what follows belongs to an element of the tag tree."""
    if content.depth == 0:
        number = properties.get("MCID") if isinstance(properties, dict) else None
        content.walk.marks.append(None if number is None else int(number))


def _end_mark(content: Content) -> None:
    """`EMC`."""
    if content.depth == 0 and content.walk.marks:
        content.walk.marks.pop()


def _shade(content: Content, name: str) -> None:
    """`sh`: a gradient as far as the clipping path."""
    shading = content.scope.item("Shading", name)
    if isinstance(shading, Dictionary | Stream):
        colour = content.shading_colour(shading)
        content.paint(What.SHADING, content.state.clip, colour, name=f"gradient {name}")


_LONG = {
    "W": "Width", "H": "Height", "BPC": "BitsPerComponent", "CS": "ColorSpace",
    "IM": "ImageMask", "F": "Filter", "DP": "DecodeParms", "D": "Decode", "I": "Interpolate",
}  # fmt: skip
"""What the keys of an inline image stand for (8.9.7, table 93)."""
OBJECTS: Operators = {
    "Do": _external, "BI": _inline_image, "sh": _shade,
    "BMC": _begin_mark, "BDC": _begin_mark, "EMC": _end_mark,
}  # fmt: skip
