"""Where the slope of a function of one variable is 0, and in whose valley a point lies."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, TypeAlias

import sympy

from gdcore import _checks, _sympy
from gdcore._bisection import bisect
from gdcore._checks import ParameterError
from gdcore.objective import Objective, ObjectiveLike

SAMPLES = 2000
"""The interval is scanned in so many pieces. What happens twice within one piece may be missed."""
LARGEST_DEGREE = 12
"""Polynomials up to this degree are solved exactly, others scanned."""
FLAT = 1e-9
"""Where the slope touches 0, it falls to this part of its size one piece away, or less."""


class Kind(enum.Enum):
    """What a stationary point is."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    INFLECTION = "inflection"


Sample: TypeAlias = tuple[float, float]
Root: TypeAlias = tuple[float, Kind]


@dataclass(frozen=True)
class StationaryPoint:
    """A point with slope 0.

    Attributes
    ----------
    x, value
        Where it is, and the function there.
    kind
        By the signs of the slope on both sides.
    curvature
        The second derivative there; NaN at a kink, as of |x|.
    """

    x: float
    value: float
    kind: Kind
    curvature: float


def stationary_points(
    objective: ObjectiveLike, low: float, high: float
) -> tuple[StationaryPoint, ...]:
    """Return the stationary points of a function of one variable, from left to right.

    Polynomials of moderate degree are solved exactly (SymPy isolates their real roots). Others are
    scanned: a change of sign of the slope, or of the curvature where the slope touches 0, is
    narrowed down by bisection. Minima and maxima at a kink count, as of |x|. Poles and jumps do
    not, nor do stretches where the function is constant, so a constant function has none.

    Parameters
    ----------
    objective
        Of one variable.
    low, high
        The interval, ends included.

    Raises
    ------
    ParameterError
        If the objective has more variables, or the interval is not one.

    Examples
    --------
    >>> well = Objective.parse("x**4/4 - 2*x**2 + x/2")
    >>> [(round(p.x, 4), p.kind.value) for p in stationary_points(well, -3, 3)]
    [(-2.0598, 'minimum'), (0.1255, 'maximum'), (1.9343, 'minimum')]
    """
    if len(objective.variables) != 1:
        shown = ", ".join(objective.variables)
        raise ParameterError(f"stationary points need one variable, not ({shown})")
    low, high = _checks.real("low", low), _checks.real("high", high)
    if low >= high:
        raise _checks.complaint("high", high, f"greater than low = {low:g}")
    roots = _exact(objective, low, high)
    found = _Scan(objective, low, high).roots() if roots is None else roots
    points = []
    for x, kind in sorted(found, key=lambda pair: pair[0]):
        value = objective.value((x,))
        if math.isfinite(value):
            points.append(StationaryPoint(x, value, kind, objective.hessian((x,))[0][0]))
    return tuple(points)


def minimum_near(
    objective: ObjectiveLike, x: float, low: float, high: float
) -> StationaryPoint | None:
    """Return the minimum in whose valley `x` lies, or None.

    The valley of a minimum is where small enough steps downhill lead to it. None for a point on a
    maximum, for one from which the way down leads out of the interval or across a gap in the
    function, and where the function has no slope.

    Examples
    --------
    >>> well = Objective.parse("x**4/4 - 2*x**2 + x/2")
    >>> near = minimum_near(well, 0.13, -3, 3)
    >>> round(near.x, 4), round(near.value, 3)
    (1.9343, -3.016)
    """
    x = _checks.real("x", x)
    low, high = min(low, x), max(high, x)
    points = stationary_points(objective, low, high)
    tolerance = 1e-12 * max(abs(x), (high - low) / SAMPLES)
    here = next((point for point in points if abs(point.x - x) <= tolerance), None)
    if here is not None and here.kind is not Kind.INFLECTION:
        return here if here.kind is Kind.MINIMUM else None
    (slope,) = objective.gradient((x,))
    if here is not None or slope == 0 or not math.isfinite(slope):
        return None
    ahead = [p for p in points if (p.x - x) * slope < 0 and p.kind is not Kind.INFLECTION]
    nearest = min(ahead, key=lambda point: abs(point.x - x), default=None)
    if nearest is None or nearest.kind is not Kind.MINIMUM:
        return None
    return nearest if _falls(objective, x, nearest.x) else None


def _falls(objective: ObjectiveLike, start: float, end: float) -> bool:
    """Return whether the function falls all the way, without a gap."""
    before = objective.value((start,))
    for n in range(1, SAMPLES + 1):
        value, (slope,) = objective.value_and_gradient((start + (end - start) * n / SAMPLES,))
        noise = 1e-12 * max(abs(value), abs(before))
        if not (value <= before + noise and math.isfinite(slope)):
            return False
        before = value
    return True


def _exact(objective: ObjectiveLike, low: float, high: float) -> list[Root] | None:
    """Return the roots of a polynomial's derivative, or None if it is not one to solve."""
    if not isinstance(objective, Objective):
        return None
    x = _sympy.symbol(objective.variables[0])
    degree = _degree(objective.expression, x)
    if degree is None or degree > LARGEST_DEGREE:
        return None
    if degree == 0:
        return []
    slope = sympy.Poly(objective.expression.diff(x), x)
    rising = slope.LC() > 0  # to the right of the last root
    found = []
    for root, multiplicity in reversed(slope.real_roots(multiple=False) if slope.degree() else []):
        kind = Kind.INFLECTION
        if multiplicity % 2:
            kind = Kind.MINIMUM if rising else Kind.MAXIMUM
            rising = not rising
        place = float(root.evalf(25))
        if low <= place <= high:
            found.append((place, kind))
    return found


