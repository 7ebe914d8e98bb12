"""How a run behaves, in plain words."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from itertools import pairwise

from gdcore._checks import Point
from gdcore._eigen import eigenvalues
from gdcore.expression import ExpressionError
from gdcore.objective import Objective
from gdcore.stopping import StopReason
from gdcore.trace import Trace

NOISE = 1e-9
"""Steps of less than this part of the longest are rounding noise to the judge."""
LONGEST_PERIOD = 8


class Regime(enum.Enum):
    """How a run behaves.

    Each has words for people: `value` is a short name, `sentence` says what it means.
    """

    CREEPING = "creeping"
    MONOTONE = "monotone"
    ONE_STEP = "one step"
    ALTERNATING = "alternating"
    SWINGING = "swinging"
    PERIODIC = "periodic"
    DIVERGING = "diverging"
    STUCK_AT_A_SADDLE = "stuck at a saddle"
    STUCK_AT_A_MAXIMUM = "stuck at a maximum"
    AT_REST = "at rest"
    UNDEFINED = "undefined"
    UNSETTLED = "unsettled"

    @property
    def sentence(self) -> str:
        """What it means, as a sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    Regime.CREEPING: "It goes one way in small steps; most of the way is still ahead.",
    Regime.MONOTONE: "It goes one way, in ever smaller steps.",
    Regime.ONE_STEP: "The first step lands where the slope is 0.",
    Regime.ALTERNATING: "It jumps from side to side, in ever smaller jumps.",
    Regime.SWINGING: "It swings past and comes back, and settles.",
    Regime.PERIODIC: "It goes to and fro and comes no closer.",
    Regime.DIVERGING: "It moves away in ever larger steps.",
    Regime.STUCK_AT_A_SADDLE: "It has all but stopped at a saddle, which is not a minimum.",
    Regime.STUCK_AT_A_MAXIMUM: "It has stopped at a maximum.",
    Regime.AT_REST: "It starts where the slope is 0 and never moves.",
    Regime.UNDEFINED: "It comes to where the function or its slope has no value.",
    Regime.UNSETTLED: "It has not settled.",
}


def regime(trace: Trace) -> Regime:
    """Return how a run behaves, judged from where it is heading at its end.

    Judged are points, values, gradients and the reason of the stop; of a function given as text,
    also the curvature at the last point. Alternating means that in one coordinate at least each
    step is opposite to the last. Creeping means that, if the steps went on shrinking as they do,
    more than half of the way would be ahead. A short run, or one whose behaviour is none of the
    others, is unsettled.

    Examples
    --------
    >>> from gdcore import GradientDescent, descend
    >>> f = Objective.parse("x**2")
    >>> [regime(descend(f, 4, GradientDescent(rate), max_steps=20)).value
    ...  for rate in (0.01, 0.1, 0.5, 0.9, 1, 1.05)]
    ['creeping', 'monotone', 'one step', 'alternating', 'periodic', 'diverging']
    """
    blown = _blown(trace)
    if blown is not None:
        return blown
    lengths = [math.hypot(*step.delta) for step in trace.steps]
    longest = max(lengths, default=0.0)
    if math.hypot(*trace.gradients[0]) == 0 and longest == 0:
        return Regime.AT_REST
    if not trace.steps:
        return Regime.UNSETTLED
    steepest = max(math.hypot(*gradient) for gradient in trace.gradients)
    last = math.hypot(*trace.gradients[-1])
    if last <= 0.01 * steepest and longest > 0:
        stuck = _stuck(trace, stopped=last <= NOISE * steepest)
        if stuck is not None:
            return stuck
    if math.hypot(*trace.gradients[1]) <= NOISE * math.hypot(*trace.gradients[0]) and all(
        length <= NOISE * lengths[0] for length in lengths[1:]
    ):
        return Regime.ONE_STEP
    if _periodic(trace):
        return Regime.PERIODIC
    if _diverging(trace, lengths, steepest):
        return Regime.DIVERGING
    return _settling(trace, lengths)


def _blown(trace: Trace) -> Regime | None:
    """Return the regime of a run that one of the guards ended, or None."""
    if trace.stop.reason is StopReason.DIVERGED:
        return Regime.DIVERGING
    if trace.stop.reason is not StopReason.NOT_FINITE:
        return None
    refused = trace.stop.refused
    if not trace.steps and refused is None and not _finite(trace.gradients[0], trace.values[0]):
        return Regime.UNDEFINED
    function = _function(trace)
    if refused is not None and function is not None:
        # Too large for a float is the end of diverging; no value at all is the end of the domain.
        value, gradient = function.value_and_gradient(refused)
        return Regime.DIVERGING if not any(map(math.isnan, (value, *gradient))) else _last(value)
    return Regime.UNDEFINED if refused is not None else Regime.DIVERGING


def _last(value: float) -> Regime:
    return Regime.DIVERGING if math.isinf(value) else Regime.UNDEFINED


def _finite(gradient: Point, value: float) -> bool:
    return all(map(math.isfinite, (value, *gradient)))


