"""The contenders: `brochure` itself, WeasyPrint in a plain script, Typst, and Chromium."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from itertools import count, islice
from pathlib import Path

import brochure
from bench.clinic import LANGUAGES, edit
from bench.jobs import Case, Contender, Job, Step
from bench.measure import Command, program, run

PROGRAMS = Path(__file__).parent / "programs"
EDITS = 5
"""How many edits a resident process is given in one round."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


def contenders() -> list[Contender]:
    """All of them, installed or not."""
    one_after_the_other = {Job.COLD_ALL: (Job.COLD_BOTH, Job.HANDOUTS)}
    return [
        Contender(name="brochure", version=brochure.__version__, steps=_brochure, sums={}),
        Contender(
            name="WeasyPrint, plain script",
            version=_version("weasyprint"),
            steps=_plain,
            sums=one_after_the_other,
        ),
        Contender(name="Typst", version=_version("typst"), steps=_typst, sums=one_after_the_other),
        Contender(
            name="Chromium",
            version=_chromium_version(),
            steps=_chromium,
            sums={Job.COLD_BOTH: (Job.COLD_EL, Job.COLD_AR)},
        ),
    ]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


# --- brochure ------------------------------------------------------------------------------------

COMMAND = "import sys; from brochure.__main__ import main; sys.exit(main())"
"""What the installed command consists of."""


def command(*words: object) -> Command:
    """Our command, from this checkout."""
    return program("-c", COMMAND, *words)


def _brochure(case: Case, folder: Path) -> list[Step]:
    """Our own commands, and for the resident process our own calls.

    Cold is a copy of the clinic that no command has seen yet. The copy that has all files made
    in it serves what nothing changed in; the one with the brochures alone is edited.
    """
    complete, edited = folder / "complete", folder / "edited"
    revisions = count(1)

    def fresh(place: Path, *commands: tuple[str, ...]) -> Callable[[], Sequence[Command]]:
        def begin() -> Sequence[Command]:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(case.clinic, place)
            return again(place, *commands)()

        return begin

    def again(place: Path, *commands: tuple[str, ...]) -> Callable[[], Sequence[Command]]:
        return lambda: [command(*words, "--project", place) for words in commands]

    def handouts_again() -> Sequence[Command]:
        shutil.rmtree(complete / "output" / "handouts")
        return again(complete, handouts)()

    def one_edit() -> Sequence[Command]:
        edit(edited, "el", next(revisions))
        return again(edited, ("build", "el"))()

    def resident_edits() -> Sequence[Command]:
        chosen = islice(revisions, EDITS)
        return [program(PROGRAMS / "resident.py", edited, edited / "output", "el", *chosen)]

    def brochures(place: Path, *languages: str) -> dict[Path, list[str]]:
        return case.brochures(f"{place}/output/screen/clinic-{{language}}.pdf", languages)

    build, handouts = ("build",), ("build", "--edition", "handouts")
    pattern = f"{complete}/output/handouts/{{language}}/treatment-{{number}}-{{language}}.pdf"
    leaflets = case.handouts(pattern, LANGUAGES)
    both, everything = brochures(edited, *LANGUAGES), brochures(complete, *LANGUAGES) | leaflets
    start = Command(words=(sys.executable, "-c", "pass"), environment={})
    steps = [Step(job=Job.START, begin=lambda: [start], outputs={})]
    for job, language in ((Job.COLD_EL, "el"), (Job.COLD_AR, "ar")):
        place = folder / language
        begin = fresh(place, ("build", language))
        outputs = brochures(place, language)
        steps.append(Step(job=job, begin=begin, outputs=outputs, watched=True))
    return [
        *steps,
        Step(job=Job.COLD_BOTH, begin=fresh(edited, build), outputs=both, watched=True),
        Step(
            job=Job.COLD_ALL,
            begin=fresh(complete, build, handouts),
            outputs=everything,
            watched=True,
        ),
        Step(job=Job.NOTHING, begin=again(complete, build), outputs=everything),
        Step(job=Job.NOTHING_HANDOUTS, begin=again(complete, handouts), outputs=everything),
        Step(job=Job.HANDOUTS, begin=handouts_again, outputs=leaflets),
        Step(job=Job.EDIT, begin=one_edit, outputs=both),
        Step(job=Job.RESIDENT, begin=resident_edits, outputs=both, laps=True),
    ]


# --- the others ----------------------------------------------------------------------------------


def _plain(case: Case, folder: Path) -> list[Step]:
    """The plain script starts from nothing each time: an edit costs what a cold build costs."""
    made = _from_scratch(PROGRAMS / "plain.py", case, case.clinic, folder)
    return made("{language}.pdf", "{number}-treatment-{number}-{language}.pdf")


def _typst(case: Case, folder: Path) -> list[Step]:
    """Typst has the same texts in its own language; turning Markdown into it is not timed."""
    clinic, out, revisions = folder / "clinic", folder / "resident", count(1)
    path = PROGRAMS / "typst_pages.py"
    shutil.copytree(case.clinic, clinic)
    made = _from_scratch(path, case, clinic, folder)

    def resident_edits() -> Sequence[Command]:
        return [program(path, "edits", clinic, out, "el", *islice(revisions, EDITS))]

    outputs = case.brochures(f"{out}/brochure-{{language}}.pdf", ["el"])
    return [
        *made("brochure-{language}.pdf", "handout-{number}-{language}.pdf"),
        Step(job=Job.RESIDENT, begin=resident_edits, outputs=outputs, laps=True),
    ]


def _from_scratch(
    path: Path, case: Case, clinic: Path, folder: Path
) -> Callable[[str, str], list[Step]]:
    """The steps of a program that makes `brochures` or `handouts` and keeps nothing."""

    def step(job: Job, kind: str, pattern: str, *languages: str) -> Step:
        out = folder / job.name
        expected = case.brochures if kind == "brochures" else case.handouts

        def begin() -> Sequence[Command]:
            shutil.rmtree(out, ignore_errors=True)
            return [program(path, kind, clinic, out, *languages)]

        return Step(job=job, begin=begin, outputs=expected(f"{out}/{pattern}", languages))

    return lambda brochure, handout: [
        step(Job.COLD_EL, "brochures", brochure, "el"),
        step(Job.COLD_AR, "brochures", brochure, "ar"),
        step(Job.COLD_BOTH, "brochures", brochure, *LANGUAGES),
        step(Job.HANDOUTS, "handouts", handout, *LANGUAGES),
    ]


def _chromium_program() -> str:
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((program for program in found if program), "")


def _chromium_version() -> str:
    program = _chromium_program()
    if not program:
        return ""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return next((word for word in said.stdout.split() if word[0].isdigit()), "")


def _chromium(case: Case, folder: Path) -> list[Step]:
    """Chromium prints the plain script's HTML; making that is not timed."""
    run([program(PROGRAMS / "plain.py", "pages", case.clinic, folder, *LANGUAGES)])
    steps = []
    for job, language in ((Job.COLD_EL, "el"), (Job.COLD_AR, "ar")):
        pdf, page = folder / f"{language}.pdf", folder / f"{language}.html"

        def begin(pdf: Path = pdf, page: Path = page) -> Sequence[Command]:
            pdf.unlink(missing_ok=True)
            words = (*CHROMIUM_OPTIONS, f"--print-to-pdf={pdf}", page.resolve().as_uri())
            return [Command(words=(_chromium_program(), *words), environment={})]

        outputs = case.brochures(str(pdf), [language])
        steps.append(Step(job=job, begin=begin, outputs=outputs, watched=True))
    return steps
