"""What a process takes: seconds on the wall, seconds of processor, memory at its peak.

A process's own children count as its own. The system's figure for memory (`ru_maxrss`) is that of
the largest single process, so a contender with several is watched in one more run, which is not
timed: the sum of the proportional set sizes (PSS), where what workers share counts once. That
needs Linux. There a process also never shows less than the one that it was started from had, so
the benchmark's own stays small: Pillow and PDFium work in another one.
"""

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PAUSE_S = 0.02
ORPHANS_S = 3.0
"""How long children that outlive their parent are waited for."""
PR_SET_CHILD_SUBREAPER = 36
RSS_UNITS = 1 if sys.platform == "darwin" else 1024
"""`ru_maxrss` is in bytes on macOS, in KiB elsewhere."""


class FailedError(Exception):
    """A process ended with an exit code other than 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one run took; memory is that of the largest process, or 0 where nobody looked."""

    wall_s: float
    cpu_s: float
    peak_mb: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command line, and what its environment has besides this process's own."""

    words: tuple[str, ...]
    environment: Mapping[str, str]


def run(commands: Sequence[Command]) -> tuple[Sample, str]:
    """Run the commands one after the other; gives what they took together, and the last output."""
    samples, said = [], ""
    for command in commands:
        with tempfile.TemporaryFile() as output:
            start = time.perf_counter()
            process = _started(command, output)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            usages = [usage, *_left_behind(process.pid)]
            said = _said(process, output)
        peak = max(usage.ru_maxrss for usage in usages) * RSS_UNITS / 1e6
        samples.append((wall, sum(usage.ru_utime + usage.ru_stime for usage in usages), peak))
    walls, cpus, peaks = zip(*samples, strict=True)
    return Sample(wall_s=sum(walls), cpu_s=sum(cpus), peak_mb=max(peaks)), said


def watch(commands: Sequence[Command]) -> float:
    """Run the commands and look every few milliseconds; gives the largest sum of memory in MB."""
    peak = 0
    for command in commands:
        with tempfile.TemporaryFile() as output:
            process = _started(command, output)
            while process.poll() is None:
                peak = max(peak, _memory_of(process.pid))
                time.sleep(PAUSE_S)
            _said(process, output)
    return peak / 1e6


def adopt_orphans() -> None:
    """Make this process the parent of what its children leave behind (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _left_behind(group: int) -> Iterator[resource.struct_rusage]:
    """What orphans of a process took, such as the server that its workers were forked from."""
    end = time.perf_counter() + ORPHANS_S
    while time.perf_counter() < end:
        try:
            pid, _, usage = os.wait4(-group, os.WNOHANG)
        except ChildProcessError:
            return
        if pid:
            yield usage
        else:
            time.sleep(PAUSE_S)


def _started(command: Command, output: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **command.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        command.words,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
    )


def _said(process: subprocess.Popen[bytes], output: IO[bytes]) -> str:
    """What the process printed; raises `FailedError` with its end if it failed."""
    output.seek(0)
    text = output.read().decode(errors="replace")
    if process.returncode:
        words = " ".join(map(str, process.args))
        raise FailedError(f"exit code {process.returncode}: {words}\n{text[-2000:]}")
    return text


def _memory_of(pid: int) -> int:
    """The bytes that a process and its children hold; 0 if it has just gone, or without /proc."""
    here = Path("/proc", str(pid))
    try:
        rollup = (here / "smaps_rollup").read_text(encoding="ascii")
        threads = [task.read_text(encoding="ascii") for task in here.glob("task/*/children")]
    except OSError:
        return 0
    lines = [line.split() for line in rollup.splitlines()]
    own = sum(int(line[1]) * 1024 for line in lines if line[0] == "Pss:")
    return own + sum(_memory_of(int(child)) for thread in threads for child in thread.split())


def program(*words: object) -> Command:
    """A program for this Python, which knows the checkout and its tests."""
    tests = Path(__file__).parents[1]
    path = os.pathsep.join(map(str, (tests.parent, tests)))
    return Command(words=(sys.executable, *map(str, words)), environment={"PYTHONPATH": path})
