"""The same bytes from a real cluster, also where a worker is killed half-way."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

import brochure
from brochure import api
from brochure.api.brochures import make
from pdf import runs

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
HOST = "127.0.0.1"


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers of one process each: the address, and the workers."""
    script = "import sys; from distributed.cli.{} import main; sys.argv[1:] = {}; main()"
    file = tmp_path / "scheduler.json"

    def started(kind: str, *arguments: str) -> subprocess.Popen:
        code = script.format(kind, list(arguments))
        return processes.enter_context(
            subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=tmp_path,
                env=runs.surroundings(PYTHONPATH=str(Path(brochure.__file__).parents[1])),
                stderr=subprocess.DEVNULL,
            )
        )

    with ExitStack() as processes:
        scheduler = started(
            "dask_scheduler",
            *("--host", HOST, "--port", "0", "--no-dashboard", "--scheduler-file", str(file)),
        )
        workers = [
            started(
                "dask_worker",
                *("--scheduler-file", str(file), "--no-nanny", "--nthreads", "1"),
                *("--no-dashboard", "--host", HOST, "--local-directory", str(tmp_path)),
            )
            for _ in range(2)
        ]
        try:
            with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
                address = client.scheduler.address
            yield address, workers
        finally:
            for process in (*workers, scheduler):
                process.kill()


def handouts(folder: Path, executor=None) -> dict[str, bytes]:
    edition = api.edition_named("handouts")
    report = make(api.open_project(folder), edition=edition, executor=executor)
    return {item.path: item.data for item in report.artefacts}


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(cluster, tmp_path):
    address, workers = cluster
    folder = runs.clinic(tmp_path / "clinic")
    here = handouts(folder)

    with api.workers(cluster=address) as executor:
        assert handouts(folder, executor) == here
        with ThreadPoolExecutor(1) as thread:
            again = thread.submit(handouts, folder, executor)
            workers[0].kill()
            assert again.result(timeout=120) == here
