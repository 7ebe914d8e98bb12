"""One line that says how far a command is; quiet where nobody looks at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

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


class Progress:
    """A progress bar over frames, or whatever is counted, on standard error."""

    def __init__(self, name: str, unit: str = "frames") -> None:
        self._unit = unit
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(name, total=None, unit=unit)
        self._said = time.monotonic()

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
        self._unit = unit or self._unit
        self._bar.update(self._task, description=label, completed=0, total=None, unit=self._unit)
        return self.show

    def show(self, done: int, total: int) -> None:
        """Tell how many are done."""
        self._bar.update(self._task, completed=done, total=total)
        if not sys.stderr.isatty() and time.monotonic() - self._said > 10:
            # A log gets a line now and then, so that nobody thinks the render has died.
            print(f"{done} of {total} {self._unit}", file=sys.stderr)
            self._said = time.monotonic()
