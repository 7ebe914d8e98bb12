"""A run in a race: what it is called, and how it ends."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import Trace, theory
from gdcore.floor import Floor
from scenes.backstage.methods import extras_of, full_name_of, name_of
from scenes.words import is_exact, number, rounded

CYCLE = 12
"""So many places at the end of a run must repeat every other one for it to jump for ever."""


@dataclass(frozen=True)
class Racer:
    """One run of a race.

    Attributes
    ----------
    trace
        The run.
    floor
        What its values are measured from.
    threshold
        How far above the floor it has to stay below.
    """

    trace: Trace
    floor: Floor
    threshold: float

    @property
    def optimizer(self) -> Any:
        """The method and its hyper-parameters."""
        return self.trace.optimizer

    @property
    def name(self) -> str:
        """The method's name within a sentence."""
        return name_of(self.optimizer)

    @property
    def title(self) -> str:
        """The method's name at the start of a sentence."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def full_name(self) -> str:
        """The method's name in full, within a sentence."""
        return full_name_of(self.optimizer)

    @property
    def full_title(self) -> str:
        """The method's name in full, as a title."""
        return self.full_name[:1].upper() + self.full_name[1:]

    @property
    def rate(self) -> float | None:
        """The learning rate, or None where it is a schedule."""
        rate = self.optimizer.learning_rate
        return rate if isinstance(rate, float) else None

    @property
    def rate_text(self) -> str:
        """The learning rate as it is written."""
        return "a schedule" if self.rate is None else number(self.rate, 6)

    @property
    def extras(self) -> str:
        """The other hyper-parameters worth a word, such as `β = 0.8`."""
        return extras_of(self.optimizer)

    @property
    def extras_in_full(self) -> str:
        """The same for a row or a figure, with those of Adam, which fill no sentence."""
        return extras_of(self.optimizer, betas=True)

    @property
    def extras_in_brief(self) -> str:
        """The same where there is little room."""
        return extras_of(self.optimizer, betas=True, briefly=True)

    @property
    def settings(self) -> str:
        """Rate and extras for a figure."""
        return ", ".join(filter(None, (f"rate {self.rate_text}", self.extras_in_full)))

    def first_move(self) -> str | None:
        """Return how far the first step goes along each variable: `−0.19 in x and −3.8 in y`.

        None where that cannot be written exactly in a few digits.
        """
        lengths = [rounded(change, 9) for change in self.trace.steps[0].delta]
        if not all(is_exact(length, 3) for length in lengths):
            return None
        if len(set(lengths)) == 1:
            return f"{number(lengths[0])} in both"
        names = self.trace.variables
        told = zip(lengths, names, strict=True)
        return " and ".join(f"{number(length)} in {name}" for length, name in told)

    def called(self, first: Racer | None = None, *, betas: bool = True) -> str:
        """Return name and settings for a sentence: `Momentum, the same 0.019 with β = 0.8,`."""
        told = self.extras_in_brief if betas else self.extras
        extras = f" with {told}" if told else ""
        if first is not None and self.rate is not None and first.rate == self.rate:
            return f"{self.title}, the same {self.rate_text}{extras},"
        if first is not None:
            return f"{self.title} at {self.rate_text}{extras}"
        return f"{self.full_title} at rate {self.rate_text}{extras}"

    # -- how it ends -----------------------------------------------------------------------------

    def reached(self, value: float) -> bool:
        """Whether a value is below the threshold."""
        return value - self.floor.value < self.threshold

    @functools.cached_property
    def steps(self) -> int | None:
        """The first step from which the value stays below the threshold, or None."""
        if self.trace.stop.blew_up:
            return None
        # One that jumps for ever is low at every other place, perhaps just at the last one.
        if any(self.jumps) and not all(map(self.reached, self.trace.values[-2:])):
            return None
        return self.trace.settled(lambda point, value: self.reached(value))

    @functools.cached_property
    def diverges(self) -> bool:
        """Whether the run moves away for good."""
        return theory.regime(self.trace) is theory.Regime.DIVERGING

    @functools.cached_property
    def jumps(self) -> tuple[tuple[float, float] | None, ...]:
        """For each variable the two places between which it jumps for ever at the end, or None."""
        points = self.trace.points
        if len(points) < 2 * CYCLE or self.trace.stop.blew_up:
            return (None,) * len(points[0])
        out: list[tuple[float, float] | None] = []
        for index in range(len(points[0])):
            ending = [point[index] for point in points[-CYCLE:]]
            low, high = sorted(ending[-2:])
            slack = 1e-4 * (high - low)
            again = all(abs(x - y) <= slack for x, y in zip(ending, ending[2:], strict=False))
            out.append((low, high) if low < high and again else None)
        return tuple(out)

    @property
    def hovers(self) -> bool:
        """Whether the run jumps to and fro for ever without staying below the threshold."""
        return self.steps is None and any(self.jumps)

    @property
    def count_text(self) -> str:
        """The result for a legend or a table."""
        if self.steps is not None:
            return str(self.steps)
        if self.hovers:
            return "never"
        if self.diverges:
            return "diverges"
        made = len(self.trace.steps)
        return "stops" if self.trace.stop.blew_up else f"> {made}"

    def verdict(self, goal: str, *, briefly: bool) -> str:
        """Return what became of the run, as the end of a sentence.

        Parameters
        ----------
        goal
            Where it is to stay, such as `below f = 0.01`.
        briefly
            Whether the goal is known, so that a run that hovers does without it.
        """
        made, last = len(self.trace.steps), number(self.trace.values[-1])
        if self.steps is not None:
            if self.steps == 0:
                return f"stays {goal} from the start on"
            unit = "step" if self.steps == 1 else "steps"
            return f"needs {self.steps} {unit} to stay {goal}"
        if self.hovers:
            there = self.trace.first(lambda point, value: self.reached(value)) is not None
            if briefly:
                return f"never arrives: {self.jumping()}"
            return f"never {'stays' if there else 'gets'} {goal}: {self.jumping()}"
        if self.diverges:
            return f"diverges: after {made} {'step' if made == 1 else 'steps'} f = {last}"
        if self.trace.stop.blew_up:
            return f"breaks off after {made} {'step' if made == 1 else 'steps'}, at f = {last}"
        when = f"f = {last} after {made} {'step' if made == 1 else 'steps'}"
        if self.trace.first(lambda point, value: self.reached(value)) is not None:
            return f"does not stay {goal}: {when}"
        return f"is still at {when}"

    def jumping(self) -> str:
        """Return which variables jump, and how far; where that differs, only the widest jump."""
        spans: dict[str, list[str]] = {}
        jumps = [
            (name, *span)
            for name, span in zip(self.trace.variables, self.jumps, strict=True)
            if span is not None
        ]
        # Of equally wide ones the last variable's is told: its axis is the one that goes up.
        jumps.reverse()
        for name, low, high in sorted(jumps, key=lambda jump: rounded(jump[1] - jump[2])):
            ends = settled_number(low), settled_number(high)
            spans.setdefault(f"{ends[0]} and {ends[1]}", []).append(name)
        between, names = next(iter(spans.items()))
        verb = "jumps" if len(names) == 1 else "jump"
        return f"{' and '.join(reversed(names))} {verb} between {between}"


def settled_number(value: float) -> str:
    """Write a number that a run has settled on, without the last of its way there.

    Examples
    --------
    >>> settled_number(0.04999998), settled_number(0.0523461)
    ('0.05', '0.0523')
    """
    return number(rounded(value), 3)


def horizon(racers: Sequence[Racer]) -> int:
    """Return how many steps of a race are shown: until the last one that arrives has arrived."""
    longest = max(len(racer.trace.steps) for racer in racers)
    arrived = [racer.steps for racer in racers if racer.steps]
    return max(1, min(longest, round(1.2 * max(arrived)) if arrived else longest))
