"""Why a run ended, and rules that end it early.

A rule looks at the step just made and at the gradient where it landed, and answers with a `Stop`
or with None. It is also asked once before the first step, with no step yet. None of these rules
proves that a minimum was found: beside a saddle, and on any plateau, the slope is small too.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gdcore import _checks
from gdcore._checks import Point

if TYPE_CHECKING:
    from gdcore.trace import Step


class StopReason(enum.Enum):
    """Why a run ended."""

    MAX_STEPS = "max_steps"
    SMALL_GRADIENT = "small_gradient"
    SMALL_STEP = "small_step"
    SMALL_CHANGE = "small_change"
    SMALL_VALUE = "small_value"
    NOT_FINITE = "not_finite"
    DIVERGED = "diverged"
    OTHER = "other"
    """For a rule of the user's own."""


@dataclass(frozen=True)
class Stop:
    """The end of a run.

    Attributes
    ----------
    reason
        For programs.
    sentence
        For people; it holds the numbers.
    refused
        For NOT_FINITE only: the landing that was not recorded because the value or the slope there
        is not finite. None if the landing itself is not finite, and for every other reason.
    """

    reason: StopReason
    sentence: str
    refused: Point | None = None

    @property
    def blew_up(self) -> bool:
        """Whether one of the two guards ended the run."""
        return self.reason in (StopReason.NOT_FINITE, StopReason.DIVERGED)


class StopRule(Protocol):
    """What `descend` asks of a rule."""

    def check(self, step: Step | None, value: float, gradient: Point) -> Stop | None:
        """Return a `Stop` to end the run here, else None.

        Parameters
        ----------
        step
            The step just made; None before the first.
        value, gradient
            Of the whole objective at the current point, also when steps use sampled gradients.
        """


def after(steps: int) -> str:
    """Return "Before the first step", "After 1 step" or "After 12 steps"."""
    if steps == 0:
        return "Before the first step"
    return f"After {steps} step{'' if steps == 1 else 's'}"


def _made(step: Step | None) -> int:
    return 0 if step is None else step.index + 1


def written(number: float) -> str:
    """Return a number for a sentence, with a true minus sign."""
    return f"{number:.4g}".replace("-", "−")


@dataclass(frozen=True)
class SmallGradient:
    """Stop where the gradient's length is below `tol`; possibly before the first step.

    Examples
    --------
    >>> SmallGradient(0.5).check(None, 0.01, (0.2,)).sentence
    'Before the first step the gradient has length 0.2, below 0.5.'
    """

    tol: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "tol", _checks.positive("tol", self.tol))

    def check(self, step: Step | None, value: float, gradient: Point) -> Stop | None:
        """Return a `Stop` if the rule applies."""
        length = math.hypot(*gradient)
        if length >= self.tol:
            return None
        text = (
            f"{after(_made(step))} the gradient has length {written(length)}, "
            f"below {written(self.tol)}."
        )
        return Stop(StopReason.SMALL_GRADIENT, text)


@dataclass(frozen=True)
class SmallStep:
    """Stop after the first step whose length is below `tol`."""

    tol: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "tol", _checks.positive("tol", self.tol))

    def check(self, step: Step | None, value: float, gradient: Point) -> Stop | None:
        """Return a `Stop` if the rule applies."""
        if step is None or (length := math.hypot(*step.delta)) >= self.tol:
            return None
        text = (
            f"{after(_made(step))}: the last one has length {written(length)}, "
            f"below {written(self.tol)}."
        )
        return Stop(StopReason.SMALL_STEP, text)


@dataclass(frozen=True)
class SmallChange:
    """Stop after the first step that changes the value by less than `tol`, up or down."""

    tol: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "tol", _checks.positive("tol", self.tol))

    def check(self, step: Step | None, value: float, gradient: Point) -> Stop | None:
        """Return a `Stop` if the rule applies."""
        if step is None or (change := abs(step.next_value - step.value)) >= self.tol:
            return None
        text = (
            f"{after(_made(step))}: the last changed f by {written(change)}, "
            f"less than {written(self.tol)}."
        )
        return Stop(StopReason.SMALL_CHANGE, text)


@dataclass(frozen=True)
class SmallValue:
    """Stop where the value is below `tol`, any number; possibly before the first step."""

    tol: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "tol", _checks.real("tol", self.tol))

    def check(self, step: Step | None, value: float, gradient: Point) -> Stop | None:
        """Return a `Stop` if the rule applies."""
        if value >= self.tol:
            return None
        text = f"{after(_made(step))} f is {written(value)}, below {written(self.tol)}."
        return Stop(StopReason.SMALL_VALUE, text)
