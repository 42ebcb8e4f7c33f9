"""How long a build takes when nothing, one word or everything has changed: processor and clock.

`python tests/bench_cache.py [CLINIC]`, on a machine that does nothing else.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def run(folder: Path, *command: str) -> tuple[float, float]:
    """Seconds of processor time, children included, and of the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, check=True, capture_output=True
    )
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def measure(name: str, folder: Path, command: list[str], prepare: Callable[[], object]) -> None:
    """The medians of `ROUNDS` runs, `prepare` before each."""
    times = []
    for _ in range(ROUNDS):
        prepare()
        time.sleep(0.1)
        times.append(run(folder, *command))
    processor, clock = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{name:<42} {processor:8.3f} s processor {clock:8.3f} s clock")


def main() -> None:
    """Measure every case in a copy of the clinic."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copy(source / "brochure.toml", folder)
        shutil.copytree(source / "content", folder / "content")
        text = next(iter(sorted(folder.glob("content/_collections/*/*-en.md"))))
        cache = folder / ".brochure-cache"
        build = ["-m", "brochure", "build"]
        handouts = [*build, "--edition", "handouts"]

        def clear() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        def edit() -> None:
            text.write_text(text.read_text(encoding="utf-8") + "\nword\n", encoding="utf-8")

        def lose_an_output() -> None:
            (folder / "output/manifest.json").unlink(missing_ok=True)

        def nothing() -> None:
            pass

        measure("python -c pass", folder, ["-c", "pass"], nothing)
        for title, command in (("brochures", build), ("handouts", handouts)):
            measure(f"{title}: all anew, one process", folder, [*command, "--jobs", "1"], clear)
            measure(f"{title}: all anew, all cores", folder, command, clear)
            measure(f"{title}: one edit", folder, command, edit)
            measure(f"{title}: no note, all kept", folder, command, lose_an_output)
            run(folder, *command)
            time.sleep(0.1)
            run(folder, *command)
            measure(f"{title}: nothing changed", folder, command, nothing)


if __name__ == "__main__":
    main()
