"""The functions of the lessons by name, with their minima."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gdcore import _checks
from gdcore._checks import ParameterError, Point
from gdcore.objective import Objective


@dataclass(frozen=True)
class Named:
    """A function of the lessons.

    Attributes
    ----------
    name
        Such as ``"double_well"``.
    objective
        The function.
    minima
        Pairs of a point and the value there, the lowest first.
    note
        What it is good for, in a sentence.
    """

    name: str
    objective: Objective
    minima: tuple[tuple[Point, float], ...]
    note: str


_TABLE: dict[str, tuple[str, tuple[tuple[Point, float], ...], str]] = {
    "square": (
        "x**2",
        (((0.0,), 0.0),),
        "The parabola: every step multiplies x by 1 − 2·rate.",
    ),
    "quartic": (
        "x**4",
        (((0.0,), 0.0),),
        "So flat at its minimum that descent slows down more and more.",
    ),
    "double_well": (
        "x**4/4 - 2*x**2 + x/2",
        (
            ((-2.0597919701013208,), -5.015164948881876),
            ((1.93429787576606,), -3.0161465687808198),
        ),
        "Two valleys: which one a run finds depends on its start.",
    ),
    "waves": (
        "0.1*x**2 + sin(2*x)",
        (
            ((-0.747964956635879,), -0.9412536611746631),
            ((2.2430781436053815,), -0.47137838900136764),
            ((-3.7355704568666113,), 0.467841455129198),
            ((5.223013431836309,), 1.8752259404200933),
            ((-6.701385735972713,), 3.7486210698221405),
            ((8.161979974690574,), 6.084019412213289),
            ((-9.571652259032692,), 8.872110419523466),
        ),
        "Many valleys on a wide bowl.",
    ),
    "ravine10": (
        "(x**2 + 10*y**2)/2",
        (((0.0, 0.0), 0.0),),
        "Ten times as curved in y as in x: descent zig-zags.",
    ),
    "ravine100": (
        "(x**2 + 100*y**2)/2",
        (((0.0, 0.0), 0.0),),
        "A hundred times as curved in y as in x.",
    ),
    "saddle": (
        "x**2/2 + y**4/4 - y**2/2",
        (((0.0, -1.0), -0.25), ((0.0, 1.0), -0.25)),
        "At (0, 0) the slope is 0, yet it is no minimum.",
    ),
    "rosenbrock": (
        "(1 - x)**2 + 100*(y - x**2)**2",
        (((1.0, 1.0), 0.0),),
        "A curved, flat valley: easy to find, slow to follow (Rosenbrock, 1960).",
    ),
    "himmelblau": (
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        (
            ((3.0, 2.0), 0.0),
            ((-2.805118086952745, 3.131312518250573), 0.0),
            ((-3.779310253377747, -3.2831859912861696), 0.0),
            ((3.5844283403304917, -1.8481265269644036), 0.0),
        ),
        "Four minima of the same value (Himmelblau, 1972).",
    ),
}
_ALIASES = {"parabola": "square"}
NAMES = tuple(_TABLE)
"""The names of all functions, in the order of the lessons."""


@cache
def by_name(name: str) -> Named:
    """Return a function of the lessons.

    Parameters
    ----------
    name
        One of `NAMES`, or ``"parabola"`` for the square.

    Raises
    ------
    ParameterError
        A `ValueError` of one line, if there is none of that name; the nearest is suggested.

    Examples
    --------
    >>> by_name("square").objective.typst
    'x^2'
    >>> by_name("himelblau")
    Traceback (most recent call last):
    ...
    gdcore._checks.ParameterError: no function 'himelblau': did you mean 'himmelblau'? Known: \
square, quartic, double_well, waves, ravine10, ravine100, saddle, rosenbrock, himmelblau
    """
    key = _ALIASES.get(name, name)
    if key not in _TABLE:
        raise ParameterError(f"no function {_checks.show(name)}: {_checks.nearest(name, NAMES)}")
    text, minima, note = _TABLE[key]
    return Named(key, Objective.parse(text), minima, note)
