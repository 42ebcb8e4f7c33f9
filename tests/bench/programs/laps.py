"""What a process that stays alive says about each of its turns."""

import json
import resource
import time
from collections.abc import Callable


class Laps:
    """Wall and processor seconds of calls, children included, printed as JSON at the end."""

    def __init__(self) -> None:
        self._laps: list[dict[str, float]] = []

    def time(self, call: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), _cpu_s()
        call()
        self._laps.append({"wall_s": time.perf_counter() - wall, "cpu_s": _cpu_s() - cpu})

    def print(self) -> None:
        print(json.dumps(self._laps))


def _cpu_s() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
