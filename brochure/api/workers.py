"""Who makes the pages: this process, or several."""

from __future__ import annotations

from concurrent.futures import Executor


def workers(jobs: int | None = None) -> Executor:
    """Up to `jobs` processes, as many as there are cores by default; to be used with `with`.

    The processes start when there is something to do, and import the program's main module.
    """
    from brochure.production.pool import Pool, cores
    from brochure.production.work import Here

    count = jobs or cores()
    return Pool(count) if count > 1 else Here()
