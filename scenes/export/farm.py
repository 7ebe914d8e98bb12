"""Workers on other machines, or many on this one, behind a Dask scheduler.

Dask brings the queue, the network and the watching over workers; this module only speaks its
language. It is an extra of the package: ``pip install "slopewise[farm]"``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, TypeVar

from scenes.digest import code_digest
from scenes.export.crew import cores
from scenes.export.scheduler import Done, Scheduler, counted
from scenes.parameters import UsageError

Made = TypeVar("Made")

LOCAL = "local"
"""The address of a cluster that is started on this machine and ends with the command."""

PATIENCE = 30.0
"""Seconds that a scheduler, and then its first worker, may take to answer."""

RETRIES = 2
"""How often Dask gives a task to another worker when one is lost, before it gives up."""

_alone = threading.Lock()
"""manim's settings belong to a whole process: a worker with many threads draws in one of them."""


class Farm(Scheduler):
    """The workers of a Dask cluster.

    Parameters
    ----------
    address
        Of a scheduler, as in ``tcp://host:8786``, or `LOCAL`.
    most
        The most workers of a local cluster, or None for as many as there are processor cores.

    Raises
    ------
    UsageError
        If Dask is not installed, no scheduler or worker answers, or a worker runs other code.
    """

    is_far = True
    advice = "look at the log of the workers, or give each more memory"

    def __init__(self, address: str, most: int | None = None) -> None:
        try:
            import distributed
        except ImportError:
            raise UsageError(
                '--cluster: needs another package: pip install "slopewise[farm]"'
            ) from None
        # What its workers say when they end is not for a class to see.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self.lost = (
            distributed.scheduler.KilledWorker,
            distributed.comm.CommClosedError,
            CancelledError,
        )
        self._own: Any = None
        where: Any = address
        if address == LOCAL:
            # Several threads would share one manim; the port of its pages may be taken.
            self._own = where = distributed.LocalCluster(
                n_workers=most or cores(), threads_per_worker=1, dashboard_address=None
            )
        try:
            self._client = distributed.Client(where, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError):
            raise UsageError(
                f"--cluster {address}: no scheduler answers; allowed: local, or the address "
                "that `dask scheduler` prints, as in tcp://host:8786"
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._compare(address)
        except TimeoutError:
            self.close()
            raise UsageError(
                f"--cluster {address}: there is no worker; allowed: one at least, as by "
                f"`dask worker {address} --nthreads 1`"
            ) from None
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False, retries=RETRIES)
        self._topic = f"slopewise-{self._client.id}"
        self._done: list[Done] = []
        self._client.subscribe_topic(self._topic, self._hear)

    def _compare(self, address: str) -> None:
        """Raise `UsageError` if a worker runs other code, or with other libraries."""
        mine = code_digest()
        try:
            theirs = self._client.run(_code)
        except ImportError as error:
            raise UsageError(
                f"--cluster {address}: a worker lacks this package ({error}); allowed: workers "
                "started where it is installed"
            ) from None
        for worker, code in theirs.items():
            if code != mine:
                raise UsageError(_other(worker, code, mine))

    def warm(self) -> None:
        """Do nothing: these workers stand ready."""

    def renew(self) -> None:
        """Do nothing: Dask's nannies start new workers, and others may come."""

    def size(self, pixels: int) -> int:
        """Return how many workers there are now; their memory is their own matter."""
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, work: Callable[..., Made], *arguments: Any) -> Future[Made]:
        """Let a worker call a function that stands at the top level of a module."""
        number = len(self._done)
        self._done.append(Done())
        ticket = self._topic, number
        future: Future[Made] = self._executor.submit(_do, code_digest(), ticket, work, *arguments)
        vars(future)["number"] = number
        return future

    def done(self, future: Future[Any]) -> Done:
        """Return how far a task is that is under way, as its worker has told with `worked`."""
        number: int = vars(future)["number"]
        return self._done[number]

    def _hear(self, event: tuple[float, tuple[int, int, int]]) -> None:
        """Take what a worker tells: the number of a task, and how far it is."""
        number, *done = event[1]
        self._done[number] = Done(*done)

    def close(self, *, at_once: bool = False) -> None:
        """Let the workers go, those of a local cluster for good."""
        self._client.close(timeout=2)
        if self._own is not None:
            self._own.close(timeout=2)


def own_folder() -> Path:
    """Return, in a worker, the folder that is its own, and goes when it ends."""
    from distributed import get_worker

    return Path(get_worker().local_directory) / "slopewise"


def _code() -> str:
    """Return the digest of the code that a worker has."""
    return code_digest()


def _do(code: str, ticket: tuple[str, int], work: Callable[..., Made], *arguments: Any) -> Made:
    """Do a task in a worker, which may have come after the others were looked at."""
    from distributed import get_worker

    worker, (topic, number), total = get_worker(), ticket, Done()
    if code != code_digest():
        raise UsageError(_other(worker.address, code_digest(), code))

    def count(done: Done) -> None:
        # All so far, not what is new: a task that is begun again by another worker begins at 0.
        nonlocal total
        total = total.plus(done)
        worker.log_event(topic, [number, *total])

    with _alone, counted(count):
        return work(*arguments)


def _other(worker: str, theirs: str, mine: str) -> str:
    return (
        f"--cluster: worker {worker} has other code or libraries ({theirs[:8]}, here {mine[:8]}): "
        "install the same version there"
    )
