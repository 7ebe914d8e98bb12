"""The difference quotient of a polynomial of low degree, worked out in powers of h."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gdcore import Objective
from scenes.parts.source import figure, ink, math
from scenes.words import is_exact, number

LARGEST_DEGREE = 3

Term = tuple[str, bool]
"""What is before a power of h without its sign, 0 as nothing, and whether it is negative."""


def at_a_point(objective: Any, at: float, role: str) -> list[str]:
    """Return the quotient of the secants at a point, and what it is.

    Nothing for a function that is no polynomial of low degree, where numbers would have to be
    rounded, and at a slope of 0, of which nothing would be seen.

    Parameters
    ----------
    objective, at
        A function of one variable, and the point.
    role
        The colour of the slope.

    Examples
    --------
    >>> at_a_point(Objective.parse("x**2"), 1.0, "text")[0]
    'display(((1 + h)^2 - 1)/h)'
    >>> at_a_point(Objective.parse("sin(x)"), 1.0, "text")
    []
    """
    parts = [_value(polynomial, at) for polynomial in _powers(objective)]
    if not parts or parts[1] == 0 or not all(is_exact(part, 4) for part in (at, *parts)):
        return []
    terms = [_term(part) for part in parts]
    start = f"{figure(number(at))} + h" if at else "h"
    power = _is_power(objective) and at != 0
    there = f"({start})^{objective.typst[-1]}" if power else f"f({start})"
    inked = [(_inked(terms[1][0], role), terms[1][1]), *terms[2:]]
    size, negative = terms[0]
    less = f"{there} {'+' if negative else '-'} {size}" if size else there
    return [f"display(({less})/h)", f"= {_sum(inked)}"]


def everywhere(objective: Any) -> list[str]:
    """Return the quotient at any x, and what it is; nothing as above."""
    parts = _powers(objective)
    if not parts:
        return []
    x = objective.variables[0]
    terms = [("", False)]
    for part in parts[1:]:
        if part.is_zero:
            terms.append(("", False))
        elif part.is_ground:
            terms.append(_term(float(part.LC())))
        else:
            negative = len(part.terms()) == 1 and part.LC() < 0
            text = Objective.parse(str((-part if negative else part).as_expr()), (x,)).typst
            brackets = len(part.terms()) > 1 and len(terms) > 1
            terms.append((f"({text})" if brackets else text, negative))
    there, here = (
        (f"({x} + h)^{objective.typst[-1]}", objective.typst)
        if _is_power(objective)
        else (f"f({x} + h)", f"f({x})")
    )
    terms = [(in_one_colour(text, x), negative) for text, negative in terms]
    terms[1] = in_one_colour(objective.typst_gradient[0], x), False
    quotient = in_one_colour(f"({there} - {here})/h", x)
    return [f"display({quotient})", f"= {_sum(terms[1:])}"]


def in_one_colour(text: str, x: str) -> str:
    """Return Typst mathematics with its variable in the colour of points."""
    return re.sub(rf"\b{re.escape(x)}\b", lambda _: ink("point", math(x)), text)


def _powers(objective: Any) -> list[Any]:
    """Return the polynomials in x that stand before the powers of h in f(x + h), or nothing."""
    expression = getattr(objective, "expression", None)
    if expression is None or len(expression.free_symbols) != 1:
        return []
    polynomial = expression.as_poly(*expression.free_symbols)
    if polynomial is None or not 2 <= polynomial.degree() <= LARGEST_DEGREE:
        return []
    if not (polynomial.domain.is_ZZ or polynomial.domain.is_QQ):
        return []
    parts = [polynomial]
    for order in range(1, polynomial.degree() + 1):
        parts.append(parts[-1].diff().quo_ground(order))
    return parts


def _value(polynomial: Any, x: float) -> float:
    value = 0.0
    for factor in polynomial.all_coeffs():
        value = value * x + float(factor)
    return value


def _is_power(objective: Any) -> bool:
    """Whether a function is a mere power, such as x^2."""
    return bool(re.fullmatch(rf"{objective.variables[0]}\^\d", objective.typst))


def _term(value: float) -> Term:
    return figure(number(abs(value))) if value else "", value < 0


def _inked(text: str, role: str) -> str:
    return ink(role, math(text)) if text else ""


def _sum(terms: Sequence[Term]) -> str:
    """Return the sum of terms by rising powers of h."""
    out = ""
    for order, (size, negative) in enumerate(terms):
        if not size:
            continue
        power = "" if order == 0 else "h" if order == 1 else f"h^{order}"
        factor = "" if power and size == "1" else size
        out += (" - " if negative else " + ") if out else "-" * negative
        out += f"{factor} {power}".strip()
    return out
