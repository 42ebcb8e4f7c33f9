"""Small clinics for the tests: a table of files in, a folder out, and its brochures."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image

from brochure import api

FACES = """
[family."Noto Sans"]
files = ["NotoSans-Light.ttf", "NotoSans-Regular.ttf", "NotoSans-Italic.ttf",
         "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf", "NotoSans-BoldItalic.ttf"]
[family."Noto Sans Arabic"]
files = ["NotoSansArabic-Light.ttf", "NotoSansArabic-Regular.ttf",
         "NotoSansArabic-SemiBold.ttf", "NotoSansArabic-Bold.ttf"]
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` (name: contents) below `folder`, in the order given."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def build(folder: Path, languages: Iterable[str] = (), printer: str = "") -> dict[str, Path]:
    """Build the clinic in `folder`, for a printer if one is named; gives each language's file."""
    report = api.build(
        api.open_project(folder),
        codes=list(languages),
        edition=api.edition_named("print" if printer else "screen"),
        printer=printer,
        out=folder / "out",
    )
    return {item.language: folder / "out" / item.path for item in report.artefacts}


def built(folder: Path) -> dict[str, Path]:
    """Find the brochures that `build` made, by language."""
    return {path.stem.rpartition("-")[2]: path for path in folder.glob("out/screen/*.pdf")}


def picture(*, width: int = 1200, height: int = 900, seed: int = 0) -> bytes:
    """A picture that is not its own mirror image, as PNG."""
    image = Image.linear_gradient("L").rotate(90).resize((width, height))
    ramp = Image.linear_gradient("L").resize((width, height))
    plane = Image.new("L", (width, height), seed * 37 % 256)
    buffer = io.BytesIO()
    Image.merge("RGB", (image, ramp, plane)).save(buffer, "PNG")
    return buffer.getvalue()


def treatment(body: str, **head: str) -> str:
    """A content file; `card_title`, `card_subtitle` and `thumbnail` go under `caption`."""
    quoted = {name: '"{}"'.format(value.replace('"', '\\"')) for name, value in head.items()}
    caption = {
        name.removeprefix("card_"): quoted.pop(name)
        for name in ("card_title", "card_subtitle", "thumbnail")
        if name in quoted
    }
    lines = [f"{name}: {value}" for name, value in quoted.items()]
    lines += ["caption:", *(f"  {name}: {value}" for name, value in caption.items())]
    return "\n".join(("---", *lines, "---", body))
