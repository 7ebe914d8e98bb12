"""Functions written by hand for the tests of the loop: exact derivatives, no parsing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, ...]


@dataclass(frozen=True)
class ByHand:
    """A function and its gradient; whatever Python refuses to compute is NaN."""

    text: str
    variables: tuple[str, ...]
    f: Callable[..., float]
    df: Callable[..., Point]

    def value_and_gradient(self, point: Point) -> tuple[float, Point]:
        try:
            value = float(self.f(*point))
        except (ArithmeticError, ValueError):
            value = math.nan
        try:
            gradient = tuple(map(float, self.df(*point)))
        except (ArithmeticError, ValueError):
            gradient = (math.nan,) * len(point)
        return value, gradient


SQUARE = ByHand("x**2", ("x",), lambda x: x**2, lambda x: (2 * x,))
QUARTIC = ByHand("x**4", ("x",), lambda x: x**4, lambda x: (4 * x**3,))
DOUBLE_WELL = ByHand(
    "x**4/4 - 2*x**2 + x/2",
    ("x",),
    lambda x: x**4 / 4 - 2 * x**2 + x / 2,
    lambda x: (x**3 - 4 * x + 0.5,),
)
LOG = ByHand("log(x)", ("x",), lambda x: math.log(x), lambda x: (1 / x,))
ROOT = ByHand("sqrt(x)", ("x",), lambda x: math.sqrt(x), lambda x: (0.5 / math.sqrt(x),))
RAVINE = ByHand(
    "(x**2 + 10*y**2)/2",
    ("x", "y"),
    lambda x, y: (x**2 + 10 * y**2) / 2,
    lambda x, y: (x, 10 * y),
)
STEEP_RAVINE = ByHand(
    "(x**2 + 100*y**2)/2",
    ("x", "y"),
    lambda x, y: (x**2 + 100 * y**2) / 2,
    lambda x, y: (x, 100 * y),
)
ROSENBROCK = ByHand(
    "(1 - x)**2 + 100*(y - x**2)**2",
    ("x", "y"),
    lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
)
HIMMELBLAU = ByHand(
    "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    ("x", "y"),
    lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    lambda x, y: (
        4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
        2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
    ),
)
SADDLE = ByHand(
    "x**2/2 + y**4/4 - y**2/2",
    ("x", "y"),
    lambda x, y: x**2 / 2 + y**4 / 4 - y**2 / 2,
    lambda x, y: (x, y**3 - y),
)
RIPPLES = ByHand(
    "x**2/10 + sin(2*x)",
    ("x",),
    lambda x: 0.1 * x**2 + math.sin(2 * x),
    lambda x: (0.2 * x + 2 * math.cos(2 * x),),
)

_SOME = [
    ByHand("x**2/4", ("x",), lambda x: x**2 / 4, lambda x: (x / 2,)),
    ByHand("3*x**2", ("x",), lambda x: 3 * x**2, lambda x: (6 * x,)),
    SQUARE, QUARTIC, DOUBLE_WELL, RAVINE, STEEP_RAVINE, HIMMELBLAU, SADDLE, RIPPLES,
]  # fmt: skip


def parse(text: str) -> ByHand:
    return next(f for f in _SOME if f.text == text)
