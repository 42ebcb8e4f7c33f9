"""What is measured, on which clinics, and what a contender says about how it does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bench.clinic import titles
from bench.measure import Command


class Job(Enum):
    """What a clinic asks for, in the order in which one contender's steps build on each other."""

    START = "Python itself (`python -c pass`)"
    COLD_EL = "cold, one language (el)"
    COLD_AR = "cold, one language (ar)"
    COLD_BOTH = "cold, both brochures"
    COLD_ALL = "cold, both brochures and all handouts"
    NOTHING = "nothing changed, both brochures"
    NOTHING_HANDOUTS = "nothing changed, all handouts"
    HANDOUTS = "all handouts again, parts warm"
    EDIT = "one edit, new process"
    RESIDENT = "one edit, resident process"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A generated clinic."""

    treatments: int
    pictures: bool
    clinic: Path

    @property
    def name(self) -> str:
        return f"{self.treatments} treatments, {'with' if self.pictures else 'no'} pictures"

    def brochures(self, pattern: str, languages: Sequence[str]) -> dict[Path, list[str]]:
        """The files `pattern` (with `{language}`), each with the titles that it must show."""
        return {
            Path(pattern.format(language=language)): titles(self.treatments, language)
            for language in languages
        }

    def handouts(self, pattern: str, languages: Sequence[str]) -> dict[Path, list[str]]:
        """The same for handouts; the pattern's `{number}` is the treatment's, with four digits."""
        return {
            Path(pattern.format(language=language, number=f"{number:04}")): [title]
            for language in languages
            for number, title in enumerate(titles(self.treatments, language))
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How a contender does a job.

    `begin` prepares it, which is not timed, and gives the command lines that are. `outputs` are
    the files that must be there afterwards, with their titles. A step with `laps` prints its
    samples itself (programs/laps.py); one that is `watched` has its memory measured in a run of
    its own, because it has several processes.
    """

    job: Job
    begin: Callable[[], Sequence[Command]]
    outputs: Mapping[Path, Sequence[str]]
    laps: bool = False
    watched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A program that makes brochures.

    `sums` are jobs that it does by doing others one after the other, each from scratch; they are
    added up and not run. Without a `version` it is not installed.
    """

    name: str
    version: str
    steps: Callable[[Case, Path], list[Step]]
    sums: Mapping[Job, tuple[Job, ...]]
