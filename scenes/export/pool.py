"""Many jobs side by side: worker processes, and what each job came to as it is done."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

Job = TypeVar("Job")
Made = TypeVar("Made")


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[..., Made], jobs: Sequence[Job], *more: Any) -> Iterator[tuple[Job, Made]]:
    """Do jobs, and yield each with its result when it is done, in no order.

    Parameters
    ----------
    work
        A function of a job and of `more`, at the top level of a module.
    jobs
        What to do. One job alone is done in this process, without the start of another.
    *more
        Further arguments, the same for every job.
    """
    count = min(cores(), len(jobs))
    if count <= 1:
        for job in jobs:
            yield job, work(job, *more)
        return
    # Spawned: a forked child would share manim's state with its siblings.
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, start) as pool:
        waiting = {pool.submit(work, job, *more): job for job in jobs}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
