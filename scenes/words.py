"""Numbers and captions as people read them, one way everywhere.

A number on screen is either exact or says by its last digit that it was rounded: 3.2 is 3.2, while
2.67043 to four digits is 2.670. A number that is not 0 is never shown as 0.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MINUS = "−"

TINY, HUGE = -4, 6
"""The powers of ten from which on, downward and upward, a number is written with one."""

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("0123456789-", "₀₁₂₃₄₅₆₇₈₉₋")


def raised(number: int) -> str:
    """Return an integer as a superscript: ``-8`` is ``⁻⁸``."""
    return str(number).translate(_RAISED)


def lowered(number: int) -> str:
    """Return an integer as a subscript: ``20`` is ``₂₀``."""
    return str(number).translate(_LOWERED)


def is_exact(value: float, digits: int) -> bool:
    """Whether a number of so many digits says all of a value, up to rounding noise.

    Examples
    --------
    >>> is_exact(0.30000000000000004, 2), is_exact(12321, 4), is_exact(12321.5, 4)
    (True, True, False)
    """
    shown = _digits_shown(value, digits)
    return math.isclose(value, float(f"{value:.{shown}g}"), rel_tol=1e-12, abs_tol=0.0)


def _digits_shown(value: float, digits: int) -> int:
    """Return how many digits are written: those before the point are never rounded away."""
    exponent = _exponent(value, digits) if math.isfinite(value) else 0
    return max(digits, exponent + 1) if exponent < HUGE else digits


def _exponent(value: float, digits: int) -> int:
    return int(f"{value:.{digits - 1}e}".partition("e")[2])


def equals(*values: float, digits: int = 4) -> str:
    """Return the sign before numbers of so many digits: rounded ones are not equal.

    Examples
    --------
    >>> equals(3.2, 10.24), equals(6.5536)
    ('=', '≈')
    """
    return "=" if all(is_exact(value, digits) for value in values) else "≈"


def about(*values: float, digits: int = 4) -> str:
    """Return the word before numbers of so many digits in a sentence, if one of them is rounded.

    Examples
    --------
    >>> about(3.2, 10.24), about(6.5536)
    ('', 'about ')
    """
    return "" if equals(*values, digits=digits) == "=" else "about "


def is_close(one: float, other: float) -> bool:
    """Whether two numbers are the same but for the rounding of a few operations."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def number(value: float, digits: int = 4, *, sign: bool = False, plain: bool = False) -> str:
    """Write a number to so many significant digits.

    Parameters
    ----------
    value
        Any float.
    digits
        Significant digits. An exact value is written without trailing zeros; a rounded one keeps
        them. Digits before the decimal point are never rounded away.
    sign
        Write a plus sign too.
    plain
        Never use a power of ten.

    Returns
    -------
    str
        With a real minus sign; powers of ten beyond 10⁻³ and 10⁶.

    Examples
    --------
    >>> number(3.2), number(2.6704), number(-2.0479999999999996)
    ('3.2', '2.670', '−2.048')
    >>> number(4e-20), number(1.35e-7, 3, plain=True), number(0.8, sign=True)
    ('4·10⁻²⁰', '0.000000135', '+0.8')
    >>> number(0.0), number(float("nan")), number(float("-inf"))
    ('0', 'undefined', '−∞')
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    lead = MINUS if value < 0 else "+" if sign else ""
    return lead + _magnitude(abs(value), digits, plain)


def _magnitude(value: float, digits: int, plain: bool) -> str:
    digits = max(digits, 1)
    exponent, exact = _exponent(value, digits), is_exact(value, digits)
    if not plain and not TINY < exponent < HUGE:
        mantissa = f"{value:.{digits - 1}e}".partition("e")[0]
        return f"{_trim(mantissa, exact)}·10{raised(exponent)}"
    return _trim(f"{value:.{max(digits - 1 - exponent, 0)}f}", exact)


def _trim(text: str, exact: bool) -> str:
    return text.rstrip("0").rstrip(".") if exact and "." in text else text


def fixed(value: float, decimals: int) -> str:
    """Write a number to fixed decimals, for columns; one that would read as 0 gets a power of ten.

    Examples
    --------
    >>> fixed(-2.048, 3), fixed(0.0, 3), fixed(4e-8, 3), fixed(1e12, 3)
    ('−2.048', '0.000', '4·10⁻⁸', '1·10¹²')
    """
    text = f"{value:.{decimals}f}" if math.isfinite(value) else ""
    if not text or abs(value) >= 1e6 or (value != 0 and float(text) == 0):
        return number(value, 2)
    return text.replace("-", MINUS)


def decimals_for(values: tuple[float, ...] | list[float], digits: int = 4, most: int = 4) -> int:
    """Return the decimals that show a column of numbers to about so many significant digits."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    exponent = math.floor(math.log10(largest)) if largest > 0 else 0
    return min(max(digits - 1 - exponent, 0), most)


