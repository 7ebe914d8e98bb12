"""Who does the work: one interface for the workers of this machine and for those of others.

It has the shape of `concurrent.futures`: work is submitted, and a future says what it came to.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

Task = TypeVar("Task")
Made = TypeVar("Made")

ATTENTION = 0.1
"""Seconds between two looks at how far the workers are."""

_count: Callable[[Done], None] | None = None
"""In a worker: takes what has been done of the task that is under way."""


class WorkerLostError(RuntimeError):
    """Workers ended before their work was done, twice."""


class Done(NamedTuple):
    """How far work is: frames that are done, and segments of them that were found in the cache."""

    frames: int = 0
    found: int = 0

    def plus(self, other: Done) -> Done:
        """Return what both are together."""
        return Done(self.frames + other.frames, self.found + other.found)


def worked(frames: int, found: int = 0) -> None:
    """Tell, in a worker, that so many more frames are done, and how many segments were found."""
    if _count is not None:
        _count(Done(frames, found))


@contextmanager
def counted(count: Callable[[Done], None]) -> Iterator[None]:
    """Let a function take what is told with `worked` while a task is done."""
    global _count
    _count = count
    try:
        yield
    finally:
        _count = None


class Scheduler(ABC):
    """Workers that do what is submitted to them, one task each at a time.

    Attributes
    ----------
    lost
        What a future raises when its worker has ended in the middle.
    is_far
        Whether workers may stand on machines that do not see this one's files: what they make comes
        back as bytes.
    advice
        What the user may try when workers are lost again and again.
    """

    lost: tuple[type[BaseException], ...] = ()
    is_far = False
    advice = ""

    @abstractmethod
    def done(self, future: Future[Any]) -> Done:
        """Return how far a task is that is under way, as its worker has told with `worked`."""

    @abstractmethod
    def submit(self, work: Callable[..., Made], *arguments: Any) -> Future[Made]:
        """Let a worker call a function that stands at the top level of a module."""

    @abstractmethod
    def size(self, pixels: int) -> int:
        """Return how many workers may draw frames of so many pixels side by side."""

    @abstractmethod
    def close(self, *, at_once: bool = False) -> None:
        """Let the workers go; at once, in the middle of what they do."""

    @abstractmethod
    def warm(self) -> None:
        """Let workers get ready, while this process looks for what is to be done."""

    @abstractmethod
    def renew(self) -> None:
        """Get new workers in the place of those that are lost."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(at_once=error is not None)

    def run(
        self,
        work: Callable[[Task], Made],
        tasks: Sequence[Task],
        progress: Callable[[Done], None] | None = None,
    ) -> list[Made]:
        """Do tasks side by side and return what they came to, in order.

        Where workers are lost, the tasks are done once more; what they had finished is found.

        Parameters
        ----------
        work
            A function of a task.
        tasks
            What to do.
        progress
            Is told how far all tasks together are, now and then.

        Raises
        ------
        WorkerLostError
            If workers are lost the second time.
        """
        return self.gather(work, tasks, [self.submit(work, task) for task in tasks], progress)

    def gather(
        self,
        work: Callable[[Task], Made],
        tasks: Sequence[Task],
        futures: Sequence[Future[Made]],
        progress: Callable[[Done], None] | None = None,
    ) -> list[Made]:
        """Wait for tasks that have been submitted; else as `run`."""
        for last in (False, True):
            try:
                waiting = set(futures)
                while waiting:
                    ended, waiting = wait(waiting, ATTENTION, FIRST_COMPLETED)
                    for future in ended:
                        future.result()
                    if progress:
                        total = Done()
                        for future in futures:
                            total = total.plus(self.done(future))
                        progress(total)
                return [future.result() for future in futures]
            except self.lost:
                self.renew()
                if last:
                    raise WorkerLostError(
                        "a worker was lost twice, perhaps for want of memory; what it had finished "
                        f"is kept: {self.advice}"
                    ) from None
                futures = [self.submit(work, task) for task in tasks]
        raise AssertionError

    def each(
        self,
        work: Callable[..., Made],
        tasks: Sequence[Task],
        lost: Callable[[Task], Made] | None = None,
    ) -> Iterator[tuple[Task, Made]]:
        """Do tasks, and yield each with what it came to when it is done, in no order.

        Parameters
        ----------
        work
            A function of a task.
        tasks
            What to do.
        lost
            Returns what a task came to whose worker was lost again and again. The others are done
            nevertheless; without it that is an error.

        Raises
        ------
        WorkerLostError
            If workers are lost the second time, and nobody says what that comes to.
        """
        left = {self.submit(work, task): task for task in tasks}
        losses = 0
        while left:
            ended, _ = wait(left, return_when=FIRST_COMPLETED)
            for future in ended:
                try:
                    made = future.result()
                except self.lost:
                    losses += 1
                    break
                yield left.pop(future), made
            else:
                continue
            self.renew()
            if losses > 1 and lost is None:
                raise WorkerLostError(f"a worker was lost twice: {self.advice}")
            rest = list(left.values())
            if losses > 1 and lost is not None:
                # One at a time: so it is known whose worker was lost.
                yield from self._alone(work, rest, lost)
                return
            left = {self.submit(work, task): task for task in rest}

    def _alone(
        self,
        work: Callable[..., Made],
        tasks: Sequence[Task],
        lost: Callable[[Task], Made],
    ) -> Iterator[tuple[Task, Made]]:
        for task in tasks:
            try:
                yield task, self.submit(work, task).result()
            except self.lost:
                self.renew()
                yield task, lost(task)
