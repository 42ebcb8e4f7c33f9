"""What a process takes: seconds on the wall, seconds of processor, memory at its peak.

A process's own children count as its own. The system's figure for memory (`ru_maxrss`) is that of
the largest single process, so a contender with several is watched in one more run, which is not
timed: the sum of the proportional set sizes (PSS), where what workers share counts once.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE_S = 0.02
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
            said = _said(process, output)
        peak = usage.ru_maxrss * RSS_UNITS / 1e6
        samples.append((wall, usage.ru_utime + usage.ru_stime, peak))
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


def _started(command: Command, output: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **command.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        command.words, env=environment, stdout=output, stderr=subprocess.STDOUT
    )


def _said(process: subprocess.Popen[bytes], output: object) -> str:
    """What the process printed; raises `FailedError` with its end if it failed."""
    output.seek(0)
    text = output.read().decode(errors="replace")
    if process.returncode:
        words = " ".join(map(str, process.args))
        raise FailedError(f"exit code {process.returncode}: {words}\n{text[-2000:]}")
    return text


def _memory_of(pid: int) -> int:
    """The bytes that a process and its children hold; 0 if they have just gone."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_own_memory(member) for member in family)


def _own_memory(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return getattr(memory, "pss", memory.uss)


def python(program: Path | str, *words: object) -> Command:
    """A module (by its name) or a program in a process of its own, which knows this project."""
    start = ("-m", program) if isinstance(program, str) else (str(program),)
    tests = Path(__file__).parents[1]
    path = os.pathsep.join(map(str, (tests.parent, tests)))
    return Command(
        words=(sys.executable, *start, *map(str, words)), environment={"PYTHONPATH": path}
    )
