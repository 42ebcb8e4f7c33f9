"""What was measured, and the figures that are drawn from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.jobs import Case, Contender, Job
from bench.measure import Sample


@dataclass(slots=True, kw_only=True)
class Figures:
    """One contender's samples of one job on one clinic, and the files that it left."""

    samples: list[Sample] = field(default_factory=list)
    watched_mb: float = 0.0
    pages: int = 0
    size: int = 0

    @property
    def wall_s(self) -> float:
        return median(sample.wall_s for sample in self.samples)

    @property
    def cpu_s(self) -> float:
        return median(sample.cpu_s for sample in self.samples)

    @property
    def spread_s(self) -> tuple[float, float]:
        walls = [sample.wall_s for sample in self.samples]
        return min(walls), max(walls)

    @property
    def peak_mb(self) -> float:
        """All processes together where that was watched, else the largest of one process."""
        return max(self.watched_mb, median(sample.peak_mb for sample in self.samples))


class Results:
    """Figures by case, contender and job."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str, Job], Figures] = {}

    def at(self, case: Case, contender: str, job: Job) -> Figures:
        """The figures to add to."""
        return self._figures.setdefault((case.name, contender, job), Figures())

    def find(self, case: Case, contender: str, job: Job) -> Figures | None:
        """The figures, if there are any."""
        return self._figures.get((case.name, contender, job))

    def add_sums(self, case: Case, contender: Contender) -> None:
        """Fill in the jobs that are others done one after the other, round by round."""
        for job, parts in contender.sums.items():
            found = [self.find(case, contender.name, part) for part in parts]
            present = [figures for figures in found if figures]
            if len(present) == len(parts):
                self._figures[case.name, contender.name, job] = _sum_of(present)


def _sum_of(parts: Sequence[Figures]) -> Figures:
    samples = [
        Sample(
            wall_s=sum(sample.wall_s for sample in turn),
            cpu_s=sum(sample.cpu_s for sample in turn),
            peak_mb=max(sample.peak_mb for sample in turn),
        )
        for turn in zip(*(part.samples for part in parts), strict=False)
    ]
    return Figures(
        samples=samples,
        watched_mb=max(part.watched_mb for part in parts),
        pages=sum(part.pages for part in parts),
        size=sum(part.size for part in parts),
    )
