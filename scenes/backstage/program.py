"""The algorithm as a beginner types it: a real file, and the same file for another function.

What is drawn is read from ``assets/code/descent.py``, which runs as it stands. For other parameters
only the function, its slope and the three numbers are put in; text that gets there has passed the
parser of `gdcore.Objective`.
"""

from __future__ import annotations

import re
from functools import cache

from gdcore import Objective, Trace
from scenes.assets import asset_path

LONGEST_LINE = 32
"""Characters of a line that stays one line."""

SIGN = ("def sign(x):", "    return (x > 0) - (x < 0)", "")
"""Python has no sign function, and the slope of abs(x) needs one."""

_NOT_IN_MATH = {"abs", "sign"}


@cache
def original() -> tuple[str, ...]:
    """Return the lines of the file."""
    return tuple(asset_path("code", "descent.py").read_text(encoding="utf-8").splitlines())


def program(objective: Objective, start: float, rate: float, steps: int) -> tuple[str, ...]:
    """Return the program for a function of one variable.

    Parameters
    ----------
    objective
        The function; its text and the text of its derivative are put in.
    start, rate, steps
        The numbers that are put in.

    Returns
    -------
    tuple of str
        Lines of Python that print x and f(x) after each turn.
    """
    (name,) = objective.variables
    body, slope = objective.text, objective.gradient_text[0]
    changes = {
        "    return x**2": _returning(_in_x(body, name)),
        "    return 2*x": _returning(_in_x(slope, name)),
        "x = 4": f"x = {literal(start)}",
        "rate = 0.1": f"rate = {literal(rate)}",
        "for n in range(1, 11):": counting(steps),
    }
    lines = "\n".join(changes.get(line, line) for line in original()).split("\n")
    called = set(re.findall(r"[a-z]+\d?", f"{body} {slope}")) - {name}
    imported = sorted(called - _NOT_IN_MATH)
    head: list[str] = []
    for function in imported:
        if head and len(head[-1]) + len(function) + 2 <= LONGEST_LINE:
            head[-1] += f", {function}"
        else:
            head.append(f"from math import {function}")
    head += [""] if imported else []
    if "sign" in called:
        head += SIGN
    return (*head, *lines)


def counting(steps: int) -> str:
    """Return the line of the loop, which counts its steps as the lesson does: from 1."""
    return f"for n in range(1, {steps + 1}):"


def _returning(expression: str) -> str:
    """Return the statement that returns an expression, in brackets over several lines if long."""
    plain = f"    return {expression}"
    if len(plain) <= LONGEST_LINE:
        return plain
    lines = ["    return ("]
    for part in re.split(r"(?<![*e(])(?=[-+*/] ?[^*])(?<![*/])", expression):
        if len(lines[-1]) + len(part) > LONGEST_LINE:
            lines.append("        ")
        lines[-1] += part
    return "\n".join([*(line.rstrip() for line in lines), "    )"])


def _in_x(text: str, name: str) -> str:
    """Return an expression with its variable called x, as in the rest of the program."""
    return re.sub(rf"(?<![a-zA-Z0-9_]){re.escape(name)}(?![a-zA-Z0-9_])", "x", text)


def literal(value: float) -> str:
    """Return a number as one types it: the same float, without a needless point.

    Examples
    --------
    >>> literal(4.0), literal(0.1), literal(1e-07)
    ('4', '0.1', '1e-07')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e6 else repr(value)


def printed(value: float) -> str:
    """Return what the program prints for a number.

    Examples
    --------
    >>> printed(1.6384000000000003), printed(8.148143905337951e-10)
    ('1.638', '8.148e-10')
    """
    return f"{value:.4}"


def output(trace: Trace) -> list[str]:
    """Return the lines that the program prints for a run."""
    points = zip(trace.points[1:], trace.values[1:], strict=True)
    return [f"{printed(point[0])} {printed(value)}" for point, value in points]
