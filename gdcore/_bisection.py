"""Bisection to the last bit."""

from __future__ import annotations

from collections.abc import Callable


def bisect(function: Callable[[float], float], a: float, b: float) -> tuple[float, float] | None:
    """Return the two ends of a change of sign, or twice the root; None if it is undefined."""
    negative = function(a) < 0
    finest = 1e-17 * (b - a)
    while b - a > finest:
        # Off the middle where the middle has no slope, as at a kink.
        for part in (0.5, 0.4):
            middle = a + part * (b - a)
            value = function(middle)
            if value == value:
                break
        else:
            return None
        if not a < middle < b:
            break
        if value == 0:
            return _zeros(function, a, middle), _zeros(function, b, middle)
        a, b = (middle, b) if (value < 0) == negative else (a, middle)
    return a, b


def _zeros(function: Callable[[float], float], end: float, zero: float) -> float:
    """Return the place farthest from `zero` towards `end` up to which the function is 0."""
    while (middle := zero + (end - zero) / 2) not in (zero, end):
        end, zero = (end, middle) if function(middle) == 0 else (middle, zero)
    return zero
