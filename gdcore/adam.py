"""Adam and its relatives. `gdcore.optimizers` offers them with all the others.

Symbols as in `gdcore.optimizers`; m is the running mean of the gradients, v that of their squares.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, NamedTuple

from gdcore._checks import Point
from gdcore._optimizer import Optimizer, zeros
from gdcore.schedules import Schedule


class Moments(NamedTuple):
    """State of Adam and AdamW. Both means are as they are stored: not bias-corrected."""

    updates: int
    mean: Point
    mean_square: Point


class MaxMoments(NamedTuple):
    """State of AMSGrad."""

    updates: int
    mean: Point
    mean_square: Point
    largest: Point
    """The largest `mean_square` so far, each coordinate by itself."""


class NesterovMoments(NamedTuple):
    """State of NAdam."""

    updates: int
    mean: Point
    mean_square: Point
    momentum_product: float
    """The product of all momentum coefficients so far."""


@dataclass(frozen=True)
class _AdamFamily(Optimizer):
    """The hyper-parameters of the family, and its two running means."""

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def _means(self, gradient: Point, mean: Point, mean_square: Point) -> tuple[Point, Point]:
        """Return m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g²."""
        b1, b2 = self.beta1, self.beta2
        pairs = zip(mean, gradient, strict=True)
        squares = zip(mean_square, gradient, strict=True)
        return (
            tuple([b1 * m + (1 - b1) * g for m, g in pairs]),
            tuple([b2 * v + (1 - b2) * g * g for v, g in squares]),
        )


@dataclass(frozen=True)
class Adam(_AdamFamily):
    """Momentum and RMSProp, both corrected for starting at 0 (Kingma & Ba, 2015, algorithm 1).

    m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
    Δ = −r m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).

    Examples
    --------
    >>> rule = Adam(learning_rate=0.3)
    >>> delta, state = rule.update((10.0, 200.0), rule.init((10.0, 2.0)), (10.0, 2.0))
    >>> [round(d, 6) for d in delta]
    [-0.3, -0.3]
    """

    name: ClassVar[str] = "adam"
    state_type: ClassVar[type] = Moments

    def init(self, point: Point) -> Moments:
        """Return the state before the first update."""
        return Moments(0, zeros(point), zeros(point))

    def update(self, gradient: Point, state: Moments, point: Point) -> tuple[Point, Moments]:
        """Return the step and the state after it."""
        r, t, eps = self.rate(state.updates), state.updates + 1, self.epsilon
        gradient = self._decayed(gradient, point)
        mean, square = self._means(gradient, state.mean, state.mean_square)
        c1, c2 = 1 - self.beta1**t, 1 - self.beta2**t
        pairs = zip(mean, square, strict=True)
        delta = tuple([-r * (m / c1) / (sqrt(v / c2) + eps) for m, v in pairs])
        return delta, Moments(t, mean, square)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled weight decay: Δ = Δ of Adam − r λ x (Loshchilov & Hutter, 2019).

    The decay does not pass through the running means. As in torch it is scaled by the learning
    rate; the paper scales it by the schedule's factor alone.
    """

    weight_decay: float = 1e-2

    name: ClassVar[str] = "adamw"

    def update(self, gradient: Point, state: Moments, point: Point) -> tuple[Point, Moments]:
        """Return the step and the state after it."""
        shrink = self.rate(state.updates) * self.weight_decay
        step, state = super().update(gradient, state, point)
        return tuple([d - shrink * x for d, x in zip(step, point, strict=True)]), state

    def _decayed(self, gradient: Point, point: Point) -> Point:
        """Return the gradient as it is: here the decay is a part of the step."""
        return gradient


@dataclass(frozen=True)
class AMSGrad(_AdamFamily):
    """Adam whose divisor never shrinks (Reddi, Kale & Kumar, 2018).

    w ← max(w, v), Δ = −r m̂ / (√ŵ + ε). As in torch the largest v is kept without its bias
    correction, which is applied afterwards; the paper has no bias correction at all.
    """

    name: ClassVar[str] = "amsgrad"
    state_type: ClassVar[type] = MaxMoments

    def init(self, point: Point) -> MaxMoments:
        """Return the state before the first update."""
        return MaxMoments(0, zeros(point), zeros(point), zeros(point))

    def update(self, gradient: Point, state: MaxMoments, point: Point) -> tuple[Point, MaxMoments]:
        """Return the step and the state after it."""
        r, t, eps = self.rate(state.updates), state.updates + 1, self.epsilon
        gradient = self._decayed(gradient, point)
        mean, square = self._means(gradient, state.mean, state.mean_square)
        largest = tuple(map(max, state.largest, square))
        c1, c2 = 1 - self.beta1**t, 1 - self.beta2**t
        pairs = zip(mean, largest, strict=True)
        delta = tuple([-r * (m / c1) / (sqrt(w / c2) + eps) for m, w in pairs])
        return delta, MaxMoments(t, mean, square, largest)


@dataclass(frozen=True)
class NAdam(_AdamFamily):
    """Adam with Nesterov's look-ahead (Dozat, 2016).

    Δ = −r ((1 − μₜ) g / (1 − Πμ) + μₜ₊₁ m / (1 − Πμ·μₜ₊₁)) / (√v̂ + ε), where
    μₜ = β₁ (1 − ½ · 0.96^(t ψ)), ψ is `momentum_decay`, and Πμ = μ₁ … μₜ.
    """

    learning_rate: float | Schedule = 2e-3
    momentum_decay: float = 4e-3

    name: ClassVar[str] = "nadam"
    state_type: ClassVar[type] = NesterovMoments

    def init(self, point: Point) -> NesterovMoments:
        """Return the state before the first update."""
        return NesterovMoments(0, zeros(point), zeros(point), 1.0)

    def update(
        self, gradient: Point, state: NesterovMoments, point: Point
    ) -> tuple[Point, NesterovMoments]:
        """Return the step and the state after it."""
        r, t, eps = self.rate(state.updates), state.updates + 1, self.epsilon
        gradient = self._decayed(gradient, point)
        mean, square = self._means(gradient, state.mean, state.mean_square)
        mu = self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay))
        mu_next = self.beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * self.momentum_decay))
        product = state.momentum_product * mu
        now, ahead = (1 - mu) / (1 - product), mu_next / (1 - product * mu_next)
        c2 = 1 - self.beta2**t
        triples = zip(gradient, mean, square, strict=True)
        delta = tuple([-r * (now * g + ahead * m) / (sqrt(v / c2) + eps) for g, m, v in triples])
        return delta, NesterovMoments(t, mean, square, product)
