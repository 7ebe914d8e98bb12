"""The lessons' data sets, and the losses of a line and of a neuron as functions of (w, b).

The noise is drawn from `random.Random` and rounded to two decimals, so the data are the same on
every machine and can be printed on a slide as they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdcore import _checks
from gdcore._checks import Point


@dataclass(frozen=True)
class Data:
    """Examples: inputs and targets, one each.

    Attributes
    ----------
    xs, ys
        Equally many floats, at least one. For a neuron the targets are 0.0 or 1.0.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def __post_init__(self) -> None:
        for name in ("xs", "ys"):
            numbers = tuple([_checks.real(name, number) for number in getattr(self, name)])
            object.__setattr__(self, name, numbers)
        if not self.xs or len(self.xs) != len(self.ys):
            counts = f"{len(self.xs)} and {len(self.ys)}"
            raise _checks.ParameterError(f"data need as many xs as ys, 1 or more, not {counts}")

    def __len__(self) -> int:
        """Return the number of examples."""
        return len(self.xs)

    def subset(self, indices: Iterable[int]) -> Data:
        """Return the examples at these indices, in that order."""
        chosen = tuple(indices)
        return Data(tuple([self.xs[i] for i in chosen]), tuple([self.ys[i] for i in chosen]))


def line_points() -> Data:
    """Return the five points of the lesson LineFit. Least squares: w = 1.97, b = 1.06."""
    return Data((0.0, 1.0, 2.0, 3.0, 4.0), (1.1, 2.9, 5.2, 6.8, 9.0))


def noisy_line(size: int = 40, seed: int = 0, noise: float = 0.8) -> Data:
    """Return points of y = 2x − 1 with noise of standard deviation `noise`.

    The xs are evenly spaced from −2 to 2; both coordinates are rounded to two decimals.
    """
    _checks.whole("size", size, 2)
    _checks.not_negative("noise", noise)
    dice = random.Random(_checks.whole("seed", seed, 0))
    xs = [round(-2 + 4 * i / (size - 1), 2) for i in range(size)]
    return Data(tuple(xs), tuple([round(2 * x - 1 + dice.gauss(0, noise), 2) for x in xs]))


def two_classes(size: int = 40, seed: int = 0) -> Data:
    """Return two overlapping classes on a line: y = 0 around x = −1 and y = 1 around x = 1.

    Both have standard deviation 1. The first half of the examples is class 0. The xs are rounded
    to two decimals.
    """
    half = _checks.whole("size", size, 2) // 2
    dice = random.Random(_checks.whole("seed", seed, 0))
    ys = [0.0] * half + [1.0] * (size - half)
    return Data(tuple([round(dice.gauss(2 * y - 1, 1), 2) for y in ys]), tuple(ys))


def least_squares(data: Data) -> tuple[float, float]:
    """Return the weight and bias of the line with the least mean squared error.

    Raises
    ------
    ParameterError
        If all xs are equal, so that no single line is the best.

    Examples
    --------
    >>> [round(number, 12) for number in least_squares(line_points())]
    [1.97, 1.06]
    """
    n = len(data)
    mean_x, mean_y = sum(data.xs) / n, sum(data.ys) / n
    spread = sum((x - mean_x) ** 2 for x in data.xs)
    if spread == 0:
        raise _checks.ParameterError("least squares need at least two different xs")
    pairs = zip(data.xs, data.ys, strict=True)
    w = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread
    return w, mean_y - w * mean_x


def sigmoid(z: float) -> float:
    """Return 1 / (1 + e⁻ᶻ) without overflow.

    >>> sigmoid(0.0), sigmoid(-1000.0), sigmoid(1000.0)
    (0.5, 0.0, 1.0)
    """
    if z >= 0:
        return 1 / (1 + exp(-z))
    small = exp(z)
    return small / (1 + small)


