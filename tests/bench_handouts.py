"""How long a handout takes among many, against WeasyPrint alone.

    python tests/bench_handouts.py               120 treatments in two languages
    python tests/bench_handouts.py 20            20 treatments in two languages

The clinic repeats the sample's treatments in English and Arabic under new names. The plain loop
gets the same HTML, styles and pictures and calls `write_pdf` for one after the other; the handouts
have PDF/UA-1, PDF/A-2a, their text layer and their fonts checked on top, and are laid out again
where a page would be near-empty. Prints processor time, and the sizes of the files.
"""

import re
import shutil
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import weasyprint

from brochure import api
from brochure.api.brochures import job_of
from brochure.pages.composition import ADDRESS
from brochure.pages.edition import HANDOUT
from brochure.pages.handout import compose_handout, design_handouts

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "ar")
TIES = re.compile(rb"^(?:page_id|source_hash):.*\n", re.MULTILINE)


def make_clinic(folder: Path, treatments: int) -> None:
    """Write a clinic with that many treatments in each language."""
    settings = (ROOT / "brochure.toml").read_text(encoding="utf-8")
    languages = ", ".join(f'"{code}"' for code in LANGUAGES)
    settings = re.sub(r"(?m)^languages = .*$", f"languages = [{languages}]", settings)
    settings = re.sub(r"(?ms)^\[language\.el\].*?(?=^\[language)", "", settings)
    settings = re.sub(r"\bel = \"[^\"]*\", ", "", settings)
    (folder / "brochure.toml").write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "content/assets", folder / "content/assets")
    samples = cycle(sorted((ROOT / "content/_collections").glob("*/*-en.md")))
    for index, sample in enumerate(islice(samples, treatments)):
        place = folder / "content/_collections" / sample.parent.name
        place.mkdir(parents=True, exist_ok=True)
        for code in LANGUAGES:
            data = Path(f"{str(sample).removesuffix('en.md')}{code}.md").read_bytes()
            (place / f"{index:03}-treatment-{index}-{code}.md").write_bytes(TIES.sub(b"", data))


def plain_loop(rack: api.Rack) -> int:
    """The same pages by `write_pdf`, with the fonts of this machine; returns how many files."""
    project, count = rack.project, 0
    job = job_of(project, HANDOUT)
    for catalogue in rack.findings.catalogues:
        design, _ = design_handouts(
            catalogue,
            job.settings,
            HANDOUT,
            assets=job.assets,
            typefaces=job.typefaces,
            site_root=job.site_root,
        )
        for treatment in catalogue.treatments:
            composition, _ = compose_handout(design, treatment)
            resources = {item.name: item for item in composition.resources}

            class Fetcher(weasyprint.urls.URLFetcher):
                def fetch(self, url, headers=None, found=resources):
                    item = found[url.removeprefix(ADDRESS)]
                    return weasyprint.urls.URLFetcherResponse(
                        url, item.data, {"Content-Type": item.media_type}
                    )

            weasyprint.HTML(
                string=composition.html, base_url=ADDRESS, url_fetcher=Fetcher()
            ).write_pdf(
                stylesheets=[weasyprint.CSS(string=style.css) for style in composition.styles],
                pdf_variant="pdf/ua-1",
            )
            count += 1
    return count


def ours(rack: api.Rack) -> list[int]:
    """Every handout as the command makes it; returns their sizes in bytes."""
    sizes = []
    for language in rack.project.languages:
        report = api.handouts(rack, api.every_handout(rack, language), language)
        sizes += [len(artefact.data) for artefact in report.artefacts]
    return sizes


def main() -> None:
    """Make a clinic in a temporary folder and measure both."""
    treatments = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory() as name:
        make_clinic(Path(name), treatments)
        rack = api.rack_of(api.open_project(Path(name)))
        language = rack.project.languages[0]
        api.handouts(rack, api.every_handout(rack, language)[:1], language)  # imports
        start = time.process_time()
        sizes = ours(rack)
        between = time.process_time()
        count = plain_loop(rack)
        end = time.process_time()
    print(f"handouts:    {(between - start) / len(sizes):.3f} s each, {len(sizes)} files")
    print(f"plain loop:  {(end - between) / count:.3f} s each, {count} files")
    print(f"sizes:       {min(sizes) // 1000} to {max(sizes) // 1000} kB")


if __name__ == "__main__":
    main()
