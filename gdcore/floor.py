"""The level from which the value of a run is measured on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gdcore._checks import Point
from gdcore._eigen import eigenvalues
from gdcore.objective import ObjectiveLike
from gdcore.trace import Trace

ROUNDS = 60
"""Newton's method doubles its digits each round; at a flat minimum it needs more rounds."""


@dataclass(frozen=True)
class Floor:
    """The lowest value that matters to some runs.

    Attributes
    ----------
    point, value
        Where it is, and the function there.
    is_minimum
        Whether it is a minimum of the function; otherwise it is only the lowest value reached.
    """

    point: Point
    value: float
    is_minimum: bool


def floor_of(objective: ObjectiveLike, traces: Iterable[Trace]) -> Floor:
    """Return the minimum in whose valley the lowest point of some runs lies.

    Newton's method is started at the lowest point that any of the runs visited. Where it finds no
    minimum that is as low, the floor is that point itself.

    Examples
    --------
    >>> from gdcore import GradientDescent, Objective, descend
    >>> f = Objective.parse("(x - 1)**2 + 3*y**2 + 5")
    >>> floor_of(f, [descend(f, (2, 1), GradientDescent(0.1), max_steps=5)])
    Floor(point=(1.0, 0.0), value=5.0, is_minimum=True)
    """
    visited = [pair for trace in traces for pair in zip(trace.values, trace.points, strict=True)]
    finite = [pair for pair in visited if math.isfinite(pair[0])]
    if not finite:
        return Floor(visited[0][1], 0.0, is_minimum=False)
    value, point = min(finite)
    scale = max(abs(value) for value, _ in finite)
    found = _newton(objective, point)
    if found is None or objective.value(found) > value + 1e-12 * scale:
        return Floor(point, value, is_minimum=False)
    lowest = objective.value(found)
    # A minimum of 0 that is missed by rounding noise is 0.
    return Floor(found, 0.0 if abs(lowest) <= 1e-15 * scale else lowest, is_minimum=True)


def _newton(objective: ObjectiveLike, start: Point) -> Point | None:
    """Return the minimum that Newton's method finds from a point, or None."""
    point = start
    reach = max(1.0, *(abs(x) for x in start))
    for _ in range(ROUNDS):
        gradient, matrix = objective.gradient(point), objective.hessian(point)
        bends = eigenvalues(matrix)
        if not all(bend > 0 for bend in bends) or not all(map(math.isfinite, gradient)):
            # At a very flat minimum the curvature vanishes into rounding: that is close enough.
            return point if all(g == 0 for g in gradient) and min(bends, default=-1) >= 0 else None
        move = _solved(matrix, gradient)
        if math.hypot(*move) > 10 * reach:
            return None
        point = tuple([x - step for x, step in zip(point, move, strict=True)])
        if math.hypot(*move) <= 1e-15 * reach:
            break
    # Noise beside a round number: 3e-17 is 0.
    return tuple([round(x, 14) + 0.0 if abs(x) < 1e-9 else x for x in point])


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> tuple[float, ...]:
    """Return the solution of a positive definite system: elimination needs no pivots there."""
    size = len(right)
    rows = [[*map(float, row), float(value)] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            for column in range(at, size + 1):
                rows[below][column] -= factor * rows[at][column]
    out = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][column] * out[column] for column in range(at + 1, size))
        out[at] = (rows[at][size] - known) / rows[at][at]
    return tuple(out)