def _degree(expression: Any, x: Any) -> int | None:
    """Return a bound on the degree of a polynomial in x with rational coefficients, else None."""
    if expression.is_Rational or expression == x:
        return int(expression == x)
    if expression.is_Pow:
        degree, exponent = _degree(expression.base, x), expression.exp
        whole = exponent.is_Integer and exponent > 0
        return degree * int(exponent) if degree is not None and whole else None
    if not expression.is_Add and not expression.is_Mul:
        return None
    degrees = []
    for part in expression.args:
        degree = _degree(part, x)
        if degree is None:
            return None
        degrees.append(degree)
    return max(degrees) if expression.is_Add else sum(degrees)


class _Scan:
    """The search for roots of the slope by its samples."""

    def __init__(self, objective: ObjectiveLike, low: float, high: float) -> None:
        self.objective = objective
        self.low, self.high = low, high
        self.width = (high - low) / SAMPLES

    def slope(self, x: float) -> float:
        return self.objective.gradient((x,))[0]

    def bend(self, x: float) -> float:
        return self.objective.hessian((x,))[0][0]

    def roots(self) -> list[Root]:
        """Return the roots found in the interval."""
        # One piece beyond each end tells the kind of a root at the end.
        xs = [self.low + self.width * n for n in range(-1, SAMPLES + 2)]
        xs[-2] = self.high
        samples = [(x, self.slope(x)) for x in xs]
        # A missing slope where the function has a value may hide a kink: look across it.
        samples = [
            (x, slope)
            for x, slope in samples
            if math.isfinite(slope) or not math.isfinite(self.objective.value((x,)))
        ]
        found: list[Root] = []
        for first, last in _level(samples):
            found += self._at_samples(
                samples[first - 1], samples[first : last + 1], samples[last + 1]
            )
        for left, right in pairwise(samples):
            found += self._between(left, right)
        return [(x, kind) for x, kind in found if self.low <= x <= self.high]

    def _at_samples(self, left: Sample, level: Sequence[Sample], right: Sample) -> list[Root]:
        """Return the root at samples with slope 0, unless there is a whole stretch of them."""
        if left[1] < 0 < right[1] or right[1] < 0 < left[1]:
            # A few samples beside the root of x**100 are 0 too, by underflow.
            return self._crossing(left[0], right[0]) if len(level) <= 3 else []
        return _named(level[0][0], left[1], right[1]) if len(level) == 1 else []

    def _between(self, left: Sample, right: Sample) -> list[Root]:
        """Return the roots strictly between two neighbouring samples."""
        (a, before), (b, after) = left, right
        if not (math.isfinite(before) and math.isfinite(after)) or before == 0 or after == 0:
            return []
        if (before < 0) != (after < 0):
            return self._crossing(a, b)
        # The same sign at both ends: does the slope come near 0 in between?
        if not (before * self.bend(a) < 0 < after * self.bend(b)):
            return []
        ends = bisect(self.bend, a, b)
        if ends is None:
            return []
        x = min(ends, key=lambda end: abs(self.slope(end)))
        nearest = self.slope(x)
        if abs(nearest) <= FLAT * min(abs(before), abs(after)):
            return [(x, Kind.INFLECTION)]
        if nearest * before < 0:
            return self._crossing(a, x) + self._crossing(x, b)
        return []

    def _crossing(self, a: float, b: float) -> list[Root]:
        """Return the root between two places with slopes of different signs, unless a pole."""
        ends = bisect(self.slope, a, b)
        if ends is None:
            return []
        left, right = ends
        before, after = self.slope(a), self.slope(b)
        steepest = max(abs(before), abs(after))
        if not max(abs(self.slope(left)), abs(self.slope(right))) <= 2 * steepest:
            return []  # a pole, or a cusp
        for start, end in (ends, (a, b)):
            values = self.objective.value((start,)), self.objective.value((end,))
            slack = 4 * steepest * (end - start) + 1e-12 * max(map(abs, values))
            if not abs(values[1] - values[0]) <= slack:
                return []  # a jump
        middle = left + (right - left) / 2
        # Where slopes underflow to 0 many places are as good: the middle, without rounding errors.
        places = [x for x in (round(middle, 12), middle, left, right) if left <= x <= right]
        slopes = {x: abs(self.slope(x)) for x in places}
        best = min((x for x in places if slopes[x] == slopes[x]), key=slopes.__getitem__)
        return _named(best + 0.0, before, after)


def _level(samples: Sequence[Sample]) -> list[tuple[int, int]]:
    """Return the first and last index of each run of samples with slope 0, inside the ends."""
    runs = []
    for zero, group in groupby(range(len(samples)), key=lambda i: samples[i][1] == 0):
        indices = list(group)
        if zero and indices[0] > 0 and indices[-1] < len(samples) - 1:
            runs.append((indices[0], indices[-1]))
    return runs


def _named(x: float, before: float, after: float) -> list[Root]:
    """Return a root with its kind, from the slopes on both sides.

    At an end of the domain, as of x**1.5, the side that there is decides.
    """
    before = -after if math.isnan(before) else before
    after = -before if math.isnan(after) else after
    if not (math.isfinite(before) and math.isfinite(after)) or before == 0 or after == 0:
        return []
    if (before < 0) == (after < 0):
        return [(x, Kind.INFLECTION)]
    return [(x, Kind.MINIMUM if before < 0 else Kind.MAXIMUM)]
