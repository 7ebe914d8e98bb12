"""What a run leaves behind: its steps, and why it ended."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from gdcore._checks import Point
from gdcore.stopping import Stop

if TYPE_CHECKING:
    from gdcore._optimizer import Optimizer


# A NamedTuple, because a frozen dataclass with eight fields costs 1.5 µs to make (every field
# passes through object.__setattr__) against 0.35 µs, and the loop makes one per step.
class Step(NamedTuple):
    """One update. Everything in it is finite.

    A plain tuple underneath: immutable, comparable, picklable. The field `index` hides the tuple
    method of that name.
    """

    index: int  # type: ignore[assignment]
    """0 for the first."""
    point: Point
    value: float
    """Of the whole objective at `point`."""
    gradient: Point
    """What the optimiser was given: with a sampling, the gradient on that step's batch."""
    delta: Point
    """What was added; `next_point` is exactly `point + delta`."""
    state: Any
    """The optimiser's state after the update: the one that `delta` was computed with."""
    next_point: Point
    next_value: float


@dataclass(frozen=True, eq=False, slots=True)
class Trace:
    """A run of `descend`: immutable, comparable, picklable.

    Attributes
    ----------
    points
        n + 1 points for n steps, the start first; all finite.
    values
        Of the objective at the points.
    gradients
        Of the whole objective at the points, the last one included.
    steps
        The n steps; `steps[i]` leads from `points[i]` to `points[i + 1]`.
    stop
        Why the run ended.
    optimizer
        The optimiser; a description if the trace was read from a file and the optimiser is not one
        of `gdcore.optimizers`.
    objective_text, variables
        What was descended.
    batches
        The examples each step looked at, n index tuples; empty without a sampling.

    Values and gradients are finite too, with one exception: where the start's own value or gradient
    is not finite, the trace has that one point and no steps. A landing where anything is not finite
    is not recorded; `stop.refused` and `stop.sentence` tell of it. A landing beyond the bound is
    finite and is the last point.
    """

    points: tuple[Point, ...]
    values: tuple[float, ...]
    gradients: tuple[Point, ...]
    steps: tuple[Step, ...]
    stop: Stop
    optimizer: Optimizer | str
    objective_text: str
    variables: tuple[str, ...]
    batches: tuple[tuple[int, ...], ...] = ()

    def __deepcopy__(self, memo: object) -> Trace:
        """Return the trace itself: it cannot change, and may be thousands of steps long."""
        return self

    @property
    def start(self) -> Point:
        """The first point."""
        return self.points[0]

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.steps)

    def __eq__(self, other: object) -> bool:
        """Compare everything, NaN being equal to NaN.

        Only a start with a value or gradient that is not finite puts a NaN into a trace.
        """
        if not isinstance(other, Trace):
            return NotImplemented
        same = self._contents() == other._contents()
        return same or (not self.steps and repr(self) == repr(other))

    def _contents(self) -> tuple[object, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))

    def __hash__(self) -> int:
        # Without the values: NaNs that compare equal here have different hashes.
        return hash((self.points, self.stop.reason, self.objective_text))

    def first(self, true: Callable[[Point, float], bool]) -> int | None:
        """Return the first index n for which `true(points[n], values[n])`, or None."""
        pairs = enumerate(zip(self.points, self.values, strict=True))
        return next((n for n, pair in pairs if true(*pair)), None)

    def beginning(self, steps: int) -> Trace:
        """Return the first steps of the run as a run of its own; `stop` is still the whole run's.

        Parameters
        ----------
        steps
            How many steps at most, 0 or more.

        Examples
        --------
        >>> from gdcore import GradientDescent, Objective, descend
        >>> run = descend(Objective.parse("x**2"), 4.0, GradientDescent(0.25), max_steps=9)
        >>> run.beginning(2).points
        ((4.0,), (2.0,), (1.0,))
        """
        return replace(
            self,
            points=self.points[: steps + 1],
            values=self.values[: steps + 1],
            gradients=self.gradients[: steps + 1],
            steps=self.steps[:steps],
            batches=self.batches[:steps],
        )

    def settled(self, true: Callable[[Point, float], bool]) -> int | None:
        """Return the index from which `true(point, value)` holds to the end, or None.

        Examples
        --------
        A value that dips below 0.01, rises, and dips again has settled only the second time.
        """
        since = None
        for n in range(len(self.points) - 1, -1, -1):
            if not true(self.points[n], self.values[n]):
                break
            since = n
        return since

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Write one row per point; see `gdcore.trace_csv`."""
        from gdcore import trace_csv

        trace_csv.write(self, path)

    def to_json(self, path: str | os.PathLike[str]) -> None:
        """Write everything as JSON; see `gdcore.trace_json`."""
        from gdcore import trace_json

        trace_json.write(self, path)

    @staticmethod
    def from_csv(path: str | os.PathLike[str]) -> Trace:
        """Read what `to_csv` wrote.

        Raises
        ------
        TraceFileError
            A `ValueError` of one line, if the file is not such a file.
        OSError
            If it cannot be read.
        """
        from gdcore import trace_csv

        return trace_csv.read(path)

    @staticmethod
    def from_json(path: str | os.PathLike[str]) -> Trace:
        """Read what `to_json` wrote.

        Raises
        ------
        TraceFileError
            A `ValueError` of one line, if the file is not such a file.
        OSError
            If it cannot be read.
        """
        from gdcore import trace_json

        return trace_json.read(path)
