"""Render the illustrations of the sample clinic to WebP.

Every SVG file next to this script becomes one WebP picture below
``content/assets/img``; the logo stays a vector and is copied.  The chain is the
one the brochure itself uses (WeasyPrint, then PDFium, then Pillow), so nothing
else has to be installed and the same versions give the same bytes.

Usage: ``python content/illustrations/render.py [slug ...]``
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pypdfium2
from PIL import Image
from weasyprint import HTML

SOURCE = Path(__file__).resolve().parent
TARGET = SOURCE.parent / "assets" / "img"
WIDTH = 1920
OVERSAMPLING = 2
LOSSLESS_LIMIT = 160_000
QUALITY = 92
HEIGHTS = {"cover": 1872}
DEFAULT_HEIGHT = 1440


def rasterise(svg: str, width: int, height: int) -> Image.Image:
    """Draw one SVG document on a page of exactly its size, in pixels."""
    page = (
        f"<style>@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}"
        f"svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
    )
    pdf = pypdfium2.PdfDocument(HTML(string=page).write_pdf())
    try:
        if len(pdf) != 1:
            raise ValueError(f"expected one page, got {len(pdf)}")
        # A CSS pixel is 0.75 pt, and PDFium's scale 1 is one pixel per point.
        bitmap = pdf[0].render(scale=OVERSAMPLING / 0.75)
        image: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        pdf.close()
    return image.resize((width, height), Image.Resampling.LANCZOS)


def encode(image: Image.Image) -> bytes:
    """Encode as lossless WebP, or at high quality when that grows too large."""
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, quality=100, method=6)
    if buffer.tell() > LOSSLESS_LIMIT:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=QUALITY, method=6)
    return buffer.getvalue()


def main(slugs: list[str]) -> int:
    """Render the named illustrations, or all of them."""
    (TARGET / "portfolio").mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCE.glob("*.svg")):
        slug = source.stem
        if slugs and slug not in slugs:
            continue
        if slug == "logo":
            shutil.copyfile(source, TARGET / "logo.svg")
            continue
        folder = TARGET if slug in HEIGHTS else TARGET / "portfolio"
        height = HEIGHTS.get(slug, DEFAULT_HEIGHT)
        data = encode(rasterise(source.read_text(encoding="utf-8"), WIDTH, height))
        (folder / f"{slug}.webp").write_bytes(data)
        print(f"{slug}: {WIDTH} x {height}, {len(data) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
