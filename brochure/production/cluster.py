"""The same work on a Dask cluster (`brochure[cluster]`).

Scheduler and workers need this version of brochure and nothing of the clinic's: a piece of work is
sent with its pictures inside, and each font or profile that it names is sent to the cluster once
and written into a folder of the worker's. A worker that is lost loses nothing: the scheduler gives
what it had to another one. (That is why files are sent as tasks that can be repeated: what is
scattered is lost with its worker, and all that needs it is cancelled.)
"""

from __future__ import annotations

import importlib
import io
import os
import pickle
import tempfile
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from brochure.diagnostics import BrochureError, diagnose
from brochure.digests import file_digest, toolchain


class Cluster(Executor):
    """An executor on the scheduler at `address`, such as `tcp://10.0.0.1:8786`.

    Raises `BrochureError` with `cluster-unusable`.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise _unusable(
                address,
                "The library for clusters is not installed",
                "Install it with: pip install 'brochure[cluster]'",
            ) from None
        try:
            # The client of what is no address would be waited for when the program ends.
            distributed.comm.parse_host_port(distributed.comm.parse_address(address)[1])
        except ValueError:
            raise _unusable(
                address,
                "This is no scheduler's address",
                "Write it after --cluster as in tcp://10.0.0.1:8786.",
            ) from None
        try:
            self._client = distributed.Client(address, timeout="10s", set_as_default=False)
        except OSError as error:
            fix = "Start the scheduler, or correct the address after --cluster."
            raise _unusable(address, f"It does not answer: {error}", fix) from None
        self._executor = self._client.get_executor(retries=3)
        self._files: dict[str, Any] = {}

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send it to a worker."""
        call, paths = _packed((fn, args, kwargs))
        for digest, path in paths.items():
            if digest not in self._files:
                self._files[digest] = self._client.submit(bytes, path.read_bytes(), key=digest)
        files = {digest: self._files[digest] for digest in paths}
        future: Future[Any] = self._executor.submit(_call, call, files, toolchain())
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on."""
        self._executor.shutdown(wait=wait)
        self._client.close()


class _Pickler(pickle.Pickler):
    """Leaves every file that a value names out of it, and notes its digest."""

    def __init__(self, target: io.BytesIO) -> None:
        super().__init__(target)
        self.paths: dict[str, Path] = {}

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        if not isinstance(obj, Path) or not obj.is_file():
            return None
        digest = file_digest(obj)
        self.paths[digest] = obj
        return digest, obj.name


class _Unpickler(pickle.Unpickler):
    """Gives each file its place on this machine."""

    def __init__(self, source: io.BytesIO, files: Mapping[str, bytes]) -> None:
        super().__init__(source)
        self._files = files

    def persistent_load(self, pid: Any) -> Path:
        digest, name = pid
        return _placed(digest, name, self._files[digest])


def _packed(value: Any) -> tuple[bytes, dict[str, Path]]:
    target = io.BytesIO()
    pickler = _Pickler(target)
    pickler.dump(value)
    return target.getvalue(), pickler.paths


def _call(call: bytes, files: Mapping[str, bytes], wanted: tuple[tuple[str, str], ...]) -> Any:
    """Do, on a worker, what was packed: with the very programs that the sender has."""
    if others := dict(toolchain()).items() ^ dict(wanted).items():
        names = ", ".join(sorted({name for name, _ in others}))
        raise _unusable(
            "a worker",
            f"It has another version than this machine of: {names}",
            "Install the same versions on every machine of the cluster.",
        )
    fn, args, kwargs = _Unpickler(io.BytesIO(call), files).load()
    return fn(*args, **kwargs)


def _placed(digest: str, name: str, data: bytes) -> Path:
    """The file in this machine's folder for such files, written whole if it is not there."""
    path = Path(tempfile.gettempdir()) / f"brochure-files-{os.getuid()}" / digest / name
    if not path.is_file() or file_digest(path) != digest:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(written, path)
    return path


def _unusable(address: str, problem: str, fix: str) -> BrochureError:
    fault = diagnose(
        "cluster-unusable",
        None,
        problem=f"The cluster cannot be used ({address}): {problem}",
        cause="Every file has to come out the same, whichever machine makes it.",
        fix=fix,
    )
    return BrochureError([fault])