def column(values: Sequence[float], digits: int = 4, whole: Sequence[float] = ()) -> list[str]:
    """Write the numbers of a column, to about so many digits; exact ones without their last zeros.

    Parameters
    ----------
    values
        What to write.
    digits
        Significant digits of the largest number.
    whole
        All numbers of the column, if those are only some of them.

    Examples
    --------
    >>> column([4.0, -2.048, 1.6384, 0.42949], 5)
    ['4', '−2.048', '1.6384', '0.4295']
    """
    decimals = decimals_for(list(whole or values), digits)
    return [_shortest(fixed(value, decimals), value) for value in values]


def is_written(text: str, value: float) -> bool:
    """Whether a written number without a power of ten is a value, and not only near it.

    Examples
    --------
    >>> is_written("−2.048", -2.0479999999999996), is_written("−1.3107", -1.31072)
    (True, False)
    """
    if not math.isfinite(value):
        return True
    if "·" in text:
        return False
    return math.isclose(float(text.replace(MINUS, "-")), value, rel_tol=1e-12, abs_tol=0.0)


def _shortest(text: str, value: float) -> str:
    """Return a written number without its last zeros, where it is exact without them."""
    if "." not in text or "·" in text:
        return text
    short = text.rstrip("0").rstrip(".")
    return short if is_written(short, value) else text


def as_factor(written: str) -> str:
    """Return a written number as a factor: a negative one gets parentheses.

    Examples
    --------
    >>> as_factor("−6"), as_factor("8")
    ('(−6)', '8')
    """
    return f"({written})" if written.startswith(MINUS) else written


def count(number_of: int, noun: str) -> str:
    """Return a count with its noun: ``1 step``, ``2 steps``.

    Examples
    --------
    >>> count(1, "step"), count(10, "step")
    ('1 step', '10 steps')
    """
    return f"{number_of} {noun}" if number_of == 1 else f"{number_of} {noun}s"


def in_a_row(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence.

    Examples
    --------
    >>> in_a_row(["0.9", "1", "1.05"]), in_a_row(["1"])
    ('0.9, 1 and 1.05', '1')
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


class _Fields(string.Formatter):
    """Fills a template from named fields only: no attribute, no index, no nested field."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        if field_name not in kwargs:
            known = ", ".join(sorted(kwargs)) or "none"
            raise KeyError(f"the field {{{field_name}}} is not known here; fields are: {known}")
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        if isinstance(value, int):
            return number(float(value), 12)
        digits = format_spec.lstrip("+").rstrip("p")
        return number(
            value,
            int(digits) if digits else 4,
            sign=format_spec.startswith("+"),
            plain=format_spec.endswith("p"),
        )


_SPEC = re.compile(r"\+?(?:[1-9]|1\d|20)?p?")
LONGEST_TEMPLATE = 300
"""Characters of the longest template that is taken."""


def check_template(template: str) -> None:
    """Check the form of a caption that somebody else wrote; its names are checked when it is told.

    Raises
    ------
    ValueError
        For anything but ``{name}``, with the digits and signs that `caption` knows.

    Examples
    --------
    >>> check_template("x is {x:3}")
    >>> check_template("{x.__class__}")
    Traceback (most recent call last):
    ...
    ValueError: {x.__class__}: allowed: a plain name, as in {x}
    """
    if len(template) > LONGEST_TEMPLATE:
        raise ValueError(f"{len(template)} characters: allowed: at most {LONGEST_TEMPLATE}")
    try:
        pieces = list(string.Formatter().parse(template))
    except ValueError:
        raise ValueError("a brace is not closed: allowed: {name}, or {{ for a brace") from None
    for _, name, spec, conversion in pieces:
        if name is None:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or conversion:
            shown = name if not conversion else f"{name}!{conversion}"
            raise ValueError(f"{{{shown}}}: allowed: a plain name, as in {{x}}")
        if spec and not _SPEC.fullmatch(spec):
            raise ValueError(
                f"{{{name}:{spec}}}: allowed: significant digits up to 20, a + before, a p after"
            )


@dataclass(frozen=True)
class Caption:
    """A sentence and the values in it, so that a test can hold the one to the other."""

    text: str
    template: str
    fields: Mapping[str, Any]


def caption(template: str, fields: Mapping[str, Any]) -> Caption:
    """Fill a caption.

    Parameters
    ----------
    template
        A sentence with ``{names}``; a number may say its significant digits, ``{x:3}``, that it
        wants a sign, ``{x:+3}``, or no power of ten, ``{x:3p}``.
    fields
        What the names stand for.

    Examples
    --------
    >>> caption("x goes from {x} to {next_x:3}.", {"x": 4.0, "next_x": -3.2}).text
    'x goes from 4 to −3.2.'
    """
    filled = _Fields().vformat(template, (), fields)
    return Caption(" ".join(filled.split()), template, dict(fields))


def rounded(value: float, digits: int = 5) -> float:
    """Return a number without what a run that settles on it still lacks."""
    return float(f"{value:.{digits}g}")


def spot(point: Sequence[float], digits: int = 3) -> str:
    """Return a point as text: `(9.81, −1.8)`.

    Examples
    --------
    >>> spot((9.81, -1.8))
    '(9.81, −1.8)'
    """
    return f"({', '.join(number(rounded(x), digits) for x in point)})"
