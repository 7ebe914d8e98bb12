"""Learning-rate schedules: callables from the step index (0, 1, 2, …) to a learning rate.

Every schedule is a frozen dataclass, so it can be compared, hashed, pickled and written to a
file. An optimiser accepts one wherever it accepts a number. A plain function of the step index
works too, but a trace file can only describe it, not bring it back.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gdcore import _checks

Schedule: TypeAlias = Callable[[int], float]
"""A learning rate for each step index."""


def _settle(schedule: object, name: str, value: float) -> None:
    """Store a checked field on a frozen dataclass."""
    object.__setattr__(schedule, name, value)


@dataclass(frozen=True)
class Constant:
    """The same rate at every step: rₙ = r.

    Examples
    --------
    >>> Constant(0.1)(7)
    0.1
    """

    rate: float

    def __post_init__(self) -> None:
        _settle(self, "rate", _checks.positive("rate", self.rate))

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        return self.rate


@dataclass(frozen=True)
class StepDecay:
    """Multiply the rate by `factor` once every `every` steps: rₙ = r · factor^⌊n / every⌋.

    Examples
    --------
    >>> [StepDecay(0.8, factor=0.5, every=2)(n) for n in range(5)]
    [0.8, 0.8, 0.4, 0.4, 0.2]
    """

    rate: float
    factor: float = 0.1
    every: int = 30

    def __post_init__(self) -> None:
        _settle(self, "rate", _checks.positive("rate", self.rate))
        _settle(self, "factor", _checks.fraction("factor", self.factor, one_allowed=True))
        _checks.whole("every", self.every, 1)

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        return self.rate * self.factor ** (index // self.every)


@dataclass(frozen=True)
class Exponential:
    """Multiply the rate by `factor` at every step: rₙ = r · factorⁿ.

    Examples
    --------
    >>> [Exponential(0.8, factor=0.5)(n) for n in range(3)]
    [0.8, 0.4, 0.2]
    """

    rate: float
    factor: float = 0.95

    def __post_init__(self) -> None:
        _settle(self, "rate", _checks.positive("rate", self.rate))
        _settle(self, "factor", _checks.fraction("factor", self.factor, one_allowed=True))

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        return self.rate * self.factor**index


@dataclass(frozen=True)
class InverseTime:
    """Divide the rate by a growing number: rₙ = r / (1 + decay · n).

    The classical choice: its rates add up to infinity while their squares do not (Robbins &
    Monro, 1951), so a run on sampled gradients can go any distance and still settle.

    Examples
    --------
    >>> [InverseTime(1.2, decay=0.5)(n) for n in range(3)]
    [1.2, 0.7999999999999999, 0.6]
    """

    rate: float
    decay: float = 0.1

    def __post_init__(self) -> None:
        _settle(self, "rate", _checks.positive("rate", self.rate))
        _settle(self, "decay", _checks.not_negative("decay", self.decay))

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        return self.rate / (1.0 + self.decay * index)


@dataclass(frozen=True)
class Cosine:
    """Half a cosine wave from `rate` down to `lowest` (Loshchilov & Hutter, 2017).

    rₙ = lowest + (r − lowest) (1 + cos(π n / steps)) / 2 for n ≤ steps. After that the rate stays
    at `lowest`; torch's CosineAnnealingLR would climb again.

    Examples
    --------
    >>> [round(Cosine(1.0, steps=4)(n), 4) for n in range(6)]
    [1.0, 0.8536, 0.5, 0.1464, 0.0, 0.0]
    """

    rate: float
    steps: int
    lowest: float = 0.0

    def __post_init__(self) -> None:
        _settle(self, "rate", _checks.positive("rate", self.rate))
        _checks.whole("steps", self.steps, 1)
        lowest = _checks.not_negative("lowest", self.lowest)
        if lowest > self.rate:
            raise _checks.complaint("lowest", self.lowest, f"at most the rate, {self.rate}")
        _settle(self, "lowest", lowest)

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        if index >= self.steps:
            return self.lowest
        wave = (1.0 + math.cos(math.pi * index / self.steps)) / 2
        return self.lowest + (self.rate - self.lowest) * wave


@dataclass(frozen=True)
class Warmup:
    """Rise linearly for `steps` steps, then follow another schedule from its beginning.

    rₙ = s(0) (n + 1) / steps for n < steps, then s(n − steps). The first step already moves:
    a rise from exactly 0 would waste it.

    Examples
    --------
    >>> [Warmup(Exponential(0.8, factor=0.5), steps=2)(n) for n in range(4)]
    [0.4, 0.8, 0.8, 0.4]
    """

    schedule: Schedule
    steps: int

    def __post_init__(self) -> None:
        if not callable(self.schedule):
            raise _checks.complaint("schedule", self.schedule, "a schedule, such as Constant(0.1)")
        _checks.whole("steps", self.steps, 1)

    def __call__(self, index: int) -> float:
        """Return the rate of step `index`."""
        if index < self.steps:
            return self.schedule(0) * (index + 1) / self.steps
        return self.schedule(index - self.steps)


SCHEDULES: dict[str, type] = {
    kind.__name__: kind for kind in (Constant, StepDecay, Exponential, InverseTime, Cosine, Warmup)
}
"""Every schedule by name, for files and the command line."""
