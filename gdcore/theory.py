"""What theory says of a function and of a run on it.

On a parabola of curvature L, a step of gradient descent multiplies the distance to the minimum by
1 − rate·L. So it converges for rates below 2/L, and lands in one step for 1/L. Near the minimum of
any smooth function the same holds with the largest curvature there (Nesterov, Lectures on Convex
Optimization, section 2.1.5).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

from gdcore import _checks
from gdcore._checks import Point
from gdcore._eigen import eigenvalues
from gdcore.objective import ObjectiveLike
from gdcore.regimes import Regime, regime, steps_to
from gdcore.stationary import Kind, StationaryPoint, minimum_near, stationary_points

__all__ = [
    "Kind",
    "Regime",
    "StationaryPoint",
    "contraction_factor",
    "critical_rate",
    "curvature",
    "curvatures",
    "minimum_near",
    "regime",
    "stationary_points",
    "steps_to",
]


def curvatures(objective: ObjectiveLike, at: float | Sequence[float]) -> tuple[float, ...]:
    """Return the eigenvalues of the matrix of second derivatives, in ascending order.

    Parameters
    ----------
    objective
        Of any number of variables.
    at
        A number for one variable, or one number per variable.

    Returns
    -------
    tuple of floats
        One per variable; NaN where the second derivatives are not finite.

    Raises
    ------
    ParameterError
        If `at` is not a point of that function.
    """
    return eigenvalues(objective.hessian(_point(objective, at)))


def curvature(objective: ObjectiveLike, at: float | Sequence[float]) -> float:
    """Return L, the largest eigenvalue of the matrix of second derivatives.

    Of one variable it is the second derivative. Parameters and errors as for `curvatures`.

    Examples
    --------
    >>> from gdcore.objective import Objective
    >>> curvature(Objective.parse("(x**2 + 10*y**2)/2"), at=(10, 1))
    10.0
    """
    return curvatures(objective, at)[-1]


def critical_rate(objective: ObjectiveLike, at: float | Sequence[float]) -> float:
    """Return 2/L: at a minimum, gradient descent with a larger learning rate leaves it.

    Returns
    -------
    float
        inf where L is 0 or less, NaN where it is not defined. Parameters and errors as for
        `curvatures`.

    Examples
    --------
    >>> from gdcore.objective import Objective
    >>> critical_rate(Objective.parse("x**2"), at=0)
    1.0
    """
    bend = curvature(objective, at)
    if math.isnan(bend):
        return math.nan
    return 2 / bend if bend > 0 else math.inf


def contraction_factor(
    objective: ObjectiveLike, at: float | Sequence[float], learning_rate: float
) -> float:
    """Return 1 − rate·L: what a step multiplies the distance to the minimum by.

    Exact for a parabola, and in the direction of the largest curvature; other parameters and errors
    as for `curvatures`.

    Parameters
    ----------
    learning_rate
        A finite number.

    Examples
    --------
    >>> from gdcore.objective import Objective
    >>> contraction_factor(Objective.parse("x**2"), at=0, learning_rate=0.75)
    -0.5
    """
    return 1 - _checks.real("learning_rate", learning_rate) * curvature(objective, at)


def _point(objective: ObjectiveLike, at: object) -> Point:
    names = ", ".join(objective.variables)
    allowed = f"one finite number for each of ({names})"
    given = (at,) if isinstance(at, Real) else at
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise _checks.complaint("at", at, allowed)
    if len(given) != len(objective.variables):
        raise _checks.complaint("at", at, allowed)
    return tuple([_checks.real("at", x, allowed) for x in given])
