"""Worker processes that live as long as a command, and draw what it has shared out."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from types import TracebackType
from typing import Any, Self, TypeVar

import psutil
from tqdm import tqdm

from scenes.export.pool import cores

Task = TypeVar("Task")
Made = TypeVar("Made")

MEMORY = 0.25e9, 0.22e-3
"""Measured: so many bytes for a worker, and so many millions more for each pixel of its frames."""

ATTENTION = 0.1
"""Seconds between two looks at how far the workers are."""

_counter: Any = None
"""In a worker: how many units of work all workers have done."""


class WorkerLostError(RuntimeError):
    """Workers ended before their work was done, twice."""


class Crew:
    """Worker processes; each starts Python and manim once, for all that it will draw.

    Parameters
    ----------
    most
        The most workers, or None for as many as there are processor cores.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = most or cores()
        # A server that has imported manim forks workers that need not. A plain fork would copy this
        # process with its threads; where there is no server, each worker starts from nothing.
        method = "spawn" if sys.platform in ("win32", "darwin") else "forkserver"
        self._start = multiprocessing.get_context(method)
        if method == "forkserver":
            self._start.set_forkserver_preload(["scenes.export.render"])
        self._done = self._start.Value("q", 0)
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Let what workers need be loaded, while this process looks for what is to be drawn."""
        if self._start.get_start_method() == "forkserver":
            forkserver.ensure_running()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(at_once=error is not None)

    def size(self, pixels: int) -> int:
        """Return how many workers may draw frames of so many pixels: memory bounds them, too."""
        fixed, each = MEMORY
        free = psutil.virtual_memory().available
        return max(1, min(self.most, int(free // (fixed + 1e6 * each * pixels))))

    def run(
        self,
        work: Callable[[Task], Made],
        tasks: Sequence[Task],
        progress: Callable[[int], None] | None = None,
    ) -> list[Made]:
        """Do tasks side by side and return what they came to, in order.

        Where workers are killed, the tasks are done once more; what they had finished is found.

        Parameters
        ----------
        work
            A function of a task, at the top level of a module. It tells `worked` how far it is.
        tasks
            What to do.
        progress
            Is told how many units of work are done, now and then.

        Raises
        ------
        WorkerLostError
            If workers are killed the second time.
        """
        for last in (False, True):
            try:
                return self._run(work, tasks, progress)
            except BrokenProcessPool:
                self.close(at_once=True)
                if last:
                    raise WorkerLostError(
                        "a worker was killed twice, perhaps for want of memory; what it had "
                        "finished is kept: try again with --workers 1"
                    ) from None
        raise AssertionError

    def _run(
        self,
        work: Callable[[Task], Made],
        tasks: Sequence[Task],
        progress: Callable[[int], None] | None,
    ) -> list[Made]:
        self._done.value = 0
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.most, self._start, initializer=_begin, initargs=(self._done,)
            )
        futures = [self._pool.submit(work, task) for task in tasks]
        waiting: set[Future[Made]] = set(futures)
        while waiting:
            ended, waiting = wait(waiting, ATTENTION, FIRST_EXCEPTION)
            for future in ended:
                future.result()
            if progress:
                progress(int(self._done.value))
        return [future.result() for future in futures]

    def close(self, *, at_once: bool = False) -> None:
        """Let the workers go; at once, in the middle of what they do."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            for worker in list((pool._processes or {}).values()):
                worker.kill()
        # Its threads end, too, and give back what belongs to the system.
        pool.shutdown(cancel_futures=True)


def worked(units: int) -> None:
    """Tell, in a worker, that so many more units of work are done."""
    if _counter is not None:
        with _counter.get_lock():
            _counter.value += units


def _begin(done: Any) -> None:
    global _counter
    _counter = done
    # manim's progress bars, unseen as they are, would each get a lock of the whole system, and one
    # that a worker leaves behind when it is killed is told to the user.
    tqdm.set_lock(threading.RLock())
    # A terminal's Ctrl-C reaches all processes; the one in front tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
