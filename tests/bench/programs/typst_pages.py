"""Typst's part, from the Typst files of a generated clinic.

    typst_pages.py brochures CLINIC OUT LANG…         one PDF a language
    typst_pages.py handouts CLINIC OUT LANG…          one PDF a treatment and language
    typst_pages.py edits CLINIC OUT LANG REVISION…    compiles once, then again after each edit

Every file is PDF/UA-1. Fonts come from the project's folder alone, and are read once a process.
`edits` prints what each compilation after the first one took (see laps.py).
"""

import sys
from pathlib import Path

import typst

ROOT = Path(__file__).parents[3]


def main(kind: str, clinic: Path, out: Path, *rest: str) -> None:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[ROOT / "fonts"]
    )
    out.mkdir(parents=True, exist_ok=True)
    if kind == "edits":
        edits(clinic, out, fonts, *rest)
        return
    for language in rest:
        stem = "brochure" if kind == "brochures" else "handout-*"
        for path in sorted((clinic / "typst" / language).glob(f"{stem}.typ")):
            target = out / f"{path.stem}-{language}.pdf"
            typst.compile(
                path, output=target, root=clinic, font_paths=fonts, pdf_standards=["ua-1"]
            )


def edits(clinic: Path, out: Path, fonts: typst.Fonts, language: str, *revisions: str) -> None:
    from bench.clinic import edit
    from bench.programs.laps import Laps

    main_file = clinic / "typst" / language / "brochure.typ"
    compiler = typst.Compiler(main_file, root=clinic, font_paths=fonts)

    def compile_again() -> None:
        compiler.compile(output=out / f"brochure-{language}.pdf", pdf_standards=["ua-1"])

    compile_again()
    laps = Laps()
    for revision in revisions:
        edit(clinic, language, int(revision))
        laps.time(compile_again)
    laps.print()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve(), *sys.argv[4:])
