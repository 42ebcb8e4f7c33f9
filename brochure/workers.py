"""Who makes the pages: this process, or several."""

from __future__ import annotations

from concurrent.futures import Executor


def workers(jobs: int | None = None, *, cluster: str = "") -> Executor:
    """Up to `jobs` processes, or the `cluster` at that address; to be used with `with`.

    As many processes as there are cores by default. They start when there is something to do, and
    import the program's main module; what they are forked from begins to load at once, so that a
    command does well to ask for them before all else. Raises `BrochureError` with
    `cluster-unusable`.
    """
    if cluster:
        from brochure.production.cluster import Cluster

        return Cluster(cluster)
    from brochure.production.pool import Pool, cores
    from brochure.production.work import Here

    count = jobs or cores()
    return Pool(count) if count > 1 else Here()