@dataclass(frozen=True)
class _Loss:
    """A mean over examples of a loss in weight and bias, with what an `Objective` has."""

    data: Data

    variables: ClassVar[tuple[str, ...]] = ("w", "b")
    text: ClassVar[str]
    typst: ClassVar[str]

    @property
    def size(self) -> int:
        """The number of examples."""
        return len(self.data)

    def batch(self, indices: Sequence[int]) -> Self:
        """Return the same loss over these examples alone."""
        return type(self)(self.data.subset(indices))

    def value(self, point: Point) -> float:
        """Return the loss at (w, b)."""
        return self.value_and_gradient(point)[0]

    def gradient(self, point: Point) -> Point:
        """Return (∂/∂w, ∂/∂b) at (w, b)."""
        return self.value_and_gradient(point)[1]

    def value_and_gradient(self, point: Point) -> tuple[float, Point]:
        """Return the loss and its gradient at (w, b)."""
        raise NotImplementedError

    def _pairs(self) -> Iterable[tuple[float, float]]:
        return zip(self.data.xs, self.data.ys, strict=True)


@dataclass(frozen=True)
class LineLoss(_Loss):
    """Mean squared error of the line y = w x + b.

    Examples
    --------
    >>> loss = LineLoss(line_points())
    >>> round(loss.value((0.0, 0.0)), 12)
    32.78
    """

    text: ClassVar[str] = "mean((w*x + b - y)**2)"
    typst: ClassVar[str] = "1/n sum_(i=1)^n (w x_i + b - y_i)^2"

    def value_and_gradient(self, point: Point) -> tuple[float, Point]:
        """Return the loss and its gradient at (w, b)."""
        w, b = point
        value = slope_w = slope_b = 0.0
        for x, y in self._pairs():
            error = w * x + b - y
            value += error * error
            slope_w += error * x
            slope_b += error
        n = len(self.data)
        return value / n, (2 * slope_w / n, 2 * slope_b / n)

    def hessian(self, point: Point) -> tuple[tuple[float, ...], ...]:
        """Return the matrix of second derivatives, the same everywhere."""
        n = len(self.data)
        mixed = 2 * sum(self.data.xs) / n
        return ((2 * sum(x * x for x in self.data.xs) / n, mixed), (mixed, 2.0))

    def values(self, w: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
        """Return the loss on arrays of weights and biases, broadcast against each other."""
        w, b = np.asarray(w, dtype=float), np.asarray(b, dtype=float)
        total: Any = sum((w * x + b - y) ** 2 for x, y in self._pairs())
        return np.asarray(total / len(self.data))


@dataclass(frozen=True)
class NeuronLoss(_Loss):
    """Logistic loss of one neuron with output σ(w x + b), for targets 0 and 1.

    The mean of −y ln σ − (1 − y) ln(1 − σ), computed as max(z, 0) + ln(1 + e^−|z|) − y z with
    z = w x + b, which neither overflows nor loses digits.
    """

    text: ClassVar[str] = "mean(log(1 + exp(z)) - y*z), z = w*x + b"
    typst: ClassVar[str] = "1/n sum_(i=1)^n (ln(1 + e^(z_i)) - y_i z_i), quad z_i = w x_i + b"

    def __post_init__(self) -> None:
        for y in self.data.ys:
            if y not in (0.0, 1.0):
                raise _checks.complaint("target", y, "0 or 1")

    def value_and_gradient(self, point: Point) -> tuple[float, Point]:
        """Return the loss and its gradient at (w, b)."""
        w, b = point
        value = slope_w = slope_b = 0.0
        for x, y in self._pairs():
            z = w * x + b
            value += max(z, 0.0) + log1p(exp(-abs(z))) - y * z
            error = sigmoid(z) - y
            slope_w += error * x
            slope_b += error
        n = len(self.data)
        return value / n, (slope_w / n, slope_b / n)

    def hessian(self, point: Point) -> tuple[tuple[float, ...], ...]:
        """Return the matrix of second derivatives at (w, b)."""
        w, b = point
        ww = wb = bb = 0.0
        for x in self.data.xs:
            bend = sigmoid(w * x + b) * sigmoid(-w * x - b)
            ww += bend * x * x
            wb += bend * x
            bb += bend
        n = len(self.data)
        return ((ww / n, wb / n), (wb / n, bb / n))

    def values(self, w: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
        """Return the loss on arrays of weights and biases, broadcast against each other."""
        w, b = np.asarray(w, dtype=float), np.asarray(b, dtype=float)
        total: Any = sum(np.logaddexp(0.0, w * x + b) - y * (w * x + b) for x, y in self._pairs())
        return np.asarray(total / len(self.data))
