"""The loop. There is no other one in the project."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any, Protocol

from gdcore import _checks
from gdcore._checks import ParameterError, Point
from gdcore._optimizer import Optimizer
from gdcore.sampling import Sampling
from gdcore.stopping import Stop, StopReason, StopRule, after, written
from gdcore.trace import Step, Trace

STEEPEST = 1e150
"""A slope above this counts as diverged: its square overflows (from 1.3e154 on), and the methods
that divide by it would stand still without a word."""


class Function(Protocol):
    """What `descend` asks of an objective.

    Where the function or its gradient is not defined they are NaN; nothing is raised. An objective
    for a sampling also has `size`, the number of its examples, and `batch(indices)`, an objective
    over those examples alone.
    """

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the coordinates."""

    def value_and_gradient(self, point: Point) -> tuple[float, Point]:
        """Return the value and the gradient at `point`."""


def descend(
    objective: Function,
    start: float | Sequence[float],
    optimizer: Optimizer,
    *,
    max_steps: int = 100,
    stopping: StopRule | Iterable[StopRule] = (),
    sampling: Sampling | None = None,
    bound: float = 1e12,
) -> Trace:
    """Run an optimiser on an objective and record every step.

    Parameters
    ----------
    objective
        An `Objective`, or anything with the same `variables` and `value_and_gradient`.
    start
        A number for one variable, or one number per variable.
    optimizer
        Such as `GradientDescent(learning_rate=0.1)`.
    max_steps
        The most steps to make, at least 1.
    stopping
        Rules from `gdcore.stopping` that may end the run earlier; the first that answers wins.
    sampling
        From `gdcore.sampling`, for objectives over data: each step then uses the gradient on its
        own batch. Values, the trace's gradients, and the stop rules keep to the whole objective.
    bound
        A run with a coordinate beyond ±bound has diverged. Only coordinates are bounded, not the
        value: a value of 1e15 may be quite ordinary for a steep function.

    Returns
    -------
    Trace
        Always, also for a run that blew up; see there for what is recorded then.

    Raises
    ------
    ParameterError
        A `ValueError` of one line, if an argument is not allowed.

    Examples
    --------
    >>> from gdcore.data import LineLoss, line_points
    >>> from gdcore.optimizers import GradientDescent
    >>> trace = descend(LineLoss(line_points()), (0, 0), GradientDescent(0.05), max_steps=2)
    >>> [round(value, 3) for value in trace.values]
    [32.78, 3.613, 0.438]
    >>> trace.stop.sentence
    'After 2 steps, as many as were asked for.'
    """
    bound = _checks.positive("bound", bound)
    point = _start(start, objective.variables, bound)
    if not isinstance(optimizer, Optimizer):
        raise _checks.complaint("optimizer", optimizer, "such as GradientDescent(0.1)")
    _checks.whole("max_steps", max_steps, 1)
    rules = _rules(stopping)
    draws = None if sampling is None else _draws(objective, sampling)

    # The loop is timed against a bare one (tests/benchmarks/bench_descend.py): hence the local
    # names, the short cut for one variable, and Step made without its slower Python-level __new__.
    measure, update, make = objective.value_and_gradient, optimizer.update, tuple.__new__
    flat = len(point) == 1
    value, gradient = measure(point)
    state = optimizer.init(point)
    gradients, batches = [gradient], []
    steps: list[Step] = []
    stop = _trouble(0, point, value, gradient, bound, objective.variables)
    stop = stop or _asked(rules, None, value, gradient)

    for index in range(max_steps if stop is None else 0):
        used = gradient
        if draws is not None:
            indices, part = next(draws)
            batches.append(indices)
            used = part.value_and_gradient(point)[1]
        delta, state = update(used, state, point)
        next_point = (point[0] + delta[0],) if flat else tuple(map(add, point, delta))
        next_value, next_gradient = measure(next_point)
        if not _sound(next_point, next_value, next_gradient, bound):
            names = objective.variables
            stop = _trouble(index + 1, next_point, next_value, next_gradient, bound, names)
        if stop is not None and stop.reason is StopReason.NOT_FINITE:
            break
        step = make(Step, (index, point, value, used, delta, state, next_point, next_value))
        steps.append(step)
        gradients.append(next_gradient)
        if stop is None and rules:
            stop = _asked(rules, step, next_value, next_gradient)
        if stop is not None:
            break
        point, value, gradient = next_point, next_value, next_gradient

    points = (steps[0].point if steps else point, *[step.next_point for step in steps])
    first_value = steps[0].value if steps else value
    text = f"{after(len(steps))}, as many as were asked for."
    return Trace(
        points=points,
        values=(first_value, *[step.next_value for step in steps]),
        gradients=tuple(gradients),
        steps=tuple(steps),
        stop=stop or Stop(StopReason.MAX_STEPS, text),
        optimizer=optimizer,
        objective_text=str(getattr(objective, "text", "") or type(objective).__name__),
        variables=tuple(objective.variables),
        batches=tuple(batches[: len(steps)]),
    )


