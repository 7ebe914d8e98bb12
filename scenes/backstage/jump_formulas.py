"""The formulas of lessons on jumps: in the header, at a step, and under the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import GradientDescent, Optimizer, Step
from scenes.header import rate_formula
from scenes.look import Look
from scenes.parts.laws import Formula
from scenes.parts.lettering import Lettering
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, ink, math
from scenes.telling import rate_of
from scenes.theme import TYPE
from scenes.words import MINUS, as_factor, number


def formulas(
    look: Look, objective: Any, rates: Sequence[float | None], method: Optimizer | None = None
) -> list[Lettering]:
    """Return what stands in the header: the function, and the rates or else the method's name."""
    out = [look.math(f"f(x) = {objective.typst}", TYPE.formula, role="curve")]
    known = [rate for rate in rates if rate is not None]
    if known:
        out.append(rate_formula(look, known[0]))
    elif method is not None and not isinstance(method, GradientDescent):
        out.append(look.text(type(method).__name__, size=TYPE.formula))
    return out


def named_axis(objective: Any) -> str:
    """Return the function as the name of its axis, as Typst mathematics."""
    return ink("curve", math(f"f(x) = {objective.typst}"))


def product(optimizer: Any, step: Step) -> str:
    """Return how a step comes about, as Typst mathematics: minus the rate times the slope."""
    rate, slope = rate_of(optimizer, step), step.gradient[0]
    if rate is None:
        return ""
    factor = ink(slope_role(slope), math(figure(as_factor(number(slope)))))
    return f"{ink('text', math(f'-{figure(number(rate))} dot'))} {factor}"


def law_of_steps(
    rate: str, bend: float, minimum: float, factor: float | None = None, role: str | None = None
) -> Formula:
    """Return how a step on a parabola multiplies x.

    Parameters
    ----------
    rate
        The rate, as Typst mathematics.
    bend, minimum
        The parabola's second derivative, and the x of its minimum; where that is not 0 the formula
        is about the factor alone, as it is one of the distance.
    factor
        What x is multiplied by; None for the general formula.
    role
        The colour of the run where there are several.
    """
    times = "" if number(bend) == "1" else figure(number(bend))
    general = f"1 - {times} {rate}"
    if abs(minimum) > 1e-9:
        middle = f"= 1 - {f'{times} dot ' if times else ''}{rate}"
        left = '"factor"'
        named = ink(role, math(left)) if role else left
        return Formula(named, middle, "" if factor is None else f"= {figure(number(factor))}")
    x, next_x = (ink(role or "point", math(name)) for name in ("x_n", "x_(n+1)"))
    slope = ink(slope_role(1.0), math(f"{times} x_n"))
    if factor is None:
        made = f"({general}) {x}"
    else:
        written = figure(number(factor))
        made = {"1": x, f"{MINUS}1": f"{MINUS}{x}", "0": "0"}.get(written, f"{written} {x}")
    return Formula(next_x, f"= {x} - {rate} dot {slope}", f"= {made}")
