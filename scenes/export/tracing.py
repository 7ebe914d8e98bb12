"""A run as a table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore import Trace, descend
from scenes.parameters import (
    HYPERPARAMETERS,
    OBJECTIVE,
    OPTIMIZER,
    START,
    STEPS,
    UsageError,
    nearest,
    with_hyperparameters,
)
from scenes.words import number


def run(objective: str, start: str, optimizer: str, given: Mapping[str, str], steps: str) -> Trace:
    """Run what the command line asked for.

    Raises
    ------
    UsageError
        For anything that is not allowed.
    """
    hyper: dict[str, Any] = {}
    for name, value in given.items():
        if name not in HYPERPARAMETERS:
            raise nearest(name, HYPERPARAMETERS)
        hyper[name] = HYPERPARAMETERS[name](name, value)
    if optimizer == "descent" and not hyper:
        hyper["learning_rate"] = 0.1
    rule = with_hyperparameters(OPTIMIZER("optimizer", optimizer), hyper)
    try:
        return descend(
            OBJECTIVE("objective", objective),
            START("start", start),
            rule,
            max_steps=STEPS("steps", steps),
        )
    except ValueError as error:
        raise UsageError(" ".join(str(error).split())) from None


def rows(trace: Trace) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heading and rows: step, point, value and gradient, to six digits."""
    names = trace.variables
    heading = ("n", *names, "f", *(f"df/d{name}" for name in names))
    points = zip(trace.points, trace.values, trace.gradients, strict=True)
    body = [
        (str(index), *(number(part, 6) for part in (*point, value, *gradient)))
        for index, (point, value, gradient) in enumerate(points)
    ]
    return heading, body
