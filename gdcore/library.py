"""The functions of the lessons by name, with their minima."""

from __future__ import annotations

from dataclasses import dataclass

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
        (((-2.0597958904143463,), -5.0147936520029475),
         ((1.9342926194497867,), -3.0159766842949476)),
        "Two valleys: which one a run finds depends on its start.",
    ),
    "waves": (
        "0.1*x**2 + sin(2*x)",
        (),
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
        "A saddle at (0, 0) between two minima: the slope is small, yet it is no minimum.",
    ),
    "rosenbrock": (
        "(1 - x)**2 + 100*(y - x**2)**2",
        (((1.0, 1.0), 0.0),),
        "A curved, flat valley: easy to find, slow to follow (Rosenbrock, 1960).",
    ),
    "himmelblau": (
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        (),
        "Four minima of the same value, 0 (Himmelblau, 1972).",
    ),
}  # fmt: skip