def _function(trace: Trace) -> Objective | None:
    """Return the function of a run if its text is a formula; a loss over data is not."""
    try:
        return Objective.parse(trace.objective_text, trace.variables)
    except ExpressionError:
        return None


def _stuck(trace: Trace, *, stopped: bool) -> Regime | None:
    """Return the regime of a run whose slope is all but 0, if that is no minimum."""
    function = _function(trace)
    if function is None:
        return None
    bends = eigenvalues(function.hessian(trace.points[-1]))
    if not bends or any(map(math.isnan, bends)) or bends[0] >= 0:
        return None
    if bends[-1] > 0:
        return Regime.STUCK_AT_A_SADDLE
    return Regime.STUCK_AT_A_MAXIMUM if stopped and bends[-1] < 0 else None


def _periodic(trace: Trace) -> bool:
    """Return whether a coordinate that moves repeats itself at the end, while none moves further.

    One coordinate is enough: across a ravine a run may go to and fro for ever while it still comes
    closer along it.
    """
    paths = list(zip(*trace.points, strict=True))
    for period in range(2, LONGEST_PERIOD + 1):
        if len(trace.steps) < 2 * period - 1:
            return False
        if any(_grows(path, period) for path in paths):
            continue
        reach = max(_reach(path[-period:]) for path in paths)
        for path in paths:
            size = _reach(path[-period:])
            loud = size > max(NOISE * _reach(path), 1e-3 * reach)
            if loud and all(
                abs(path[-n] - path[-n - period]) <= 1e-6 * size for n in range(1, period + 1)
            ):
                return True
    return False


def _reach(places: Sequence[float]) -> float:
    return max(places) - min(places)


def _grows(path: Sequence[float], period: int) -> bool:
    return _reach(path[-period:]) > _reach(path[-2 * period : -period]) * (1 + 1e-6)


def _diverging(trace: Trace, lengths: Sequence[float], steepest: float) -> bool:
    """Return whether the last steps grow, and lead to the highest and steepest point of all."""
    ending = lengths[-3:]
    return (
        len(ending) >= 2
        and all(after > before * (1 + NOISE) for before, after in pairwise(ending))
        and trace.values[-1] >= max(trace.values)
        and trace.values[-1] > trace.values[0]
        and math.hypot(*trace.gradients[-1]) >= steepest
    )


def _settling(trace: Trace, lengths: Sequence[float]) -> Regime:
    """Return the regime of a run that neither blew up, nor repeats itself."""
    # The last third of the steps that are more than noise, and three at least.
    longest = max(lengths)
    loud = [n for n, length in enumerate(lengths) if length > NOISE * longest]
    judged = loud[-max(3, len(loud) // 3) :]
    deltas = [trace.steps[n].delta for n in judged]
    sizes = [lengths[n] for n in judged]
    if len(deltas) < 2:
        return Regime.UNSETTLED
    half = len(sizes) // 2
    shrinks = max(sizes[half:]) < max(sizes[:half]) * (1 - NOISE)
    turns = _turns(deltas)
    if turns == len(deltas) - 1 and shrinks:
        return Regime.ALTERNATING
    if turns:
        return Regime.SWINGING if shrinks else Regime.UNSETTLED
    if not shrinks or any(after > before for before, after in pairwise(sizes)):
        return Regime.UNSETTLED
    ratio = min(sizes[-1] / sizes[-2], 1 - 1e-15)
    ahead = sizes[-1] * ratio / (1 - ratio)
    gone = math.dist(trace.points[0], trace.points[-1])
    return Regime.CREEPING if ahead > gone else Regime.MONOTONE


def _turns(deltas: Sequence[Point]) -> int:
    """Return the most turns of direction in one coordinate.

    A coordinate that moves less than a thousandth of the others is left out.
    """
    largest = max(abs(move) for delta in deltas for move in delta)
    loud = [moves for moves in zip(*deltas, strict=True) if max(map(abs, moves)) > 1e-3 * largest]
    turns: list[int] = [sum([a * b < 0 for a, b in pairwise(moves)]) for moves in loud]
    return max(turns)


def steps_to(trace: Trace, minimum: float | Sequence[float], fraction: float) -> int | None:
    """Return after how many steps only a fraction of the distance to a minimum is left, for good.

    Parameters
    ----------
    trace
        The run.
    minimum
        The point to measure from: a number for one variable, or one per variable.
    fraction
        Of the start's distance, such as 0.01.

    Returns
    -------
    int or None
        The first index from which every point is within that distance; None if there is none.

    Examples
    --------
    >>> from gdcore import GradientDescent, descend
    >>> f = Objective.parse("x**2")
    >>> steps_to(descend(f, 4, GradientDescent(0.1), max_steps=100), 0.0, 0.01)
    21
    """
    goal = (float(minimum),) if isinstance(minimum, int | float) else tuple(map(float, minimum))
    within = fraction * math.dist(trace.points[0], goal)
    return trace.settled(lambda point, value: math.dist(point, goal) <= within)
