"""The update rules, in torch.optim's conventions and with its defaults.

In the formulas g is the gradient, x the point, r the learning rate, t = 1, 2, … counts updates,
and every operation is coordinate by coordinate. Where torch and the original paper differ, torch
wins and the docstring says so. The state that comes back with a step is the one the step was made
with: the divisor of an AdaGrad step is the root of the `square_sum` beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import sqrt
from typing import Any, ClassVar, NamedTuple

from gdcore import _checks
from gdcore._checks import Point
from gdcore._optimizer import Optimizer, zeros
from gdcore.adam import Adam, AdamW, AMSGrad, NAdam
from gdcore.schedules import Schedule

__all__ = [
    "OPTIMIZERS",
    "AMSGrad",
    "AdaGrad",
    "Adadelta",
    "Adam",
    "AdamW",
    "GradientDescent",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Optimizer",
    "RMSProp",
    "build",
    "by_name",
]


@dataclass(frozen=True)
class GradientDescent(Optimizer):
    """Gradient descent: Δ = −r g (Cauchy, 1847).

    Examples
    --------
    >>> rule = GradientDescent(learning_rate=0.1)
    >>> rule.update((8.0,), rule.init((4.0,)), (4.0,))
    ((-0.8,), 1)
    """

    name: ClassVar[str] = "descent"
    state_type: ClassVar[type] = int

    def init(self, point: Point) -> int:
        """Return the state: the number of updates so far, for it has no other memory."""
        return 0

    def update(self, gradient: Point, state: int, point: Point) -> tuple[Point, int]:
        """Return the step and the state after it."""
        r = self.learning_rate
        if not isinstance(r, float):
            r = self.rate(state)
        if self.weight_decay:
            gradient = self._decayed(gradient, point)
        return tuple([-r * g for g in gradient]), state + 1


class Velocity(NamedTuple):
    """State of the momentum methods."""

    updates: int
    velocity: Point
    """The buffer v, in units of the gradient (torch's convention), not of the step."""


@dataclass(frozen=True)
class Momentum(Optimizer):
    """Heavy ball: v ← β v + g, Δ = −r v (Polyak, 1964).

    The buffer starts at the first gradient and gathers gradients, not steps, so a schedule scales
    the whole of v (torch's convention, no dampening). Polyak's own form keeps the last step and
    is the same thing while r is constant. torch's SGD has momentum 0 by default; here it is 0.9.
    """

    momentum: float = 0.9

    name: ClassVar[str] = "momentum"
    state_type: ClassVar[type] = Velocity

    def init(self, point: Point) -> Velocity:
        """Return the state before the first update."""
        return Velocity(0, zeros(point))

    def update(self, gradient: Point, state: Velocity, point: Point) -> tuple[Point, Velocity]:
        """Return the step and the state after it."""
        r, beta = self.rate(state.updates), self.momentum
        gradient = self._decayed(gradient, point)
        velocity = tuple([beta * v + g for v, g in zip(state.velocity, gradient, strict=True)])
        return tuple([-r * v for v in velocity]), Velocity(state.updates + 1, velocity)


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Nesterov's accelerated gradient: v ← β v + g, Δ = −r (g + β v).

    Torch's form, after Sutskever et al. (2013): the iterate is the point already looked ahead to,
    so the gradient is taken where the point is drawn. Nesterov (1983) measures at x + β·(last
    step) instead; the two sequences are related by that shift.
    """

    name: ClassVar[str] = "nesterov"

    def update(self, gradient: Point, state: Velocity, point: Point) -> tuple[Point, Velocity]:
        """Return the step and the state after it."""
        r, beta = self.rate(state.updates), self.momentum
        gradient = self._decayed(gradient, point)
        velocity = tuple([beta * v + g for v, g in zip(state.velocity, gradient, strict=True)])
        delta = tuple([-r * (g + beta * v) for g, v in zip(gradient, velocity, strict=True)])
        return delta, Velocity(state.updates + 1, velocity)


class SquareSum(NamedTuple):
    """State of AdaGrad."""

    updates: int
    square_sum: Point
    """Σg², one per coordinate."""


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """Divide by the root of all squared gradients so far (Duchi, Hazan & Singer, 2011).

    s ← s + g², Δ = −r g / (√s + ε). Torch's lr_decay is not offered: give a schedule.
    """

    learning_rate: float | Schedule = 1e-2
    epsilon: float = 1e-10

    name: ClassVar[str] = "adagrad"
    state_type: ClassVar[type] = SquareSum

    def init(self, point: Point) -> SquareSum:
        """Return the state before the first update."""
        return SquareSum(0, zeros(point))

    def update(self, gradient: Point, state: SquareSum, point: Point) -> tuple[Point, SquareSum]:
        """Return the step and the state after it."""
        r, eps = self.rate(state.updates), self.epsilon
        gradient = self._decayed(gradient, point)
        square_sum = tuple([s + g * g for s, g in zip(state.square_sum, gradient, strict=True)])
        delta = tuple([-r * g / (sqrt(s) + eps) for g, s in zip(gradient, square_sum, strict=True)])
        return delta, SquareSum(state.updates + 1, square_sum)


class MeanSquare(NamedTuple):
    """State of RMSProp."""

    updates: int
    mean_square: Point


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """Divide by the root of a running mean of squared gradients (Hinton, 2012, lecture 6e).

    s ← ρ s + (1 − ρ) g², Δ = −r g / (√s + ε). ρ is torch's `alpha`. The mean starts at 0 and is
    not corrected for that, so the first step has length r / √(1 − ρ).
    """

    learning_rate: float | Schedule = 1e-2
    rho: float = 0.99
    epsilon: float = 1e-8

    name: ClassVar[str] = "rmsprop"
    state_type: ClassVar[type] = MeanSquare

    def init(self, point: Point) -> MeanSquare:
        """Return the state before the first update."""
        return MeanSquare(0, zeros(point))

    def update(self, gradient: Point, state: MeanSquare, point: Point) -> tuple[Point, MeanSquare]:
        """Return the step and the state after it."""
        r, rho, eps = self.rate(state.updates), self.rho, self.epsilon
        gradient = self._decayed(gradient, point)
        pairs = zip(state.mean_square, gradient, strict=True)
        mean_square = tuple([rho * s + (1 - rho) * g * g for s, g in pairs])
        delta = tuple(
            [-r * g / (sqrt(s) + eps) for g, s in zip(gradient, mean_square, strict=True)]
        )
        return delta, MeanSquare(state.updates + 1, mean_square)


class MeanSquares(NamedTuple):
    """State of Adadelta."""

    updates: int
    mean_square: Point
    """Of the gradients."""
    mean_square_step: Point
    """Of the steps, before the learning rate is applied."""


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """Steps measured against earlier steps, so that units agree (Zeiler, 2012).

    s ← ρ s + (1 − ρ) g², d = √(u + ε) / √(s + ε) · g, u ← ρ u + (1 − ρ) d², Δ = −r d.
    The paper has no r; torch's default of 1 is the paper's method.
    """

    learning_rate: float | Schedule = 1.0
    rho: float = 0.9
    epsilon: float = 1e-6

    name: ClassVar[str] = "adadelta"
    state_type: ClassVar[type] = MeanSquares

    def init(self, point: Point) -> MeanSquares:
        """Return the state before the first update."""
        return MeanSquares(0, zeros(point), zeros(point))

    def update(
        self, gradient: Point, state: MeanSquares, point: Point
    ) -> tuple[Point, MeanSquares]:
        """Return the step and the state after it."""
        r, rho, eps = self.rate(state.updates), self.rho, self.epsilon
        delta, squares, step_squares = [], [], []
        gradient = self._decayed(gradient, point)
        for g, s, u in zip(gradient, state.mean_square, state.mean_square_step, strict=True):
            s = rho * s + (1 - rho) * g * g
            d = sqrt(u + eps) / sqrt(s + eps) * g
            u = rho * u + (1 - rho) * d * d
            delta.append(-r * d)
            squares.append(s)
            step_squares.append(u)
        return tuple(delta), MeanSquares(state.updates + 1, tuple(squares), tuple(step_squares))


OPTIMIZERS: dict[str, type[Optimizer]] = {
    kind.name: kind
    for kind in (
        GradientDescent, Momentum, Nesterov, AdaGrad, RMSProp, Adadelta, Adam, AMSGrad, AdamW, NAdam
    )
}  # fmt: skip
"""Every optimiser by its name."""

_ALIASES = {"gd": "descent", "gradientdescent": "descent", "sgd": "descent"}


def by_name(name: str) -> type[Optimizer]:
    """Return the optimiser class called `name`, in any case, hyphens and underscores ignored.

    Raises
    ------
    ParameterError
        If there is none; the message suggests the nearest.

    Examples
    --------
    >>> by_name("gd").__name__, by_name("AdamW").__name__
    ('GradientDescent', 'AdamW')
    """
    plain = str(name).lower().replace("-", "").replace("_", "").replace(" ", "")
    kind = OPTIMIZERS.get(_ALIASES.get(plain, plain))
    if kind is None:
        hint = _checks.nearest(plain, OPTIMIZERS)
        raise _checks.ParameterError(f"there is no optimizer {_checks.show(name)}; {hint}")
    return kind


def build(name: str, **hyperparameters: Any) -> Optimizer:
    """Return the optimiser called `name` with these hyper-parameters.

    Raises
    ------
    ParameterError
        If the name, a hyper-parameter's name, or its value is not allowed.

    Examples
    --------
    >>> build("momentum", learning_rate=0.1, momentum=0.8)
    Momentum(learning_rate=0.1, weight_decay=0.0, momentum=0.8)
    """
    kind = by_name(name)
    known = [field.name for field in fields(kind)]
    for given in hyperparameters:
        if given not in known:
            hint = _checks.nearest(given, known)
            raise _checks.ParameterError(f"{kind.name} has no {_checks.show(given)}; {hint}")
    return kind(**hyperparameters)
