"""How far a command is: a bar on a terminal, a line now and then in a log, or events for tools."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import (
    Progress as Bar,
)

from scenes.export.events import emit
from scenes.export.scheduler import Done

LINES = 30.0
"""Seconds between two lines where nobody looks at a terminal."""

EVENTS = 0.5
"""Seconds between two events about the same thing."""


class Progress:
    """A progress bar over frames, or whatever is counted, on standard error.

    Parameters
    ----------
    name, unit
        What is done, and what is counted.
    as_json
        Write events to standard output instead: one JSON object a line.
    """

    def __init__(self, name: str, unit: str = "frames", *, as_json: bool = False) -> None:
        self._name, self._unit, self._as_json = name, unit, as_json
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}{task.fields[more]}"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=as_json or not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(name, total=None, unit=unit, more="")
        self._begun = self._said = time.monotonic()
        self._scenes = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def named(self, label: str, unit: str = "") -> Callable[[int, int], None]:
        """Return `show` for the next thing, by its name and the unit in which it is counted."""
        self._name, self._unit = label, unit or self._unit
        self._begun = time.monotonic()
        self._bar.reset(
            self._task, description=label, completed=0, total=None, unit=self._unit, more=""
        )
        return self.show

    def video(self, label: str, of: int = 1) -> Callable[[Done, int], None]:
        """Return what is told how far the next video is, by its name and how many there are."""
        self._scenes += 1
        number = self._scenes
        self.named(f"{label} ({number} of {of})" if of > 1 else label, "frames")
        self._name = label
        if self._as_json:
            emit("scene", scene=label, number=number, of=of)

        def tell(done: Done, frames: int) -> None:
            drawn = time.monotonic() - self._begun
            speed = done.frames / drawn if drawn > 0 else 0.0
            found = f", {done.found} segments found" if done.found else ""
            left = (frames - done.frames) / speed if speed else None
            self._tell(
                done.frames,
                frames,
                f", {speed:.0f} a second{found}",
                found=done.found,
                per_second=round(speed, 1),
                seconds_left=None if left is None else round(left, 1),
            )

        return tell

    def show(self, done: int, total: int) -> None:
        """Tell how many are done."""
        self._tell(done, total, "")

    def _tell(self, done: int, total: int, more: str, **details: Any) -> None:
        self._bar.update(self._task, completed=done, total=total, more=more)
        pause, now = EVENTS if self._as_json else LINES, time.monotonic()
        if now - self._said < pause and not (self._as_json and done == total):
            return
        if self._as_json:
            emit("progress", what=self._name, done=done, of=total, unit=self._unit, **details)
        elif not sys.stderr.isatty():
            # A log gets a line now and then, so that nobody thinks the render has died.
            print(f"{self._name}: {done} of {total} {self._unit}{more}", file=sys.stderr)
        else:
            return
        self._said = now
