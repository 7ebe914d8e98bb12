"""Worker processes on this machine, which live as long as a command."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, TypeVar

import psutil
from tqdm import tqdm

from scenes.export.scheduler import Done, Scheduler, counted
from scenes.garbage import collect_seldom

Made = TypeVar("Made")

MEMORY = 0.25e9, 0.22e-3
"""Measured: so many bytes for a worker, and so many millions more for each pixel of its frames."""

LOADED = "scenes.export.preloaded"
"""What loads all that workers need."""

PLACES = 4096
"""Tasks that can be under way and counted at the same time."""

_counts: Any = None
"""In a worker: what all tasks have done so far."""

ARENA_MAX = -8
"""What glibc calls the number of its heaps (`M_ARENA_MAX`)."""


class Crew(Scheduler):
    """Worker processes; each loads manim once at most, for all that it will do.

    Parameters
    ----------
    most
        The most workers, or None for as many as there are processor cores.
    """

    lost = (BrokenProcessPool, CancelledError)
    advice = "try again with --workers 1"

    def __init__(self, most: int | None = None) -> None:
        self.most = self._side_by_side = most or cores()
        # Workers need not import manim: they are forks of this process before it has threads, or of
        # a server that has imported it. Where nothing is forked, each starts from nothing.
        method = "spawn" if sys.platform in ("win32", "darwin") else "forkserver"
        self._start = multiprocessing.get_context(method)
        if method == "forkserver":
            self._start.set_forkserver_preload([LOADED])
        self._counts = self._start.Array("q", 2 * PLACES)
        self._submitted = 0
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Let what workers need be loaded, before this process looks for what is to be drawn.

        A command that has loaded nothing yet does, and forks its workers: so that is loaded once.
        """
        if self._pool or self._start.get_start_method() != "forkserver":
            return
        # First, because it would lift the shield.
        resource_tracker.ensure_running()
        if "manim" not in sys.modules and threading.active_count() == 1:
            with _shielded():
                # Python loses an interrupt that comes where it lets go of a module's lock.
                import_module(LOADED)
                collect_seldom()
                self._pool = self._open(self.most, multiprocessing.get_context("fork"))
                # All of them are forked for the first task, before the pool has a thread.
                self._pool.submit(os.getpid)
        else:
            with _shielded():
                forkserver.ensure_running()

    def _open(self, count: int, start: BaseContext) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, start, initializer=_begin, initargs=(self._counts,))

    def size(self, pixels: int) -> int:
        """Return how many workers may draw frames of so many pixels: memory bounds them, too.

        Workers that come from now on are no more than that, also where two videos are under way.
        """
        fixed, each = MEMORY
        free = psutil.virtual_memory().available + self._held()
        count = max(1, min(self.most, int(free // (fixed + 1e6 * each * pixels))))
        self._side_by_side = count
        if count < self.most and not self._submitted:
            # Those that were forked beforehand are too many.
            self.close(at_once=True)
        return count

    def _held(self) -> int:
        """Return how much memory the workers have for themselves, and for the next task, too.

        What they still share with the process that they are forks of is nobody's to use again.
        """
        held = 0
        for number in list((self._pool and self._pool._processes) or ()):
            with contextlib.suppress(psutil.Error):
                held += psutil.Process(number).memory_full_info().uss
        return held

    def submit(self, work: Callable[..., Made], *arguments: Any) -> Future[Made]:
        """Let a worker call a function that stands at the top level of a module."""
        if self._pool is None:
            self.warm()
            self._pool = self._pool or self._open(self._side_by_side, self._start)
        place = self._submitted % PLACES
        self._submitted += 1
        self._counts[2 * place] = self._counts[2 * place + 1] = 0
        try:
            with _shielded():
                future = self._pool.submit(_do, place, work, *arguments)
        except BrokenProcessPool as error:
            # Said by the future, as it is when workers are lost later.
            future = Future()
            future.set_exception(error)
        vars(future)["place"] = place
        return future

    def done(self, future: Future[Any]) -> Done:
        """Return how far a task is that is under way, as its worker has told with `worked`."""
        place = vars(future)["place"]
        return Done(self._counts[2 * place], self._counts[2 * place + 1])

    def renew(self) -> None:
        """Let new workers come when the next task is submitted."""
        self.close(at_once=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        server = vars(forkserver)["_forkserver"]._forkserver_pid
        if isinstance(error, KeyboardInterrupt) and server:
            # It may be loading, and would stay until it has; nobody waits for it any more.
            os.kill(server, signal.SIGKILL)

    def close(self, *, at_once: bool = False) -> None:
        """Let the workers go; at once, in the middle of what they do."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            for worker in list((pool._processes or {}).values()):
                worker.kill()
            # A thread of the pool may be sending a task to them: without a reader it gives up, as
            # it does by itself from Python 3.11.5 on (CPython issue 94777).
            if sys.version_info < (3, 11, 5):
                vars(pool)["_call_queue"]._reader.close()
        # Its threads end, too, and give back what belongs to the system.
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _shielded() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started now, which would tell where they were.

    It reaches all processes of a terminal, and those that are still loading cannot ignore it yet.
    This one gets it a moment later: in between, a worker would be started that nobody knows of.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    came: list[int] = []
    # Threads of a library may take the signal that this one is shielded from, and Python then
    # handles it here all the same.
    here = threading.current_thread() is threading.main_thread()
    handler = signal.getsignal(signal.SIGINT)
    if here:
        signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if here:
            signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _begin(counts: Any) -> None:
    global _counts
    _counts = counts
    # The server that forks workers does not collect at all.
    collect_seldom()
    # manim's progress bars, unseen as they are, would each get a lock of the whole system, and one
    # that a worker leaves behind when it is killed is told to the user.
    tqdm.set_lock(threading.RLock())
    # A terminal's Ctrl-C reaches all processes; the one in front tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each encoder has a thread and glibc a heap for each thread, in which frames pile up.
    if libc := _glibc():
        libc.mallopt(ARENA_MAX, 2)


def _glibc() -> Any:
    """Return the C library, if it is one that can give memory back, or None."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return libc if hasattr(libc, "malloc_trim") else None


def _do(place: int, work: Callable[..., Made], *arguments: Any) -> Made:
    def count(done: Done) -> None:
        # Each task has a place of its own: nobody else writes there.
        _counts[2 * place] += done.frames
        _counts[2 * place + 1] += done.found

    try:
        with counted(count):
            return work(*arguments)
    finally:
        # Otherwise a worker that draws one lesson after another keeps what each of them took.
        gc.collect()
        if libc := _glibc():
            libc.malloc_trim(0)
