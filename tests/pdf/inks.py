"""What a file paints with: every colour space that an operator, picture or gradient names."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

DEVICE = {"g": "Gray", "G": "Gray", "rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}


def spaces(file: pikepdf.Pdf) -> set[str]:
    """The families of all colour spaces in use anywhere in `file`, `DeviceRGB` and so on."""
    return {name for item in streams(file) for name in of_stream(item)} | {
        family(item[name])
        for item in file.objects
        if isinstance(item, Dictionary | pikepdf.Stream)
        for name in (Name.ColorSpace, Name.CS)
        if name in item and not isinstance(item[name], Dictionary)
    }


def streams(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every content stream: of pages, forms and tiling patterns."""
    yield from file.pages
    for item in file.objects:
        if isinstance(item, pikepdf.Stream) and (
            item.get(Name.Subtype) == Name.Form or item.get(Name.PatternType) == 1
        ):
            yield item


def of_stream(stream: Any) -> Iterator[str]:
    resources = stream.get(Name.Resources, Dictionary())
    named = resources.get(Name.ColorSpace, Dictionary())
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) in DEVICE:
            yield f"Device{DEVICE[str(operator)]}"
        elif str(operator) in ("cs", "CS"):
            yield family(named.get(str(operands[0]), operands[0]))


def family(space: Any) -> str:
    return str(space[0] if isinstance(space, Array) else space).lstrip("/")
