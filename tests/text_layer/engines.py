"""Print how much of the texts comes back from PDFs that other programs make of them.

`python tests/text_layer/engines.py` lays the blocks of each text out with plain WeasyPrint, with
Chromium's print-to-PDF and with Typst, in our fonts, and measures as `measure` does. Chromium
(`apt install chromium`) and Typst (`pip install typst`) are asked for here only, not in CI.
"""

import html
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from brochure.assets import DEFAULTS  # noqa: E402
from text_layer.measure import HEAD, measured, row  # noqa: E402
from text_layer.texts import TEXTS, blocks  # noqa: E402

FACES = {"ar": "NotoSansArabic", "he": "NotoSansHebrew"}
RIGHT_TO_LEFT = ("ar", "he")
PAGE = """<!doctype html><html lang="{code}" dir="{dir}"><meta charset="utf-8"><style>
@font-face {{ font-family: A; src: url("{own}") }}
@font-face {{ font-family: B; src: url("{noto}") }}
body {{ font: 11pt A, B }}</style>{body}</html>"""


def page(texts: list[str], code: str) -> str:
    """The blocks as paragraphs."""
    fonts = DEFAULTS / "fonts"
    return PAGE.format(
        code=code,
        dir="rtl" if code in RIGHT_TO_LEFT else "ltr",
        own=(fonts / f"{FACES.get(code, 'NotoSans')}-Regular.ttf").as_uri(),
        noto=(fonts / "NotoSans-Regular.ttf").as_uri(),
        body="".join(f"<p>{html.escape(text)}" for text in texts),
    )


def weasyprint(texts: list[str], code: str, folder: Path) -> Path:
    """Plain WeasyPrint, tagged."""
    import weasyprint as engine

    engine.HTML(string=page(texts, code)).write_pdf(folder / "weasyprint.pdf", pdf_tags=True)
    return folder / "weasyprint.pdf"


def chromium(texts: list[str], code: str, folder: Path) -> Path:
    """Chromium's print-to-PDF."""
    source, made = folder / "page.html", folder / "chromium.pdf"
    source.write_text(page(texts, code), "utf-8")
    options = ["--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
    subprocess.run(["chromium", *options, source.as_uri()], check=True, capture_output=True)
    return made


def typst(texts: list[str], code: str, folder: Path) -> Path:
    """Typst."""
    import typst as engine

    faces = "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans"
    face = {"ar": faces[0], "he": faces[1]}.get(code, faces[2])
    quoted = (
        "#text(" + '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '")' for text in texts
    )
    source = f'#set text(lang: "{code}", font: ("{face}", "Noto Sans"))\n' + "\n\n".join(quoted)
    (folder / "page.typ").write_text(source, "utf-8")
    made = folder / "typst.pdf"
    engine.compile(folder / "page.typ", output=made, font_paths=[DEFAULTS / "fonts"])
    return made


ENGINES: dict[str, Callable[[list[str], str, Path], Path]] = {
    "WeasyPrint": weasyprint,
    "Chromium": chromium,
    "Typst": typst,
}


def main() -> None:
    """Print the table."""
    print(HEAD.replace("text", "text, engine"))
    for name in sys.argv[1:] or TEXTS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            for code, treatments in blocks(TEXTS[name](folder / "clinic")).items():
                texts = [block for treatment in treatments for block in treatment]
                for engine, lay_out in ENGINES.items():
                    for extractor, scores in measured(lay_out(texts, code, folder), texts):
                        print(row(f"{name}, {engine}", code, extractor, scores), flush=True)


if __name__ == "__main__":
    main()
