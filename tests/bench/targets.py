"""What the project asks of itself: figures of ours over figures of others, from the same run."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.jobs import Case, Job
from bench.results import Figures, Results

OURS, PLAIN, TYPST = "brochure", "WeasyPrint, plain script", "Typst"


def wall_s(figures: Figures) -> float:
    return figures.wall_s


def peak_mb(figures: Figures) -> float:
    return figures.peak_mb


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Our figure must be at most `limit` times theirs."""

    text: str
    limit: float
    job: Job
    rival: str
    rival_job: Job
    measure: Callable[[Figures], float] = wall_s

    def value(self, results: Results, case: Case) -> float | None:
        """The ratio, if both were measured."""
        ours = results.find(case, OURS, self.job)
        theirs = results.find(case, self.rival, self.rival_job)
        return self.measure(ours) / self.measure(theirs) if ours and theirs else None


TARGETS = (
    Target(
        text="nothing changed (both brochures) / Typst's compile of one",
        limit=0.07,
        job=Job.NOTHING,
        rival=TYPST,
        rival_job=Job.COLD_EL,
    ),
    Target(
        text="nothing changed (all handouts) / Typst's compile of one brochure",
        limit=0.07,
        job=Job.NOTHING_HANDOUTS,
        rival=TYPST,
        rival_job=Job.COLD_EL,
    ),
    Target(
        text="one edit, new process / Typst's full compile",
        limit=0.90,
        job=Job.EDIT,
        rival=TYPST,
        rival_job=Job.COLD_EL,
    ),
    Target(
        text="one edit, resident process / Typst's recompile in its process",
        limit=0.55,
        job=Job.RESIDENT,
        rival=TYPST,
        rival_job=Job.RESIDENT,
    ),
    Target(
        text="all handouts, parts warm / Typst with shared fonts",
        limit=0.25,
        job=Job.HANDOUTS,
        rival=TYPST,
        rival_job=Job.HANDOUTS,
    ),
    Target(
        text="cold, both brochures / plain script",
        limit=0.36,
        job=Job.COLD_BOTH,
        rival=PLAIN,
        rival_job=Job.COLD_BOTH,
    ),
    Target(
        text="cold, both brochures and all handouts / plain script",
        limit=0.17,
        job=Job.COLD_ALL,
        rival=PLAIN,
        rival_job=Job.COLD_ALL,
    ),
    Target(
        text="peak memory, both brochures / plain script",
        limit=0.60,
        job=Job.COLD_BOTH,
        rival=PLAIN,
        rival_job=Job.COLD_BOTH,
        measure=peak_mb,
    ),
)

START_LIMIT_MS = 40.0
"""What nothing changed may take beyond `python -c pass`."""
FLAT_LIMIT = 1.15
"""What a further page may cost in the largest clinic against the smallest step."""


def start_ms(results: Results, case: Case, job: Job) -> float | None:
    """What a job takes beyond Python's own start, in milliseconds."""
    ours, start = results.find(case, OURS, job), results.find(case, OURS, Job.START)
    return (ours.wall_s - start.wall_s) * 1000 if ours and start else None
