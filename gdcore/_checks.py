"""One-line complaints about wrong arguments: the name, the value given, what is allowed."""

from __future__ import annotations

import difflib
import math
import reprlib
from collections.abc import Iterable
from numbers import Real
from typing import TypeAlias

Point: TypeAlias = tuple[float, ...]
"""A point, gradient or step: one float per variable, in the objective's order."""


class ParameterError(ValueError):
    """An argument that is not allowed. The message is one line."""


def show(value: object) -> str:
    """Return a short one-line form of any value for a message.

    >>> show(list(range(100)))
    '[0, 1, 2, 3, 4, 5, ...]'
    """
    return " ".join(reprlib.repr(value).split())


def complaint(name: str, value: object, allowed: str) -> ParameterError:
    """Return the error for a wrong argument.

    >>> complaint("momentum", 2, "a number from 0 to 1")
    ParameterError('momentum = 2 is not allowed: it must be a number from 0 to 1')
    """
    return ParameterError(f"{name} = {show(value)} is not allowed: it must be {allowed}")


def real(name: str, value: object, allowed: str = "a finite number") -> float:
    """Return `value` as a finite float.

    Raises
    ------
    ParameterError
        If it is not a real number, is a bool, or is not finite.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise complaint(name, value, allowed)
    try:
        number = float(value)
    except OverflowError:  # an int or a fraction beyond 1.8e308
        raise complaint(name, value, allowed) from None
    if not math.isfinite(number):
        raise complaint(name, value, allowed)
    return number


def positive(name: str, value: object) -> float:
    """Return `value` as a finite float > 0, or raise `ParameterError`."""
    allowed = "a finite number greater than 0"
    number = real(name, value, allowed)
    if number <= 0:
        raise complaint(name, value, allowed)
    return number


def not_negative(name: str, value: object) -> float:
    """Return `value` as a finite float >= 0, or raise `ParameterError`."""
    allowed = "a finite number, 0 or more"
    number = real(name, value, allowed)
    if number < 0:
        raise complaint(name, value, allowed)
    return number


def fraction(name: str, value: object, *, one_allowed: bool = False) -> float:
    """Return `value` as a float in [0, 1), or in [0, 1] if `one_allowed`; else raise."""
    allowed = "a number from 0 to 1" + ("" if one_allowed else ", 1 excluded")
    number = real(name, value, allowed)
    if not 0 <= number <= 1 or (number == 1 and not one_allowed):
        raise complaint(name, value, allowed)
    return number


def whole(name: str, value: object, least: int) -> int:
    """Return `value` as an int of at least `least`, or raise `ParameterError`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise complaint(name, value, f"a whole number, {least} or more")
    return value


def nearest(name: str, names: Iterable[str]) -> str:
    """Return what to say about an unknown name: the nearest known one and the list of all.

    >>> nearest("adm", ["adam", "adamw"])
    "did you mean 'adam'? Known: adam, adamw"
    """
    known = list(names)
    close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean '{close[0]}'? " if close else ""
    return f"{hint}Known: {', '.join(known)}"