def _start(start: object, variables: Sequence[str], bound: float) -> Point:
    """Return the start as a tuple of floats within the bound, or raise."""
    names = ", ".join(variables)
    allowed = f"one finite number for each of ({names}), within ±{bound:g}"
    if isinstance(start, str | bytes):
        raise _checks.complaint("start", start, allowed)
    given = list(start) if isinstance(start, Iterable) else [start]
    if len(given) != len(variables):
        raise _checks.complaint("start", start, allowed)
    try:
        point = tuple([_checks.real("start", x) for x in given])
    except ParameterError:
        raise _checks.complaint("start", start, allowed) from None
    if any(abs(x) > bound for x in point):
        raise _checks.complaint("start", start, allowed)
    return point


def _rules(stopping: StopRule | Iterable[StopRule]) -> tuple[StopRule, ...]:
    """Return the stop rules as a tuple; one rule alone is allowed."""
    rules = tuple(stopping) if isinstance(stopping, Iterable) else (stopping,)
    for rule in rules:
        if not callable(getattr(rule, "check", None)) or isinstance(rule, type):
            raise _checks.complaint("stopping", rule, "stop rules, such as SmallStep(0.001)")
    return rules


def _draws(objective: Any, sampling: Sampling) -> Iterator[tuple[tuple[int, ...], Function]]:
    """Return an iterator of batches: the indices and the objective over those examples."""
    if not callable(getattr(sampling, "batches", None)) or isinstance(sampling, type):
        raise _checks.complaint("sampling", sampling, "such as MiniBatch(8)")
    if not callable(getattr(objective, "batch", None)):
        allowed = "None, because this objective is not made of examples"
        raise _checks.complaint("sampling", sampling, allowed)
    return ((indices, objective.batch(indices)) for indices in sampling.batches(objective.size))


def _sound(point: Point, value: float, gradient: Point, bound: float) -> bool:
    """Return whether a run can go on from here. NaN fails every comparison, so it is not sound."""
    if len(point) == 1:  # the same without loops, for speed
        in_bound, not_too_steep = -bound <= point[0] <= bound, abs(gradient[0]) <= STEEPEST
        return in_bound and not_too_steep and math.isfinite(value)
    return (
        all(-bound <= x <= bound for x in point)
        and all(abs(g) <= STEEPEST for g in gradient)
        and math.isfinite(value)
    )


def _trouble(
    made: int, point: Point, value: float, gradient: Point, bound: float, names: Sequence[str]
) -> Stop | None:
    """Return why a run cannot go on from here after `made` steps, or None if it can."""
    if _sound(point, value, gradient, bound):
        return None
    place = ", ".join(f"{name} = {written(x)}" for name, x in zip(names, point, strict=True))
    if not all(map(math.isfinite, point)):
        text = f"Step {made} is too large for a number: it would lead to {place}."
        return Stop(StopReason.NOT_FINITE, text)
    if not math.isfinite(value) or not all(map(math.isfinite, gradient)):
        what = "f has no finite value" if not math.isfinite(value) else "the slope is not finite"
        lead = f"Step {made} would lead to {place}, where" if made else f"At the start, {place},"
        text = f"{lead} {what}."
        return Stop(StopReason.NOT_FINITE, text, refused=point if made else None)
    if any(abs(x) > bound for x in point):
        text = f"{after(made)} the run is at {place}, beyond ±{bound:g}: it diverged."
    else:
        text = f"{after(made)} the run is at {place}, where the slope is over 1e150: it diverged."
    return Stop(StopReason.DIVERGED, text)


def _asked(
    rules: tuple[StopRule, ...], step: Step | None, value: float, gradient: Point
) -> Stop | None:
    """Return the answer of the first rule that wants to stop here."""
    for rule in rules:
        stop = rule.check(step, value, gradient)
        if stop is not None:
            return stop
    return None
