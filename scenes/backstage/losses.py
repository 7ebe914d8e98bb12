"""How the loss of several runs falls, and by how much each step cuts it."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from gdcore import Trace
from gdcore.floor import Floor, floor_of
from scenes.words import count, is_close, number

DEEPEST, HIGHEST = 1e-8, 1e6
"""Losses are shown down to and up to these parts of the first one."""

BEYOND = 1.05
"""So much farther than the last loss that is shown the axis of the steps reaches."""

NOISE = 1e-9
"""Where less than this part of the first loss is left, its last digits are rounding."""

AIR = 1.6
"""The axis reaches beyond the losses by this factor, and is at least so many times as long."""

LEAST = 15.0


@dataclass(frozen=True)
class Losses:
    """The loss of runs from one start: f itself, or how far it lies above the minimum.

    Attributes
    ----------
    runs
        The runs.
    floor
        What the values are measured from.
    """

    runs: tuple[Trace, ...]
    floor: Floor

    @classmethod
    def of(cls, objective: Any, runs: Sequence[Trace]) -> Self:
        """Measure the values of runs from the minimum in whose valley they are."""
        return cls(tuple(runs), floor_of(objective, runs))

    @functools.cached_property
    def above(self) -> tuple[tuple[float, ...], ...]:
        """The losses of each run, from the start on."""
        return tuple([tuple([v - self.floor.value for v in run.values]) for run in self.runs])

    @property
    def first(self) -> float:
        """The loss at the start."""
        return self.above[0][0]

    @property
    def from_zero(self) -> bool:
        """Whether the loss is f itself."""
        return self.floor.is_minimum and self.floor.value == 0

    @property
    def kind(self) -> int:
        """What the loss is: 0 for f itself, 1 for f above a minimum, 2 above the lowest f seen."""
        return 0 if self.from_zero else 1 if self.floor.is_minimum else 2

    @property
    def measured(self) -> bool:
        """Whether there is anything that a logarithmic axis can show."""
        return self.first > 0 and math.isfinite(self.first)

    @property
    def last(self) -> int:
        """How many steps the longest run has."""
        return max(len(run.steps) for run in self.runs)

    @property
    def shown(self) -> int:
        """How many steps are worth a place: until every loss is below all that is shown."""
        low = DEEPEST * self.first
        seen = [n for row in self.above for n, v in enumerate(row) if v > low]
        return max(1, min(self.last, round(BEYOND * max(seen, default=0))))

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest loss of the axis."""
        every = [v for row in self.above for v in row if v > 0 and math.isfinite(v)]
        low = max(min(every), DEEPEST * self.first) / AIR
        high = min(max(every), HIGHEST * self.first) * AIR
        return min(low, high / LEAST), high

    def ratio(self, index: int) -> float | None:
        """Return what every step multiplies the loss by, or None where that is not one number."""
        row = self.above[index]
        far = list(itertools.takewhile(lambda v: v > NOISE * self.first, row))
        if len(far) < 3:
            return None
        ratios = [after / before for before, after in itertools.pairwise(far)]
        same = all(math.isclose(ratio, ratios[0], rel_tol=1e-6) for ratio in ratios)
        return ratios[0] if same else None

    def zero_from(self, index: int) -> int | None:
        """Return the step by which a run lands in the minimum, or None.

        A run that comes nearer and nearer until rounding makes its loss 0 has not landed.
        """
        row = self.above[index]
        step = self.runs[index].settled(lambda _, value: value == self.floor.value)
        lands = step and self.floor.is_minimum and row[step - 1] > DEEPEST * self.first
        return step if lands else None

    def told(self, index: int) -> str:
        """Return what the steps of a run do to its loss, in a few words; empty for no rule."""
        ratio, zero = self.ratio(index), self.zero_from(index)
        if zero is not None:
            return f"0 after {count(zero, 'step')}"
        return "" if ratio is None else f"f × {number(ratio)} each step"

    def groups(self) -> list[tuple[int, ...]]:
        """Return which runs have the same losses: they are one line."""
        out: list[tuple[int, ...]] = []
        for index, row in enumerate(self.above):
            for at, group in enumerate(out):
                other = self.above[group[0]]
                if len(row) == len(other) and all(
                    is_close(a / self.first, b / self.first) or is_close(a, b)
                    for a, b in zip(row, other, strict=True)
                ):
                    out[at] = (*group, index)
                    break
            else:
                out.append((index,))
        return out
