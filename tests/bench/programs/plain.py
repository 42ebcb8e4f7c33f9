"""The script that a good developer writes in an afternoon: Markdown, Jinja, WeasyPrint.

    plain.py brochures CLINIC OUT LANG…     one PDF a language
    plain.py handouts CLINIC OUT LANG…      one PDF a treatment and language
    plain.py pages CLINIC OUT LANG…         one HTML a language (what Chromium prints)

It reads the clinic's own files, and has the pages tagged for PDF/UA-1. It does what the tutorials
do: one `HTML(…).write_pdf(…)` a file, nothing kept between files.
"""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import frontmatter
import jinja2
import markdown
from markupsafe import Markup

DESIGN = Path(__file__).parent.parent / "design"
FONTS = Path(__file__).parents[3] / "fonts"
FACES = [
    (family, weight, (FONTS / f"{family.replace(' ', '')}-{style}.ttf").as_uri())
    for family in ("Noto Sans", "Noto Sans Arabic")
    for weight, style in ((300, "Light"), (400, "Regular"), (600, "SemiBold"), (700, "Bold"))
]
WORDS = {
    "el": {"overview": "Οι θεραπείες μας", "contact": "Επικοινωνία"},
    "ar": {"overview": "علاجاتنا", "contact": "اتصل بنا"},
}


def treatments_of(clinic: Path, settings: dict, language: str) -> list[SimpleNamespace]:
    found = []
    for name, category in settings["categories"].items():
        folder = clinic / "content" / "_collections" / f"_{name}"
        for path in sorted(folder.glob(f"*-{language}.md")):
            post = frontmatter.load(path)
            picture = post["image"] and (clinic / "content" / post["image"]).as_uri()
            found.append(
                SimpleNamespace(
                    key=path.stem,
                    title=post["title"],
                    subtitle=post["subtitle"],
                    picture=picture,
                    alt=post["alt"],
                    category=category["title"][language],
                    # A page's title is its h1, so the site's h3 are h2 on paper.
                    body=Markup(
                        markdown.markdown(post.content, extensions=["tables", "sane_lists"])
                        .replace("<h3>", "<h2>")
                        .replace("</h3>", "</h2>")
                    ),
                )
            )
    return found


def pages(clinic: Path, kind: str, languages: list[str]):
    """The name, language and HTML of each file."""
    settings = tomllib.loads((clinic / "brochure.toml").read_text(encoding="utf-8"))
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(DESIGN), autoescape=True)
    for language in languages:
        values = {
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "clinic": settings["clinic"],
            "facts": settings["language"][language],
            "words": WORDS[language],
        }
        treatments = treatments_of(clinic, settings, language)
        if kind == "handouts":
            template = templates.get_template("handout.html")
            for one in treatments:
                yield one.key, language, template.render(values, one=one)
        else:
            template = templates.get_template("brochure.html")
            yield language, language, template.render(values, treatments=treatments)


def main(kind: str, clinic: Path, out: Path, languages: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(DESIGN))
    style = templates.get_template("style.css").render(faces=FACES)
    (out / "style.css").write_text(style, encoding="utf-8")
    for name, _, html in pages(clinic, kind, languages):
        if kind == "pages":
            (out / f"{name}.html").write_text(html, encoding="utf-8")
        else:
            from weasyprint import HTML

            document = HTML(string=html, base_url=f"{out.as_uri()}/")
            document.write_pdf(out / f"{name}.pdf", pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve(), sys.argv[4:])
