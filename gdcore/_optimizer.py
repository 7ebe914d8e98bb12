"""What all optimisers share: checked hyper-parameters, the rate of a step, weight decay."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from gdcore import _checks
from gdcore._checks import Point
from gdcore.schedules import Schedule


def _rate(name: str, value: object) -> float | Schedule:
    if callable(value) and not isinstance(value, type):
        return value
    allowed = "a finite number greater than 0, or a schedule"
    number = _checks.real(name, value, allowed)
    if number <= 0:
        raise _checks.complaint(name, value, allowed)
    return number


def _momentum(name: str, value: object) -> float:
    return _checks.fraction(name, value, one_allowed=True)


CHECKS: dict[str, Callable[[str, object], Any]] = {
    "learning_rate": _rate,
    "weight_decay": _checks.not_negative,
    "momentum": _momentum,
    "beta1": _checks.fraction,
    "beta2": _checks.fraction,
    "rho": _checks.fraction,
    "epsilon": _checks.positive,
    "momentum_decay": _checks.not_negative,
}
"""How the hyper-parameters are checked. A field with another name is its own class's business."""


def zeros(point: Point) -> Point:
    """Return a 0.0 for every coordinate of `point`."""
    return (0.0,) * len(point)


@dataclass(frozen=True)
class Optimizer(ABC):
    """An update rule: hyper-parameters in frozen fields, memory in an explicit state.

    Parameters
    ----------
    learning_rate
        A number > 0, or a schedule: called with the step index (0, 1, …), it returns the rate.
    weight_decay
        λ ≥ 0. Adds λx to the gradient, as if λ|x|²/2 were added to the objective (torch's L2
        convention; `AdamW` differs).

    Raises
    ------
    ParameterError
        A `ValueError` of one line, for any hyper-parameter that is not allowed.
    """

    learning_rate: float | Schedule = 1e-3
    weight_decay: float = 0.0

    name: ClassVar[str]
    """The short name for command lines and files."""
    state_type: ClassVar[type]

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name in CHECKS:
                value = CHECKS[field.name](field.name, getattr(self, field.name))
                object.__setattr__(self, field.name, value)

    @abstractmethod
    def init(self, point: Point) -> Any:
        """Return the state before the first update.

        Parameters
        ----------
        point
            The start; one float per variable.
        """

    @abstractmethod
    def update(self, gradient: Point, state: Any, point: Point) -> tuple[Point, Any]:
        """Return the step to add to `point`, and the state after it.

        Parameters
        ----------
        gradient, point
            One float per variable.
        state
            From `init` or from the update before; it is not changed.
        """

    def rate(self, index: int) -> float:
        """Return the learning rate of step `index`.

        Raises
        ------
        ParameterError
            If a schedule returns anything but a finite number, 0 or more.
        """
        if isinstance(self.learning_rate, float):
            return self.learning_rate
        return _checks.not_negative(f"learning_rate({index})", self.learning_rate(index))

    def _decayed(self, gradient: Point, point: Point) -> Point:
        """Return gradient + weight_decay · point."""
        if self.weight_decay == 0.0:
            return gradient
        return tuple([g + self.weight_decay * x for g, x in zip(gradient, point, strict=True)])
