"""Several runs that race each other, and what may be said of them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import Trace, notation
from gdcore.floor import Floor, floor_of
from scenes.backstage.methods import rated
from scenes.backstage.racer import Racer, horizon
from scenes.beats import LONGEST_CAPTION
from scenes.parts.loss import FINISH
from scenes.words import number

MOST_BETWEEN = 50_000
"""So many steps at most are computed for the runs between two rates."""

SHORT = 0.7
"""The first runs have a shorter axis if it is at most such a part of the whole one."""

MOST_WORDS = 64
"""Names and moves of two first steps have so many letters at most in one caption."""


@dataclass(frozen=True)
class Race:
    """Several runs from one start, and one of them once more at another rate.

    Attributes
    ----------
    racers
        The runs, in the order in which they are told.
    again
        The slowest run, those at rates between, and the one at the other rate; empty for none.
    """

    racers: tuple[Racer, ...]
    again: tuple[Racer, ...]

    @classmethod
    def of(
        cls,
        run: Callable[..., Trace],
        tried: Callable[..., Trace],
        objective: Any,
        methods: Sequence[Any],
        threshold: float,
        factor: float,
        stages: int = 16,
    ) -> Race:
        """Run a race.

        Parameters
        ----------
        run, tried
            Make a run with an `optimizer`, and perhaps other `max_steps`: one that is told, and one
            that is only seen in passing.
        objective, methods, threshold
            What is descended, by whom, and how near to the lowest value they have to stay.
        factor
            By which the rate of the slowest run is multiplied for one more; 1 for none. Where no
            run arrives, and the first one diverges or jumps for ever, its rate is divided.
        stages
            So many runs lie between those two rates, so that a curve can move through true ones.
        """
        traces = [run(optimizer=method) for method in methods]
        floor = floor_of(objective, traces)
        racers = tuple([Racer(trace, floor, threshold) for trace in traces])
        able = [racer for racer in racers if racer.rate is not None and racer.trace.steps]
        if factor == 1 or not able:
            return cls(racers, ())
        slowest = max(able, key=lambda racer: -1 if racer.steps is None else racer.steps)
        if slowest.steps == 0:
            return cls(racers, ())
        if slowest.steps is None and (slowest.diverges or slowest.hovers):
            factor = 1 / factor
        last = Racer(run(optimizer=rated(slowest.optimizer, factor)), floor, threshold)
        seen = horizon([*racers, last]) + 1
        stages = max(2, min(stages, MOST_BETWEEN // seen))
        between = [
            Racer(
                tried(optimizer=rated(slowest.optimizer, factor ** (at / stages)), max_steps=seen),
                floor,
                threshold,
            )
            for at in range(1, stages)
        ]
        return cls(racers, (slowest, *between, last))

    @property
    def everyone(self) -> tuple[Racer, ...]:
        """The runs that have a result, the repeated one last."""
        return (*self.racers, *self.again[-1:])

    @property
    def floor(self) -> Floor:
        """What the values are measured from."""
        return self.racers[0].floor

    @property
    def from_zero(self) -> bool:
        """Whether the values are measured from a minimum of 0: then they are f itself."""
        return self.floor.is_minimum and self.floor.value == 0

    @functools.cached_property
    def last(self) -> int:
        """How many steps are shown."""
        return horizon(self.everyone)

    @functools.cached_property
    def opening(self) -> tuple[int, int]:
        """How many of the first runs have arrived long before the last one, and their steps."""
        arrive = [bool(racer.steps) for racer in self.racers]
        counts = range(len(self.racers) - 1, 0, -1)
        spans = [(count, horizon(self.racers[:count])) for count in counts if all(arrive[:count])]
        return next((span for span in spans if span[1] <= SHORT * self.last), (0, 0))

    @property
    def goal(self) -> str:
        """Where the runs are to stay, in words."""
        level = number(self.racers[0].threshold)
        if self.from_zero:
            return f"below f = {level}"
        return f"within {level} of the {'minimum' if self.floor.is_minimum else 'lowest f seen'}"

    @property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """What the results count: in two lines, in three, by the line's name, briefly."""
        level = number(self.racers[0].threshold)
        where, what = ("below", f"f = {level}") if self.from_zero else ("within", level)
        full = ("steps to stay", f"{where} {what}"), ("steps to", f"stay {where}", what)
        return *full, (f"steps to {FINISH}",), ("steps to", FINISH), ("steps",)

    def first_pair(self) -> tuple[int, ...]:
        """Return the first run, and the first one whose first step leads elsewhere, if any."""
        moved = [index for index, racer in enumerate(self.racers) if racer.trace.steps]
        landings = [self.racers[index].trace.points[1] for index in moved]
        others = [at for at, place in zip(moved, landings, strict=True) if place != landings[0]]
        return (*moved[:1], *others[:1])

    def first_names(self, *, briefly: bool = False) -> tuple[str, ...]:
        """Return what the runs of `first_pair` are called, with rates where the names are alike."""
        pair = [self.racers[index] for index in self.first_pair()]
        alike = len({racer.name for racer in pair}) < len(pair)
        names = [racer.name if briefly else racer.full_name for racer in pair]
        rates = [f" at {racer.rate_text}" if alike else "" for racer in pair]
        return tuple([name + rate for name, rate in zip(names, rates, strict=True)])

    def first_moves(self) -> tuple[str, ...]:
        """Return how far the first steps of `first_pair` go, or nothing where words are clumsy."""
        pair = [self.racers[index] for index in self.first_pair()]
        told = [racer.first_move() for racer in pair]
        alike = len({racer.name for racer in pair}) < len(pair)
        # A first mention says which variables there are; two runs of one name have rates, too.
        if alike or None in told or str(told[0]).endswith("both"):
            return ()
        moves = tuple(map(str, told))
        words = sum(map(len, (*self.first_names(briefly=True), *moves)))
        return moves if words <= MOST_WORDS else ()

    def sentence(self, index: int, *, briefly: bool = False) -> str:
        """Return what became of a run, without the full stop.

        Parameters
        ----------
        index
            Which run.
        briefly
            Without its settings.
        """
        racer, first = self.racers[index], self.racers[0] if index else None
        # The second run is held against the first one; after both it is known where they go.
        verdict = racer.verdict(self.goal, briefly=index > 1)
        if briefly:
            return f"{racer.title if index else racer.full_title} {verdict}"
        told = f"{racer.called(first)} {verdict}"
        if len(told) < LONGEST_CAPTION:
            return told
        # Sooner than its rate, Adam's usual settings are left out.
        return f"{racer.called(first, betas=False)} {verdict}"


def symbols(objective: Any) -> tuple[str, ...]:
    """Return the variables in Typst mathematics."""
    return tuple(notation.typst(ast.Name(name)) for name in objective.variables)


def equation(objective: Any, *, in_full: bool = True) -> str:
    """Return `f(x, y) = …` in Typst mathematics, or `f = …`."""
    variables = f"({', '.join(symbols(objective))})" if in_full else ""
    return f"f{variables} = {objective.typst}"


def curvature_ratio(objective: Any, *points: Sequence[float]) -> tuple[float, str, str]:
    """Return how many times a function of two variables is as curved along one as along the other.

    The names of both variables follow, the steeper one first. The ratio is 1 where the curvature is
    not the same at all points given, or where the variables are not independent.
    """
    first, second = objective.variables
    tables = [objective.hessian(point) for point in points]
    (one, mixed), (_, other) = tables[0]
    if any(table != tables[0] for table in tables) or mixed != 0 or not (one > 0 and other > 0):
        return 1.0, first, second
    return (other / one, second, first) if other >= one else (one / other, first, second)
