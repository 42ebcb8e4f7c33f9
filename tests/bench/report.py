"""Results as Markdown tables and as JSON, and the section "Speed" of the README."""

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.jobs import Case, Contender, Job
from bench.results import Figures, Results
from bench.targets import (
    FLAT_LIMIT,
    START_LIMIT_MS,
    TARGETS,
    peak_mb,
    start_ms,
)

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
COLD = (Job.COLD_EL, Job.COLD_BOTH, Job.COLD_ALL)
"""The jobs whose memory and sizes are worth a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """One clinic of the series that shows whether a page costs the same in a large one."""

    treatments: int
    pages: int
    wall_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """All that a run found."""

    date: str
    rounds: int
    cases: Sequence[Case]
    contenders: Sequence[Contender]
    results: Results
    flat: Sequence[Flat]


def markdown(bench: Bench) -> str:
    """Every table."""
    tables = [_heading(bench)]
    for case in bench.cases:
        tables += [f"**{case.name}**", _times(bench, case), _sizes(bench, case)]
    return "\n\n".join([*tables, *_verdicts(bench)]) + "\n"


def readme_section(bench: Bench) -> str:
    """The largest clinic with pictures, and the targets."""
    case = max(bench.cases, key=lambda case: (case.treatments, case.pictures))
    tables = [_heading(bench), f"**{case.name}**", _times(bench, case), _sizes(bench, case)]
    return "\n\n".join([*tables, *_verdicts(bench)])


def write_readme(path: Path, bench: Bench) -> None:
    """Replace what stands between the two marks."""
    before, found, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, found_end, after = rest.partition(END)
    if not (found and found_end):
        raise SystemExit(f"{path} lacks the marks {BEGIN} and {END}")
    section = f"{before}{BEGIN}\n\n{readme_section(bench)}\n\n{END}{after}"
    path.write_text(section, encoding="utf-8")


def as_json(bench: Bench) -> str:
    """Every sample and every figure."""
    rows = [
        {
            "case": case.name,
            "contender": contender.name,
            "job": job.name.lower(),
            "wall_s": figures.wall_s,
            "cpu_s": figures.cpu_s,
            "peak_mb": figures.peak_mb,
            "pages": figures.pages,
            "bytes": figures.size,
            "samples": [asdict(sample) for sample in figures.samples],
        }
        for case in bench.cases
        for contender in bench.contenders
        for job in Job
        if (figures := bench.results.find(case, contender.name, job))
    ]
    targets = [
        {"target": text, "limit": limit, "unit": unit, "case": case.name, "value": value}
        for text, limit, unit, values in _rows_of_targets(bench)
        for case, value in values
    ]
    return json.dumps(
        {
            "date": bench.date,
            "machine": machine(),
            "versions": {item.name: item.version for item in bench.contenders},
            "rounds": bench.rounds,
            "results": rows,
            "targets": targets,
            "flat": [asdict(item) for item in bench.flat],
        },
        ensure_ascii=False,
        indent=1,
    )


def machine() -> str:
    """Processor, cores, memory, system, Python."""
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    system = _release().get("PRETTY_NAME") or platform.system()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {memory} GiB, {system}, "
        f"Python {platform.python_version()}"
    )


def _release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _heading(bench: Bench) -> str:
    versions = ", ".join(
        f"{item.name} {item.version}" if item.version else f"{item.name}: not installed"
        for item in bench.contenders
    )
    rounds = f"{bench.rounds} round{'s' * (bench.rounds > 1)}"
    return (
        f"Measured {bench.date} by `make bench`, {rounds}, on {machine()}.\n"
        f"{versions}.\nSeconds on the wall: the median, and in brackets the smallest and the "
        "largest."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _times(bench: Bench, case: Case) -> str:
    def cell(contender: Contender, job: Job) -> str:
        figures = bench.results.find(case, contender.name, job)
        return _seconds(figures) if figures else "–"

    present = [contender for contender in bench.contenders if contender.version]
    rows = [[job.value, *(cell(contender, job) for contender in present)] for job in Job]
    return _table(["job", *(contender.name for contender in present)], rows)


def _seconds(figures: Figures) -> str:
    digits = 3 if figures.wall_s < 1 else 2
    low, high = figures.spread_s
    return f"{figures.wall_s:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def _sizes(bench: Bench, case: Case) -> str:
    rows = [
        [
            contender.name,
            job.value,
            f"{figures.cpu_s:.2f} s",
            f"{peak_mb(figures):.0f} MB",
            str(figures.pages),
            f"{figures.size / 1e6:.2f} MB",
        ]
        for job in COLD
        for contender in bench.contenders
        if (figures := bench.results.find(case, contender.name, job))
    ]
    return _table(["contender", "job", "processor", "peak memory", "pages", "size"], rows)


def _rows_of_targets(
    bench: Bench,
) -> Iterator[tuple[str, float, str, list[tuple[Case, float]]]]:
    """Each target: its words, its limit, the limit's unit, and what was found in each case."""
    for target in TARGETS:
        found = [(case, target.value(bench.results, case)) for case in bench.cases]
        yield target.text, target.limit, "", _present(found)
    for job in (Job.NOTHING, Job.NOTHING_HANDOUTS):
        found = [(case, start_ms(bench.results, case, job)) for case in bench.cases]
        yield f"{job.value}, beyond `python -c pass`", START_LIMIT_MS, "ms", _present(found)


def _present(found: Iterable[tuple[Case, float | None]]) -> list[tuple[Case, float]]:
    return [(case, value) for case, value in found if value is not None]


def _verdicts(bench: Bench) -> Iterator[str]:
    head = ["target", "at most", *(case.name for case in bench.cases)]
    rows = []
    for text, limit, unit, values in _rows_of_targets(bench):
        found = {case.name: value for case, value in values}
        cells = [_verdict(found.get(case.name), limit, unit) for case in bench.cases]
        rows.append([text, _number(limit, unit), *cells])
    yield _table(head, rows)
    if bench.flat:
        yield _flat(bench.flat)


def _verdict(value: float | None, limit: float, unit: str = "") -> str:
    if value is None:
        return "not measured"
    return f"{_number(value, unit)}, {'met' if value <= limit else 'not met'}"


def _number(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit else f"{value:.3g}" if value < 0.1 else f"{value:.2f}"


def _flat(series: Sequence[Flat]) -> str:
    """Seconds a page, and what a further page costs from one clinic to the next larger one."""
    rows = []
    steps: list[float] = []
    for index, item in enumerate(series):
        if index:
            before = series[index - 1]
            steps.append((item.wall_s - before.wall_s) / (item.pages - before.pages))
        further = f"{steps[-1] * 1000:.1f} ms" if index else ""
        a_page = f"{item.wall_s / item.pages * 1000:.1f} ms"
        rows.append(
            [str(item.treatments), str(item.pages), f"{item.wall_s:.2f} s", a_page, further]
        )
    table = _table(["treatments (el)", "pages", "cold", "a page", "a further page"], rows)
    ratio = steps[-1] / steps[0]
    return (
        f"{table}\n\nA further page, in the largest clinic against the smallest ones: "
        f"{_verdict(ratio, FLAT_LIMIT)} (at most {FLAT_LIMIT})."
    )
