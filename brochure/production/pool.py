"""As many processes as there are cores, forked from one that has loaded the layout engine.

They start when the first work comes: where the cache knows everything, none is ever started. What
they are forked from begins to load before, while the clinic's content is read.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Any

_SAFE_PATH = "PYTHONSAFEPATH"


def cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool(Executor):
    """Up to `jobs` processes; leaving the `with` block by an exception ends them at once."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._context = _context()
        self._pool: ProcessPoolExecutor | None = None
        self._open = ExitStack()
        self._others = set(multiprocessing.active_children())

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand it to a process that has nothing to do, or to the next one that is done."""
        if self._pool is None:
            folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="brochure-"))
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=self._context, initializer=_begin, initargs=(folder,)
            )
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they have done what they were given."""
        if self._pool:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._open.close()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind:
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        self.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Fork from a process that does nothing else; start anew where that is not safe."""
    if os.name != "posix" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["brochure.production.workshop"])
    with _deaf_to_interrupts(), _with_our_modules():
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started meanwhile never hears of Ctrl-C; here, it waits for the end.

    The fork server would ignore it only when it has loaded everything.
    """
    resource_tracker.ensure_running()  # whose start, later, would let the signal through again
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


@contextmanager
def _with_our_modules() -> Iterator[None]:
    """What is started meanwhile finds modules where this process does.

    The fork server is started with `-c`, and would look into the current folder first: a clinic's
    file of a module's name would be run instead of the module.
    """
    if {"", os.getcwd()} & set(sys.path) or _SAFE_PATH in os.environ:
        yield
        return
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        del os.environ[_SAFE_PATH]


def _begin(folder: str) -> None:
    """Prepare a new process: its files are removed with the pool's, and it ends with the pool."""
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to deal with
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "the pool started this process"
    parent.join()
    os._exit(1)
