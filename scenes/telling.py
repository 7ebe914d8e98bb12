"""What may be said of a function or a run: words that depend on the numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import GradientDescent, Step, Trace, theory

LONGEST = 22
"""A formula of more characters is not spelled out in a caption."""


def formula(objective: Any) -> str:
    """Return `f(x) = x²` for a caption, or `f(x)` where the formula would be too long."""
    name = f"f({', '.join(objective.variables)})"
    text = getattr(objective, "plain", "")
    return f"{name} = {text}" if text and len(text) <= LONGEST else name


def short_formula(objective: Any) -> str:
    """Return `x²` for a caption, or `this function` where the formula would be too long."""
    text = getattr(objective, "plain", "")
    return text if text and len(text) <= LONGEST else "this function"


def is_parabola(objective: Any) -> bool:
    """Whether a function of one variable is a polynomial of degree 2: theory holds everywhere."""
    expression = getattr(objective, "expression", None)
    polynomial = None if expression is None else expression.as_poly(*expression.free_symbols)
    return polynomial is not None and bool(polynomial.total_degree() == 2)


def up_or_down(before: float, after: float) -> str:
    """Return `fell`, `rose` or `stayed`."""
    if math.isclose(before, after, rel_tol=1e-12, abs_tol=0.0):
        return "stayed"
    return "fell" if after < before else "rose"


def goal(objective: Any, trace: Trace) -> float | None:
    """Return the x of the minimum that a run of one variable is about, or None.

    It is the minimum in whose valley the run ends; a run that ends in none (at a maximum, beyond
    all bounds) is about the one in whose valley it starts.
    """
    xs = [point[0] for point in trace.points]
    for x in (xs[-1], xs[0]):
        if math.isfinite(x) and abs(x) < 1e6:
            reach = max(abs(x - xs[0]), abs(x), 1.0)
            found = theory.minimum_near(objective, x, x - 2 * reach, x + 2 * reach)
            if found is not None:
                return found.x
    return None


def rate_of(optimizer: Any, step: Step) -> float | None:
    """Return the learning rate of a step that is −rate · slope, or None for other methods."""
    if not isinstance(optimizer, GradientDescent) or optimizer.weight_decay:
        return None
    return optimizer.rate(step.index)


def in_frame(values: Sequence[float], most: float = 1e6) -> list[float]:
    """Return the finite values that can be drawn."""
    return [value for value in values if math.isfinite(value) and abs(value) <= most]


@dataclass(frozen=True)
class Contraction:
    """A run whose distance to the minimum is multiplied by one factor at each step."""

    factor: float

    @classmethod
    def of(cls, trace: Trace, valley: float | None) -> Contraction | None:
        """Return the factor of a run, or None where it is not one and the same."""
        if valley is None or not trace.steps:
            return None
        gaps = [point[0] - valley for point in trace.points]
        # Once the distance is down to rounding, its factor says nothing any more.
        far = list(itertools.takewhile(lambda gap: abs(gap) > 1e-9 * abs(gaps[0]), gaps))
        if len(far) < 2:
            return None
        first = far[1] / far[0]
        same = all(
            math.isclose(after / before, first, rel_tol=1e-6)
            for before, after in itertools.pairwise(far)
        )
        return cls(first) if same else None

    @property
    def percent(self) -> float:
        """By how many percent the distance changes at each step, without sign."""
        return abs(1 - abs(self.factor)) * 100

    @property
    def left(self) -> float:
        """How many percent of the distance are left after each step."""
        return abs(self.factor) * 100

    @property
    def regime(self) -> str:
        """What the distance does, in one word."""
        if math.isclose(abs(self.factor), 1.0, rel_tol=1e-9):
            return "bounces" if self.factor < 0 else "stays"
        return "shrinks" if abs(self.factor) < 1 else "grows"

    def each(self, what: str) -> str:
        """Return the caption's words for the factor; they need the field `factor`."""
        return f"Each {what} is {{factor}} times the one before"

    def ending(self) -> str:
        """Return what each step did to the distance: words for `left`, `percent` and `goal`."""
        if math.isclose(abs(self.factor), 1.0, rel_tol=1e-9):
            return "the distance to {goal} never changes"
        return (
            "each step left {left} % of the distance to {goal}"
            if abs(self.factor) < 1
            else "each step added {percent} % to the distance to {goal}"
        )


def curvature(objective: Any, valley: float | None) -> float | None:
    """Return the one second derivative of a parabola, or None for other functions."""
    if valley is None or not is_parabola(objective):
        return None
    return 2 / theory.critical_rate(objective, (valley,))


def partner_rate(objective: Any, valley: float | None, rate: float) -> float | None:
    """Return the rate that contracts as fast at the minimum from the other side of 1/L, if any.

    For a parabola of curvature L the factors 1 − rate·L of the two rates are opposite: their sum
    is 2/L.
    """
    if valley is None:
        return None
    critical = theory.critical_rate(objective, (valley,))
    other = critical - rate
    if not math.isfinite(critical) or other <= 0 or math.isclose(other, rate):
        return None
    return float(f"{other:.12g}")
