"""The slope between two points of a curve, from which the derivative is the limit."""

from __future__ import annotations

import math
import sys

from gdcore._checks import real
from gdcore.objective import ObjectiveLike


def rise(objective: ObjectiveLike, at: float, width: float) -> float:
    """Return f(at + width) − f(at) of a function of one variable; NaN where f is undefined.

    Raises
    ------
    ParameterError
        If `at` or `width` is not a finite number.

    Examples
    --------
    >>> from gdcore import Objective
    >>> rise(Objective.parse("x**2"), 3.0, 2.0)
    16.0
    """
    here, there = real("at", at), real("at", at) + real("width", width)
    return objective.value((there,)) - objective.value((here,))


def secant_slope(objective: ObjectiveLike, at: float, width: float) -> float:
    """Return the difference quotient (f(at + width) − f(at)) / width.

    As the width shrinks it tends to f′(at), until the rounding of f, of about 10⁻¹⁶ |f|, divided by
    the width shows: below a width of about 10⁻⁸ the quotient gets worse again.

    Raises
    ------
    ParameterError
        If `at` or `width` is not a finite number.
    ZeroDivisionError
        If the width is 0: two points are needed.

    Examples
    --------
    >>> from gdcore import Objective
    >>> secant_slope(Objective.parse("x**2"), 3.0, 0.5)
    6.5
    """
    return rise(objective, at, width) / real("width", width)


def excess(objective: ObjectiveLike, at: float, width: float) -> float:
    """Return by how much a secant is steeper than the tangent, less the rounding noise.

    The difference of two values carries an error of about 2⁻⁵² |f|; divided by the width it is the
    error of the slope. Digits that it reaches are rounded away.

    Raises
    ------
    ParameterError
        If `at` or `width` is not a finite number.

    Examples
    --------
    >>> from gdcore import Objective
    >>> excess(Objective.parse("x**2"), 3.0, 0.01)
    0.01
    """
    slope, (tangent,) = secant_slope(objective, at, width), objective.gradient((at,))
    difference = slope - tangent
    size = max(abs(objective.value((at,))), abs(objective.value((at + width,))), abs(tangent))
    noise = 8 * sys.float_info.epsilon * (size / abs(width) + abs(tangent))
    if not math.isfinite(difference) or not math.isfinite(noise) or noise == 0:
        return difference
    return round(difference, -math.ceil(math.log10(noise))) + 0.0
