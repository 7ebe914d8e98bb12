"""Several runs that differ in their rate alone, held against each other."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from gdcore import Step, Trace, theory
from scenes.backstage.jumping import crosses
from scenes.parts.strip import FEWEST_ROWS
from scenes.words import is_close

FRACTION = 0.01
"""Of the distance to the minimum: what is left when a run counts as arrived."""

LONG = 10_000
"""So many steps at least a run has time to arrive."""

LONGER = 20
"""By so many steps; a longer period of jumps is hardly ever seen."""

NOISE = 1e-9
"""Less than this part of the first distance is rounding."""

ENDLESS = (
    theory.Regime.PERIODIC,
    theory.Regime.DIVERGING,
    theory.Regime.UNDEFINED,
    theory.Regime.AT_REST,
    theory.Regime.ONE_STEP,
    theory.Regime.STUCK_AT_A_MAXIMUM,
)
"""Runs that behave so and have not arrived never will."""


def valley_of(objective: Any, x: float) -> float | None:
    """Return the x of the minimum in whose valley a place lies, looking farther and farther."""
    for reach in (2.0, 20.0, 200.0):
        wide = reach * max(1.0, abs(x))
        found = theory.minimum_near(objective, x, x - wide, x + wide)
        if found is not None:
            return found.x
    return None


@dataclass(frozen=True)
class Lineup:
    """Runs from one start, one for each rate.

    Attributes
    ----------
    objective, rates
        The function of one variable, and the rates.
    runs
        The runs, of as many steps as were asked for.
    long, horizon
        The same runs with time to arrive, and after how many steps that time is over; they go on
        a little, as a run that jumps in and out has not arrived.
    valley
        The x of the minimum in whose valley the start lies, or None.
    """

    objective: Any
    rates: tuple[float, ...]
    runs: tuple[Trace, ...]
    long: tuple[Trace, ...]
    horizon: int
    valley: float | None

    @classmethod
    def of(
        cls, objective: Any, start: float, rates: Sequence[float], steps: int,
        run: Callable[..., Trace],
    ) -> Self:  # fmt: skip
        """Run them all; `run` takes `learning_rate` and `max_steps`."""
        far = max(LONG, steps)
        long = tuple([run(learning_rate=rate, max_steps=far + LONGER) for rate in rates])
        runs = tuple([run(learning_rate=rate) for rate in rates])
        return cls(objective, tuple(rates), runs, long, far, valley_of(objective, start))

    # -- numbers ---------------------------------------------------------------------------------

    @property
    def first(self) -> float:
        """Where all of them start."""
        return float(self.runs[0].start[0])

    @functools.cached_property
    def last(self) -> int:
        """How many steps the longest run has."""
        return max(len(run.steps) for run in self.runs)

    @property
    def rows(self) -> int:
        """How many rows their histories need, a few at least: a step must not look like a fall."""
        return max(FEWEST_ROWS, self.last)

    @functools.cached_property
    def counts(self) -> tuple[int | None, ...]:
        """After how many steps each run has arrived for good, or None."""
        if self.valley is None:
            return (None,) * len(self.rates)
        counts = [theory.steps_to(run, self.valley, FRACTION) for run in self.long]
        return tuple([None if steps and steps > self.horizon else steps for steps in counts])

    def near(self, times: float = 1.7) -> list[float]:
        """Return the iterates that are worth a place in the picture: none from far beyond."""
        middle = self.first if self.valley is None else self.valley
        reach = times * abs(self.first - middle) or 5 * max(1.0, abs(self.first))
        xs = [point[0] for run in self.runs for point in run.points]
        return [self.first, *(x for x in xs if abs(x - middle) <= reach)]

    def distance(self, index: int, n: int) -> float:
        """Return how far a run is from the minimum after n steps, in parts of the first distance.

        Without a minimum it is how far the value has fallen, from 1 downward.
        """
        run = self.runs[index]
        n = min(n, len(run.steps))
        if self.valley is None:
            return run.values[n] - run.values[0] + 1
        return abs(run.points[n][0] - self.valley) / abs(self.first - self.valley)

    def left(self, n: int) -> list[float | None]:
        """Return how much of the way each run has to go after n steps, None where none is known."""
        known = self.valley is not None
        return [
            self.distance(index, n) if known and len(run.steps) >= n else None
            for index, run in enumerate(self.runs)
        ]

    def _order(self, n: int) -> list[int]:
        """Return the runs that have n steps, the nearest to the minimum first."""
        going = [index for index, run in enumerate(self.runs) if len(run.steps) >= n]
        return sorted(going, key=lambda index: self.distance(index, n))

    def nearest(self, n: int) -> int:
        """Return the run that is nearest to the minimum after n steps."""
        return (self._order(n) or [0])[0]

    @functools.cached_property
    def farthest(self) -> int:
        """The run that has blown up, or is farthest from the minimum at the end."""
        blown = [index for index, run in enumerate(self.runs) if run.stop.blew_up]
        return (blown or self._order(self.last)[::-1] or [0])[0]

    @functools.cached_property
    def equals(self) -> tuple[int, int] | None:
        """Two runs that are as near to the minimum, and not there yet; None without such a pair."""
        going = self._order(self.last)
        if self.valley is None:
            return None
        for one, other in itertools.combinations(sorted(going), 2):
            apart = self.distance(one, self.last), self.distance(other, self.last)
            if min(apart) > NOISE and is_close(apart[0] / apart[1], 1.0):
                return one, other
        return None

    def crossings(self, index: int) -> tuple[int, int]:
        """Return how many steps of a run cross the minimum, and how many steps count at all."""
        if self.valley is None:
            return 0, 0
        valley, least = self.valley, NOISE * abs(self.first - self.valley)

        def loud(step: Step) -> bool:
            return min(abs(x - valley) for x in (step.point[0], step.next_point[0])) > least

        steps = [step for step in self.runs[index].steps if loud(step)]
        return sum(crosses(step, valley) for step in steps), len(steps)

    def always(self, index: int) -> bool:
        """Whether every step of a run crosses the minimum."""
        times, steps = self.crossings(index)
        return times == steps > 0

    def never(self, index: int) -> bool:
        """Whether no step of a run crosses the minimum."""
        return self.crossings(index)[0] == 0

    def outcome(self, index: int) -> str:
        """Return what is written for a run that has not arrived."""
        run = self.long[index]
        (x,), (slope,), (steepest,) = run.points[-1], run.gradients[-1], run.gradients[0]
        # It rests, and elsewhere: in another valley, say.
        rests = bool(run.steps) and abs(run.steps[-1].delta[0]) <= NOISE**1.5 * abs(x)
        rests = rests and abs(slope) <= NOISE * abs(steepest)
        if rests or run.stop.blew_up or theory.regime(run) in ENDLESS:
            return "never"
        return f"> {self.horizon} steps"
