"""`make bench`: how fast, against others, on the same content and in the same run.

    make bench                                        everything, which takes long
    make bench ARGUMENTS="--rounds 5 --write"         and write the README's section anew
    make bench ARGUMENTS="--quick"                    three treatments once: does it work?
    make bench ARGUMENTS="--sizes 12 --flat"          and the time a page in ever larger clinics

In each round every contender does every job once, one contender after the other, so that a busy
moment of the machine meets them all. Jobs of a few seconds are repeated; those of more than
ten seconds are left out from the third round on. What a contender wrote is opened and must show
every treatment.
"""

import argparse
import datetime
import json
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from bench.clinic import write_clinic
from bench.contenders import contenders
from bench.jobs import Case, Contender, Job, Step
from bench.measure import FailedError, Sample, adopt_orphans, run, watch
from bench.report import Bench, Flat, as_json, markdown, write_readme
from bench.results import Figures, Results
from bench.verify import UnusableError, verify

ROOT = Path(__file__).parents[2]
LONG_S = 10.0
"""A job that takes longer is measured in the first two rounds only."""
TURN_S, TURN_RUNS = 8.0, 5
"""In one round a job is repeated until it has had this long, or this many runs."""
FLAT_SIZES = (12, 120, 1000)


def main() -> None:
    """Measure, print the tables, write the JSON."""
    asked = _arguments()
    adopt_orphans()
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart,
    ):
        try:
            found = _bench(asked, Path(name), apart)
        except (FailedError, UnusableError) as error:
            sys.exit(f"bench: {error}")
    print(markdown(found))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(as_json(found), encoding="utf-8")
        _say(f"Every sample is in {asked.json}.")
    if asked.write:
        write_readme(ROOT / "README.md", found)
        _say('The section "Speed" of README.md has these tables.')


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="12,30,120", help="treatments: 12,30,120")
    parser.add_argument("--pictures", choices=["with", "without", "both"], default="both")
    parser.add_argument(
        "--only", default="", help="contenders, by a part of their names: typ,broch"
    )
    parser.add_argument("--quick", action="store_true", help="--sizes 3 --rounds 1, one run a job")
    parser.add_argument("--flat", action="store_true", help="time a page, 12 to 1,000 treatments")
    parser.add_argument("--json", type=Path, default=ROOT / "output" / "bench.json")
    parser.add_argument("--write", action="store_true", help="into the README as well")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.rounds = "3", 1
    return asked


def _bench(asked: argparse.Namespace, folder: Path, apart: Executor) -> Bench:
    every = contenders()
    for contender in every:
        if not contender.version:
            _say(f"{contender.name} is not installed and left out.")
    parts = asked.only.casefold().split(",")
    chosen = [item for item in every if any(part in item.name.casefold() for part in parts)]
    cases = [_case(folder, int(size), pictures, apart) for size, pictures in _wanted(asked)]
    results = Results()
    _rounds(asked, folder, [item for item in chosen if item.version], cases, results, apart)
    flat = [_flat(folder, size, apart) for size in FLAT_SIZES] if asked.flat else []
    return Bench(
        date=datetime.date.today().isoformat(),
        rounds=asked.rounds,
        cases=cases,
        contenders=chosen,
        results=results,
        flat=flat,
    )


def _wanted(asked: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    for size in asked.sizes.split(","):
        for pictures in (True, False):
            if asked.pictures in ("both", "with" if pictures else "without"):
                yield size, pictures


def _case(folder: Path, treatments: int, pictures: bool, apart: Executor) -> Case:
    """A generated clinic; Pillow stays out of this process, whose memory its children inherit."""
    clinic = folder / f"clinic-{treatments}-{'with' if pictures else 'without'}"
    apart.submit(write_clinic, clinic, treatments, pictures=pictures).result()
    return Case(treatments=treatments, pictures=pictures, clinic=clinic)


def _rounds(
    asked: argparse.Namespace,
    folder: Path,
    present: list[Contender],
    cases: list[Case],
    results: Results,
    apart: Executor,
) -> None:
    steps = [
        (case, contender, step)
        for case in cases
        for contender, step in _steps(folder / "work" / case.clinic.name, case, present)
    ]
    for contender in present:
        _warm_up(contender, steps)
    for turn in range(asked.rounds):
        for case, contender, step in steps:
            figures = results.at(case, contender.name, step.job)
            if turn >= 2 and figures.wall_s > LONG_S:
                continue
            figures.samples += _turn(step, once=asked.quick)
            if not turn:
                figures.pages, figures.size = apart.submit(verify, step.outputs).result()
                figures.watched_mb = watch(step.begin()) if step.watched else 0.0
            _say(f"{turn + 1}: {case.name}: {contender.name}: {step.job.value}", figures)
    for case in cases:
        for contender in present:
            results.add_sums(case, contender)


def _steps(folder: Path, case: Case, present: list[Contender]) -> Iterator[tuple[Contender, Step]]:
    """The steps of all contenders, those of the same job side by side."""
    plans = []
    for number, contender in enumerate(present):
        place = folder / str(number)
        place.mkdir(parents=True)
        plans.append((contender, contender.steps(case, place)))
    for job in Job:
        for contender, steps in plans:
            yield from ((contender, step) for step in steps if step.job is job)


def _warm_up(contender: Contender, steps: list[tuple[Case, Contender, Step]]) -> None:
    """One small brochure before the clock runs: byte code, the disk's cache."""
    own = (step for _, owner, step in steps if owner is contender)
    run(next(step for step in own if step.job is Job.COLD_EL).begin())


def _turn(step: Step, *, once: bool) -> list[Sample]:
    """The samples of one round."""
    samples: list[Sample] = []
    while not samples or (
        not once and len(samples) < TURN_RUNS and sum(sample.wall_s for sample in samples) < TURN_S
    ):
        sample, said = run(step.begin())
        if step.laps:
            laps = json.loads(said.splitlines()[-1])
            return [Sample(**lap, peak_mb=sample.peak_mb) for lap in laps]
        samples.append(sample)
    return samples


def _flat(folder: Path, treatments: int, apart: Executor) -> Flat:
    """Our cold build of one language, once; the median of three where that is quick."""
    case = _case(folder / "flat", treatments, False, apart)
    ours = contenders()[0]
    place = folder / "flat" / f"work-{treatments}"
    step = next(step for step in ours.steps(case, place) if step.job is Job.COLD_EL)
    figures = Figures(samples=[run(step.begin())[0]])
    while len(figures.samples) < 3 and figures.wall_s < LONG_S:
        figures.samples.append(run(step.begin())[0])
    pages, _ = apart.submit(verify, step.outputs).result()
    shutil.rmtree(place)
    _say(f"flat: {treatments} treatments", figures)
    return Flat(treatments=treatments, pages=pages, wall_s=figures.wall_s)


def _say(words: str, figures: Figures | None = None) -> None:
    print(f"{words}: {figures.samples[-1].wall_s:.3f} s" if figures else words, file=sys.stderr)


if __name__ == "__main__":
    main()
